//! Telling people that recordings are there: each once, one mail for all that is new to them, by day.

use db::{DbResult, Key, Lane, Tx};
use journal::{Handlers, Job, JobError, JobItem, Mail};
use kernel::{Span, Timestamp, Uuid};
use serde_json::json;
use std::collections::BTreeMap;

use super::recording::is_open;
use super::store;
use crate::reminders::{Hours, hours};
use crate::trainings::interest::Wish;
use crate::trainings::programme::ProgrammeId;
use crate::trainings::store as trainings;

journal::kinds! {
    /// The job that looks whether there is something to tell of a programme.
    pub(crate) Job TELL = "archive.tell";
    /// The job that goes on where one transaction of telling has ended.
    pub(crate) Job TELL_ON = "archive.tell_on";
    /// The mail to whoever applied, that recordings are there.
    pub(super) Mail OPENED = "archive.opened";
    /// The mail to whoever asked to be told.
    pub(super) Mail WISHED = "archive.wished";
}

/// How many are told in one transaction.
const BATCH: i64 = 400;

/// Looks at `at` whether there is something to tell of a programme; at night it waits for the morning.
pub async fn look(tx: &mut Tx<'_>, programme: ProgrammeId, at: Timestamp, now: Timestamp) -> DbResult<()> {
    let at = by_day(at, &hours(tx).await?);
    journal::job(tx, Job::of(TELL, programme).at(at), now).await?;
    Ok(())
}

/// The moment itself by day, else the next morning.
fn by_day(at: Timestamp, hours: &Hours) -> Timestamp {
    let midnight = Timestamp::in_japan(at.day(), 0, 0);
    let (from, until) = (midnight.plus(Span::minutes(hours.start)), midnight.plus(Span::minutes(hours.end)));
    match () {
        () if at < from => from,
        () if at < until => at,
        () => morning_after(at, hours),
    }
}

/// When people are written to first on the day after.
fn morning_after(at: Timestamp, hours: &Hours) -> Timestamp {
    at.next_midnight().plus(Span::minutes(hours.start))
}

/// Begins to tell of what is published and open; looks again when the rest opens.
async fn begin(tx: &mut Tx<'_>, id: ProgrammeId, now: Timestamp) -> DbResult<()> {
    let all = trainings::programmes(tx).await?;
    let Some(programme) = all.into_iter().find(|programme| programme.id == id) else { return Ok(()) };
    let hours = hours(tx).await?;
    let mut later: Option<Timestamp> = None;
    for untold in store::untold(tx, id).await? {
        let archive = programme.archive(untold.opens_at);
        if is_open(archive, now) {
            store::begin_telling(tx, untold.session, now).await?;
        } else if archive.is_none_or(|(opens, _)| opens > now) {
            // Dates move: tomorrow the moment may be another.
            let tomorrow = morning_after(now, &hours);
            let next = archive.map_or(tomorrow, |(opens, _)| opens.min(tomorrow));
            later = Some(later.map_or(next, |at| at.min(next)));
        }
    }
    if let Some(at) = later.map(|at| by_day(at, &hours)) {
        // However many recordings wait, one looks.
        let once = format!("archive.tell/{id}/{}", at.as_micros());
        journal::job(tx, Job::of(TELL, id).at(at).once(once), now).await?;
    }
    tell_applicants(tx, id, "", now).await
}

/// One mail an address for all applications under it.
async fn tell_applicants(tx: &mut Tx<'_>, programme: ProgrammeId, after: &str, now: Timestamp) -> DbResult<()> {
    let mut found = store::to_tell(tx, programme, after, BATCH).await?;
    let is_full = i64::try_from(found.len()).is_ok_and(|count| count == BATCH);
    if is_full {
        // The last address may have more: it comes with the next ones, unless it is the only one.
        let last = found.last().map(|one| one.email.clone()).unwrap_or_default();
        if found.first().is_some_and(|first| first.email != last) {
            found.retain(|one| one.email != last);
        }
    }
    let mut by_address: BTreeMap<String, Vec<store::ToTell>> = BTreeMap::new();
    for one in found {
        by_address.entry(one.email.clone()).or_default().push(one);
    }
    for applications in by_address.values() {
        let mut new = Vec::new();
        for one in applications {
            // Another process may have told of it a moment ago.
            if store::mark_told(tx, one.application, now).await? {
                new.push(one.application.to_string());
            }
        }
        let Some(first) = applications.first().filter(|_| !new.is_empty()) else { continue };
        journal::mail(tx, Mail::of(OPENED, first.application, first.lang).with("applications", new), now).await?;
    }
    match by_address.keys().next_back().filter(|_| is_full) {
        Some(last) => {
            journal::job(tx, Job::of(TELL_ON, programme).with(json!({ "after": last })), now).await?;
            Ok(())
        }
        None => tell_wishes(tx, programme, now).await,
    }
}

/// Then those who asked to be told: whoever got a mail for an application today needs no second one.
async fn tell_wishes(tx: &mut Tx<'_>, programme: ProgrammeId, now: Timestamp) -> DbResult<()> {
    // Told once is told for good.
    let ever = Timestamp::from_micros(0);
    let today = Timestamp::in_japan(now.day(), 0, 0);
    let mut by_address: BTreeMap<String, Vec<crate::trainings::store::Interest>> = BTreeMap::new();
    let mut is_full = false;
    for audience in store::told_audiences(tx, programme).await? {
        let waiting = trainings::interests_to_tell(tx, Wish::Archive.id(), audience.slug(), ever, BATCH).await?;
        is_full |= i64::try_from(waiting.len()).is_ok_and(|count| count == BATCH);
        for wish in waiting {
            by_address.entry(wish.email.clone()).or_default().push(wish);
        }
    }
    for (email, wishes) in &by_address {
        let mut audiences = Vec::new();
        for wish in wishes {
            if trainings::mark_told(tx, wish.id, ever, now).await? {
                audiences.push(wish.audience.as_str());
            }
        }
        let Some(first) = wishes.first().filter(|_| !audiences.is_empty()) else { continue };
        if store::was_told(tx, email, today).await? {
            continue;
        }
        let mail = Mail::of(WISHED, first.id, first.lang).with("programme", programme.to_string()).with("audiences", audiences);
        journal::mail(tx, mail, now).await?;
    }
    if is_full {
        journal::job(tx, Job::of(TELL_ON, programme).with(json!({ "after": "\u{10FFFF}" })), now).await?;
    }
    Ok(())
}

/// Who tells.
pub(super) fn handlers() -> Handlers {
    Handlers::new()
        .on(TELL, async |db: db::Db, item: JobItem| {
            let programme = item.object_id::<ProgrammeId>()?;
            let key = once(&item);
            db.write(Lane::Staff, Some(key), async move |tx, now| begin(tx, programme, now).await).await?;
            Ok(())
        })
        .on(TELL_ON, async |db: db::Db, item: JobItem| {
            let programme = item.object_id::<ProgrammeId>()?;
            let after = item.payload.get("after").and_then(serde_json::Value::as_str).ok_or(JobError::Never("payload"))?.to_owned();
            let key = once(&item);
            db.write(Lane::Staff, Some(key), async move |tx, now| tell_applicants(tx, programme, &after, now).await).await?;
            Ok(())
        })
}

/// The job's id is the key: whoever does it a second time queues no second mail.
fn once(item: &JobItem) -> Key {
    let id: Uuid = item.id.uuid();
    Key::new(id, journal::audit::SYSTEM, [0; 32])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_told_at_night() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let told = |text: &str| by_day(at(text), &(8 * 60..19 * 60)).rfc3339();
        assert_eq!(told("2027-02-26T09:00+09:00"), "2027-02-26T09:00:00+09:00");
        assert_eq!(told("2027-02-26T03:00+09:00"), "2027-02-26T08:00:00+09:00");
        assert_eq!(told("2027-02-26T19:00+09:00"), "2027-02-27T08:00:00+09:00");
    }
}

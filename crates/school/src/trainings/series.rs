//! A series: all its parts applied for at once, and given up at once.

use db::{DbResult, Tx};
use journal::{Entry, Mail};
use kernel::{FiscalYear, Timestamp};
use serde::{Deserialize, Serialize};

use super::application::{ApplicationId, Wanted};
use super::apply::{Applied, Entered, NotApplied, SessionPath, enter, entry, mail_again};
use super::cancel::{NotCancelled, cancel};
use super::mail::About;
use super::programme::Audience;
use super::store;

journal::kinds! {
    /// The kind of the mail about all parts that were applied for at once.
    pub(crate) Mail SERIES = "trainings.series";
}

/// What came of applying for several parts: each has an answer of its own, in the order in which they are held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// The first part that was applied for, whose link shows them all; `None` if none was.
    pub first: Option<ApplicationId>,
    /// The number of each part, and what came of it.
    pub came: Vec<(i64, Result<Applied, NotApplied>)>,
}

/// Applies for several parts of a series: one application for each, and one mail for all.
///
/// What cannot be had of one part takes nothing from the others.
pub async fn apply_for_parts(
    tx: &mut Tx<'_>,
    year: FiscalYear,
    audience: Audience,
    numbers: &[i64],
    wanted: &Wanted,
    now: Timestamp,
) -> DbResult<Parts> {
    let Some(programme) = store::programme(tx, year).await? else { return Ok(Parts { first: None, came: Vec::new() }) };
    let courses = store::courses(tx, programme.id).await?;
    let course = courses.iter().find(|course| course.slug == audience);
    let mut sessions = store::sessions(tx, programme.id).await?;
    sessions.retain(|session| course.is_some_and(|course| session.course == course.id) && numbers.contains(&session.number));
    // Rows are locked in one order, whoever asks, so that nobody waits for somebody who waits for them.
    sessions.sort_by_key(|session| session.id);
    let (mut new, mut earlier, mut came) = (Vec::new(), Vec::new(), Vec::new());
    for session in &sessions {
        let path = SessionPath { year, audience, number: session.number };
        let answer = match enter(tx, path, wanted, now).await? {
            Ok(Entered::New { id, waits }) => {
                new.push((session.starts_at, session.number, id));
                Ok(if waits { Applied::Waiting(id) } else { Applied::Seat(id) })
            }
            Ok(Entered::Earlier(id)) => {
                earlier.push((session.number, id));
                Ok(Applied::Earlier)
            }
            // The parts of a series differ, so that nobody is elsewhere.
            Ok(Entered::Elsewhere(_)) => Ok(Applied::Elsewhere),
            Err(refusal) => Err(refusal),
        };
        came.push((session.number, answer));
    }
    came.sort_by_key(|(number, _)| *number);
    new.sort();
    let first = new.first().map(|(_, _, id)| *id);
    if let Some(first) = first {
        let ids: Vec<ApplicationId> = new.iter().map(|(_, _, id)| *id).collect();
        store::note_series(tx, first, &ids).await?;
        journal::mail(tx, Mail::of(SERIES, first, wanted.lang), now).await?;
        let entries = ids.iter().map(|id| entry(*id, wanted).with(serde_json::json!({ "series": first }))).collect();
        journal::record_all(tx, entries, now).await?;
    } else if let Some((_, earlier)) = earlier.iter().min() {
        mail_again(tx, wanted, Mail::of(About::Again.kind(), *earlier, wanted.lang), now).await?;
    }
    Ok(Parts { first, came })
}

/// Gives up every part that was applied for at once and has not begun. Returns how many that were.
pub async fn cancel_all(tx: &mut Tx<'_>, id: ApplicationId, by: &str, now: Timestamp) -> DbResult<Result<usize, NotCancelled>> {
    let mut parts = store::series_of(tx, id).await?;
    if parts.is_empty() {
        return Ok(Err(NotCancelled::Unknown));
    }
    // In the order in which rows are locked everywhere.
    parts.sort_by_key(|part| part.session);
    let mut count = 0;
    for part in parts.iter().filter(|part| part.cancelled_at.is_none()) {
        if cancel(tx, part.id, by, "", now).await?.is_ok() {
            count += 1;
        }
    }
    if count == 0 {
        return Ok(Err(NotCancelled::Already));
    }
    let all = Entry::by(by).did("applications.series_cancelled").on("application", id).with(serde_json::json!({ "parts": count }));
    journal::record(tx, &all, now).await?;
    Ok(Ok(count))
}

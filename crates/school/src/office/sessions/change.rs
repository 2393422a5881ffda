use db::{DbResult, Tx};
use journal::{Entry, Job};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::tell::{News, Time, tell};
use crate::trainings::interest::TELL_OPENING;
use crate::trainings::let_go::{Freed, free_seat};
use crate::trainings::session::Session;
use crate::trainings::store;

/// What followed from a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// How many are told of a new date or time.
    pub told: i64,
    /// How many got a seat from the waiting list, since there are more seats.
    pub promoted: i64,
}

/// Why nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotChanged {
    /// There is no such session.
    Unknown,
    /// Somebody changed it in the meantime, or called it off, or more seats are taken by now than there would be.
    Meanwhile,
}

/// Whether those who applied have to be told: the time at which they are to come is another.
pub fn is_moved(was: &Session, becomes: &Session) -> bool {
    (was.day, was.starts_at, was.ends_at) != (becomes.day, becomes.starts_at, becomes.ends_at)
}

/// Writes new facts of a session that stood at `becomes.sequence`; whoever applied learns of a new time, whoever waits gets new seats.
pub async fn change(tx: &mut Tx<'_>, becomes: &Session, by: &str, now: Timestamp) -> DbResult<Result<Changed, NotChanged>> {
    let Some(was) = store::lock(tx, becomes.id).await? else { return Ok(Err(NotChanged::Unknown)) };
    let moved = is_moved(&was, becomes);
    let is_first_date = was.day.is_none();
    let facts = Session {
        moved_from: if moved && was.day != becomes.day { was.moved_from.or(was.day) } else { was.moved_from },
        moved_at: if moved && !is_first_date { Some(now) } else { was.moved_at },
        ..becomes.clone()
    };
    if !store::change_session(tx, &facts, becomes.sequence).await? {
        return Ok(Err(NotChanged::Meanwhile));
    }
    let mut changed = Changed::default();
    if moved {
        changed.told = store::count_living(tx, was.id).await?;
        tell(tx, was.id, News::Rescheduled { was: Time::of(&was) }, now).await?;
    }
    // A new seat goes to whoever waits longest, before anybody new can take it.
    for _ in 0..was.waiting {
        if !store::take_seat(tx, was.id).await? {
            break;
        }
        match free_seat(tx, &facts, now).await? {
            Freed::Given => changed.promoted += 1,
            Freed::Offered => {}
            Freed::Free => break,
        }
    }
    if let Some(opens) =
        facts.opens_at.filter(|opens| facts.day.is_some() && (was.day.is_none() || was.opens_at != facts.opens_at) && *opens > now)
    {
        journal::job(tx, Job::of(TELL_OPENING, was.id).at(opens), now).await?;
    }
    crate::reminders::plan(tx, was.id, now).await?;
    let detail = json!({ "was": summary(&was), "is": summary(&facts), "told": changed.told, "promoted": changed.promoted });
    journal::record(tx, &Entry::by(by).did("sessions.changed").on("session", was.id).with(detail), now).await?;
    tx.public_changed().await?;
    Ok(Ok(changed))
}

/// The facts of a session that the trail keeps.
pub fn summary(session: &Session) -> serde_json::Value {
    json!({
        "title": session.title,
        "day": session.day.map(|day| day.to_string()),
        "starts_at": session.starts_at.map(Timestamp::rfc3339),
        "ends_at": session.ends_at.map(Timestamp::rfc3339),
        "opens_at": session.opens_at.map(Timestamp::rfc3339),
        "closes_at": session.closes_at.map(Timestamp::rfc3339),
        "seats": session.seats,
        "waiting_places": session.waiting_places,
        "tentative": session.tentative,
    })
}

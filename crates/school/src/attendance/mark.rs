//! Deciding by hand, for one or for several, with a reason; and taking it back.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::close::decide_again;
use super::store::{self, NewMark};
use super::verdict::{Mark, Reason};
use super::{MarkId, rule::Held};
use crate::trainings::application::ApplicationId;
use crate::trainings::session::{Session, SessionId};

/// Why nobody was marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotMarked {
    /// There is no such session.
    Unknown,
    /// It does not take place.
    CalledOff,
    /// It has not begun.
    NotBegun,
}

/// What was marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// All together, so that they can be taken back together.
    pub batch: MarkId,
    /// How many.
    pub count: usize,
}

/// Whether people can be marked now: from the beginning on.
pub fn can_mark(session: &Session, now: Timestamp) -> Result<(), NotMarked> {
    match Held::of(session) {
        _ if session.cancelled_at.is_some() => Err(NotMarked::CalledOff),
        Some(held) if now >= held.starts => Ok(()),
        _ => Err(NotMarked::NotBegun),
    }
}

/// Marks those of these who hold a seat. After closing it is a correction, and what follows from it follows at once.
pub async fn mark(
    tx: &mut Tx<'_>,
    session: SessionId,
    applications: &[ApplicationId],
    (mark, reason, note): (Mark, Reason, &str),
    by: &str,
    now: Timestamp,
) -> DbResult<Result<Marked, NotMarked>> {
    let Some(whole) = crate::trainings::store::lock(tx, session).await? else { return Ok(Err(NotMarked::Unknown)) };
    if let Err(refusal) = can_mark(&whole, now) {
        return Ok(Err(refusal));
    }
    let new = NewMark { batch: MarkId::new(now), mark, reason, note };
    let marked = put(tx, session, applications, &new, by, now).await?;
    decide_again(tx, &whole, &marked, by, true, now).await?;
    Ok(Ok(Marked { batch: new.batch, count: marked.len() }))
}

/// Notes the marks, without what follows from them.
pub(super) async fn put(
    tx: &mut Tx<'_>,
    session: SessionId,
    applications: &[ApplicationId],
    new: &NewMark<'_>,
    by: &str,
    now: Timestamp,
) -> DbResult<Vec<ApplicationId>> {
    let mut marked = Vec::new();
    for application in applications {
        if !marked.contains(application) && store::holds_seat(tx, session, *application).await? {
            store::add_mark(tx, session, *application, new, by, now).await?;
            marked.push(*application);
        }
    }
    let entry = |application: &ApplicationId| {
        let detail = json!({ "mark": new.mark.id(), "batch": new.batch.uuid() });
        Entry::by(by).did("attendance.marked").on("application", *application).because(new.reason.id()).with(detail)
    };
    journal::record_all(tx, marked.iter().map(entry).collect(), now).await?;
    Ok(marked)
}

/// Takes marks back that were made together. What counted before them counts again. Returns how many.
pub async fn unmark(tx: &mut Tx<'_>, session: SessionId, batch: MarkId, by: &str, now: Timestamp) -> DbResult<usize> {
    let Some(whole) = crate::trainings::store::lock(tx, session).await? else { return Ok(0) };
    let whose = store::undo_marks(tx, session, batch, by, now).await?;
    let entry = |application: &ApplicationId| {
        Entry::by(by).did("attendance.unmarked").on("application", *application).with(json!({ "batch": batch.uuid() }))
    };
    journal::record_all(tx, whose.iter().map(entry).collect(), now).await?;
    decide_again(tx, &whole, &whose, by, true, now).await?;
    Ok(whose.len())
}

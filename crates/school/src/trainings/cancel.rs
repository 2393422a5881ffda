//! Cancelling: the seat is held for ten minutes.

use db::{DbResult, Tx};
use journal::{Entry, Job, Mail};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::application::{ApplicationId, UNDO};
use super::let_go::LET_GO;
use super::mail::About;
use super::offer::{self, Ended};
use super::store;

/// Why nothing was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotCancelled {
    /// There is no such application.
    Unknown,
    /// It had been cancelled before.
    Already,
    /// The session has begun.
    TooLate,
}

/// Cancels an application. Its seat, or its place on the waiting list, is held for ten minutes, so that it can be undone.
pub async fn cancel(tx: &mut Tx<'_>, id: ApplicationId, by: &str, reason: &str, now: Timestamp) -> DbResult<Result<(), NotCancelled>> {
    withdraw(tx, id, by, reason, Ended::Left, now).await
}

/// The same, saying how the offer of a seat ends, if there is one: the seat is passed on at once.
pub(super) async fn withdraw(
    tx: &mut Tx<'_>,
    id: ApplicationId,
    by: &str,
    reason: &str,
    how: Ended,
    now: Timestamp,
) -> DbResult<Result<(), NotCancelled>> {
    let Some(application) = store::application(tx, id).await? else { return Ok(Err(NotCancelled::Unknown)) };
    // Its row is locked, so that nobody is given a seat while they leave the waiting list.
    let Some(session) = store::lock(tx, application.session).await? else { return Ok(Err(NotCancelled::Unknown)) };
    if !session.can_still_change(now) {
        return Ok(Err(NotCancelled::TooLate));
    }
    let held_until = now.plus(UNDO);
    if !store::mark_cancelled(tx, id, by, held_until, now).await? {
        return Ok(Err(NotCancelled::Already));
    }
    journal::mail(tx, Mail::of(About::Cancelled.kind(), id, application.lang), now).await?;
    journal::job(tx, Job::of(LET_GO, id).at(held_until), now).await?;
    journal::record(tx, &Entry::by(by).did("applications.cancelled").on("application", id).because(reason), now).await?;
    offer::leave(tx, &session, id, how, by, now).await?;
    Ok(Ok(()))
}

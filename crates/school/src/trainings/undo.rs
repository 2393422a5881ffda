//! Undoing a cancellation.

use db::{DbResult, Tx};
use journal::{Entry, Mail};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::application::ApplicationId;
use super::let_go::free_seat;
use super::mail::About;
use super::store;

/// Why the cancellation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotUndone {
    /// There is no such application.
    Unknown,
    /// The ten minutes are over.
    TooLate,
    /// The person has applied again in the meantime.
    AppliedAgain,
    /// The session has been called off in the meantime.
    CalledOff,
}

/// Takes a cancellation back within ten minutes, with the same seat or the same place in the queue. Doing it twice does nothing more.
pub async fn undo(tx: &mut Tx<'_>, id: ApplicationId, by: &str, now: Timestamp) -> DbResult<Result<(), NotUndone>> {
    let Some(application) = store::application(tx, id).await? else { return Ok(Err(NotUndone::Unknown)) };
    let Some(session) = store::lock(tx, application.session).await? else { return Ok(Err(NotUndone::Unknown)) };
    // Read again: another tab may have been first.
    let Some(application) = store::application(tx, id).await? else { return Ok(Err(NotUndone::Unknown)) };
    if application.is_live() {
        return Ok(Ok(()));
    }
    if session.cancelled_at.is_some() {
        return Ok(Err(NotUndone::CalledOff));
    }
    if store::live_application_of(tx, application.session, application.person).await?.is_some() {
        return Ok(Err(NotUndone::AppliedAgain));
    }
    if !store::mark_restored(tx, id, now).await? {
        return Ok(Err(NotUndone::TooLate));
    }
    journal::mail(tx, Mail::of(About::Restored.kind(), id, application.lang), now).await?;
    journal::record(tx, &Entry::by(by).did("applications.restored").on("application", id), now).await?;
    // While nobody else waited, a seat may have come free for all: it is that of whoever waits again.
    if application.is_waiting() && store::take_seat(tx, session.id).await? {
        free_seat(tx, &session, now).await?;
    }
    Ok(Ok(()))
}

//! Letting go of a held place: the seat goes to whoever waits longest.

use db::{DbResult, Tx};
use journal::{Entry, Mail};
use kernel::Timestamp;

use super::application::ApplicationId;
use super::session::Session;
use super::store;

/// Lets go of the place that a cancelled application held: a seat goes to whoever waits longest. Doing it twice does nothing more.
pub async fn let_go(tx: &mut Tx<'_>, id: ApplicationId, now: Timestamp) -> DbResult<()> {
    let Some(application) = store::application(tx, id).await? else { return Ok(()) };
    let Some(session) = store::lock(tx, application.session).await? else { return Ok(()) };
    if !store::mark_let_go(tx, id, now).await? {
        return Ok(());
    }
    if application.is_waiting() {
        return store::leave_waiting_place(tx, application.session).await;
    }
    if !application.is_viewer() {
        free_seat(tx, &session, now).await?;
    }
    Ok(())
}

/// Passes a free seat on, tells whoever got it, and lets public pages show what is left. False if nobody got it.
///
/// A session that is called off or has begun promises no seat any more.
pub async fn free_seat(tx: &mut Tx<'_>, session: &Session, now: Timestamp) -> DbResult<bool> {
    tx.public_changed().await?;
    if session.cancelled_at.is_some() || !session.can_still_change(now) {
        store::give_seat_back(tx, session.id).await?;
        return Ok(false);
    }
    let promoted = store::pass_seat_on(tx, session.id, now).await?;
    if let Some(promoted) = promoted {
        let lang = store::application(tx, promoted).await?.map(|application| application.lang).unwrap_or_default();
        journal::mail(tx, Mail::of("trainings.promoted", promoted, lang), now).await?;
        journal::record(tx, &Entry::by(journal::audit::SYSTEM).did("applications.promoted").on("application", promoted), now).await?;
    }
    Ok(promoted.is_some())
}

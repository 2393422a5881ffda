//! Letting go of a held place: the seat goes to whoever waits longest.

use db::{DbResult, Tx};
use journal::{Entry, Mail};
use kernel::Timestamp;

use super::application::ApplicationId;
use super::session::SessionId;
use super::store;

/// Lets go of the place that a cancelled application held: a seat goes to whoever waits longest. Doing it twice does nothing more.
pub async fn let_go(tx: &mut Tx<'_>, id: ApplicationId, now: Timestamp) -> DbResult<()> {
    let Some(application) = store::application(tx, id).await? else { return Ok(()) };
    store::lock(tx, application.session).await?;
    if !store::mark_let_go(tx, id, now).await? {
        return Ok(());
    }
    if application.is_waiting() {
        return store::leave_waiting_place(tx, application.session).await;
    }
    free_seat(tx, application.session, now).await
}

/// Passes a free seat on, tells whoever got it, and lets public pages show what is left.
pub async fn free_seat(tx: &mut Tx<'_>, session: SessionId, now: Timestamp) -> DbResult<()> {
    if let Some(promoted) = store::pass_seat_on(tx, session, now).await? {
        let lang = store::application(tx, promoted).await?.map(|application| application.lang).unwrap_or_default();
        journal::mail(tx, Mail::of("trainings.promoted", promoted, lang), now).await?;
        journal::record(tx, &Entry::by(journal::audit::SYSTEM).did("applications.promoted").on("application", promoted), now).await?;
    }
    tx.public_changed().await
}

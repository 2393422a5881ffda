//! Letting go of a held place: the seat goes to whoever waits longest.

use db::{DbResult, Tx};
use journal::{Entry, Mail};
use kernel::Timestamp;
use web::load_settings;

use super::application::ApplicationId;
use super::mail::About;
use super::offer::{Rule, offer};
use super::session::Session;
use super::store;

journal::kinds! {
    /// The job that lets go of a seat which can no longer be had back.
    pub(super) Job LET_GO = "trainings.let_go";
}

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

/// What became of a seat that came free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freed {
    /// Somebody who waited has it now.
    Given,
    /// It is kept for somebody who waited, until they answer.
    Offered,
    /// Nobody waited, so that it is free for all.
    Free,
}

/// Passes a free seat on, tells whoever it goes to, and lets public pages show what is left.
///
/// Shortly before the beginning it is offered, since nobody plans their day anew unasked. A session that is called off or has begun
/// promises no seat any more.
pub async fn free_seat(tx: &mut Tx<'_>, session: &Session, now: Timestamp) -> DbResult<Freed> {
    tx.public_changed().await?;
    if session.cancelled_at.is_some() || !session.can_still_change(now) {
        store::give_seat_back(tx, session.id).await?;
        return Ok(Freed::Free);
    }
    let rule = Rule::of(&load_settings(tx).await?);
    if rule.is_near(session, now) {
        if offer(tx, session, rule, now).await? {
            return Ok(Freed::Offered);
        }
        store::give_seat_back(tx, session.id).await?;
        return Ok(Freed::Free);
    }
    let Some(promoted) = store::pass_seat_on(tx, session.id, now).await? else { return Ok(Freed::Free) };
    let lang = store::application(tx, promoted).await?.map(|application| application.lang).unwrap_or_default();
    journal::mail(tx, Mail::of(About::Promoted.kind(), promoted, lang), now).await?;
    journal::record(tx, &Entry::by(journal::audit::SYSTEM).did("applications.promoted").on("application", promoted), now).await?;
    Ok(Freed::Given)
}

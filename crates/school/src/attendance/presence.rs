//! What other parts of the portal know of somebody's presence: the lobby's heartbeat, a screen that several looked at, keyword and survey.

use db::{DbResult, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::reckon::reckon;
use super::store;
use super::verdict::{Proof, Source};
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;

/// Why nothing was noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotNoted {
    /// There is no such session, or the application has no seat in it.
    NoSeat,
    /// It ends before it begins.
    Backwards,
    /// Attendance is closed.
    Closed,
}

/// Notes that somebody was there from then until then.
///
/// What follows or touches an earlier stretch of the same source lengthens it, so a heartbeat may be noted as often as it comes.
/// No row of the session is locked: thousands may come at once.
pub async fn add(
    tx: &mut Tx<'_>,
    session: SessionId,
    application: ApplicationId,
    source: Source,
    from: Timestamp,
    until: Timestamp,
    now: Timestamp,
) -> DbResult<Result<(), NotNoted>> {
    if until < from {
        return Ok(Err(NotNoted::Backwards));
    }
    let Some(whole) = noted(tx, session, application).await? else { return Ok(Err(NotNoted::NoSeat)) };
    if store::sheet(tx, session).await?.is_closed() {
        return Ok(Err(NotNoted::Closed));
    }
    if !store::lengthen_stay(tx, application, source, (from, until)).await? {
        store::add_stay(tx, session, application, source, (from, until), now).await?;
    }
    reckon(tx, &whole, application).await?;
    Ok(Ok(()))
}

/// Notes a sign beside minutes that somebody followed. Noting one twice changes nothing.
pub async fn prove(
    tx: &mut Tx<'_>,
    session: SessionId,
    application: ApplicationId,
    proof: Proof,
    now: Timestamp,
) -> DbResult<Result<(), NotNoted>> {
    if noted(tx, session, application).await?.is_none() {
        return Ok(Err(NotNoted::NoSeat));
    }
    if store::sheet(tx, session).await?.is_closed() {
        return Ok(Err(NotNoted::Closed));
    }
    store::add_proof(tx, application, proof, now).await?;
    Ok(Ok(()))
}

async fn noted(tx: &mut Tx<'_>, session: SessionId, application: ApplicationId) -> DbResult<Option<crate::trainings::session::Session>> {
    if !store::holds_seat(tx, session, application).await? {
        return Ok(None);
    }
    store::hold(tx, session, application).await?;
    crate::trainings::store::session(tx, session).await
}

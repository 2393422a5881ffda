//! Coming in: the button of one's own page, pressed. Opening an address alone counts nothing, since mail scanners open links.

use access::Label;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::{Timestamp, Uuid};
use serde::{Deserialize, Serialize};

use super::meeting::Moment;
use super::store;
use crate::trainings::application::ApplicationId;
use crate::trainings::store as trainings;

/// Why somebody does not come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotJoined {
    /// There is no such application.
    Unknown,
    /// It is cancelled.
    Cancelled,
    /// It waits for a seat.
    Waiting,
    /// The session is called off.
    CalledOff,
    /// There is no date or time yet.
    Undated,
    /// The lobby is not open yet.
    Early,
    /// The session is over.
    Over,
}

/// Lets somebody in on this device, and begins their presence. Pressing twice is the same as once.
pub async fn join(tx: &mut Tx<'_>, id: ApplicationId, device: Uuid, now: Timestamp) -> DbResult<Result<(), NotJoined>> {
    let Some(application) = trainings::application(tx, id).await? else { return Ok(Err(NotJoined::Unknown)) };
    let Some(session) = trainings::session(tx, application.session).await? else { return Ok(Err(NotJoined::Unknown)) };
    let meeting = store::meeting(tx, session.id).await?;
    let refusal = match meeting.moment(&session, now) {
        _ if !application.is_live() => Some(NotJoined::Cancelled),
        Moment::CalledOff => Some(NotJoined::CalledOff),
        _ if application.is_waiting() => Some(NotJoined::Waiting),
        Moment::Undated => Some(NotJoined::Undated),
        Moment::Before => Some(NotJoined::Early),
        Moment::Over => Some(NotJoined::Over),
        Moment::Open | Moment::Running => None,
    };
    if let Some(refusal) = refusal {
        return Ok(Err(refusal));
    }
    if !store::has_joined(tx, id, device).await? {
        store::begin(tx, id, device, false, now).await?;
        journal::record(tx, &Entry::by(&Label::Application(id.into()).to_string()).did("lobby.joined").on("application", id), now).await?;
    }
    Ok(Ok(()))
}

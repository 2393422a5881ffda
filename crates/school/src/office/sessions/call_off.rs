use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::tell::{News, tell};
use crate::trainings::session::SessionId;
use crate::trainings::store;

/// Why a session was not called off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotCalledOff {
    /// There is no such session.
    Unknown,
    /// It was before.
    Already,
    /// It has begun.
    Begun,
}

/// Calls a session off and tells everybody who applied. The reason stands on the public page and in the mail.
pub async fn call_off(tx: &mut Tx<'_>, id: SessionId, reason: &str, by: &str, now: Timestamp) -> DbResult<Result<i64, NotCalledOff>> {
    let Some(session) = store::lock(tx, id).await? else { return Ok(Err(NotCalledOff::Unknown)) };
    if !session.can_still_change(now) {
        return Ok(Err(NotCalledOff::Begun));
    }
    if !store::mark_called_off(tx, id, reason, now).await? {
        return Ok(Err(NotCalledOff::Already));
    }
    let told = store::count_living(tx, id).await?;
    tell(tx, id, News::CalledOff, now).await?;
    journal::record(tx, &Entry::by(by).did("sessions.called_off").on("session", id).because(reason).with(json!({ "told": told })), now)
        .await?;
    tx.public_changed().await?;
    Ok(Ok(told))
}

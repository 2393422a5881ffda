//! Taking a file out again: what it said no longer counts for anybody.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::reckon::reckon_all;
use super::{ImportId, store};
use crate::trainings::session::SessionId;

/// Why no file was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotWithdrawn {
    /// There is no such file in this session.
    Unknown,
    /// It was out before.
    Already,
    /// Attendance is closed.
    Closed,
}

/// Takes a file out. Its participants leave the queue; they come back only with the file.
pub async fn withdraw(
    tx: &mut Tx<'_>,
    session: SessionId,
    import: ImportId,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotWithdrawn>> {
    let Some(whole) = crate::trainings::store::lock(tx, session).await? else { return Ok(Err(NotWithdrawn::Unknown)) };
    let Some(line) = store::import(tx, import).await?.filter(|line| line.session == session) else {
        return Ok(Err(NotWithdrawn::Unknown));
    };
    if line.withdrawn_at.is_some() {
        return Ok(Err(NotWithdrawn::Already));
    }
    if store::sheet(tx, session).await?.is_closed() {
        return Ok(Err(NotWithdrawn::Closed));
    }
    store::put_withdrawn(tx, import, by, now).await?;
    reckon_all(tx, &whole).await?;
    let detail = json!({ "import": import.uuid(), "matched": line.matched, "open": line.open });
    journal::record(tx, &Entry::by(by).did("attendance.withdrawn").on("session", session).with(detail), now).await?;
    Ok(Ok(()))
}

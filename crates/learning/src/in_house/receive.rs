use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::kit::{Kit, KitFileId};
use super::results::Sitting;
use super::store;

/// Files of one kit that may wait to be looked at.
const WAITING: i64 = 50;

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The file.
    pub file: KitFileId,
    /// When it was recorded, if it was before.
    pub recorded_at: Option<Timestamp>,
}

/// Why a file is not received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotReceived {
    /// Too many of its kit wait to be recorded.
    Full,
}

/// Takes a file that was whole, so that somebody can look at who is in it. The same file is the same one.
pub async fn receive(
    tx: &mut Tx<'_>,
    kit: &Kit,
    digest: &str,
    sittings: &[Sitting],
    by: &str,
    now: Timestamp,
) -> DbResult<Result<Received, NotReceived>> {
    if let Some(known) = store::file_by_digest(tx, kit.id, digest).await? {
        return Ok(Ok(Received { file: known.id, recorded_at: known.recorded_at }));
    }
    if store::count_waiting(tx, kit.id).await? >= WAITING {
        return Ok(Err(NotReceived::Full));
    }
    let file = KitFileId::new(now);
    store::add_file(tx, file, kit.id, digest, sittings, by, now).await?;
    let facts = json!({ "people": sittings.len() });
    journal::record(tx, &Entry::by(by).did("kits.received").on("kit", kit.id).with(facts), now).await?;
    Ok(Ok(Received { file, recorded_at: None }))
}

use db::{DbResult, Tx};
use journal::Entry;
use kernel::{Timestamp, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;

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
    /// When it was recorded, if all of it stands; what was taken back may be recorded once more.
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
        let recorded_at = if stands(tx, kit, sittings).await? { known.recorded_at } else { None };
        return Ok(Ok(Received { file: known.id, recorded_at }));
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

/// Whether everybody in a file is put down, and nobody taken back.
async fn stands(tx: &mut Tx<'_>, kit: &Kit, sittings: &[Sitting]) -> DbResult<bool> {
    let known = store::known(tx, kit.id).await?;
    let standing: BTreeSet<Uuid> = known.into_iter().filter(|known| known.stands).map(|known| known.sitting).collect();
    Ok(sittings.iter().all(|one| standing.contains(&one.id)))
}

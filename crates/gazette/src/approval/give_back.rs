use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::save::Seen;
use super::store;
use super::version::{Stage, Step};

/// Why nothing was given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotGivenBack {
    /// There is no such version.
    Unknown,
    /// It is neither under review nor approved, or was changed meanwhile.
    Changed,
}

/// Gives a version back to be mended; `note` says what to mend. An approval can be taken back so, too, until publication.
pub async fn give_back(tx: &mut Tx<'_>, seen: Seen, note: &str, hand: &Hand, now: Timestamp) -> DbResult<Result<(), NotGivenBack>> {
    let Some(version) = store::version(tx, seen.version).await? else { return Ok(Err(NotGivenBack::Unknown)) };
    let is_as_seen = matches!(version.stage(), Stage::Requested | Stage::Approved) && version.saved_at == seen.saved_at;
    if !is_as_seen || !store::add_step(tx, version.id, Step::Returned, hand, note, now).await? {
        return Ok(Err(NotGivenBack::Changed));
    }
    journal::record(tx, &Entry::by(&hand.actor).acting_as(hand.role_id()).did("texts.returned").on("text", version.text), now).await?;
    Ok(Ok(()))
}

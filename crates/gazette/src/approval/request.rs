use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::save::Seen;
use super::store;
use super::version::{Stage, Step};

/// Why no approval was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotRequested {
    /// There is no such version.
    Unknown,
    /// It is no draft any more, or was changed meanwhile.
    Changed,
}

/// Asks for a draft to be looked at and approved; `note` is for whoever does that.
pub async fn request(tx: &mut Tx<'_>, seen: Seen, note: &str, hand: &Hand, now: Timestamp) -> DbResult<Result<(), NotRequested>> {
    let Some(version) = store::version(tx, seen.version).await? else { return Ok(Err(NotRequested::Unknown)) };
    let is_as_seen = version.stage() == Stage::Draft && version.saved_at == seen.saved_at;
    if !is_as_seen || !store::add_step(tx, version.id, Step::Requested, hand, note, now).await? {
        return Ok(Err(NotRequested::Changed));
    }
    journal::record(tx, &Entry::by(&hand.actor).acting_as(hand.role_id()).did("texts.requested").on("text", version.text), now).await?;
    Ok(Ok(()))
}

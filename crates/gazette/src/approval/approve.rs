use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::save::Seen;
use super::store;
use super::version::{Past, Stage, Step};

/// Why nothing was approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotApproved {
    /// There is no such version.
    Unknown,
    /// Nobody asks for it any more, or it was changed meanwhile.
    Changed,
    /// Whoever wrote it, or asked for its approval, does not approve it.
    OwnText,
}

/// Approves what was seen. With `two_persons`, only somebody who did not write it may.
pub async fn approve(tx: &mut Tx<'_>, seen: Seen, two_persons: bool, hand: &Hand, now: Timestamp) -> DbResult<Result<(), NotApproved>> {
    let Some(version) = store::version(tx, seen.version).await? else { return Ok(Err(NotApproved::Unknown)) };
    if version.stage() != Stage::Requested || version.saved_at != seen.saved_at {
        return Ok(Err(NotApproved::Changed));
    }
    let past = store::steps(tx, version.id).await?;
    if two_persons && is_own(&past, hand) {
        return Ok(Err(NotApproved::OwnText));
    }
    if !store::add_step(tx, version.id, Step::Approved, hand, "", now).await? {
        return Ok(Err(NotApproved::Changed));
    }
    journal::record(tx, &Entry::by(&hand.actor).acting_as(hand.role_id()).did("texts.approved").on("text", version.text), now).await?;
    Ok(Ok(()))
}

/// Whether this hand had a part in the writing.
pub fn is_own(past: &[Past], hand: &Hand) -> bool {
    past.iter().any(|step| matches!(step.step, Step::Saved | Step::Requested) && step.actor == hand.actor)
}

use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::room::Room;
use super::store;
use super::version::{Stage, Step, TextId};

/// Why nothing was withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotWithdrawn {
    /// There is no such text.
    Unknown,
    /// It is not public, or of a kind that stays.
    NotPublic,
}

/// Takes a public text back. Its address goes on answering, and says why.
///
/// A next version that is being written goes on, too, and makes the text public again when it is published.
pub(crate) async fn withdraw<R: Room>(
    tx: &mut Tx<'_>,
    text: TextId,
    reason: &str,
    hand: &Hand,
    now: Timestamp,
) -> DbResult<Result<(), NotWithdrawn>> {
    let versions = store::versions(tx, text).await?;
    if versions.first().is_none_or(|version| version.kind != R::KIND) {
        return Ok(Err(NotWithdrawn::Unknown));
    }
    // The newest version that ever went public is the one that readers see.
    let public = versions.iter().find(|version| matches!(version.stage(), Stage::Published | Stage::Withdrawn));
    let Some(public) = public.filter(|version| R::GROWS && version.stage() == Stage::Published) else {
        return Ok(Err(NotWithdrawn::NotPublic));
    };
    if !store::add_step(tx, public.id, Step::Withdrawn, hand, reason, now).await? {
        return Ok(Err(NotWithdrawn::NotPublic));
    }
    R::take_back(tx, text, reason, now).await?;
    let entry = Entry::by(&hand.actor).acting_as(hand.role_id()).did("texts.withdrawn").on("text", text).because(reason);
    journal::record(tx, &entry, now).await?;
    tx.public_changed().await?;
    Ok(Ok(()))
}

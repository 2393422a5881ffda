use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::room::Room;
use super::save::Seen;
use super::store;
use super::version::{Kind, Stage, Step, Version, Wording};

/// Why nothing was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotPublished {
    /// There is no such version.
    Unknown,
    /// It is not approved, or was changed meanwhile.
    NotApproved,
}

/// Makes an approved version public, and answers with its address.
pub(crate) async fn publish<R: Room>(tx: &mut Tx<'_>, seen: Seen, hand: &Hand, now: Timestamp) -> DbResult<Result<String, NotPublished>> {
    let Some(version) = store::version(tx, seen.version).await?.filter(|version| version.kind == R::KIND) else {
        return Ok(Err(NotPublished::Unknown));
    };
    let is_as_seen = version.stage() == Stage::Approved && version.saved_at == seen.saved_at;
    if !is_as_seen || !store::add_step(tx, version.id, Step::Published, hand, "", now).await? {
        return Ok(Err(NotPublished::NotApproved));
    }
    let address = R::make_public(tx, &version, now).await?;
    let entry = Entry::by(&hand.actor).acting_as(hand.role_id()).did("texts.published").on("text", version.text);
    journal::record(tx, &entry.with(serde_json::json!({ "address": address, "version": version.number })), now).await?;
    tx.public_changed().await?;
    Ok(Ok(address))
}

/// Enters a text that was public before the portal knew it, as at the first start: its way is one step, by the portal.
pub async fn record_published(tx: &mut Tx<'_>, kind: Kind, wording: &Wording, now: Timestamp) -> DbResult<Version> {
    let text = store::add_text(tx, kind, now).await?;
    let id = store::add_version(tx, text, 1, wording, now).await?;
    store::add_step(tx, id, Step::Published, &Hand::portal(), "", now).await?;
    tx.public_changed().await?;
    let Wording { title_ja, lead_ja, body_ja, title_en, lead_en, body_en, facts } = wording.clone();
    Ok(Version {
        id,
        text,
        kind,
        number: 1,
        title_ja,
        lead_ja,
        body_ja,
        title_en,
        lead_en,
        body_en,
        facts,
        saved_at: now,
        step: Step::Published,
    })
}

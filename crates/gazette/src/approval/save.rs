use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::store;
use super::version::{Kind, Stage, Step, TextId, VersionId, Wording};

/// The version that an editor or approver had before them, as it was then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Which version.
    pub version: VersionId,
    /// When it was last saved.
    pub saved_at: Timestamp,
}

/// What was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The text.
    pub text: TextId,
    /// Its newest version.
    pub version: VersionId,
}

/// Why nothing was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotSaved {
    /// There is no such text of this kind.
    Unknown,
    /// Somebody else saved it meanwhile, then.
    Changed(Timestamp),
}

/// Begins a text.
pub async fn begin(tx: &mut Tx<'_>, kind: Kind, wording: &Wording, hand: &Hand, now: Timestamp) -> DbResult<Saved> {
    let text = store::add_text(tx, kind, now).await?;
    let version = store::add_version(tx, text, 1, wording, now).await?;
    note(tx, Saved { text, version }, hand, now).await
}

/// Saves a text that was seen as `seen`.
///
/// A draft is written over, one under review becomes a draft again, and a change to what is public begins the next version.
pub async fn save(
    tx: &mut Tx<'_>,
    text: TextId,
    kind: Kind,
    seen: Seen,
    wording: &Wording,
    hand: &Hand,
    now: Timestamp,
) -> DbResult<Result<Saved, NotSaved>> {
    let Some(latest) = store::latest(tx, text).await?.filter(|latest| latest.kind == kind) else { return Ok(Err(NotSaved::Unknown)) };
    if (Seen { version: latest.id, saved_at: latest.saved_at }) != seen {
        return Ok(Err(NotSaved::Changed(latest.saved_at)));
    }
    let facts = kept(&latest.facts, &wording.facts);
    let wording = &Wording { facts, ..wording.clone() };
    if latest.wording() == *wording {
        return Ok(Ok(Saved { text, version: latest.id }));
    }
    let version = match latest.stage() {
        Stage::Published | Stage::Withdrawn => store::add_version(tx, text, latest.number + 1, wording, now).await?,
        Stage::Draft | Stage::Requested | Stage::Approved => {
            if !store::rewrite(tx, latest.id, seen.saved_at, wording, now).await? {
                return Ok(Err(NotSaved::Changed(now)));
            }
            latest.id
        }
    };
    Ok(Ok(note(tx, Saved { text, version }, hand, now).await?))
}

/// The facts that were sent, over those that were there: a form knows not all of them, such as the number that a text had elsewhere.
fn kept(earlier: &Value, sent: &Value) -> Value {
    let (Some(earlier), Some(sent)) = (earlier.as_object(), sent.as_object()) else {
        return if sent.is_null() { earlier.clone() } else { sent.clone() };
    };
    let mut facts = earlier.clone();
    facts.extend(sent.clone());
    Value::Object(facts)
}

async fn note(tx: &mut Tx<'_>, saved: Saved, hand: &Hand, now: Timestamp) -> DbResult<Saved> {
    store::add_step(tx, saved.version, Step::Saved, hand, "", now).await?;
    journal::record(tx, &Entry::by(&hand.actor).acting_as(hand.role_id()).did("texts.saved").on("text", saved.text), now).await?;
    Ok(saved)
}

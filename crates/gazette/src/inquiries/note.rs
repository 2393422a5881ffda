use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::inquiry::{InquiryId, MessageKind};
use super::store;

/// Why nothing was noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotNoted {
    /// There is no such inquiry.
    Unknown,
}

/// Writes down a note for the secretariat, or, with `is_reply`, what the person said by mail or telephone.
///
/// A reply is something to look at: a closed inquiry is open again.
pub async fn note(
    tx: &mut Tx<'_>,
    id: InquiryId,
    body: &str,
    is_reply: bool,
    hand: &Hand,
    now: Timestamp,
) -> DbResult<Result<(), NotNoted>> {
    if store::inquiry(tx, id).await?.is_none() {
        return Ok(Err(NotNoted::Unknown));
    }
    let kind = if is_reply { MessageKind::Reply } else { MessageKind::Note };
    let message = store::add_message(tx, id, kind, &hand.actor, body, now).await?;
    store::take(tx, id, &hand.actor, now).await?;
    if is_reply {
        store::reopen(tx, id).await?;
    }
    let entry = Entry::by(&hand.actor).acting_as(hand.role_id()).did("inquiries.noted").on("inquiry", id);
    journal::record(tx, &entry.with(serde_json::json!({ "message": message, "reply": is_reply })), now).await?;
    Ok(Ok(()))
}

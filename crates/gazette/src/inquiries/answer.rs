use access::Hand;
use db::{DbResult, Tx};
use journal::{Entry, Mail};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::inquiry::{InquiryId, MessageKind};
use super::store;

journal::kinds! {
    /// The mail with an answer.
    pub(super) Mail ANSWERED = "inquiries.answered";
}

/// Why nothing was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotAnswered {
    /// There is no such inquiry.
    Unknown,
}

/// Answers by mail. `closes` says whether nothing is left to do after that.
pub async fn answer(
    tx: &mut Tx<'_>,
    id: InquiryId,
    body: &str,
    closes: bool,
    hand: &Hand,
    now: Timestamp,
) -> DbResult<Result<(), NotAnswered>> {
    let Some(inquiry) = store::inquiry(tx, id).await? else { return Ok(Err(NotAnswered::Unknown)) };
    let message = store::add_message(tx, id, MessageKind::Answer, &hand.actor, body, now).await?;
    store::take(tx, id, &hand.actor, now).await?;
    if closes {
        store::close(tx, id, &hand.actor, now).await?;
    } else {
        store::reopen(tx, id).await?;
    }
    journal::mail(tx, Mail::of(ANSWERED, id, inquiry.lang).with("message", message), now).await?;
    let entry = Entry::by(&hand.actor).acting_as(hand.role_id()).did("inquiries.answered").on("inquiry", id);
    journal::record(tx, &entry.with(serde_json::json!({ "message": message, "closed": closes })), now).await?;
    Ok(Ok(()))
}

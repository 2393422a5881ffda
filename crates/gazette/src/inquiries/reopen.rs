use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;

use super::inquiry::InquiryId;
use super::store;

/// Notes that something is left to do after all. False if that was so before, or there is no such inquiry.
pub async fn reopen(tx: &mut Tx<'_>, id: InquiryId, hand: &Hand, now: Timestamp) -> DbResult<bool> {
    if !store::reopen(tx, id).await? {
        return Ok(false);
    }
    journal::record(tx, &Entry::by(&hand.actor).acting_as(hand.role_id()).did("inquiries.reopened").on("inquiry", id), now).await?;
    Ok(true)
}

use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;

use super::inquiry::InquiryId;
use super::store;

/// Notes that nothing is left to do. False if that was so before, or there is no such inquiry.
pub async fn close(tx: &mut Tx<'_>, id: InquiryId, hand: &Hand, now: Timestamp) -> DbResult<bool> {
    if !store::close(tx, id, &hand.actor, now).await? {
        return Ok(false);
    }
    journal::record(tx, &Entry::by(&hand.actor).acting_as(hand.role_id()).did("inquiries.closed").on("inquiry", id), now).await?;
    Ok(true)
}

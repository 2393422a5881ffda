use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;

use super::inquiry::InquiryId;
use super::store;

/// Takes an inquiry up, so that nobody else begins the same. False if that was so before, or there is no such inquiry.
pub async fn take(tx: &mut Tx<'_>, id: InquiryId, hand: &Hand, now: Timestamp) -> DbResult<bool> {
    if !store::take(tx, id, &hand.actor, now).await? {
        return Ok(false);
    }
    journal::record(tx, &Entry::by(&hand.actor).acting_as(hand.role_id()).did("inquiries.taken").on("inquiry", id), now).await?;
    Ok(true)
}

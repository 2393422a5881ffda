use access::{AccountId, Label};
use db::{DbResult, Tx};
use journal::Entry;
use kernel::{Span, Timestamp};
use serde_json::json;

use super::store::{self, HandoverId};

/// Clocks that fall due within the next shift are counted.
const NEXT_SHIFT: Span = Span::hours(12);

/// Hands the desk over: how many cases are open and how many clocks are due is written down. What is to be known of a case stands
/// in the case, sealed.
pub async fn give(tx: &mut Tx<'_>, by: AccountId, now: Timestamp) -> DbResult<HandoverId> {
    let open_cases = store::open_cases(tx).await?;
    let clocks_due = store::clocks_due(tx, now.plus(NEXT_SHIFT)).await?;
    let id = store::add_handover(tx, by, open_cases, clocks_due, now).await?;
    let facts = json!({ "open_cases": open_cases, "clocks_due": clocks_due });
    journal::record(tx, &Entry::by(&Label::Account(by).to_string()).did("roster.handed_over").on("handover", id).with(facts), now).await?;
    Ok(id)
}

/// Takes the desk over. False if it is one's own hand-over, or somebody has taken it.
pub async fn take(tx: &mut Tx<'_>, id: HandoverId, by: AccountId, now: Timestamp) -> DbResult<bool> {
    if !store::take_handover(tx, id, by, now).await? {
        return Ok(false);
    }
    journal::record(tx, &Entry::by(&Label::Account(by).to_string()).did("roster.taken_over").on("handover", id), now).await?;
    Ok(true)
}

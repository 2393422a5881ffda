use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::store;
use super::version::{Seen, Stage, Step, wrote};

/// Why nothing was approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotApproved {
    /// There is no such version.
    Unknown,
    /// Nobody asks for it any more, or it was changed meanwhile.
    Changed,
    /// Whoever wrote it does not approve it.
    Own,
}

/// Approves what was seen. Only somebody who did not write it may.
pub async fn approve(tx: &mut Tx<'_>, seen: Seen, hand: &Hand, now: Timestamp) -> DbResult<Result<(), NotApproved>> {
    let Some(version) = store::version(tx, seen.version).await? else { return Ok(Err(NotApproved::Unknown)) };
    if version.stage() != Stage::Requested || !version.is(seen) {
        return Ok(Err(NotApproved::Changed));
    }
    if wrote(&store::steps(tx, version.id).await?, hand) {
        return Ok(Err(NotApproved::Own));
    }
    if !store::add_step(tx, version.id, Step::Approved, hand, "", now).await? {
        return Ok(Err(NotApproved::Changed));
    }
    let entry = Entry::by(&hand.actor).acting_as(hand.role_id()).did("courses.approved").on("course_version", version.id);
    journal::record(tx, &entry, now).await?;
    Ok(Ok(()))
}

use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::store;
use super::version::{Seen, Stage, Step};

/// Why nothing was given back, or dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotGivenBack {
    /// There is no such version.
    Unknown,
    /// It does not stand as it did, or was changed meanwhile.
    Changed,
}

/// Gives a version back to be mended; `note` says what to mend. An approval can be taken back so, too, until publication.
pub async fn give_back(tx: &mut Tx<'_>, seen: Seen, note: &str, hand: &Hand, now: Timestamp) -> DbResult<Result<(), NotGivenBack>> {
    step(tx, seen, (Step::Returned, "courses.returned"), note, hand, now).await
}

/// Gives up writing a version. What was written can still be read.
pub async fn give_up(tx: &mut Tx<'_>, seen: Seen, hand: &Hand, now: Timestamp) -> DbResult<Result<(), NotGivenBack>> {
    step(tx, seen, (Step::Dropped, "courses.dropped"), "", hand, now).await
}

async fn step(
    tx: &mut Tx<'_>,
    seen: Seen,
    (step, did): (Step, &'static str),
    note: &str,
    hand: &Hand,
    now: Timestamp,
) -> DbResult<Result<(), NotGivenBack>> {
    let Some(version) = store::version(tx, seen.version).await? else { return Ok(Err(NotGivenBack::Unknown)) };
    let fits = match step {
        Step::Returned => matches!(version.stage(), Stage::Requested | Stage::Approved),
        _ => version.is_open(),
    };
    if !fits || !version.is(seen) || !store::add_step(tx, version.id, step, hand, note, now).await? {
        return Ok(Err(NotGivenBack::Changed));
    }
    journal::record(tx, &Entry::by(&hand.actor).acting_as(hand.role_id()).did(did).on("course_version", version.id), now).await?;
    Ok(Ok(()))
}

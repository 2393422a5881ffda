use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::bundle::{BYTES_MAX, Bundle};
use super::store;
use super::version::{Seen, Step};

/// Why nothing was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotSaved {
    /// There is no such version.
    Unknown,
    /// It is not written any more: published, or dropped.
    Closed,
    /// Somebody else saved it meanwhile, then.
    Changed(Timestamp),
    /// The files are more than a course may have.
    TooLarge,
}

/// Saves the files of a version that was seen as `seen`. One that is under review, or approved, becomes a draft again.
pub async fn save(tx: &mut Tx<'_>, seen: Seen, files: &Bundle, hand: &Hand, now: Timestamp) -> DbResult<Result<(), NotSaved>> {
    let Some(version) = store::version(tx, seen.version).await? else { return Ok(Err(NotSaved::Unknown)) };
    if !version.is_open() {
        return Ok(Err(NotSaved::Closed));
    }
    if !version.is(seen) {
        return Ok(Err(NotSaved::Changed(version.saved_at)));
    }
    if files.bytes() > BYTES_MAX {
        return Ok(Err(NotSaved::TooLarge));
    }
    let label = files.course().map_or(version.label, |file| file.version);
    if !store::rewrite(tx, version.id, seen.saved_at, &label, files, now).await? {
        return Ok(Err(NotSaved::Changed(now)));
    }
    store::add_step(tx, version.id, Step::Saved, hand, "", now).await?;
    let entry = Entry::by(&hand.actor).acting_as(hand.role_id()).did("courses.saved").on("course_version", version.id);
    journal::record(tx, &entry, now).await?;
    Ok(Ok(()))
}

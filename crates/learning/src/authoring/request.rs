use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::store;
use super::version::{Seen, Stage, Step};

/// Why no approval was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotRequested {
    /// There is no such version.
    Unknown,
    /// It is no draft any more, or was changed meanwhile.
    Changed,
    /// The loader finds faults in it; so many.
    Faults(usize),
    /// A published version has its name already.
    SameLabel,
}

/// Asks for a draft to be looked at and approved; `note` is for whoever does that.
pub async fn request(tx: &mut Tx<'_>, seen: Seen, note: &str, hand: &Hand, now: Timestamp) -> DbResult<Result<(), NotRequested>> {
    let Some(version) = store::version(tx, seen.version).await? else { return Ok(Err(NotRequested::Unknown)) };
    if version.stage() != Stage::Draft || !version.is(seen) {
        return Ok(Err(NotRequested::Changed));
    }
    let files = store::files(tx, version.id).await?.unwrap_or_default();
    if let Err(faults) = files.load(&version.course) {
        return Ok(Err(NotRequested::Faults(faults.len())));
    }
    if has_label(tx, &version.course, &version.label).await? {
        return Ok(Err(NotRequested::SameLabel));
    }
    if !store::add_step(tx, version.id, Step::Requested, hand, note, now).await? {
        return Ok(Err(NotRequested::Changed));
    }
    let entry = Entry::by(&hand.actor).acting_as(hand.role_id()).did("courses.requested").on("course_version", version.id);
    journal::record(tx, &entry, now).await?;
    Ok(Ok(()))
}

/// Whether what is published has this name: records of completions name the version by it.
pub(super) async fn has_label(tx: &mut Tx<'_>, course: &str, label: &str) -> DbResult<bool> {
    let is_of_disk = crate::content::course(course).is_some_and(|course| course.version == label);
    Ok(is_of_disk || store::has_label(tx, course, label).await?)
}

use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::bundle::{Bundle, next_label};
use super::store;
use super::version::{Step, VersionId};

/// Why no version was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotBegun {
    /// There is no such course.
    Unknown,
    /// One is being written already: this one.
    Open(VersionId),
}

/// Begins the next version of a course: a copy of the newest that was published, under a name of its own.
pub async fn begin(tx: &mut Tx<'_>, course: &str, hand: &Hand, now: Timestamp) -> DbResult<Result<VersionId, NotBegun>> {
    let versions = store::versions(tx, course).await?;
    if let Some(open) = versions.iter().find(|version| version.is_open()) {
        return Ok(Err(NotBegun::Open(open.id)));
    }
    let files = match versions.iter().find(|version| version.starts_on.is_some()) {
        Some(published) => store::files(tx, published.id).await?,
        None => Bundle::of_disk(course),
    };
    let Some(mut files) = files else { return Ok(Err(NotBegun::Unknown)) };
    let Some(mut file) = files.course() else { return Ok(Err(NotBegun::Unknown)) };
    // The name of a version that was dropped is free again, that of one that somebody has completed is not.
    let is_taken = |label: &str| {
        let is_published = versions.iter().any(|version| version.starts_on.is_some() && version.label == label);
        is_published || crate::content::course(course).is_some_and(|disk| disk.version == label)
    };
    file.version = next_label(&file.version);
    while is_taken(&file.version) {
        file.version = next_label(&file.version);
    }
    files.put_course(&file);
    let number = versions.first().map_or(1, |newest| newest.number + 1);
    Ok(add(tx, (course, number, &file.version), &files, hand, now).await?.ok_or(NotBegun::Unknown))
}

/// Adds a version of a course with its number and name; `None` if somebody else has just added the one with this number.
pub(super) async fn add(
    tx: &mut Tx<'_>,
    (course, number, label): (&str, i64, &str),
    files: &Bundle,
    hand: &Hand,
    now: Timestamp,
) -> DbResult<Option<VersionId>> {
    let id = VersionId::new(now);
    if !store::add(tx, id, course, number, label, files, now).await? {
        return Ok(None);
    }
    store::add_step(tx, id, Step::Saved, hand, "", now).await?;
    let entry = Entry::by(&hand.actor).acting_as(hand.role_id()).did("courses.begun").on("course_version", id);
    journal::record(tx, &entry.with(serde_json::json!({ "course": course, "number": number })), now).await?;
    Ok(Some(id))
}

use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::bundle::Bundle;
use super::request::has_label;
use super::rule::{Line, NotPlaced, Place, place};
use super::store;
use super::version::{Effect, Seen, Stage, Step, VersionId, wrote};
use crate::content::{self, Course};

/// Whom a publication concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// How many had completed the version whose place was taken.
    pub completed: i64,
    /// How many were on their way through it.
    pub on_the_way: i64,
}

/// Why nothing was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotPublished {
    /// There is no such version.
    Unknown,
    /// It is not approved, or was changed meanwhile.
    NotApproved,
    /// Whoever wrote it does not publish it.
    Own,
    /// The loader finds faults in it.
    Faults,
    /// A published version has its name already.
    SameLabel,
    /// Its 公開期間 does not fit what was chosen.
    NotPlaced(NotPlaced),
    /// Other people are concerned than was said before.
    Others(Published),
}

/// What each way of publishing would do: where the version takes its place, and whom it concerns.
pub async fn outlook(tx: &mut Tx<'_>, course: &Course, effect: Effect, now: Timestamp) -> DbResult<Result<(Place, Published), NotPlaced>> {
    let lines = lines(tx, &course.slug, now).await?;
    match place(effect, course.from, &lines, now.day()) {
        Ok(place) => Ok(Ok((place, concerned(tx, course, effect, &lines).await?))),
        Err(not) => Ok(Err(not)),
    }
}

/// Those who learn what is replaced; for what holds from the next year, those who learn what goes on until then.
async fn concerned(tx: &mut Tx<'_>, course: &Course, effect: Effect, lines: &[Line]) -> DbResult<Published> {
    let replaced = match effect {
        Effect::NextYear | Effect::First => lines.iter().max_by_key(|line| line.from),
        Effect::Correction | Effect::Retake => lines.iter().find(|line| line.from == course.from),
    };
    let Some(line) = replaced else { return Ok(Published { completed: 0, on_the_way: 0 }) };
    let (completed, on_the_way) = store::concerned(tx, &course.slug, line.from, line.edition).await?;
    Ok(Published { completed, on_the_way })
}

/// What is published of a course; before its first version, what stands in `data/courses`.
async fn lines(tx: &mut Tx<'_>, course: &str, now: Timestamp) -> DbResult<Vec<Line>> {
    let mut lines = store::lines(tx, course).await?;
    if let (true, Some(disk)) = (lines.is_empty(), content::course(course)) {
        lines.push(Line { from: disk.from, until: disk.until, edition: 1, starts_on: disk.from.min(now.day()) });
    }
    Ok(lines)
}

/// Publishes an approved version. `told` is whom it was said to concern: if that is not so any more, nothing is done, since somebody
/// decided by other numbers.
pub async fn publish(
    tx: &mut Tx<'_>,
    seen: Seen,
    effect: Effect,
    told: Option<Published>,
    hand: &Hand,
    now: Timestamp,
) -> DbResult<Result<Published, NotPublished>> {
    let Some(version) = store::version(tx, seen.version).await? else { return Ok(Err(NotPublished::Unknown)) };
    if version.stage() != Stage::Approved || !version.is(seen) {
        return Ok(Err(NotPublished::NotApproved));
    }
    if wrote(&store::steps(tx, version.id).await?, hand) {
        return Ok(Err(NotPublished::Own));
    }
    let files = store::files(tx, version.id).await?.unwrap_or_default();
    let Ok(course) = files.load(&version.course) else { return Ok(Err(NotPublished::Faults)) };
    if has_label(tx, &version.course, &version.label).await? {
        return Ok(Err(NotPublished::SameLabel));
    }
    let (place, concerned) = match outlook(tx, &course, effect, now).await? {
        Ok(found) => found,
        Err(not) => return Ok(Err(NotPublished::NotPlaced(not))),
    };
    if told.is_some_and(|told| told != concerned) {
        return Ok(Err(NotPublished::Others(concerned)));
    }
    if !store::add_step(tx, version.id, Step::Published, hand, "", now).await? {
        return Ok(Err(NotPublished::NotApproved));
    }
    keep_what_stood_on_the_disk(tx, &course.slug, now).await?;
    store::put_in_place(tx, version.id, effect, (course.from, course.until), place).await?;
    if effect == Effect::Retake {
        store::take_over(tx, &course.slug, course.from, place.edition - 1).await?;
    }
    let facts = json!({
        "course": course.slug, "version": course.version, "effect": effect.id(),
        "completed": concerned.completed, "on_the_way": concerned.on_the_way,
    });
    let entry = Entry::by(&hand.actor).acting_as(hand.role_id()).did("courses.published").on("course_version", version.id).with(facts);
    journal::record(tx, &entry, now).await?;
    tx.public_changed().await?;
    Ok(Ok(concerned))
}

/// Enters what stood in `data/courses` as a published version, before the first one that was written here takes its place: it can be
/// read for ever, and is shown on until a version for the next year begins.
async fn keep_what_stood_on_the_disk(tx: &mut Tx<'_>, slug: &str, now: Timestamp) -> DbResult<()> {
    if !store::lines(tx, slug).await?.is_empty() {
        return Ok(());
    }
    let (Some(disk), Some(files)) = (content::course(slug), Bundle::of_disk(slug)) else { return Ok(()) };
    let id = VersionId::new(now);
    if store::add(tx, id, slug, 0, &disk.version, &files, now).await? {
        store::add_step(tx, id, Step::Published, &Hand::portal(), "", now).await?;
        let place = Place { edition: 1, starts_on: disk.from.min(now.day()) };
        store::put_in_place(tx, id, Effect::First, (disk.from, disk.until), place).await?;
    }
    Ok(())
}

use access::AccountId;
use db::{DbResult, Tx};
use kernel::Timestamp;

use super::complete::complete;
use super::store;
use super::time::counted;
use super::way::{NotLearned, way};
use crate::content::Course;

/// A slide that was read to its end.
#[derive(Clone, Debug)]
pub struct Turn {
    /// The slide.
    pub slide: String,
    /// When it was shown.
    pub shown: Option<Timestamp>,
    /// How many seconds it was before somebody's eyes, where a script could tell.
    pub focus: Option<i64>,
}

/// Puts down that a slide was read, and how long; going on is at the slide behind it.
pub async fn turn(
    tx: &mut Tx<'_>,
    account: AccountId,
    course: &'static Course,
    turn: &Turn,
    now: Timestamp,
) -> DbResult<Result<(), NotLearned>> {
    let Some((unit, place)) = course.slide(&turn.slide) else { return Ok(Err(NotLearned::Unknown)) };
    let study = match way(tx, account, course, now).await? {
        Ok(study) => study,
        Err(refusal) => return Ok(Err(refusal)),
    };
    store::add_slide(tx, study.id, &turn.slide, now).await?;
    let on = unit.slides.get(place + 1).map_or(turn.slide.as_str(), |slide| slide.id.as_str());
    let seconds = counted(turn.shown, study.seen_at, turn.focus, now);
    store::go_on(tx, study.id, on, seconds, now).await?;
    complete(tx, account, course, study.id, now).await?;
    Ok(Ok(()))
}

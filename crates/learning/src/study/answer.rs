use access::AccountId;
use db::{DbResult, Tx};
use kernel::{Timestamp, Uuid};

use super::complete::complete;
use super::store;
use super::time::counted;
use super::way::{NotLearned, way};
use crate::content::Course;
use crate::content::question::Given;

/// Puts down an answer to a question of a unit, right or wrong. `id` follows from the form and what was answered, so that a form
/// that comes twice is one answer.
pub async fn answer(
    tx: &mut Tx<'_>,
    account: AccountId,
    course: &'static Course,
    question: &str,
    given: &Given,
    (id, shown): (Uuid, Option<Timestamp>),
    now: Timestamp,
) -> DbResult<Result<bool, NotLearned>> {
    let Some(question) = course.question(question) else { return Ok(Err(NotLearned::Unknown)) };
    let study = match way(tx, account, course, now).await? {
        Ok(study) => study,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let is_right = question.judge(given);
    if store::add_answer(tx, id, study.id, course, &question.id, given, is_right, now).await? {
        store::go_on(tx, study.id, &study.slide, counted(shown, study.seen_at, None, now), now).await?;
        complete(tx, account, course, study.id, now).await?;
    }
    Ok(Ok(is_right))
}

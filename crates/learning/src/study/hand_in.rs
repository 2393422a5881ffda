use access::AccountId;
use db::{DbResult, Tx};
use journal::Job;
use kernel::Timestamp;

use super::complete::{complete, put_down};
use super::exam::{Outcome, TestId, TestKind};
use super::news::HANDED_IN;
use super::store::{self, Completion, How};
use super::way::NotLearned;
use crate::content::Course;

/// Hands a test in. Handed in a second time, it is answered with what came of it the first time.
///
/// Who passes the test before the course has completed it; who passes the other has, once all units are done.
pub async fn hand_in(
    tx: &mut Tx<'_>,
    account: AccountId,
    course: &'static Course,
    test: TestId,
    now: Timestamp,
) -> DbResult<Result<Outcome, NotLearned>> {
    let Some((test, study)) = store::test_of(tx, test, account, course).await? else { return Ok(Err(NotLearned::Unknown)) };
    if let Some(outcome) = store::outcome(tx, test.id).await? {
        return Ok(Ok(outcome));
    }
    if !course.is_open(now.day()) {
        return Ok(Err(NotLearned::Closed));
    }
    let answers = store::test_answers(tx, test.id).await?;
    let places: Vec<usize> = test.drawn.places(course).collect();
    let is_answered = |place: &usize| answers.iter().any(|(at, _)| usize::try_from(*at).is_ok_and(|at| at == *place));
    let left = places.iter().filter(|place| !is_answered(place)).count();
    if left > 0 {
        return Ok(Err(NotLearned::Unanswered(left)));
    }
    let right = answers.iter().filter(|(place, given)| {
        let question = usize::try_from(place - 1).ok().and_then(|n| test.drawn.0.get(n)).and_then(|id| course.question(id));
        question.is_some_and(|question| question.judge(given))
    });
    let (right, asked) = (count(right.count()), count(places.len()));
    let needed = test.kind.of(course).needed(asked);
    let outcome = Outcome { test: test.id, kind: test.kind, right, asked, needed, handed_in_at: now };
    store::add_outcome(tx, study.id, &outcome).await?;
    journal::job(tx, Job::of(HANDED_IN, test.id), now).await?;
    if test.kind == TestKind::TestOut && outcome.is_passed() {
        let how =
            Completion { how: How::TestedOut, version: course.version.clone(), seconds: study.seconds, right, asked, completed_at: now };
        put_down(tx, account, study.id, &how, now).await?;
    } else {
        complete(tx, account, course, study.id, now).await?;
    }
    Ok(Ok(outcome))
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

use access::AccountId;
use db::{DbResult, Tx};
use kernel::Timestamp;

use super::exam::TestId;
use super::store;
use super::time::counted;
use super::way::NotLearned;
use crate::content::Course;
use crate::content::question::Given;

/// Keeps the answer to one question of a test that was not handed in; a later one takes its place.
pub async fn keep(
    tx: &mut Tx<'_>,
    account: AccountId,
    course: &'static Course,
    (test, place): (TestId, usize),
    given: &Given,
    shown: Option<Timestamp>,
    now: Timestamp,
) -> DbResult<Result<(), NotLearned>> {
    let Some((test, study)) = store::test_of(tx, test, account, course).await? else { return Ok(Err(NotLearned::Unknown)) };
    if store::outcome(tx, test.id).await?.is_some() {
        return Ok(Err(NotLearned::HandedIn));
    }
    if !(1..=test.drawn.0.len()).contains(&place) {
        return Ok(Err(NotLearned::Unknown));
    }
    store::put_test_answer(tx, test.id, place, given, now).await?;
    store::go_on(tx, study.id, &study.slide, counted(shown, study.seen_at, None, now), now).await?;
    Ok(Ok(()))
}

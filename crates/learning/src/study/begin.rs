use access::AccountId;
use db::{DbResult, Tx};
use kernel::Timestamp;

use super::exam::{Drawn, TestId, TestKind};
use super::store;
use super::way::{NotLearned, way};
use crate::content::Course;

/// Begins a test, or goes on with the one of its kind that was not handed in, also when a version of the course came meanwhile: the
/// answers to questions that are still there are kept. Where none is there any more, another test begins.
pub async fn begin(
    tx: &mut Tx<'_>,
    account: AccountId,
    course: &'static Course,
    kind: TestKind,
    now: Timestamp,
) -> DbResult<Result<TestId, NotLearned>> {
    let study = match way(tx, account, course, now).await? {
        Ok(study) => study,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Some(open) = store::open_test(tx, study.id, kind).await?
        && open.drawn.places(course).next().is_some()
    {
        return Ok(Ok(open.id));
    }
    let id = TestId::new(now);
    store::add_test(tx, id, study.id, kind, course, &Drawn::of(course, kind.of(course), id.uuid()), now).await?;
    Ok(Ok(id))
}

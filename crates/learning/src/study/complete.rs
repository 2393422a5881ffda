use access::{AccountId, Label};
use db::{DbResult, Tx};
use journal::{Entry, Job};
use kernel::Timestamp;

use super::exam::TestKind;
use super::progress::of_study;
use super::store::{self, Completion, How};
use super::way::StudyId;
use crate::certificates::COMPLETED;
use crate::content::Course;

/// Puts the completion down if nothing is left. The first one stays, whatever is learned afterwards.
pub(super) async fn complete(tx: &mut Tx<'_>, account: AccountId, course: &'static Course, study: StudyId, now: Timestamp) -> DbResult<()> {
    // Nearly always the test is still to come, and then nothing else has to be looked at.
    if !store::outcomes(tx, study).await?.iter().any(|outcome| outcome.kind == TestKind::Test && outcome.is_passed()) {
        return Ok(());
    }
    let Some(study) = store::study_of(tx, study).await? else { return Ok(()) };
    let (id, seconds) = (study.id, study.seconds);
    let progress = of_study(tx, course, Some(study)).await?;
    if progress.completion.is_some() || !progress.reasons().is_empty() {
        return Ok(());
    }
    let best = progress.best(TestKind::Test);
    let completion = Completion {
        how: How::Learned,
        version: course.version.clone(),
        seconds,
        right: best.map_or(0, |outcome| outcome.right),
        asked: best.map_or(0, |outcome| outcome.asked),
        completed_at: now,
    };
    put_down(tx, account, id, &completion, now).await
}

/// Puts a completion down, unless there is one.
pub(super) async fn put_down(tx: &mut Tx<'_>, account: AccountId, study: StudyId, completion: &Completion, now: Timestamp) -> DbResult<()> {
    if store::add_completion(tx, study, completion).await? {
        let entry = Entry::by(&Label::Account(account).to_string()).did("courses.completed").on("study", study.uuid());
        journal::record(tx, &entry, now).await?;
        journal::job(tx, Job::of(COMPLETED, study), now).await?;
    }
    Ok(())
}

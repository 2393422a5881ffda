//! Making up for a session by its recording.

use access::Label;
use db::{DbResult, Tx};
use journal::{Entry, Mail};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::store::{self, Completion};
use crate::attendance;
use crate::certificates::{self, Attended, Way};
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;
use crate::trainings::store as trainings;

journal::kinds! {
    /// The mail that says that the recording was attended.
    pub(super) Mail COMPLETED = "archive.completed";
}

/// Why a session does not count as attended yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotCompleted {
    /// There is no such recording or application.
    Unknown,
    /// Not enough was seen.
    Unseen,
    /// These questions were answered wrongly, each by its place.
    Wrong(Vec<usize>),
    /// It counts already, since the first time.
    Already,
}

/// Makes up for a session by its recording: enough of it was seen, and every question answered rightly. The answers are the places
/// of the choices, in the order of the questions.
pub async fn complete(
    tx: &mut Tx<'_>,
    session: SessionId,
    application: ApplicationId,
    answers: &[usize],
    now: Timestamp,
) -> DbResult<Result<(), NotCompleted>> {
    let Some(recording) = store::recording(tx, session).await?.filter(super::recording::Recording::is_published) else {
        return Ok(Err(NotCompleted::Unknown));
    };
    let Some(found) = trainings::application(tx, application).await?.filter(|found| found.session == session && found.is_live()) else {
        return Ok(Err(NotCompleted::Unknown));
    };
    if store::completion(tx, application).await?.is_some() {
        return Ok(Err(NotCompleted::Already));
    }
    let watching = store::watching(tx, application).await?.filter(|watching| watching.edition == recording.edition);
    let (Some(film), Some(needed), Some(watching)) = (recording.film(), recording.needed(), watching) else {
        return Ok(Err(NotCompleted::Unseen));
    };
    let seen = watching.seen.seconds();
    if seen < needed {
        return Ok(Err(NotCompleted::Unseen));
    }
    let questions = recording.questions();
    let is_wrong = |n: &usize| answers.get(*n) != Some(&questions[*n].right);
    let wrong: Vec<usize> = (0..questions.len()).filter(is_wrong).collect();
    if !wrong.is_empty() {
        return Ok(Err(NotCompleted::Wrong(wrong)));
    }
    let completion = Completion {
        seen_seconds: seen,
        of_seconds: film.seconds,
        threshold: recording.threshold,
        questions: i64::try_from(questions.len()).unwrap_or(i64::MAX),
        completed_at: now,
    };
    if !store::add_completion(tx, application, &recording, &completion).await? {
        return Ok(Err(NotCompleted::Already));
    }
    completed(tx, application, &completion, now).await?;
    journal::mail(tx, Mail::of(COMPLETED, application, found.lang), now).await?;
    Ok(Ok(()))
}

/// What follows when somebody has made up for a session by its recording, in the same transaction: 受講済み（アーカイブ視聴）, and the
/// certificate, unless there is one already.
pub async fn completed(tx: &mut Tx<'_>, application: ApplicationId, completion: &Completion, now: Timestamp) -> DbResult<()> {
    let detail = json!({ "seen_seconds": completion.seen_seconds, "of_seconds": completion.of_seconds });
    let by = Label::Application(application.into()).to_string();
    journal::record(tx, &Entry::by(&by).did("archive.completed").on("application", application).with(detail), now).await?;
    attendance::made_up(tx, application, now).await?;
    let check = (completion.questions > 0).then_some((completion.questions, completion.questions));
    let attended =
        Attended { way: Way::Archive, day: now.day(), keyword: false, check, seen: Some((completion.seen_seconds, completion.of_seconds)) };
    // Who still waits for a seat has seen the recording, but was never expected: there is nothing to certify.
    let _ = certificates::issue_with_its_mail(tx, application, &attended, &by, now).await?;
    Ok(())
}

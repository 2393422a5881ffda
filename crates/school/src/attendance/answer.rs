//! Answering what somebody wrote about their attendance: with a decision or without, always with a mail.

use db::{DbResult, Tx};
use journal::{Entry, Mail};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::close::decide_again;
use super::mark::put;
use super::store::{self, NewMark};
use super::verdict::{Mark, Reason};
use super::{MarkId, ObjectionId};

journal::kinds! {
    /// The mail with the answer.
    pub(super) Mail ANSWERED = "attendance.answered";
}

/// Why nothing was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotAnswered {
    /// There is no such thing.
    Unknown,
    /// It was answered before.
    Already,
}

/// Answers, and where `mark` says so decides by hand.
pub async fn answer(
    tx: &mut Tx<'_>,
    id: ObjectionId,
    text: &str,
    mark: Option<Mark>,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotAnswered>> {
    let Some(objection) = store::objection(tx, id).await? else { return Ok(Err(NotAnswered::Unknown)) };
    let Some(session) = crate::trainings::store::lock(tx, objection.session).await? else { return Ok(Err(NotAnswered::Unknown)) };
    if !store::put_answer(tx, id, text, mark, by, now).await? {
        return Ok(Err(NotAnswered::Already));
    }
    if let Some(mark) = mark {
        let new = NewMark { batch: MarkId::new(now), mark, reason: Reason::Objection, note: "" };
        let marked = put(tx, objection.session, &[objection.application], &new, by, now).await?;
        // The answer says it; a second mail would only say it again.
        decide_again(tx, &session, &marked, by, false, now).await?;
    }
    journal::mail(tx, Mail::of(ANSWERED, id, objection.lang), now).await?;
    let entry = Entry::by(by).did("attendance.answered").on("application", objection.application);
    journal::record(tx, &entry.with(json!({ "objection": id.uuid(), "mark": mark.map(Mark::id) })), now).await?;
    Ok(Ok(()))
}

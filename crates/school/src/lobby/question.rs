//! Questions to the lecturer: asked with the application or later, until it begins.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::store;
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;
use crate::trainings::store as trainings;

/// Why a question stays as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotAsked {
    /// There is no such application, or it is cancelled.
    Unknown,
    /// The session has begun.
    TooLate,
}

/// Asks another question, or, with nothing typed, none any more.
pub async fn ask(tx: &mut Tx<'_>, id: ApplicationId, question: &str, by: &str, now: Timestamp) -> DbResult<Result<(), NotAsked>> {
    let Some(application) = trainings::application(tx, id).await? else { return Ok(Err(NotAsked::Unknown)) };
    let Some(session) = trainings::session(tx, application.session).await? else { return Ok(Err(NotAsked::Unknown)) };
    if session.cancelled_at.is_some() || !session.can_still_change(now) {
        return Ok(Err(NotAsked::TooLate));
    }
    if !store::change_question(tx, id, question).await? {
        return Ok(Err(NotAsked::Unknown));
    }
    journal::record(tx, &Entry::by(by).did("lobby.asked").on("application", id), now).await?;
    Ok(Ok(()))
}

/// Marks a question as answered, or takes the mark back; false if the session has no such question.
pub async fn mark(
    tx: &mut Tx<'_>,
    session: SessionId,
    application: ApplicationId,
    is_answered: bool,
    by: &str,
    now: Timestamp,
) -> DbResult<bool> {
    let done = if is_answered {
        store::mark_question(tx, session, application, by, now).await?
    } else {
        store::unmark_question(tx, session, application).await?
    };
    if done {
        let act = if is_answered { "lobby.question_answered" } else { "lobby.question_reopened" };
        journal::record(tx, &Entry::by(by).did(act).on("application", application), now).await?;
    }
    Ok(done)
}

use db::{DbResult, Tx};
use journal::{Entry, Job};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::change::summary;
use crate::trainings::interest::TELL_OPENING;
use crate::trainings::session::{Session, SessionId};
use crate::trainings::store;

/// Why no session was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotAdded {
    /// There is no such course.
    Unknown,
}

/// Adds an extra session (追加1, 追加2 …) to a course; whoever wanted to know is told when applications open.
pub async fn add(tx: &mut Tx<'_>, session: &Session, by: &str, now: Timestamp) -> DbResult<Result<SessionId, NotAdded>> {
    if store::course(tx, session.course).await?.is_none() {
        return Ok(Err(NotAdded::Unknown));
    }
    let number = store::next_extra_number(tx, session.course).await?;
    let id = store::put_session(tx, &Session { id: SessionId::new(now), number, extra: true, ..session.clone() }).await?;
    if let Some(opens) = session.opens_at.filter(|_| session.day.is_some()) {
        journal::job(tx, Job::of(TELL_OPENING, id).at(opens.max(now)), now).await?;
    }
    crate::reminders::plan(tx, id, now).await?;
    journal::record(tx, &Entry::by(by).did("sessions.added").on("session", id).with(summary(session)), now).await?;
    tx.public_changed().await?;
    Ok(Ok(id))
}

//! Deciding about a participant: whose it is, or that it is of nobody who applied. Every decision can be taken back.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::close::decide_again;
use super::reckon::reckon;
use super::{AttendeeId, store};
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// It is this applicant.
    Applicant(ApplicationId),
    /// 申込者ではない
    Stranger,
    /// Nothing: it waits in the queue again.
    Open,
}

/// Why nothing was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotSettled {
    /// There is no such participant in this session, or its file was taken out.
    Unknown,
    /// Whoever was chosen has no seat in this session.
    NoSeat,
}

/// Decides. Whoever it was taken for before, and whoever it is now, are reckoned anew; after closing, what follows for them follows at once.
pub async fn settle(
    tx: &mut Tx<'_>,
    session: SessionId,
    attendee: AttendeeId,
    whose: Whose,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotSettled>> {
    let Some(whole) = crate::trainings::store::lock(tx, session).await? else { return Ok(Err(NotSettled::Unknown)) };
    let known = store::attendee(tx, attendee).await?;
    let Some(line) = known.filter(|line| line.session == session && line.withdrawn_at.is_none()) else {
        return Ok(Err(NotSettled::Unknown));
    };
    let stored = match whose {
        Whose::Applicant(id) if store::holds_seat(tx, session, id).await? => (Some(id), "hand"),
        Whose::Applicant(_) => return Ok(Err(NotSettled::NoSeat)),
        Whose::Stranger => (None, "stranger"),
        Whose::Open => (None, ""),
    };
    if (line.application, line.how.as_str()) == stored {
        return Ok(Ok(()));
    }
    let mut touched: Vec<ApplicationId> = line.application.into_iter().chain(stored.0).collect();
    store::put_settled(tx, attendee, stored, by, now).await?;
    for application in &touched {
        reckon(tx, &whole, *application).await?;
    }
    // Whoever might have been meant is not in question any more, or is again.
    touched.extend(store::candidates_of(tx, attendee).await?.into_iter().map(|candidate| candidate.application));
    touched.sort_unstable();
    touched.dedup();
    let detail = json!({ "attendee": attendee.uuid(), "application": stored.0.map(ApplicationId::uuid), "how": stored.1 });
    journal::record(tx, &Entry::by(by).did("attendance.settled").on("session", session).with(detail), now).await?;
    decide_again(tx, &whole, &touched, by, true, now).await?;
    Ok(Ok(()))
}

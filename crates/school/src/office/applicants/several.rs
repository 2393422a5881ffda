use db::{DbResult, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;
use crate::trainings::{cancel, move_to, undo};

/// How many were done, and how many stand as they stood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Done.
    pub done: usize,
    /// As before.
    pub left: usize,
}

impl Outcome {
    fn count<T, E>(&mut self, one: &Result<T, E>) {
        match one {
            Ok(_) => self.done += 1,
            Err(_) => self.left += 1,
        }
    }
}

/// Cancels each of them, with a mail to each. One that cannot be cancelled stands in nobody's way.
pub async fn cancel_each(tx: &mut Tx<'_>, ids: &[ApplicationId], by: &str, reason: &str, now: Timestamp) -> DbResult<Outcome> {
    let mut outcome = Outcome::default();
    for id in ids {
        outcome.count(&cancel::cancel(tx, *id, by, reason, now).await?);
    }
    Ok(outcome)
}

/// Takes back each cancellation whose place is still held.
pub async fn restore_each(tx: &mut Tx<'_>, ids: &[ApplicationId], by: &str, now: Timestamp) -> DbResult<Outcome> {
    let mut outcome = Outcome::default();
    for id in ids {
        outcome.count(&undo::undo(tx, *id, by, now).await?);
    }
    Ok(outcome)
}

/// Moves each of them to another session of the course, in the order of applying, as long as there are places.
pub async fn move_each(tx: &mut Tx<'_>, ids: &[ApplicationId], to: SessionId, by: &str, now: Timestamp) -> DbResult<Outcome> {
    let mut outcome = Outcome::default();
    for id in ids {
        outcome.count(&move_to::move_to(tx, *id, to, by, true, now).await?);
    }
    Ok(outcome)
}

use access::OrganizationId;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::assignment::{AssignmentId, StaffId, Why};
use super::store;

/// Why nobody was let off, or back in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotWaived {
    /// There is no such person in such an assignment, or it stands so already.
    Unknown,
    /// Another reason has to be said.
    NoNote,
}

/// Lets somebody off, for a reason that stays beside them.
pub async fn waive(
    tx: &mut Tx<'_>,
    (organization, assignment, person): (OrganizationId, AssignmentId, StaffId),
    why: Why,
    note: &str,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotWaived>> {
    if why == Why::Other && note.is_empty() {
        return Ok(Err(NotWaived::NoNote));
    }
    if !store::mark_waived(tx, (organization, assignment, person), why, note, by, now).await? {
        return Ok(Err(NotWaived::Unknown));
    }
    let facts = json!({ "why": why.id(), "person": person });
    journal::record(tx, &Entry::by(by).did("assignments.waived").on("assignment", assignment).because(why.id()).with(facts), now).await?;
    Ok(Ok(()))
}

/// Takes that back.
pub async fn restore(
    tx: &mut Tx<'_>,
    (organization, assignment, person): (OrganizationId, AssignmentId, StaffId),
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotWaived>> {
    if !store::unmark_waived(tx, (organization, assignment, person)).await? {
        return Ok(Err(NotWaived::Unknown));
    }
    let entry = Entry::by(by).did("assignments.restored").on("assignment", assignment).with(json!({ "person": person }));
    journal::record(tx, &entry, now).await?;
    Ok(Ok(()))
}

use access::OrganizationId;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::{Day, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::assignment::{AssignmentId, end_of};
use super::store;
use crate::authoring::library;

/// Why an assignment was not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotChanged {
    /// There is none that is open.
    Unknown,
    /// The last day is past.
    Past,
    /// A course closes before it.
    Closed,
}

/// Moves the last day. Whoever is not done is reminded anew before it.
pub async fn move_due(
    tx: &mut Tx<'_>,
    (organization, assignment): (OrganizationId, AssignmentId),
    due: Day,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotChanged>> {
    let found = store::assignment(tx, organization, assignment).await?.filter(|found| found.ended_at.is_none());
    let Some(found) = found else { return Ok(Err(NotChanged::Unknown)) };
    if due < now.day() {
        return Ok(Err(NotChanged::Past));
    }
    let shown = library::courses(tx, now.day()).await?;
    if found.target(&shown).and_then(|target| target.until()).is_none_or(|until| until < due) {
        return Ok(Err(NotChanged::Closed));
    }
    store::set_due(tx, assignment, end_of(due)).await?;
    let facts = json!({ "from": found.due().to_string(), "to": due.to_string() });
    journal::record(tx, &Entry::by(by).did("assignments.due_moved").on("assignment", assignment).with(facts), now).await?;
    Ok(Ok(()))
}

/// Ends an assignment: nobody is asked for it any more, and what was learned stays. Twice is the same as once.
pub async fn end(
    tx: &mut Tx<'_>,
    (organization, assignment): (OrganizationId, AssignmentId),
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotChanged>> {
    if !store::mark_ended(tx, organization, assignment, now).await? {
        return Ok(Err(NotChanged::Unknown));
    }
    journal::record(tx, &Entry::by(by).did("assignments.ended").on("assignment", assignment), now).await?;
    Ok(Ok(()))
}

use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::plan::{NotTaken, Step, may_take};
use super::save::Seen;
use super::store;

/// Why a plan did not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotAdvanced {
    /// There is no such plan.
    Unknown,
    /// It was changed in the meantime, or is at another stage.
    Changed,
    /// Whoever wrote it, or asked for its approval, does not approve it.
    Own,
}

/// Takes a plan one step on that changes nothing outside of it: asks for approval, approves, gives back, abandons.
pub async fn advance(
    tx: &mut Tx<'_>,
    seen: Seen,
    step: Step,
    note: &str,
    two_persons: bool,
    hand: &Hand,
    now: Timestamp,
) -> DbResult<Result<(), NotAdvanced>> {
    let act = match step {
        Step::Requested => "plans.requested",
        Step::Approved => "plans.approved",
        Step::Returned => "plans.returned",
        Step::Abandoned => "plans.abandoned",
        // What is saved or published does more than go on.
        Step::Saved | Step::Published => return Ok(Err(NotAdvanced::Changed)),
    };
    let Some(plan) = store::lock(tx, seen.plan).await? else { return Ok(Err(NotAdvanced::Unknown)) };
    if plan.revision != seen.revision {
        return Ok(Err(NotAdvanced::Changed));
    }
    match may_take(&store::past(tx, plan.id).await?, step, &hand.actor, two_persons) {
        Ok(()) => {}
        Err(NotTaken::OutOfTurn) => return Ok(Err(NotAdvanced::Changed)),
        Err(NotTaken::Own) => return Ok(Err(NotAdvanced::Own)),
    }
    store::add_step(tx, plan.id, step, hand, note, now).await?;
    journal::record(tx, &Entry::by(&hand.actor).acting_as(hand.role_id()).did(act).on("plan", plan.id), now).await?;
    Ok(Ok(()))
}

//! Stopping a clock: done, or cancelled; switching on one that does not start by itself.

use db::{DbResult, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::keep::{begin, facts, keep};
use super::rule::{Whose, clocks};
use super::store::{self, ClockId};
use crate::cases::{self, CaseId, Entry};
use crate::words::words;

words! {
    /// How a person stops a clock.
    Ended {
        /// What it asked for was done.
        Done = "done",
        /// It is not to be done.
        Cancelled = "cancelled",
    }
}

/// Why no clock was stopped or started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotStopped {
    /// The case has no such clock.
    Unknown,
    /// It stands already; or it runs already.
    Already,
    /// To whom it was told and when, or why it is not to be done, was not said.
    NoReason,
}

/// Stops a clock. Whoever cancels says why; of a duty of the institution it is said when and to whom.
pub async fn stop(
    tx: &mut Tx<'_>,
    case: CaseId,
    id: ClockId,
    how: Ended,
    reason: &str,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotStopped>> {
    let clock = store::clock(tx, id).await?.filter(|clock| clock.case == case);
    let (Some(case), Some(clock)) = (cases::store::case(tx, case).await?, clock) else { return Ok(Err(NotStopped::Unknown)) };
    let Some(rule) = clocks().get(&clock.kind) else { return Ok(Err(NotStopped::Unknown)) };
    if !clock.is_running() {
        return Ok(Err(NotStopped::Already));
    }
    if reason.is_empty() && (how == Ended::Cancelled || rule.who == Whose::Institution) {
        return Ok(Err(NotStopped::NoReason));
    }
    let sealed = (!reason.is_empty()).then(|| case.seal("case_clocks", id.uuid(), "reason", reason.as_bytes()));
    store::stop(tx, id, how.id(), by, sealed, now).await?;
    let entry = Entry::by(by).did("clock.stopped").about(id).with(json!({ "clock": rule.id, "how": how }));
    cases::record(tx, &case, if reason.is_empty() { entry } else { entry.saying(reason) }, now).await?;
    if rule.repeats() && how == Ended::Done && case.closed_at.is_none() {
        let times = rule.times(now, &facts(tx, &case).await?);
        begin(tx, &case, rule, now, times, by, now).await?;
    }
    Ok(Ok(()))
}

/// Switches on a clock that does not start by itself, running from a moment that the responder gives.
pub async fn start(
    tx: &mut Tx<'_>,
    case: CaseId,
    kind: &str,
    from: Timestamp,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotStopped>> {
    let (Some(case), Some(rule)) = (cases::store::case(tx, case).await?, clocks().get(kind)) else { return Ok(Err(NotStopped::Unknown)) };
    if store::of_case(tx, case.id).await?.iter().any(|clock| clock.kind == kind && clock.is_running()) {
        return Ok(Err(NotStopped::Already));
    }
    let facts = facts(tx, &case).await?;
    let from = if rule.follows_knowledge() { facts.known_at } else { from };
    begin(tx, &case, rule, from, rule.times(from, &facts), by, now).await?;
    Ok(Ok(()))
}

/// The desk has said something to the institution: the wait for its next word begins anew.
pub async fn word_sent(tx: &mut Tx<'_>, id: CaseId, by: &str, now: Timestamp) -> DbResult<()> {
    let running = store::of_case(tx, id).await?.into_iter().find(|clock| clock.kind == "next-word" && clock.is_running());
    if let Some(clock) = running {
        store::stop(tx, clock.id, Ended::Done.id(), by, None, now).await?;
    }
    keep(tx, id, by, now).await
}

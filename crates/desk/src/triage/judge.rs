//! Judging a case anew. Heavier holds at once; lighter, said by one person alone, is 仮 until a second confirms.

use db::{DbResult, Tx};
use journal::Job;
use kernel::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::rules::rules;
use super::store::{self, JudgementId, NewJudgement};
use super::view::View;
use crate::cases::{self, Case, CaseId, Entry, REPORTER};
use crate::clocks;

journal::kinds! {
    /// The job that takes back a lowering that nobody has confirmed.
    pub Job JOB = "desk.lowering";
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Judged {
    /// It says what stood there before.
    Same,
    /// It holds.
    Holds,
    /// 仮: it goes back at this moment unless a second person confirms.
    Until(Timestamp),
}

/// Why nothing was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotJudged {
    /// There is no such case.
    Unknown,
    /// The case is closed.
    Closed,
    /// Who makes it lighter says why.
    NoReason,
}

/// Writes what somebody sees in a case, with the stage and urgency that follow. `by` is an account, or the reporter.
pub async fn judge(
    tx: &mut Tx<'_>,
    id: CaseId,
    view: &View,
    by: &str,
    reason: &str,
    now: Timestamp,
) -> DbResult<Result<Judged, NotJudged>> {
    let Some(case) = store::hold(tx, id).await? else { return Ok(Err(NotJudged::Unknown)) };
    if case.closed_at.is_some() {
        return Ok(Err(NotJudged::Closed));
    }
    let before = View::of(&case, store::answers(tx, id).await?);
    if *view == before {
        return Ok(Ok(Judged::Same));
    }
    let waiting = store::waiting(tx, id).await?;
    let base = waiting.as_ref().map_or(&before, |waiting| &waiting.base);
    let judgement = view.judgement();
    // Until the desk has taken the case, a reporter who mends an answer lowers nothing that anybody relies on.
    let is_slip = by == REPORTER && case.taken_at.is_none();
    let is_lower = !is_slip && judgement.is_lighter_than(&base.weight());
    if by != REPORTER && judgement.is_lighter_than(&before.weight()) && reason.is_empty() {
        return Ok(Err(NotJudged::NoReason));
    }
    // Who lowers further while a lowering waits wins no time by it.
    let until = is_lower.then(|| waiting.as_ref().map_or(now.plus(Span::hours(rules().change.lower_hours)), |waiting| waiting.until));
    let base = is_lower.then(|| base.clone());
    if let Some(waiting) = &waiting {
        store::end(tx, waiting.id, if is_lower { "replaced" } else { "raised" }, by, None, now).await?;
    }
    write(tx, &case, view, by, reason, base, until, now).await?;
    if let Some(until) = until {
        journal::job(tx, Job::of(JOB, id).at(until), now).await?;
    }
    Ok(Ok(until.map_or(Judged::Holds, Judged::Until)))
}

/// Takes back a lowering that nobody has confirmed in time. Nothing to do if somebody has.
pub async fn take_back(tx: &mut Tx<'_>, id: CaseId, now: Timestamp) -> DbResult<bool> {
    let Some(case) = store::hold(tx, id).await? else { return Ok(false) };
    let Some(waiting) = store::waiting(tx, id).await?.filter(|waiting| waiting.until <= now) else { return Ok(false) };
    store::end(tx, waiting.id, "undone", journal::audit::SYSTEM, None, now).await?;
    write(tx, &case, &waiting.base, journal::audit::SYSTEM, "", None, None, now).await?;
    Ok(true)
}

#[expect(clippy::too_many_arguments, reason = "one row, written from two places")]
async fn write(
    tx: &mut Tx<'_>,
    case: &Case,
    view: &View,
    by: &str,
    reason: &str,
    base: Option<View>,
    until: Option<Timestamp>,
    now: Timestamp,
) -> DbResult<()> {
    let judgement = view.judgement();
    let (stage, urgency) = (judgement.grade.stage(), judgement.urgency.rank());
    cases::store::weigh(tx, case.id, &view.axes, view.event.as_deref(), stage, urgency).await?;
    let row = JudgementId::new(now);
    let sealed = (!reason.is_empty()).then(|| case.seal("case_judgements", row.uuid(), "reason", reason.as_bytes()));
    let new = NewJudgement { id: row, view, stage, urgency, rule: judgement.rule.as_deref(), reason: sealed, base: base.as_ref(), until };
    store::add(tx, case.id, &new, by, now).await?;
    let was = json!({ "stage": case.stage, "urgency": case.urgency });
    let facts = json!({ "view": view, "stage": stage, "urgency": urgency, "rule": judgement.rule, "was": was, "until": until });
    let entry = Entry::by(by).did("triage.judged").about(row).with(facts);
    cases::record(tx, case, if reason.is_empty() { entry } else { entry.saying(reason) }, now).await?;
    clocks::keep(tx, case.id, by, now).await
}

//! Keeping the clocks of a case with what is known of it: called by every verb that changes something they rest on.

use db::{DbResult, Tx};
use journal::Job;
use kernel::Timestamp;
use serde_json::json;

use super::facts::{Facts, is_wrongful_at_first};
use super::rule::{Rule, Times, clocks};
use super::store::{self, Clock, ClockId};
use crate::cases::{self, Case, CaseId, Entry, Phase};
use crate::triage::{self, Urgency};

journal::kinds! {
    /// The job that reminds of a clock.
    pub Job JOB = "desk.clock";
}

/// Starts the clocks that apply, moves those whose beginning or length has changed, stops those whose end has come. What a
/// person has cancelled or done stays so.
pub async fn keep(tx: &mut Tx<'_>, id: CaseId, by: &str, now: Timestamp) -> DbResult<()> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(()) };
    let facts = facts(tx, &case).await?;
    let mut rows = store::of_case(tx, id).await?;
    for rule in clocks().all() {
        let open = rows.iter().position(|clock| clock.kind == rule.id && clock.is_running());
        match open {
            Some(at) if rule.is_over(&facts) => stop_by_itself(tx, &case, &mut rows[at], "done", by, now).await?,
            Some(at) => follow(tx, rule, &mut rows[at], &facts, now).await?,
            None if !has_had(rule, &rows) && rule.applies(&facts, &|kind| rows.iter().any(|clock| clock.kind == kind)) => {
                if let Some(other) = rows.iter_mut().find(|clock| clock.is_running() && takes_place_of(rule, &clock.kind)) {
                    stop_by_itself(tx, &case, other, "replaced", by, now).await?;
                }
                let start = rule.starts_at(&facts).unwrap_or(now);
                let begun = begin(tx, &case, rule, start, rule.times(start, &facts), by, now).await?;
                // Another clock may rest on the one that has just been started.
                rows.push(begun);
            }
            None => {}
        }
    }
    Ok(())
}

/// What the clocks of a case rest on.
pub async fn facts(tx: &mut Tx<'_>, case: &Case) -> DbResult<Facts> {
    let known = store::known(tx, case.id).await?;
    let lowered_at = triage::store::lowered_at(tx, case.id).await?;
    let was_dispatched = store::was_dispatched(tx, case.id).await?;
    Ok(Facts {
        made_at: case.made_at,
        known_at: known.first().map_or(case.made_at, |known| known.known_at),
        event: case.event.clone(),
        axes: case.axes(),
        stage: case.stage,
        urgency: Urgency::try_from(case.urgency).unwrap_or(Urgency::HIGHEST),
        is_responding: case.phase == Phase::Respond,
        is_wrongful: known.first().map_or_else(|| is_wrongful_at_first(case.event.as_deref()), |known| known.wrongful),
        is_bound: case.bound_at.is_some(),
        called_at: case.called_at,
        last_word_at: case.answered_at,
        lowered_at,
        was_dispatched,
        closed_at: case.closed_at,
    })
}

/// Starts a clock, and sees to it that it reminds.
pub(super) async fn begin(
    tx: &mut Tx<'_>,
    case: &Case,
    rule: &Rule,
    start: Timestamp,
    times: Times,
    by: &str,
    now: Timestamp,
) -> DbResult<Clock> {
    let clock = store::add(tx, case.id, &rule.id, start, times, by, now).await?;
    let facts = json!({ "clock": rule.id, "start": start, "due": times.due_at });
    cases::record(tx, case, Entry::by(by).did("clock.started").about(clock.id).with(facts), now).await?;
    remind_at(tx, clock.id, times, now).await?;
    Ok(clock)
}

async fn follow(tx: &mut Tx<'_>, rule: &Rule, clock: &mut Clock, facts: &Facts, now: Timestamp) -> DbResult<()> {
    let start = if rule.follows_knowledge() { facts.known_at } else { clock.started_at };
    let times = rule.times(start, facts);
    if start != clock.started_at || times != clock.times() {
        store::set_times(tx, clock.id, start, times).await?;
        remind_at(tx, clock.id, times, now).await?;
        (clock.started_at, clock.due_at, clock.amber_at) = (start, times.due_at, times.amber_at);
    }
    Ok(())
}

async fn stop_by_itself(tx: &mut Tx<'_>, case: &Case, clock: &mut Clock, how: &str, by: &str, now: Timestamp) -> DbResult<()> {
    if store::stop(tx, clock.id, how, by, None, now).await? {
        let facts = json!({ "clock": clock.kind, "how": how });
        cases::record(tx, case, Entry::by(by).did("clock.stopped").about(clock.id).with(facts), now).await?;
    }
    // A clock that somebody else has stopped meanwhile stands as well.
    (clock.stopped_at, clock.ended, clock.stopped_by) = (Some(now), Some(how.to_owned()), Some(by.to_owned()));
    Ok(())
}

async fn remind_at(tx: &mut Tx<'_>, id: ClockId, times: Times, now: Timestamp) -> DbResult<()> {
    for moment in [times.amber_at, times.due_at].into_iter().flatten() {
        journal::job(tx, Job::of(JOB, id).at(moment), now).await?;
    }
    Ok(())
}

/// Whether the case has had this clock, so that it does not begin by itself again.
fn has_had(rule: &Rule, rows: &[Clock]) -> bool {
    !rule.recurs() && rows.iter().any(|clock| clock.kind == rule.id && clock.ended.as_deref() != Some("replaced"))
}

/// Whether the one stands in for the other: the final report within 30 days, or within 60.
fn takes_place_of(rule: &Rule, kind: &str) -> bool {
    let of_other = clocks().get(kind).and_then(|other| other.replaces.as_deref());
    rule.replaces.as_deref() == Some(kind) || of_other == Some(rule.id.as_str())
}

impl Clock {
    /// Whether it has not been stopped.
    pub const fn is_running(&self) -> bool {
        self.stopped_at.is_none()
    }

    /// When it is due and when its reminder begins.
    pub const fn times(&self) -> Times {
        Times { due_at: self.due_at, amber_at: self.amber_at }
    }

    /// Whether it runs and its time is over.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.is_running() && self.due_at.is_some_and(|due| due <= now)
    }

    /// Whether it runs and its reminder has begun.
    pub fn is_near(&self, now: Timestamp) -> bool {
        self.is_running() && !self.is_overdue(now) && self.amber_at.is_some_and(|amber| amber <= now)
    }
}

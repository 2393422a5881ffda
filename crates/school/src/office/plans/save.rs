use access::Hand;
use db::{DbResult, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::begin::blank_course;
use super::draft::{Draft, Fit};
use super::facts::{CourseFacts, Facts, SessionFacts};
use super::plan::{Plan, PlanId, Step, may_take};
use super::store;
use super::year::year;
use crate::trainings::own_words::Lecturers;
use crate::trainings::programme::Audience;

/// What somebody had before them when they pressed a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Which plan.
    pub plan: PlanId,
    /// As it stood after so many changes.
    pub revision: i64,
}

/// Why nothing was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotSaved {
    /// There is no such plan or draft.
    Unknown,
    /// It was changed in the meantime, or can't be changed any more.
    Changed,
}

/// What is to be added to a plan that makes a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addition {
    /// The course for this audience.
    Course(Audience),
    /// One more session of its course.
    Session(Audience),
}

async fn open(tx: &mut Tx<'_>, seen: Seen) -> DbResult<Result<Plan, NotSaved>> {
    let Some(plan) = store::lock(tx, seen.plan).await? else { return Ok(Err(NotSaved::Unknown)) };
    Ok(if plan.is_open() && plan.revision == seen.revision { Ok(plan) } else { Err(NotSaved::Changed) })
}

/// Notes who wrote, and that whatever was said of the drafts before is void. Somebody who goes on writing leaves no second step.
async fn written(tx: &mut Tx<'_>, plan: PlanId, hand: &Hand, now: Timestamp) -> DbResult<()> {
    let past = store::past(tx, plan).await?;
    let goes_on = past.last().is_some_and(|last| last.step == Step::Saved && last.actor == hand.actor);
    if !goes_on && may_take(&past, Step::Saved, &hand.actor, false).is_ok() {
        store::add_step(tx, plan, Step::Saved, hand, "", now).await?;
    }
    store::touch(tx, plan, now).await
}

/// Writes what one draft says. A course that is left out takes its sessions with it, and brings them back.
pub async fn save(
    tx: &mut Tx<'_>,
    seen: Seen,
    position: i64,
    becomes: &Facts,
    left_out: bool,
    hand: &Hand,
    now: Timestamp,
) -> DbResult<Result<(), NotSaved>> {
    let plan = match open(tx, seen).await? {
        Ok(plan) => plan,
        Err(not) => return Ok(Err(not)),
    };
    let drafts = store::drafts(tx, plan.id).await?;
    let Some(was) = drafts.iter().find(|draft| draft.position == position && draft.becomes.object() == becomes.object()) else {
        return Ok(Err(NotSaved::Unknown));
    };
    store::put_draft(tx, plan.id, &Draft { becomes: becomes.clone(), left_out, ..was.clone() }).await?;
    if let Some(course) = becomes.course().filter(|_| left_out != was.left_out) {
        for draft in drafts.iter().filter(|draft| draft.becomes.session().is_some_and(|session| session.course == course.slug)) {
            store::put_draft(tx, plan.id, &Draft { left_out, ..draft.clone() }).await?;
        }
    }
    written(tx, plan.id, hand, now).await?;
    Ok(Ok(()))
}

/// Adds a course or a session to a plan that makes a year, and says at which place it stands.
pub async fn add(tx: &mut Tx<'_>, seen: Seen, what: Addition, hand: &Hand, now: Timestamp) -> DbResult<Result<i64, NotSaved>> {
    let plan = match open(tx, seen).await? {
        Ok(plan) if plan.kind.makes_a_year() => plan,
        Ok(_) => return Ok(Err(NotSaved::Unknown)),
        Err(not) => return Ok(Err(not)),
    };
    let drafts = store::drafts(tx, plan.id).await?;
    let of = |audience: Audience| drafts.iter().filter_map(|draft| draft.becomes.course()).find(|course| course.slug() == audience);
    let facts = match what {
        Addition::Course(audience) if of(audience).is_none() => {
            let last = drafts.iter().filter_map(|draft| draft.becomes.course()).map(|course| course.position).max();
            Facts::Course(CourseFacts { position: last.unwrap_or(0) + 1, ..blank_course(audience) })
        }
        Addition::Session(audience) if of(audience).is_some() => Facts::Session(next_session(&drafts, audience)),
        Addition::Course(_) | Addition::Session(_) => return Ok(Err(NotSaved::Unknown)),
    };
    let position = drafts.last().map_or(0, |last| last.position + 1);
    store::add_draft(tx, plan.id, position, &Draft::new(facts, None)).await?;
    written(tx, plan.id, hand, now).await?;
    Ok(Ok(position))
}

/// A session after the last of its course, of which only the number is known.
fn next_session(drafts: &[Draft], audience: Audience) -> SessionFacts {
    let numbers = drafts.iter().filter_map(|draft| draft.becomes.session()).filter(|session| session.audience() == audience);
    let last = numbers.map(|session| session.number).max();
    SessionFacts {
        course: audience.slug().to_owned(),
        number: last.unwrap_or(0) + 1,
        extra: false,
        title: String::new(),
        day: None,
        starts_at: None,
        ends_at: None,
        window_raw: String::new(),
        window_start: None,
        window_end: None,
        opens_at: None,
        closes_at: None,
        default_window: false,
        tentative: false,
        sample: false,
        seats: None,
        waiting_places: None,
        lecturers: Lecturers::default(),
    }
}

/// Brings the plan up to what was changed in the meantime: what it changes itself stays, everything else becomes what it is now.
pub async fn refresh(tx: &mut Tx<'_>, seen: Seen, hand: &Hand, now: Timestamp) -> DbResult<Result<(), NotSaved>> {
    let plan = match open(tx, seen).await? {
        Ok(plan) => plan,
        Err(not) => return Ok(Err(not)),
    };
    let year = year(tx, plan.year).await?;
    for draft in store::drafts(tx, plan.id).await? {
        let fresh = match (draft.fit(&year), &draft.was) {
            (Fit::Changed(is), Some(was)) => {
                let becomes = Facts::carried(was, &draft.becomes, &is);
                Draft { was: Some(*is), becomes, ..draft }
            }
            (Fit::Gone, _) => Draft { left_out: true, ..draft },
            _ => continue,
        };
        store::put_draft(tx, plan.id, &fresh).await?;
    }
    written(tx, plan.id, hand, now).await?;
    Ok(Ok(()))
}

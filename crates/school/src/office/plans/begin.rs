use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::{FiscalYear, Holidays, Timestamp};
use serde::{Deserialize, Serialize};

use super::bulk::Bulk;
use super::draft::{Draft, Fit};
use super::facts::{CourseFacts, Facts, ProgrammeFacts, SessionFacts};
use super::plan::{Kind, PlanId, Stage, Step, TAKE_BACK};
use super::store::{self, NewPlan};
use super::year::year;
use crate::trainings::clone;
use crate::trainings::own_words::{Lecturers, OwnWords};
use crate::trainings::programme::{Audience, Format};
use crate::trainings::session::SessionId;
use crate::trainings::store as trainings;

/// Why no plan was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotBegun {
    /// There is no such year, course or plan.
    Unknown,
    /// There is a programme of the new year already.
    Exists,
    /// It would change nothing.
    Nothing,
    /// The plan was published more than thirty days ago, or makes a year, which is never deleted.
    NotTakenBack,
}

/// What came of beginning.
pub type Begun = Result<PlanId, NotBegun>;

async fn begin(tx: &mut Tx<'_>, new: &NewPlan, drafts: &[Draft], hand: &Hand, now: Timestamp) -> DbResult<PlanId> {
    let id = store::add(tx, new, now).await?;
    for (position, draft) in (0..).zip(drafts) {
        store::add_draft(tx, id, position, draft).await?;
    }
    store::add_step(tx, id, Step::Saved, hand, "", now).await?;
    let facts = serde_json::json!({ "kind": new.kind.id(), "year": new.year, "drafts": drafts.len() });
    journal::record(tx, &Entry::by(&hand.actor).acting_as(hand.role_id()).did("plans.begun").on("plan", id).with(facts), now).await?;
    Ok(id)
}

/// Begins a plan for a year after the pattern of another: every session as a draft that can be mended before anything is made.
pub async fn clone_year(
    tx: &mut Tx<'_>,
    from: FiscalYear,
    to: FiscalYear,
    holidays: &Holidays,
    hand: &Hand,
    now: Timestamp,
) -> DbResult<Begun> {
    let planned = match clone::plan(tx, from, to, holidays, now).await? {
        Ok(planned) => planned,
        Err(clone::NotCloned::NoPattern(_)) => return Ok(Err(NotBegun::Unknown)),
        Err(clone::NotCloned::Exists(_)) => return Ok(Err(NotBegun::Exists)),
    };
    let pattern = year(tx, from).await?;
    let mut drafts = vec![Draft::new(Facts::Programme(ProgrammeFacts::of(planned.programme())), None)];
    for course in planned.courses() {
        let old = pattern.courses.iter().find(|old| old.slug == course.slug);
        let words = old.map_or_else(OwnWords::default, |old| pattern.course_facts(old).words);
        drafts.push(Draft::new(Facts::Course(CourseFacts::of(course, words)), old.map(|old| old.id.uuid())));
    }
    drafts.extend(planned.sessions.iter().map(|one| {
        let facts = SessionFacts::of(&one.becomes, one.audience(&planned), Lecturers::default());
        Draft::new(Facts::Session(facts), Some(one.was.id.uuid()))
    }));
    let new = NewPlan { kind: Kind::Clone, year: to, pattern: Some(from), restores: None };
    Ok(Ok(begin(tx, &new, &drafts, hand, now).await?))
}

/// Begins a plan for a year without sessions, with the courses for these audiences as the newest programme describes them.
pub async fn new_year(tx: &mut Tx<'_>, to: FiscalYear, audiences: &[Audience], hand: &Hand, now: Timestamp) -> DbResult<Begun> {
    if audiences.is_empty() {
        return Ok(Err(NotBegun::Nothing));
    }
    let programmes = trainings::programmes(tx).await?;
    if programmes.iter().any(|programme| programme.year == to) {
        return Ok(Err(NotBegun::Exists));
    }
    let pattern = match programmes.first() {
        Some(newest) => year(tx, newest.year).await?,
        None => super::year::Year::default(),
    };
    let programme = pattern
        .programme
        .as_ref()
        .map(ProgrammeFacts::of)
        .map_or_else(|| blank_programme(to), |facts| ProgrammeFacts { source: String::new(), ..facts });
    let mut drafts = vec![Draft::new(Facts::Programme(programme), None)];
    for (position, audience) in (1..).zip(audiences) {
        let known = pattern.courses.iter().find(|course| course.slug == *audience);
        let facts = known.map_or_else(|| blank_course(*audience), |course| pattern.course_facts(course));
        drafts.push(Draft::new(Facts::Course(CourseFacts { position, opens_raw: String::new(), ..facts }), None));
    }
    let new = NewPlan { kind: Kind::New, year: to, pattern: None, restores: None };
    Ok(Ok(begin(tx, &new, &drafts, hand, now).await?))
}

fn blank_programme(to: FiscalYear) -> ProgrammeFacts {
    let label = to.label(kernel::Lang::Ja);
    ProgrammeFacts {
        name: label.clone(),
        project_name: label,
        operator: String::new(),
        owner: String::new(),
        source: String::new(),
        facts: serde_json::json!({}),
    }
}

/// A course of which nothing is known but for whom it is.
pub fn blank_course(audience: Audience) -> CourseFacts {
    CourseFacts {
        slug: audience.slug().to_owned(),
        position: 1,
        name: audience.prose().name_ja.clone(),
        format: Format::Unknown.id().to_owned(),
        format_raw: String::new(),
        summary: String::new(),
        delivery: String::new(),
        audience: String::new(),
        fee_yen: 0,
        opens_raw: String::new(),
        rules: serde_json::json!([]),
        words: OwnWords::default(),
    }
}

/// Begins a change of what a course says.
pub async fn change_course(tx: &mut Tx<'_>, of: FiscalYear, audience: Audience, hand: &Hand, now: Timestamp) -> DbResult<Begun> {
    let year = year(tx, of).await?;
    let Some(course) = year.courses.iter().find(|course| course.slug == audience) else { return Ok(Err(NotBegun::Unknown)) };
    let facts = Facts::Course(year.course_facts(course));
    let new = NewPlan { kind: Kind::Course, year: of, pattern: None, restores: None };
    Ok(Ok(begin(tx, &new, &[Draft::change(course.id.uuid(), facts.clone(), facts)], hand, now).await?))
}

/// Begins one change for many sessions. Those it would leave as they are stay out of it.
pub async fn change_sessions(
    tx: &mut Tx<'_>,
    of: FiscalYear,
    chosen: &[SessionId],
    bulk: &Bulk,
    hand: &Hand,
    now: Timestamp,
) -> DbResult<Begun> {
    let year = year(tx, of).await?;
    let drafts: Vec<Draft> = year
        .sessions
        .iter()
        .filter(|session| chosen.contains(&session.id) && session.cancelled_at.is_none())
        .filter_map(|session| {
            let was = year.session_facts(session)?;
            let becomes = bulk.applied(&was);
            Some(Draft::change(session.id.uuid(), Facts::Session(was), Facts::Session(becomes)))
        })
        .filter(Draft::does_something)
        .collect();
    if drafts.is_empty() {
        return Ok(Err(NotBegun::Nothing));
    }
    let new = NewPlan { kind: Kind::Bulk, year: of, pattern: None, restores: None };
    Ok(Ok(begin(tx, &new, &drafts, hand, now).await?))
}

/// Begins to take a published plan back: what it changed becomes what it was, and whatever was changed besides stays.
pub async fn restore(tx: &mut Tx<'_>, id: PlanId, hand: &Hand, now: Timestamp) -> DbResult<Begun> {
    let Some(plan) = store::lock(tx, id).await? else { return Ok(Err(NotBegun::Unknown)) };
    let published_at = store::past(tx, id).await?.last().filter(|past| past.step == Step::Published).map(|past| past.at);
    let is_late = published_at.is_none_or(|at| now >= at.plus(TAKE_BACK));
    if plan.stage() != Stage::Published || plan.kind.makes_a_year() || is_late {
        return Ok(Err(NotBegun::NotTakenBack));
    }
    let year = year(tx, plan.year).await?;
    let drafts: Vec<Draft> = store::drafts(tx, id)
        .await?
        .into_iter()
        .filter(Draft::does_something)
        .filter_map(|old| {
            let (target, was) = (old.target?, old.was.as_ref()?);
            let now = match old.fit(&year) {
                Fit::Fits => was.clone(),
                Fit::Changed(now) => *now,
                Fit::Gone => return None,
            };
            let becomes = Facts::carried(&old.becomes, was, &now);
            Some(Draft::change(target, now, becomes))
        })
        .filter(Draft::does_something)
        .collect();
    if drafts.is_empty() {
        return Ok(Err(NotBegun::Nothing));
    }
    let new = NewPlan { kind: Kind::Restore, year: plan.year, pattern: None, restores: Some(id) };
    Ok(Ok(begin(tx, &new, &drafts, hand, now).await?))
}

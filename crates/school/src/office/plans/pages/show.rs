use access::{Action, Hand};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use kernel::{FiscalYear, Timestamp};
use serde::Deserialize;
use web::{Filled, Frame, Page, PageError, Portal, Visit, Words};

use super::super::draft::Draft;
use super::super::effect::{Effect, Remark, effect};
use super::super::facts::{CourseFacts, Facts, SessionFacts};
use super::super::plan::{NotTaken, Past, Plan, PlanId, Stage, Step, TAKE_BACK, may_take};
use super::super::store;
use super::super::year::{Year, year};
use super::words::{self, Change};
use super::{PATH, frame, needs_two, plan_id};
use crate::office::staff_pages;
use crate::trainings::Viewer;
use crate::trainings::programme::Audience;
use crate::trainings::session::Session;

/// A plan with everything that its pages say.
pub struct Whole {
    pub plan: Plan,
    pub drafts: Vec<Draft>,
    pub past: Vec<Past>,
    pub year: Year,
    pub effect: Effect,
    pattern: Vec<Session>,
    known: Vec<(String, String)>,
    restored_by: Option<PlanId>,
}

/// One session of a plan that makes a year.
struct Row {
    edit: String,
    nth: String,
    title: String,
    was: String,
    becomes: String,
    tentative: bool,
    opens: String,
    closes: String,
    seats: String,
    left_out: bool,
    remarks: Vec<(bool, String)>,
}

/// One course of a plan that makes a year.
struct Table {
    slug: String,
    name: String,
    edit: String,
    left_out: bool,
    rows: Vec<Row>,
}

/// One thing that a plan changes.
struct Changed {
    name: String,
    edit: String,
    changes: Vec<Change>,
    remarks: Vec<(bool, String)>,
    left_out: bool,
}

/// One step of the way, in words.
struct StepLine {
    at: String,
    who: String,
    word: String,
    note: String,
}

/// What the reader of the page may do with the plan as it stands.
struct May {
    edit: bool,
    request: bool,
    approve: bool,
    own: bool,
    give_back: bool,
    publish: bool,
    /// It is approved, and others publish it.
    waits: bool,
    abandon: bool,
    refresh: bool,
    take_back: bool,
}

impl May {
    /// Whether there is a next step to offer.
    const fn anything(&self) -> bool {
        self.request || self.approve || self.own || self.publish || self.waits || self.give_back || self.abandon || self.take_back
    }
}

#[derive(Template)]
#[template(path = "office/plans/pages/show.html")]
struct ShowPage {
    frame: Frame,
    path: String,
    over: String,
    shape: &'static str,
    stage: String,
    revision: i64,
    is_over: bool,
    tables: Vec<Table>,
    changed: Vec<Changed>,
    missing: Vec<(String, String)>,
    effects: Vec<String>,
    pages: Vec<(String, String)>,
    errors: Vec<(String, String)>,
    steps: Vec<StepLine>,
    may: May,
    alone: bool,
    taken_back: String,
    restored: String,
    refusal: String,
    filled: Filled,
    key: String,
}

/// What was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Said {
    done: String,
    told: i64,
    promoted: i64,
}

/// Reads a plan with everything.
pub async fn whole(portal: &Portal, id: PlanId, now: Timestamp) -> Result<Whole, PageError> {
    let holidays = portal.holidays.clone();
    let found = portal.db.read(async move |tx| {
        let Some(plan) = store::plan(tx, id).await? else { return Ok(None) };
        let drafts = store::drafts(tx, id).await?;
        let past = store::past(tx, id).await?;
        let is = year(tx, plan.year).await?;
        let pattern = match plan.pattern {
            Some(pattern) => year(tx, pattern).await?.sessions,
            None => Vec::new(),
        };
        let known = staff_pages::known(tx, past.iter().map(|past| past.actor.as_str())).await?;
        let restored_by = store::restoring(tx, id).await?.first().map(|plan| plan.id);
        // What is over does nothing any more.
        let effect = if plan.is_open() { effect(&drafts, &is, plan.year, &holidays, now) } else { Effect::default() };
        Ok(Some(Whole { plan, drafts, past, year: is, effect, pattern, known, restored_by }))
    });
    found.await?.ok_or(PageError::NotFound)
}

/// One plan: what it would do, how it stands, what can be done next.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, Query(done): Query<Said>) -> Result<Page, PageError> {
    const DONE: [&str; 9] = ["begun", "saved", "added", "requested", "returned", "approved", "published", "abandoned", "refreshed"];
    staff_pages::reaches(&visit)?;
    let w = visit.words();
    let mut said = Vec::new();
    if DONE.contains(&done.done.as_str()) {
        said.push(w.t(&format!("plans-done-{}", done.done)));
    }
    for (key, n) in [("office-done-told", done.told), ("office-done-promoted", done.promoted)] {
        if n > 0 {
            said.push(w.count(key, n));
        }
    }
    page(&portal, &visit, plan_id(&id)?, said.join(w.lang.pick("", " ")), String::new(), Filled::default()).await
}

/// The page of a plan, saying what was done, why something was not, or what is to be mended.
pub async fn page(portal: &Portal, visit: &Visit, id: PlanId, done: String, refusal: String, filled: Filled) -> Result<Page, PageError> {
    let whole = whole(portal, id, visit.now).await?;
    let w = visit.words();
    let path = format!("{PATH}/{id}");
    let (plan, drafts) = (&whole.plan, &whole.drafts);
    let title = words::title(w, plan, drafts);
    let is_refused = !refusal.is_empty() || !filled.is_fine();
    let page = ShowPage {
        over: format!("{} {}", plan.year.label(visit.lang), w.t(&plan.kind.key())),
        shape: plan.stage().shape(),
        stage: w.t(&plan.stage().key()),
        revision: plan.revision,
        is_over: !plan.is_open(),
        tables: if plan.kind.makes_a_year() { tables(visit, &whole, &path) } else { Vec::new() },
        changed: if plan.kind.makes_a_year() { Vec::new() } else { changed(w, &whole, &path) },
        missing: missing(w, &whole),
        effects: words::effects(w, &whole.effect),
        pages: pages(w, &whole),
        errors: errors(w, &whole, &path),
        steps: whole.past.iter().map(|past| step_line(past, &whole, w)).collect(),
        may: may(portal, visit, &whole),
        alone: !needs_two(portal),
        taken_back: whole.restored_by.map_or_else(String::new, |plan| format!("{PATH}/{plan}")),
        restored: plan.restores.map_or_else(String::new, |plan| format!("{PATH}/{plan}")),
        refusal,
        filled,
        key: visit.now.uuid().to_string(),
        frame: frame(portal, visit, title).here().done(done),
        path,
    };
    let page = Page::html(&page)?;
    Ok(if is_refused { page.status(StatusCode::CONFLICT) } else { page })
}

fn tables(visit: &Visit, whole: &Whole, path: &str) -> Vec<Table> {
    let w = visit.words();
    let edit = |draft: &Draft| format!("{path}/drafts/{}", draft.position);
    let courses = whole.drafts.iter().filter_map(|draft| Some((draft, draft.becomes.course()?)));
    courses
        .map(|(draft, course)| Table {
            slug: course.slug.clone(),
            name: name(course, w),
            edit: edit(draft),
            left_out: draft.left_out,
            rows: whole
                .drafts
                .iter()
                .filter_map(|draft| Some((draft, draft.becomes.session().filter(|session| session.course == course.slug)?)))
                .map(|(draft, session)| row(visit, whole, draft, session, edit(draft)))
                .collect(),
        })
        .collect()
}

fn name(course: &CourseFacts, w: Words) -> String {
    w.lang.pick(course.name.clone(), course.slug().prose().name_en.clone())
}

fn row(visit: &Visit, whole: &Whole, draft: &Draft, session: &SessionFacts, edit: String) -> Row {
    let w = visit.words();
    let viewer = Viewer { w, now: visit.now };
    let unset = || w.t("office-not-set");
    let pattern = draft.pattern.and_then(|id| whole.pattern.iter().find(|session| session.id.uuid() == id));
    Row {
        edit,
        nth: words::nth(w, session),
        title: session.title.clone(),
        was: pattern.map_or_else(|| w.t("plans-no-pattern"), |session| session.when(visit.lang)),
        becomes: words::when(w, session),
        tentative: session.tentative,
        opens: session.opens_at.map_or_else(unset, |at| viewer.instant(at)),
        closes: session.closes_at.map_or_else(unset, |at| viewer.instant(at)),
        seats: session.seats.map_or_else(|| w.t("office-no-limit"), |seats| w.count("office-seats", seats)),
        left_out: draft.left_out,
        remarks: remarks(w, whole, draft),
    }
}

fn remarks(w: Words, whole: &Whole, draft: &Draft) -> Vec<(bool, String)> {
    let of: FiscalYear = whole.plan.year;
    whole.effect.of(draft.position).map(|remark| (remark.is_error(), words::remark(w, remark, &draft.becomes, of))).collect()
}

fn changed(w: Words, whole: &Whole, path: &str) -> Vec<Changed> {
    let line = |draft: &Draft| Changed {
        name: words::name(w, &draft.becomes),
        edit: format!("{path}/drafts/{}", draft.position),
        changes: draft.was.as_ref().map_or_else(Vec::new, |was| words::changes(w, was, &draft.becomes)),
        remarks: remarks(w, whole, draft),
        left_out: draft.left_out,
    };
    whole.drafts.iter().map(line).collect()
}

/// The courses that a year does not have yet: address word and name.
fn missing(w: Words, whole: &Whole) -> Vec<(String, String)> {
    if !whole.plan.kind.makes_a_year() {
        return Vec::new();
    }
    let has = |audience: &Audience| whole.drafts.iter().filter_map(|draft| draft.becomes.course()).any(|course| course.slug() == *audience);
    let missing = Audience::ALL.into_iter().filter(|audience| !has(audience));
    missing.map(|audience| (audience.slug().to_owned(), audience.prose().short(w.lang).to_owned())).collect()
}

/// The public pages that would show it.
fn pages(w: Words, whole: &Whole) -> Vec<(String, String)> {
    let year = whole.plan.year;
    let mut slugs: Vec<Audience> = Vec::new();
    for draft in whole.drafts.iter().filter(|draft| draft.does_something()) {
        let audience = match &draft.becomes {
            Facts::Programme(_) => continue,
            Facts::Course(course) => course.slug(),
            Facts::Session(session) => session.audience(),
        };
        if !slugs.contains(&audience) {
            slugs.push(audience);
        }
    }
    let list = ("/trainings".to_owned(), w.t("trainings-title"));
    let course = |audience: Audience| (format!("/trainings/{year}/{audience}"), audience.prose().short(w.lang).to_owned());
    if slugs.is_empty() { Vec::new() } else { std::iter::once(list).chain(slugs.into_iter().map(course)).collect() }
}

/// What keeps the plan from being published, each with the place where it is mended.
fn errors(w: Words, whole: &Whole, path: &str) -> Vec<(String, String)> {
    let mut errors: Vec<(String, String)> = Vec::new();
    if whole.plan.is_open() && whole.plan.kind.makes_a_year() && whole.year.programme.is_some() {
        errors.push((String::new(), w.one("office-clone-exists", "year", &whole.plan.year.label(w.lang))));
    }
    let wrong = whole.effect.remarks.iter().filter(|(_, remark)| remark.is_error());
    errors.extend(wrong.filter_map(|(position, remark)| {
        let draft = whole.drafts.iter().find(|draft| draft.position == *position)?;
        let text = words::remark(w, remark, &draft.becomes, whole.plan.year);
        let words = format!("{}{}{text}", words::name(w, &draft.becomes), w.lang.pick("：", ": "));
        Some((format!("{path}/drafts/{position}"), words))
    }));
    errors
}

fn step_line(past: &Past, whole: &Whole, w: Words) -> StepLine {
    StepLine {
        at: staff_pages::long_moment(past.at, w.lang),
        who: staff_pages::who(w, &past.actor, &whole.known),
        word: w.t(&past.step.key()),
        note: past.note.clone(),
    }
}

fn may(portal: &Portal, visit: &Visit, whole: &Whole) -> May {
    let can = |action| portal.offers(visit, action);
    let hand = Hand::of(&visit.actor);
    let takes = |step| may_take(&whole.past, step, &hand.actor, needs_two(portal));
    let (edits, approves) = (can(Action::EditProgrammes), can(Action::ApprovePlans));
    let stage = whole.plan.stage();
    let is_drifted = whole.effect.remarks.iter().any(|(_, remark)| matches!(remark, Remark::Changed | Remark::Gone));
    let published_at = whole.past.last().filter(|past| past.step == Step::Published).map(|past| past.at);
    May {
        edit: edits && whole.plan.is_open(),
        request: edits && takes(Step::Requested).is_ok(),
        approve: approves && takes(Step::Approved).is_ok(),
        own: approves && takes(Step::Approved) == Err(NotTaken::Own),
        give_back: approves && stage.takes(Step::Returned),
        publish: can(Action::PublishPlans) && stage == Stage::Approved,
        waits: !can(Action::PublishPlans) && stage == Stage::Approved,
        abandon: edits && takes(Step::Abandoned).is_ok(),
        refresh: edits && whole.plan.is_open() && is_drifted,
        take_back: edits && !whole.plan.kind.makes_a_year() && published_at.is_some_and(|at| visit.now < at.plus(TAKE_BACK)),
    }
}

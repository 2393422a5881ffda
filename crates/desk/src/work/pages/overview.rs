//! 概要: what comes next, the clocks, the tasks of the playbook.

use askama::Template;
use axum::extract::{Path, State};
use db::Tx;
use kernel::Uuid;
use web::paging::Query;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Reader, Visit, Words};

use super::{Found, Head, Tab, act, done, found, shown, taken, text, to};
use crate::alarm::take_case;
use crate::cases::Phase;
use crate::clocks::{self, Clock, ClockId, Ended, NotStopped, Whose, clocks as rules_of_clocks};
use crate::desk_pages::{Sealed, due_words, length, moment, reaches, typed_moment};
use crate::keys::Lock;
use crate::work::playbook::{Who, playbooks};
use crate::work::points::{KnownSlides, SlideName, Slides, item};
use crate::work::store::tasks::TaskRow;
use crate::work::tasks::{NotTouched, Touch};
use crate::work::{self, NotChanged, Outcome, store, tasks};

#[derive(Template)]
#[template(path = "work/pages/overview.html")]
struct OverviewPage {
    frame: Frame,
    lock: Lock,
    head: Head,
    lead: String,
    support: String,
    next: Option<TaskView>,
    groups: Vec<(String, Vec<TaskView>)>,
    done_count: usize,
    task_count: usize,
    dropped: Vec<TaskView>,
    clocks: Vec<ClockView>,
    stopped: Vec<ClockView>,
    more_clocks: Vec<(String, String)>,
    phases: Vec<(String, String, bool)>,
    who: Vec<(String, String)>,
    outcomes: Vec<(String, String, bool)>,
    is_called: bool,
    is_bound: bool,
    is_closed: bool,
    filled: Filled,
    key: String,
}

/// A task in words.
struct TaskView {
    id: Uuid,
    title: String,
    sealed: Option<Sealed>,
    why: String,
    done_when: String,
    who: String,
    is_desk: bool,
    phase: Phase,
    is_done: bool,
    done: String,
    note: Option<Sealed>,
    slides: Vec<SlideName>,
    checklist: String,
    clock: String,
    waits_for: String,
}

/// A clock in words.
struct ClockView {
    id: ClockId,
    name: String,
    due: String,
    left: String,
    state: &'static str,
    hint: String,
    goal: String,
    legal: String,
    is_duty: bool,
    is_verified: bool,
    whose: String,
    asks_words: bool,
    stopped: String,
    reason: Option<Sealed>,
}

/// The overview of a case.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, query: Query) -> Result<Page, PageError> {
    let done = done(visit.words(), &query);
    page(&portal, &visit, &number, done, Filled::default()).await
}

async fn page(portal: &Portal, visit: &Visit, number: &str, done: String, filled: Filled) -> Result<Page, PageError> {
    let found = found(portal, visit, number).await?;
    let (w, id) = (visit.words(), found.case.id);
    let (find, reader) = (portal.part::<Slides>().map(|slides| *slides), Reader { w, now: visit.now });
    let read = async move |tx: &mut Tx<'_>| {
        let rows = store::tasks::tasks(tx, id).await?;
        let rules = rows.iter().filter_map(|row| playbooks().task(row.task.as_deref()?));
        let slides: Vec<String> = rules.flat_map(|rule| rule.slides.iter().cloned()).collect();
        Ok((rows, clocks::store::of_case(tx, id).await?, KnownSlides::load(tx, find, &slides, reader).await?))
    };
    let (rows, clocks, known) = portal.db.read(read).await?;
    let task = |row: &TaskRow, all: &[TaskRow]| task(w, (&found, &known), row, all);
    let (frame, head) = found.head(portal, visit, Tab::Overview);
    let (dropped, rows): (Vec<TaskRow>, Vec<TaskRow>) = rows.into_iter().partition(|row| row.dropped_at.is_some());
    let views: Vec<TaskView> = rows.iter().map(|row| task(row, &rows)).collect();
    let (done_count, task_count) = (views.iter().filter(|view| view.is_done).count(), views.len());
    let next = rows.iter().find(|row| is_next(row, &rows)).filter(|_| found.case.closed_at.is_none()).map(|row| task(row, &rows));
    let mut groups: Vec<(String, Vec<TaskView>)> = Vec::new();
    for view in views {
        let name = playbooks().phase(view.phase, w.lang).to_owned();
        match groups.last_mut().filter(|(last, _)| *last == name) {
            Some((_, tasks)) => tasks.push(view),
            None => groups.push((name, vec![view])),
        }
    }
    let (mut running, stopped): (Vec<&Clock>, Vec<&Clock>) = clocks.iter().partition(|clock| clock.is_running());
    // What only counts up, the wait for the call back, is what somebody waits for right now.
    running.sort_by_key(|clock| clock.due_at);
    let runs = |kind: &str| running.iter().any(|clock| clock.kind == kind);
    let more = rules_of_clocks().all().iter().filter(|rule| !rule.on && !runs(&rule.id));
    let page = OverviewPage {
        frame: frame.done(done),
        lead: playbooks().lead(found.case.event.as_deref(), w.lang).unwrap_or_default().to_owned(),
        support: crate::triage::rules()
            .response(found.grade())
            .map(|response| response.support.pick(w.lang).to_owned())
            .unwrap_or_default(),
        next,
        groups,
        done_count,
        task_count,
        dropped: dropped.iter().filter(|row| row.dropped_by.as_deref() != Some(journal::audit::SYSTEM)).map(|row| task(row, &[])).collect(),
        clocks: running.iter().map(|clock| clock_view(w, &found, clock, visit.now)).collect(),
        stopped: stopped.iter().map(|clock| clock_view(w, &found, clock, visit.now)).collect(),
        more_clocks: more.map(|rule| (rule.id.clone(), rule.name(w.lang).to_owned())).collect(),
        phases: Phase::ALL
            .iter()
            .map(|phase| (phase.id().to_owned(), playbooks().phase(*phase, w.lang).to_owned(), *phase == found.case.phase))
            .collect(),
        who: Who::ALL.iter().map(|who| (who.id().to_owned(), playbooks().who(*who, w.lang).to_owned())).collect(),
        outcomes: outcomes(w, &found, &filled),
        is_called: found.case.called_at.is_some(),
        is_bound: found.case.bound_at.is_some(),
        is_closed: found.case.closed_at.is_some(),
        lock: found.lock,
        head,
        key: visit.now.uuid().to_string(),
        filled,
    };
    shown(&page, &page.filled)
}

/// Takes the case: 「受けました」.
pub async fn take(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let me = reaches(&visit)?;
    taken(act(&portal, &visit, &number, &posted, async move |tx, id, now| take_case(tx, id, me, now).await).await?)?;
    Ok(to(&visit, &number, "", "taken"))
}

/// Notes that the institution was spoken with.
pub async fn called(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let by = visit.actor.label();
    act(&portal, &visit, &number, &posted, async move |tx, id, now| work::called(tx, id, &by, now).await)
        .await?
        .map_err(|_| PageError::NotFound)?;
    Ok(to(&visit, &number, "", "called"))
}

/// Moves the case to another phase.
pub async fn move_to(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let by = visit.actor.label();
    let phase: Phase = posted.get("phase").parse().map_err(|_| PageError::NotFound)?;
    let moved = act(&portal, &visit, &number, &posted, async move |tx, id, now| work::move_to(tx, id, phase, &by, now).await).await?;
    if moved == Err(NotChanged::Unknown) { Err(PageError::NotFound) } else { Ok(to(&visit, &number, "", "moved")) }
}

/// Adds a task of this case alone.
pub async fn add_task(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (w, by) = (visit.words(), visit.actor.label());
    let mut filled = Filled::from_posted(&posted);
    let words = text(&posted, "task_words", &mut filled, w);
    let phase = posted.get("task_phase").parse().unwrap_or(Phase::Respond);
    let who = posted.get("task_who").parse().unwrap_or(Who::Desk);
    let added =
        act(&portal, &visit, &number, &posted, async move |tx, id, now| tasks::add(tx, id, phase, who, &words, &by, now).await).await?;
    match added {
        Ok(()) => Ok(to(&visit, &number, "", "task")),
        Err(NotTouched::Unknown) => Err(PageError::NotFound),
        Err(NotTouched::NoWords | NotTouched::Already) => {
            filled.wrong("task_words", w.t("work-wrong-task"));
            page(&portal, &visit, &number, String::new(), filled).await
        }
    }
}

/// Ticks a task, drops it, or words it anew.
pub async fn touch_task(
    State(portal): State<Portal>,
    visit: Visit,
    Path((number, task)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let task: Uuid = task.parse().map_err(|_| PageError::NotFound)?;
    let (w, by) = (visit.words(), visit.actor.label());
    let mut filled = Filled::from_posted(&posted);
    let words = text(&posted, "words", &mut filled, w);
    let touch = match posted.get("do") {
        "done" => Touch::Done(words),
        "undone" => Touch::Undone,
        "drop" => Touch::Drop,
        "restore" => Touch::Restore,
        "reword" => Touch::Reword(words),
        _ => return Err(PageError::NotFound),
    };
    let touched =
        act(&portal, &visit, &number, &posted, async move |tx, id, now| tasks::touch(tx, id, task, &touch, &by, now).await).await?;
    if touched == Err(NotTouched::Unknown) { Err(PageError::NotFound) } else { Ok(to(&visit, &number, "", "task")) }
}

/// Switches on a clock that does not start by itself.
pub async fn start_clock(
    State(portal): State<Portal>,
    visit: Visit,
    Path(number): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    let (by, kind) = (visit.actor.label(), posted.get("kind").to_owned());
    let from = typed_moment(posted.get("clock_from"), visit.now).unwrap_or(visit.now);
    let started =
        act(&portal, &visit, &number, &posted, async move |tx, id, now| clocks::start(tx, id, &kind, from, &by, now).await).await?;
    if started == Err(NotStopped::Unknown) { Err(PageError::NotFound) } else { Ok(to(&visit, &number, "", "clock")) }
}

/// Stops a clock: done, or cancelled.
pub async fn stop_clock(
    State(portal): State<Portal>,
    visit: Visit,
    Path((number, clock)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let clock: ClockId = clock.parse().map_err(|_| PageError::NotFound)?;
    let (w, by) = (visit.words(), visit.actor.label());
    let how: Ended = posted.get("how").parse().map_err(|_| PageError::NotFound)?;
    let mut filled = Filled::from_posted(&posted);
    let field = format!("clock-{clock}");
    let reason = text(&posted, &field, &mut filled, w);
    let stopped =
        act(&portal, &visit, &number, &posted, async move |tx, id, now| clocks::stop(tx, id, clock, how, &reason, &by, now).await).await?;
    match stopped {
        Ok(()) | Err(NotStopped::Already) => Ok(to(&visit, &number, "", "clock")),
        Err(NotStopped::Unknown) => Err(PageError::NotFound),
        Err(NotStopped::NoReason) => {
            filled.wrong(&field, w.t("work-wrong-clock"));
            page(&portal, &visit, &number, String::new(), filled).await
        }
    }
}

/// Closes the case.
pub async fn close(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (w, by) = (visit.words(), visit.actor.label());
    let mut filled = Filled::from_posted(&posted);
    let words = text(&posted, "closing", &mut filled, w);
    let Ok(outcome) = posted.get("outcome").parse::<Outcome>() else {
        filled.wrong("outcome", w.t("work-wrong-outcome"));
        return page(&portal, &visit, &number, String::new(), filled).await;
    };
    let closed =
        act(&portal, &visit, &number, &posted, async move |tx, id, now| work::close(tx, id, outcome, &words, &by, now).await).await?;
    match closed {
        Ok(()) | Err(NotChanged::Already) => Ok(to(&visit, &number, "", "closed")),
        Err(NotChanged::Unknown) => Err(PageError::NotFound),
        Err(NotChanged::NoLesson) => {
            filled.wrong("outcome", w.t("work-wrong-lesson"));
            page(&portal, &visit, &number, String::new(), filled).await
        }
    }
}

/// Opens the case again.
pub async fn reopen(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let by = visit.actor.label();
    let opened = act(&portal, &visit, &number, &posted, async move |tx, id, now| work::reopen(tx, id, &by, now).await).await?;
    if opened == Err(NotChanged::Unknown) { Err(PageError::NotFound) } else { Ok(to(&visit, &number, "", "reopened")) }
}

/// Whether a task is the desk's next: not done, and nothing before it is left.
fn is_next(row: &TaskRow, all: &[TaskRow]) -> bool {
    row.who == Who::Desk && row.done_at.is_none() && waits_for(row, all).is_none()
}

/// The task that comes before this one and is not done yet.
fn waits_for<'a>(row: &TaskRow, all: &'a [TaskRow]) -> Option<&'a TaskRow> {
    let needs = &playbooks().task(row.task.as_deref()?)?.needs;
    all.iter().find(|other| other.done_at.is_none() && other.task.as_ref().is_some_and(|task| needs.contains(task)))
}

fn task(w: Words, (found, known): (&Found, &KnownSlides), row: &TaskRow, all: &[TaskRow]) -> TaskView {
    let rule = row.task.as_deref().and_then(|id| playbooks().task(id));
    let sealed = |column: &str, bytes: &[u8]| Sealed::new(found.case.id, "case_tasks", row.id, column, bytes);
    let title_of = |row: &TaskRow| {
        row.task.as_deref().and_then(|id| playbooks().task(id)).map(|task| task.title.pick(w.lang).to_owned()).unwrap_or_default()
    };
    let done = row.done_at.map(|at| {
        let who = row.done_by.as_deref().map(|by| found.known.who(w, by)).unwrap_or_default();
        w.with("work-done-by", &[("at", &moment(at, w.lang)), ("who", &who)])
    });
    TaskView {
        id: row.id,
        title: title_of(row),
        sealed: row.words.as_deref().map(|words| sealed("words", words)),
        why: rule.map(|rule| rule.why.pick(w.lang).to_owned()).unwrap_or_default(),
        done_when: rule.map(|rule| rule.done.pick(w.lang).to_owned()).unwrap_or_default(),
        who: playbooks().who(row.who, w.lang).to_owned(),
        is_desk: row.who == Who::Desk,
        phase: row.phase,
        is_done: row.done_at.is_some(),
        done: done.unwrap_or_default(),
        note: row.note.as_deref().map(|note| sealed("note", note)),
        slides: rule.map(|rule| rule.slides.iter().filter_map(|id| known.slide(id).cloned()).collect()).unwrap_or_default(),
        checklist: rule.map(|rule| items(w, &rule.checklist)).unwrap_or_default(),
        clock: rule
            .and_then(|rule| rules_of_clocks().get(rule.clock.as_deref()?))
            .map(|clock| clock.name(w.lang).to_owned())
            .unwrap_or_default(),
        waits_for: waits_for(row, all).map(title_of).unwrap_or_default(),
    }
}

/// The items of the checklist that a task has to do with, one after the other.
fn items(w: Words, ids: &[String]) -> String {
    ids.iter().filter_map(|id| item(w, id)).collect::<Vec<_>>().join(w.lang.pick("、", "; "))
}

fn clock_view(w: Words, found: &Found, clock: &Clock, now: kernel::Timestamp) -> ClockView {
    let rule = rules_of_clocks().get(&clock.kind);
    let both = |both: Option<&crate::contents::Both>| both.map(|both| both.pick(w.lang).to_owned()).unwrap_or_default();
    let (state, left) = match clock.due_at {
        _ if !clock.is_running() => ("stopped", String::new()),
        None => ("counting", w.one("work-since", "length", &length(w, now.since(clock.started_at)))),
        Some(due) if clock.is_overdue(now) => ("overdue", w.one("work-overdue-by", "length", &length(w, now.since(due)))),
        Some(due) if clock.is_near(now) => ("near", w.one("work-left-time", "length", &length(w, due.since(now)))),
        Some(due) => ("running", w.one("work-left-time", "length", &length(w, due.since(now)))),
    };
    let stopped = clock.stopped_at.map(|at| {
        let who = clock.stopped_by.as_deref().map(|by| found.known.who(w, by)).unwrap_or_default();
        let how = w.t(&format!("work-clock-{}", clock.ended.as_deref().unwrap_or("done")));
        w.with("work-clock-stopped", &[("how", &how), ("at", &moment(at, w.lang)), ("who", &who)])
    });
    ClockView {
        id: clock.id,
        name: rule.map(|rule| rule.name(w.lang).to_owned()).unwrap_or_default(),
        due: clock.due_at.map(|due| due_words(w, due)).unwrap_or_default(),
        left,
        state,
        hint: both(rule.and_then(|rule| rule.hint.as_ref())),
        goal: both(rule.and_then(|rule| rule.goal.as_ref())),
        legal: rule.map(|rule| rule.legal.clone()).filter(|legal| legal != "none").unwrap_or_default(),
        is_duty: rule.is_some_and(|rule| rule.legal_duty),
        is_verified: rule.is_none_or(|rule| rule.verified),
        whose: w.t(match rule.map(|rule| rule.who) {
            Some(Whose::Institution) => "work-whose-institution",
            _ => "work-whose-desk",
        }),
        asks_words: rule.is_some_and(|rule| rule.who == Whose::Institution),
        stopped: stopped.unwrap_or_default(),
        reason: clock.reason.as_deref().map(|reason| Sealed::new(found.case.id, "case_clocks", clock.id.uuid(), "reason", reason)),
    }
}

fn outcomes(w: Words, found: &Found, filled: &Filled) -> Vec<(String, String, bool)> {
    let fits = |outcome: &&Outcome| (**outcome == Outcome::DrillOver) == found.case.is_drill;
    Outcome::ALL
        .iter()
        .filter(fits)
        .map(|outcome| (outcome.id().to_owned(), w.t(&format!("work-outcome-{outcome}")), filled.is("outcome", outcome.id())))
        .collect()
}

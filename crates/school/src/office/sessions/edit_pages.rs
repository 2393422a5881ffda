use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::{FiscalYear, Timestamp};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit, Words};

use super::super::staff_pages::{self, Head, Whole, long_moment};
use super::add as adding;
use super::change::{self as changing, NotChanged, is_moved};
use super::draft;
use crate::trainings::programme::{Audience, Course, Programme};
use crate::trainings::session::{Session, SessionId};
use crate::trainings::store;

#[derive(Template)]
#[template(path = "office/sessions/form.html")]
struct FormPage {
    frame: Frame,
    over: String,
    action: String,
    back: String,
    filled: Filled,
    window: String,
    is_new: bool,
    key: String,
    note: String,
}

/// A fact that becomes another.
struct Change {
    what: String,
    was: String,
    is: String,
}

#[derive(Template)]
#[template(path = "office/sessions/check.html")]
struct CheckPage {
    frame: Frame,
    head: Head,
    changes: Vec<Change>,
    will: Vec<String>,
    cares: Vec<String>,
    carried: Vec<(String, String)>,
}

/// The form with the session's facts.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    if whole.session.cancelled_at.is_some() {
        return Ok(Page::see_other(&visit.to(&whole.path(""))));
    }
    let filled = draft::filled(&whole.session);
    form_page(&portal, &visit, &whole, filled, String::new())
}

fn form_page(portal: &Portal, visit: &Visit, whole: &Whole, filled: Filled, note: String) -> Result<Page, PageError> {
    let (frame, head) = whole.head(portal, visit, visit.words().t("office-edit"), None);
    let is_wrong = !filled.is_fine() || !note.is_empty();
    let page = FormPage {
        over: head.over,
        action: whole.path("/edit"),
        back: whole.path(""),
        window: whole.session.window(visit.lang),
        is_new: false,
        key: visit.now.uuid().to_string(),
        filled,
        note,
        frame,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Checks what was typed: the page that says what changes and who learns of it, or the form with what to mend.
pub async fn check(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    if posted.get("do") == "back" {
        return form_page(&portal, &visit, &whole, Filled::from_posted(&posted), String::new());
    }
    let w = visit.words();
    let becomes = match draft::check(&posted, &whole.session, whole.programme.year, w, visit.now) {
        Ok(becomes) => becomes,
        Err(filled) => return form_page(&portal, &visit, &whole, filled, String::new()),
    };
    let changes = changes(w, &whole.session, &becomes);
    if changes.is_empty() {
        return form_page(&portal, &visit, &whole, Filled::from_posted(&posted), w.t("office-nothing-changed"));
    }
    let id = whole.session.id;
    let living = portal.db.read(async move |tx| store::count_living(tx, id).await).await?;
    let (frame, head) = whole.head(&portal, &visit, w.t("office-check-title"), None);
    let page = CheckPage {
        will: will(w, &whole.session, &becomes, living),
        cares: cares(&portal, w, &becomes, visit.now),
        changes,
        carried: posted.fields().iter().filter(|(name, _)| !matches!(name.as_str(), "token" | "do")).cloned().collect(),
        frame,
        head,
    };
    Page::html(&page)
}

/// Who learns of it.
fn will(w: Words, was: &Session, becomes: &Session, living: i64) -> Vec<String> {
    let mut will = Vec::new();
    if is_moved(was, becomes) && living > 0 {
        will.push(w.count("office-will-tell", living));
    } else {
        will.push(w.t("office-will-tell-nobody"));
    }
    let new_seats = becomes.seats.map_or(was.waiting, |seats| (seats - was.taken).max(0));
    let promoted = new_seats.min(was.waiting);
    if promoted > 0 {
        will.push(w.count("office-will-promote", promoted));
    }
    will
}

/// What is allowed, but should be seen first.
fn cares(portal: &Portal, w: Words, becomes: &Session, now: Timestamp) -> Vec<String> {
    let mut cares = Vec::new();
    if let Some(day) = becomes.day {
        if let Some(holiday) = portal.holidays.name_of(day) {
            cares.push(w.with("office-care-holiday", &[("day", &kernel::long_date(day, w.lang)), ("holiday", holiday)]));
        } else if kernel::weekday(day, kernel::Lang::En).starts_with('S') {
            cares.push(w.one("office-care-weekend", "day", &kernel::long_date(day, w.lang)));
        }
        if becomes.opens_at.is_none() {
            cares.push(w.t("office-care-no-window"));
        }
    }
    if becomes.closes_at.is_some_and(|closes| closes <= now) {
        cares.push(w.t("office-care-closed"));
    }
    cares
}

fn changes(w: Words, was: &Session, becomes: &Session) -> Vec<Change> {
    let unset = || w.t("office-not-set");
    let moment = |at: Option<Timestamp>| at.map_or_else(unset, |at| long_moment(at, w.lang));
    let number = |number: Option<i64>| number.map_or_else(|| w.t("office-no-limit"), |number| number.to_string());
    let when = |session: &Session| match session.when(w.lang) {
        when if when.is_empty() => unset(),
        when => when,
    };
    let tentative = |is: bool| w.t(if is { "office-tentative-yes" } else { "office-tentative-no" });
    let title = |title: &str| if title.is_empty() { w.t("office-none-word") } else { title.to_owned() };
    let pairs = [
        ("office-title", title(&was.title), title(&becomes.title)),
        ("office-when", when(was), when(becomes)),
        ("office-opens", moment(was.opens_at), moment(becomes.opens_at)),
        ("office-closes", moment(was.closes_at), moment(becomes.closes_at)),
        ("office-seats-word", number(was.seats), number(becomes.seats)),
        ("office-waiting-places", number(was.waiting_places), number(becomes.waiting_places)),
        ("tentative", tentative(was.tentative), tentative(becomes.tentative)),
    ];
    pairs.into_iter().filter(|(_, was, is)| was != is).map(|(key, was, is)| Change { what: w.t(key), was, is }).collect()
}

/// Writes the change.
pub async fn change(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let w = visit.words();
    let becomes = match draft::check(&posted, &whole.session, whole.programme.year, w, visit.now) {
        Ok(becomes) => becomes,
        Err(filled) => return form_page(&portal, &visit, &whole, filled, String::new()),
    };
    let (by, key) = (visit.actor.label(), posted.key(&portal, &visit));
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| changing::change(tx, &becomes, &by, now).await).await?;
    match outcome {
        Ok(changed) => {
            let query = format!("?done=changed&told={}&promoted={}", changed.told, changed.promoted);
            Ok(Page::see_other(&visit.to(&whole.path(&query))))
        }
        Err(NotChanged::Unknown) => Err(PageError::NotFound),
        Err(NotChanged::Meanwhile) => {
            // The form as it stands now: what somebody else did must be seen before it is changed again.
            let whole = staff_pages::session(&portal, &visit, &id).await?;
            form_page(&portal, &visit, &whole, draft::filled(&whole.session), w.t("office-changed-meanwhile"))
        }
    }
}

struct Room {
    programme: Programme,
    course: Course,
}

async fn room(portal: &Portal, visit: &Visit, year: &str, course: &str) -> Result<Room, PageError> {
    staff_pages::reaches(visit)?;
    let year: FiscalYear = year.parse().map_err(|_| PageError::NotFound)?;
    let audience: Audience = course.parse().map_err(|_| PageError::NotFound)?;
    let found = portal
        .db
        .read(async move |tx| {
            let Some(programme) = store::programme(tx, year).await? else { return Ok(None) };
            let courses = store::courses(tx, programme.id).await?;
            Ok(courses.into_iter().find(|course| course.slug == audience).map(|course| Room { programme, course }))
        })
        .await?;
    found.ok_or(PageError::NotFound)
}

/// A session of the course that has no facts yet.
fn blank(room: &Room, now: Timestamp) -> Session {
    Session {
        id: SessionId::new(now),
        course: room.course.id,
        number: 0,
        extra: true,
        title: String::new(),
        raw: String::new(),
        deadline_raw: String::new(),
        anomaly: String::new(),
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
        taken: 0,
        waiting_places: None,
        waiting: 0,
        cancelled_at: None,
        cancel_reason: String::new(),
        moved_from: None,
        moved_at: None,
        sequence: 0,
    }
}

/// The form of an extra session.
pub async fn new(State(portal): State<Portal>, visit: Visit, Path((year, course)): Path<(String, String)>) -> Result<Page, PageError> {
    let room = room(&portal, &visit, &year, &course).await?;
    let filled = draft::filled(&blank(&room, visit.now));
    new_page(&portal, &visit, &room, filled)
}

fn new_page(portal: &Portal, visit: &Visit, room: &Room, filled: Filled) -> Result<Page, PageError> {
    let w = visit.words();
    let year = format!("/staff/programmes/{}", room.programme.year);
    let is_wrong = !filled.is_fine();
    let frame = staff_pages::frame(portal, visit, w.t("office-add-title")).crumb(room.programme.year.label(visit.lang), &year).here();
    let page = FormPage {
        over: room.course.slug.prose().short(visit.lang).to_owned(),
        action: format!("{year}/{}/sessions", room.course.slug),
        back: year,
        filled,
        window: String::new(),
        is_new: true,
        key: visit.now.uuid().to_string(),
        note: String::new(),
        frame,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Adds the extra session.
pub async fn add(
    State(portal): State<Portal>,
    visit: Visit,
    Path((year, course)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let room = room(&portal, &visit, &year, &course).await?;
    let w = visit.words();
    let checked = match draft::check(&posted, &blank(&room, visit.now), room.programme.year, w, visit.now) {
        Ok(session) if session.day.is_some() => session,
        Ok(_) => {
            let mut filled = Filled::from_posted(&posted);
            filled.wrong("day", w.t("office-error-day-missing"));
            return new_page(&portal, &visit, &room, filled);
        }
        Err(filled) => return new_page(&portal, &visit, &room, filled),
    };
    let (by, key) = (visit.actor.label(), posted.key(&portal, &visit));
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| adding::add(tx, &checked, &by, now).await).await?;
    match outcome {
        Ok(id) => Ok(Page::see_other(&visit.to(&format!("/staff/sessions/{id}?done=added")))),
        Err(adding::NotAdded::Unknown) => Err(PageError::NotFound),
    }
}

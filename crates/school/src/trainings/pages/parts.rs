//! The parts of a series that were applied for at once: each with its state by name, and giving up all of them.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::Lane;
use serde::Deserialize;
use web::{Frame, Page, PageError, Portal, Posted, Section, Visit};

use super::application::{mine, mine_by};
use crate::attendance::{self, verdict::Status};
use crate::trainings::application::{ApplicationId, Spot, receipt_number};
use crate::trainings::cancel::NotCancelled;
use crate::trainings::links::shown;
use crate::trainings::series::cancel_all;
use crate::trainings::store::{self, MyLine, WholeApplication};
use crate::trainings::view::Viewer;

/// A part, as a row.
struct Row {
    nth: String,
    title: String,
    when: String,
    shape: &'static str,
    word: String,
    number: String,
    link: String,
}

#[derive(Template)]
#[template(path = "trainings/pages/parts.html")]
struct PartsPage {
    frame: Frame,
    path: String,
    course: String,
    mailed: String,
    /// The form that was sent, whose typed fields are forgotten on this device.
    apply_path: String,
    notes: Vec<String>,
    rows: Vec<Row>,
    can_cancel: bool,
}

#[derive(Template)]
#[template(path = "trainings/pages/parts_cancel.html")]
struct CancelPage {
    frame: Frame,
    path: String,
    lead: String,
    will: String,
    error: String,
}

/// What was just done, from the address.
#[derive(Deserialize, Default)]
pub struct Done {
    #[serde(default, rename = "done")]
    what: String,
    /// The parts that were not to be had, as `3-5`.
    #[serde(default)]
    not: String,
    /// The parts that had been applied for before.
    #[serde(default)]
    earlier: String,
}

/// What the page asks the database for.
struct Found {
    parts: Vec<MyLine>,
    positions: Vec<(ApplicationId, i64)>,
    statuses: Vec<(ApplicationId, Status)>,
}

async fn found(portal: &Portal, visit: &Visit, whole: &WholeApplication) -> Result<Found, PageError> {
    let (id, email, now) = (whole.application.id, whole.person.email.clone(), visit.now);
    let found = portal.db.read(async move |tx| {
        let statuses = attendance::store::verdicts_of_address(tx, &email, now).await?;
        Ok(Found {
            parts: store::series_of(tx, id).await?,
            positions: store::waiting_positions_of_series(tx, id).await?,
            statuses: statuses.into_iter().map(|(id, verdict, is_closed)| (id, Status::of(verdict, is_closed))).collect(),
        })
    });
    found.await.map_err(Into::into)
}

/// An application that was made alone is shown alone.
fn alone(visit: &Visit, whole: &WholeApplication) -> Page {
    Page::see_other(&visit.to(&format!("/applications/{}", whole.application.id)))
}

fn can_be_cancelled(part: &MyLine, visit: &Visit) -> bool {
    let is_before = part.starts_at.map_or_else(|| part.day.is_none_or(|day| visit.now.day() < day), |starts| visit.now < starts);
    part.cancelled_at.is_none() && is_before
}

/// Every part with its state.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, Query(done): Query<Done>) -> Result<Page, PageError> {
    let (whole, proof) = mine_by(&portal, &visit, &id).await?;
    let found = found(&portal, &visit, &whole).await?;
    if found.parts.is_empty() {
        return Ok(alone(&visit, &whole));
    }
    let (w, lang) = (visit.words(), visit.lang);
    let viewer = Viewer { w, now: visit.now };
    let view = viewer.course(&whole.programme, &whole.course, &[]);
    let row = |part: &MyLine| {
        let (shape, word) = state(part, &found, &visit);
        Row {
            nth: part.nth(w),
            title: part.title.clone(),
            when: part.when(lang),
            shape,
            word,
            number: receipt_number(part.year, part.audience, part.session_number, part.number),
            link: shown(&portal.keys, part.id, part.generation, proof),
        }
    };
    let nths = |list: &str| {
        let numbers = list.split('-').filter_map(|number| number.parse::<i64>().ok());
        numbers.map(|number| w.one("nth", "n", &number)).collect::<Vec<_>>().join(lang.pick("、", ", "))
    };
    let notes = [("series-not-taken", nths(&done.not)), ("series-earlier", nths(&done.earlier))];
    let title = match done.what.as_str() {
        "applied" => w.one("series-done", "n", &found.parts.len()),
        "cancelled" => w.t("series-cancelled"),
        _ => w.t("series-own-title"),
    };
    let page = PartsPage {
        frame: Frame::new(&portal, &visit, title).in_section(Section::Trainings).crumb(view.name.clone(), &view.path).here(),
        path: format!("/applications/{}/series", whole.application.id),
        course: view.name,
        apply_path: format!("/apply/{}/{}", whole.programme.year, whole.course.slug),
        mailed: if done.what.is_empty() { String::new() } else { w.one("application-mailed", "address", &whole.person.email) },
        notes: notes.into_iter().filter(|(_, parts)| !parts.is_empty()).map(|(key, parts)| w.one(key, "parts", &parts)).collect(),
        rows: found.parts.iter().map(row).collect(),
        can_cancel: found.parts.iter().any(|part| can_be_cancelled(part, &visit)),
    };
    Page::html(&page)
}

/// The state of a part by its name: 確定, キャンセル待ち, 取り消し済み, and once it is over what is known of the attendance.
fn state(part: &MyLine, found: &Found, visit: &Visit) -> (&'static str, String) {
    let w = visit.words();
    let position = found.positions.iter().find(|(id, _)| *id == part.id).map_or(1, |(_, position)| *position);
    match (part.cancelled_at.is_some(), part.session_cancelled_at.is_some()) {
        (true, _) => return ("cancelled", w.t("application-cancelled")),
        (_, true) => return ("cancelled", w.t("state-cancelled")),
        _ => {}
    }
    match found.statuses.iter().find(|(id, _)| *id == part.id) {
        Some((_, status)) => (status.shape(), attendance::words::status(w, *status)),
        None if part.place == Spot::Waiting => ("full", w.one("application-waiting", "n", &position)),
        None => ("done", w.t("application-confirmed")),
    }
}

fn cancel_page(portal: &Portal, visit: &Visit, whole: &WholeApplication, count: usize, error: String) -> Result<Page, PageError> {
    let w = visit.words();
    let path = format!("/applications/{}/series", whole.application.id);
    let is_wrong = !error.is_empty();
    let values = [("n", count.to_string()), ("address", whole.person.email.clone())];
    let page = CancelPage {
        frame: Frame::new(portal, visit, w.t("series-cancel")).in_section(Section::Trainings).crumb(w.t("series-own-title"), &path).here(),
        lead: w.one("series-cancel-lead", "n", &count),
        will: w.with("series-cancel-will", &[("n", &values[0].1), ("address", &values[1].1)]),
        path,
        error,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::CONFLICT) } else { page })
}

/// Says what giving up all parts will do.
pub async fn cancel_form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let whole = mine(&portal, &visit, &id).await?;
    let found = found(&portal, &visit, &whole).await?;
    if found.parts.is_empty() {
        return Ok(alone(&visit, &whole));
    }
    let count = found.parts.iter().filter(|part| can_be_cancelled(part, &visit)).count();
    cancel_page(&portal, &visit, &whole, count, String::new())
}

/// Gives up all parts that have not begun.
pub async fn cancel(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = mine(&portal, &visit, &id).await?;
    let (application, by) = (whole.application.id, visit.actor.label());
    let key = posted.key(&portal, &visit);
    let outcome = portal.db.write(Lane::Public, key, async move |tx, now| cancel_all(tx, application, &by, now).await).await?;
    match outcome {
        Ok(_) => Ok(Page::see_other(&visit.to(&format!("/applications/{application}/series?done=cancelled")))),
        Err(NotCancelled::Unknown) => Ok(alone(&visit, &whole)),
        Err(_) => cancel_page(&portal, &visit, &whole, 0, visit.words().t("not-cancelled-already")),
    }
}

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::{Day, FiscalYear, Span, Timestamp};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::super::super::open::{self as verb, Opening};
use super::super::super::store;
use super::period;
use crate::office::staff_pages;
use crate::trainings::programme::{Course, Programme};
use crate::trainings::store as trainings;

#[derive(Template)]
#[template(path = "archive/pages/staff/opening.html")]
struct OpeningPage {
    frame: Frame,
    year: String,
    path: String,
    back: String,
    /// When it opens as things stand.
    now: String,
    /// When it would open by itself.
    derived: String,
    filled: Filled,
    courses: Vec<(String, String)>,
    /// What would happen; empty before it was asked.
    will: Vec<String>,
    saved: bool,
}

/// The field of the end.
const ENDS: &str = "ends";

/// When the recordings of a programme are open.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path(year): Path<String>) -> Result<Page, PageError> {
    let (programme, courses) = found(&portal, &visit, &year).await?;
    let mut filled = Filled::default();
    put(&mut filled, "opens", programme.archive_opens_at);
    put(&mut filled, ENDS, programme.archive_ends_at);
    for course in &courses {
        put(&mut filled, course.slug.slug(), course.archive_opens_at);
    }
    page(&portal, &visit, &programme, &courses, filled, Vec::new())
}

/// A moment as it is typed: an end at midnight is its last day.
fn put(filled: &mut Filled, name: &str, at: Option<Timestamp>) {
    let text = at.map_or_else(String::new, |at| {
        let last = at.minus(Span::micros(1)).day();
        if name == ENDS && last != at.day() { last.to_string() } else { at.jst().strftime("%Y-%m-%d %H:%M").to_string() }
    });
    filled.set(name, text);
}

async fn found(portal: &Portal, visit: &Visit, year: &str) -> Result<(Programme, Vec<Course>), PageError> {
    staff_pages::reaches(visit)?;
    let year: FiscalYear = year.parse().map_err(|_| PageError::NotFound)?;
    let found = portal
        .db
        .read(async move |tx| {
            let Some(programme) = trainings::programme(tx, year).await? else { return Ok(None) };
            let courses = trainings::courses(tx, programme.id).await?;
            Ok(Some((programme, courses)))
        })
        .await?;
    found.ok_or(PageError::NotFound)
}

fn page(
    portal: &Portal,
    visit: &Visit,
    programme: &Programme,
    courses: &[Course],
    filled: Filled,
    will: Vec<String>,
) -> Result<Page, PageError> {
    let w = visit.words();
    let back = format!("/staff/programmes/{}", programme.year);
    let between = |programme: &Programme| period(w, "archive-open-between", programme.archive(None));
    let bare = Programme { archive_opens_at: None, archive_ends_at: None, ..programme.clone() };
    let is_wrong = !filled.is_fine();
    let saved = visit.query == "done=set";
    let page = OpeningPage {
        frame: staff_pages::frame(portal, visit, w.t("opening-title")).crumb(programme.year.label(visit.lang), &back).here(),
        year: programme.year.label(visit.lang),
        path: format!("{back}/archive"),
        back,
        now: between(programme),
        derived: between(&bare),
        courses: courses.iter().map(|course| (course.slug.slug().to_owned(), course.slug.prose().short(visit.lang).to_owned())).collect(),
        filled,
        will,
        saved,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Says what would happen; does it once that was seen.
pub async fn set(State(portal): State<Portal>, visit: Visit, Path(year): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (programme, courses) = found(&portal, &visit, &year).await?;
    let w = visit.words();
    let mut filled = Filled::from_posted(&posted);
    let near = visit.now.day();
    let by_hand = posted.get("do") == "now";
    let opens = if by_hand { Some(visit.now) } else { moment(&mut filled, "opens", near, w.t("opening-wrong")) };
    let ends = moment(&mut filled, ENDS, near, w.t("opening-wrong"));
    let mut own = Vec::new();
    for course in &courses {
        own.push((course.id, moment(&mut filled, course.slug.slug(), near, w.t("opening-wrong"))));
    }
    if opens.zip(ends).is_some_and(|(opens, ends)| ends <= opens) {
        filled.wrong(ENDS, w.t("opening-backwards"));
    }
    if !filled.is_fine() {
        return page(&portal, &visit, &programme, &courses, filled, Vec::new());
    }
    if by_hand {
        put(&mut filled, "opens", opens);
    }
    let becomes = Programme { archive_opens_at: opens, archive_ends_at: ends, ..programme.clone() };
    if !posted.has("agreed") {
        let id = programme.id;
        let told = portal.db.read(async move |tx| store::count_to_tell_of_programme(tx, id).await).await?;
        let when = period(w, "opening-will", becomes.archive(None));
        return page(&portal, &visit, &programme, &courses, filled, vec![when, w.count("opening-told", told)]);
    }
    let opening = Opening { opens, ends, courses: own };
    let (id, by, key) = (programme.id, visit.actor.label(), posted.key(&portal, &visit));
    portal.db.write(Lane::Staff, key, async move |tx, now| verb::open(tx, id, &opening, &by, now).await).await?;
    Ok(Page::see_other(&visit.to(&format!("/staff/programmes/{}/archive?done=set", programme.year))))
}

/// A day with a time, in any form in which days are typed. Without one it opens at 9:00, and its last day is open as a whole.
/// Nothing is nothing.
fn moment(filled: &mut Filled, name: &str, near: Day, wrong: String) -> Option<Timestamp> {
    let typed = kernel::one_line(filled.value(name));
    if typed.is_empty() {
        return None;
    }
    let read = || {
        let plain = typed.replace('T', " ").replace('：', ":");
        let (day, time) = plain.split_once(' ').map_or((plain.as_str(), None), |(day, time)| (day, Some(time)));
        let begins = Timestamp::in_japan(kernel::parse_day(day, near)?, 0, 0);
        match time {
            Some(time) => Some(begins.plus(Span::minutes(kernel::minutes_of_day(time)?))),
            None if name == ENDS => Some(begins.next_midnight()),
            None => Some(begins.plus(Span::hours(9))),
        }
    };
    let found = read();
    if found.is_none() {
        filled.wrong(name, wrong);
    }
    found
}

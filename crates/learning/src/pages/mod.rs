//! The pages of e-learning.

mod exam;
pub(crate) mod figure;
pub(crate) mod given;
pub(crate) mod mine;
mod offline;
pub(crate) mod practice;
mod public;
mod record;
pub(crate) mod slide;
mod staff;
pub(crate) mod view;

use access::{AccountId, Action};
use askama::Template;
use axum::http::StatusCode;
use kernel::{Timestamp, Uuid, long_date};
use web::{Frame, Page, PageError, Portal, Posted, Routes, Section, Visit, Words};

use crate::assignments;
use crate::authoring::library;
use crate::certificates::pages as certificates;
use crate::content::Course;
use crate::content::question::Given;
use crate::items::pages as items;

/// What the signature over the moment at which a page was shown is for.
const SHOWN: &str = "learning-shown";

/// Every route of the wing.
pub fn routes() -> Routes {
    Routes::new()
        .public("/courses", public::list)
        .public("/courses/{course}", public::show)
        .public("/courses/app.webmanifest", offline::manifest)
        .public("/courses/worker.js", offline::worker)
        .public("/courses/{course}/pages.json", offline::pages)
        .get("/courses/{course}/{unit}", Action::ReadCourses, slide::unit)
        .get("/courses/{course}/{unit}/{slide}", Action::ReadCourses, slide::show)
        .get("/courses/{course}/figures/{file}", Action::ReadCourses, figure::show)
        .post("/courses/{course}/{unit}/{slide}", Action::Learn, slide::turn)
        .get("/courses/{course}/{unit}/questions/{place}", Action::ReadCourses, practice::show)
        .post("/courses/{course}/{unit}/questions/{place}", Action::ReadCourses, practice::answer)
        .get("/my/courses/{course}", Action::Learn, mine::show)
        .get("/my/courses/{course}/record", Action::Learn, record::show)
        .post("/my/courses/{course}/name", Action::Learn, certificates::save)
        .post("/my/courses/{course}/tests", Action::Learn, exam::begin)
        .get("/my/courses/{course}/tests/{test}", Action::Learn, exam::overview)
        .post("/my/courses/{course}/tests/{test}", Action::Learn, exam::hand_in)
        .get("/my/courses/{course}/tests/{test}/{place}", Action::Learn, exam::show)
        .post("/my/courses/{course}/tests/{test}/{place}", Action::Learn, exam::keep)
        .get("/staff/courses", Action::SeeFigures, staff::list)
        .get("/staff/courses/{course}", Action::SeeFigures, items::show)
        .merge(crate::kit::routes())
        .merge(crate::authoring::routes())
        .merge(assignments::routes())
        .merge(crate::in_house::routes())
        .merge(crate::export::routes())
}

/// The course of an address, as it is shown today.
pub(crate) async fn course(portal: &Portal, visit: &Visit, slug: &str) -> Result<&'static Course, PageError> {
    let (slug, day) = (slug.to_owned(), visit.now.day());
    portal.db.read(async move |tx| library::course(tx, &slug, day).await).await?.ok_or(PageError::NotFound)
}

#[derive(Template)]
#[template(path = "pages/closed.html")]
struct ClosedPage {
    frame: Frame,
    text: String,
    path: String,
}

/// Says that a course is not open, and when it is.
fn closed(portal: &Portal, visit: &Visit, course: &Course, status: StatusCode) -> Result<Page, PageError> {
    let w = visit.words();
    let page = ClosedPage {
        frame: frame(portal, visit, w.t("learning-closed-title"), course).here(),
        text: w.one("learning-closed", "period", &period(course, w)),
        path: format!("/courses/{}", course.slug),
    };
    Ok(Page::html(&page)?.status(status))
}

/// 2026年11月1日（日）～2027年3月31日（水）
pub(crate) fn period(course: &Course, w: Words) -> String {
    format!("{}{}{}", long_date(course.from, w.lang), w.lang.pick("～", " – "), long_date(course.until, w.lang))
}

/// The frame of a page of a course.
pub(crate) fn frame(portal: &Portal, visit: &Visit, title: String, course: &Course) -> Frame {
    let w = visit.words();
    // The way is told in the reader's language, in which the course need not be written.
    let name = if course.lang(visit.lang) == visit.lang { course.title.get(visit.lang).to_owned() } else { w.t("learning-to-course") };
    Frame::new(portal, visit, title)
        .in_section(Section::Courses)
        .crumb(w.t("learning-title"), "/courses")
        .crumb(name, &format!("/courses/{}", course.slug))
}

/// The moment of a page, as its form carries it.
pub(crate) fn shown_now(portal: &Portal, visit: &Visit) -> String {
    portal.keys.sign(SHOWN, &visit.now.as_micros().to_string())
}

/// When the page of a form was shown.
fn shown(portal: &Portal, posted: &Posted) -> Option<Timestamp> {
    portal.keys.verify(SHOWN, posted.get("shown"))?.parse().ok().map(Timestamp::from_micros)
}

/// By which a page's script knows whose answers wait on a device that several share; empty for nobody.
fn who(portal: &Portal, visit: &Visit) -> String {
    visit.actor.account().map_or_else(String::new, |account| portal.keys.token("learning-who", &[account.to_string().as_bytes()]))
}

/// How long the page of a form was before somebody's eyes, where its script could tell.
fn focus(posted: &Posted) -> Option<i64> {
    posted.get("focus").parse().ok()
}

/// The id of an answer: the same for the same form with the same content, whoever sends it again.
fn answer_id(portal: &Portal, account: AccountId, question: &str, key: &str, given: &Given) -> Uuid {
    let mac = portal
        .keys
        .mac("learning-answer", &[account.to_string().as_bytes(), question.as_bytes(), key.as_bytes(), given.stored().as_bytes()]);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&mac[..16]);
    Uuid::from_bytes(bytes)
}

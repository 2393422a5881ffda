use askama::Template;
use axum::extract::{Path, State};
use kernel::FiscalYear;
use web::{Frame, Page, PageError, Portal, Section, Visit};

use crate::archive::{Paper, materials, paper};
use crate::trainings::programme::Audience;
use crate::trainings::shown::{self, CourseView};
use crate::trainings::store;
use crate::trainings::view::Viewer;
use crate::trainings::{Offer, SessionRow};

mod picture;

#[derive(Template)]
#[template(path = "trainings/pages/course.html")]
struct CoursePage {
    frame: Frame,
    course: CourseView,
    side: Vec<(String, String, bool)>,
    side_title: String,
    archive: String,
    picture: Option<picture::Picture>,
    past: Vec<Past>,
    year: String,
    materials: Vec<Paper>,
}

/// The same course in another year.
struct Past {
    summary: String,
    course: CourseView,
}

/// One course of one year: what, how, when, for whom, the dates as picture and table, the rules, the same course in other years.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path((year, course)): Path<(String, String)>) -> Result<Page, PageError> {
    let year: FiscalYear = year.parse().map_err(|_| PageError::NotFound)?;
    let audience: Audience = course.parse().map_err(|_| PageError::NotFound)?;
    let viewer = Viewer { w: visit.words(), now: visit.now };
    let years = super::list::years(&portal, viewer).await?;
    let own = years.iter().find(|view| view.programme.year == year).ok_or(PageError::NotFound)?;
    let course = own.courses.iter().find(|course| course.audience == audience).ok_or(PageError::NotFound)?;
    let w = visit.words();
    let past = years
        .iter()
        .filter(|view| view.programme.year < year)
        .filter_map(|view| {
            let course = view.courses.iter().find(|course| course.audience == audience)?;
            let values = [("year", view.label.as_str()), ("course", course.name.as_str()), ("n", &course.rows.len().to_string())];
            Some(Past { summary: w.with("course-past-summary", &values), course: course.clone() })
        })
        .collect();
    let until = |closes| kernel::lasts_until(closes, visit.lang);
    let archive = match (course.archive, course.archive_on) {
        (Some((_, Some(closes))), _) if visit.now >= closes => w.one("course-archive-note-over", "day", &until(closes)),
        (Some((opens, Some(closes))), _) if visit.now >= opens => w.one("course-archive-note-open", "day", &until(closes)),
        (_, Some(day)) => w.one("course-archive-note", "day", &kernel::long_date(day, visit.lang)),
        (_, None) => w.t("course-archive-note-unset"),
    };
    let (programme, now) = (own.programme.clone(), visit.now);
    let sessions = course.sessions.clone();
    let found = portal
        .db
        .read(async move |tx| {
            let all = store::courses(tx, programme.id).await?;
            let Some(course) = all.iter().find(|course| course.slug == audience) else { return Ok(Vec::new()) };
            materials::shown_of_course(tx, &programme, course, &sessions, now).await
        })
        .await?;
    let page = CoursePage {
        materials: found.iter().map(paper).collect(),
        frame: Frame::new(&portal, &visit, course.name.clone())
            .in_section(Section::Trainings)
            .crumb(w.t("trainings-title"), "/trainings")
            .crumb(course.name.clone(), ""),
        picture: picture::Picture::of(viewer, course, course.archive_on),
        course: course.clone(),
        side: own.courses.iter().map(|other| (other.path.clone(), other.tab.clone(), other.audience == audience)).collect(),
        side_title: w.one("course-side", "year", &own.label),
        archive,
        past,
        year: own.label.clone(),
    };
    Ok(Page::html(&page)?.lasts_until(own.lasts_until))
}

/// One session has its own address; what it shows stands on its course's page.
pub async fn session(State(portal): State<Portal>, visit: Visit, path: Path<(String, String, String)>) -> Result<Page, PageError> {
    let path = super::session_path(&path)?;
    let found = portal.db.glance(async move |tx| store::session_at(tx, path.year, path.audience, path.number).await).await?;
    found.ok_or(PageError::NotFound)?;
    let anchor = shown::anchor(path.year, path.audience, path.number);
    Ok(Page::see_other(&visit.to(&format!("/trainings/{}/{}#{anchor}", path.year, path.audience))))
}

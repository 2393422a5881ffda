use askama::Template;
use axum::extract::{Path, State};
use db::{DbResult, Tx};
use kernel::FiscalYear;
use web::{Frame, Page, PageError, Portal, Section, Visit};

use crate::trainings::own_words::OwnWords;
use crate::trainings::programme::{Course, CourseId};
use crate::trainings::session::SessionId;
use crate::trainings::shown::YearView;
use crate::trainings::store;
use crate::trainings::view::Viewer;
use crate::trainings::{Offer, SessionRow};

#[derive(Template)]
#[template(path = "trainings/pages/list.html")]
struct ListPage {
    frame: Frame,
    current: Option<YearView>,
    past: Vec<YearView>,
}

#[derive(Template)]
#[template(path = "trainings/pages/year.html")]
struct YearPage {
    frame: Frame,
    year: YearView,
    lead_key: &'static str,
}

/// Every programme, the current fiscal year open, the past ones to unfold: one read for the whole page.
pub async fn all(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let viewer = Viewer { w: visit.words(), now: visit.now };
    let years = years(&portal, viewer).await?;
    let lasts_until = years.iter().map(|year| year.lasts_until).min().unwrap_or_else(|| visit.now.next_midnight());
    let this_year = FiscalYear::of(visit.now.day());
    // The next year stands on top once it is announced and nothing of this one can be applied for any more.
    let (mut current, mut past): (Vec<_>, Vec<_>) = years.into_iter().partition(|year| year.programme.year >= this_year);
    current.reverse();
    let first = if current.is_empty() { None } else { Some(current.remove(0)) };
    current.append(&mut past);
    let w = visit.words();
    let frame = Frame::new(&portal, &visit, w.t("trainings-title")).in_section(Section::Trainings).here();
    Ok(Page::html(&ListPage { frame, current: first, past: current })?.lasts_until(lasts_until))
}

/// One programme.
pub async fn year(State(portal): State<Portal>, visit: Visit, Path(year): Path<String>) -> Result<Page, PageError> {
    let year: FiscalYear = year.parse().map_err(|_| PageError::NotFound)?;
    let viewer = Viewer { w: visit.words(), now: visit.now };
    let found = portal
        .db
        .read(async move |tx| {
            let Some(programme) = store::programme(tx, year).await? else { return Ok(None) };
            let courses = store::courses(tx, programme.id).await?;
            let sessions = store::sessions(tx, programme.id).await?;
            Ok(Some((programme, courses, sessions, extras(tx).await?)))
        })
        .await?;
    let (programme, courses, sessions, extras) = found.ok_or(PageError::NotFound)?;
    let view = extras.said(viewer, &courses, viewer.year(&programme, &courses, &sessions));
    let w = visit.words();
    let frame = Frame::new(&portal, &visit, format!("{} {}", view.label, w.t("trainings-title")))
        .in_section(Section::Trainings)
        .crumb(w.t("trainings-title"), "/trainings")
        .crumb(view.label.clone(), "");
    let lasts_until = view.lasts_until;
    let lead_key = if year < FiscalYear::of(visit.now.day()) { "trainings-year-lead-past" } else { "trainings-year-lead" };
    Ok(Page::html(&YearPage { frame, year: view, lead_key })?.lasts_until(lasts_until))
}

/// Every programme as a view, newest first.
pub async fn years(portal: &Portal, viewer: Viewer) -> Result<Vec<YearView>, PageError> {
    let found = portal
        .db
        .read(async |tx| {
            let (extras, mut found) = (extras(tx).await?, Vec::new());
            for programme in store::programmes(tx).await? {
                let courses = store::courses(tx, programme.id).await?;
                let sessions = store::sessions(tx, programme.id).await?;
                found.push((programme, courses, sessions));
            }
            Ok((extras, found))
        })
        .await?;
    let (extras, found) = found;
    Ok(found.iter().map(|(programme, courses, sessions)| extras.said(viewer, courses, viewer.year(programme, courses, sessions))).collect())
}

/// What the secretariat has added to courses and sessions for their readers.
struct Extras {
    words: Vec<(CourseId, OwnWords)>,
    lecturers: Vec<(SessionId, String)>,
}

async fn extras(tx: &mut Tx<'_>) -> DbResult<Extras> {
    Ok(Extras { words: store::own_words(tx).await?, lecturers: store::shown_lecturers(tx).await? })
}

impl Extras {
    /// The view of a year with what was added. `courses` are those of the view, in its order.
    fn said(&self, viewer: Viewer, courses: &[Course], mut view: YearView) -> YearView {
        for (course, shown) in courses.iter().zip(&mut view.courses) {
            if let Some((_, words)) = self.words.iter().find(|(id, _)| *id == course.id) {
                words.say(shown, viewer.w.lang);
            }
            for (session, row) in shown.sessions.iter().zip(&mut shown.rows) {
                if let Some((_, names)) = self.lecturers.iter().find(|(id, _)| *id == session.id) {
                    row.lecturers.clone_from(names);
                }
            }
        }
        view
    }
}

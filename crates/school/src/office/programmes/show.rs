use access::{Action, Decision};
use askama::Template;
use axum::extract::{Path, State};
use kernel::FiscalYear;
use web::{Frame, Page, PageError, Portal, Visit, Words};

use super::super::staff_pages;
use crate::trainings::programme::{Course, Programme};
use crate::trainings::session::Session;
use crate::trainings::{Viewer, by_date, store};

/// A session with its figures.
struct Row {
    nth: String,
    title: String,
    day: String,
    hours: String,
    shape: &'static str,
    state: String,
    reason: String,
    tentative: bool,
    sample: bool,
    confirmed: i64,
    waiting: i64,
    seats: String,
    path: String,
}

/// A course with its sessions.
struct Table {
    slug: &'static str,
    name: String,
    rows: Vec<Row>,
    confirmed: i64,
    waiting: i64,
}

#[derive(Template)]
#[template(path = "office/programmes/show.html")]
struct ProgrammePage {
    frame: Frame,
    year: String,
    years: Vec<(String, String, bool)>,
    tables: Vec<Table>,
    confirmed: i64,
    waiting: i64,
    can_edit: bool,
    can_see: bool,
    next_year: String,
    next_label: String,
    bulk: bool,
}

#[derive(Template)]
#[template(path = "office/programmes/none.html")]
struct NonePage {
    frame: Frame,
}

/// The present year's programme, or the newest.
pub async fn years(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let programmes = portal.db.read(async |tx| store::programmes(tx).await).await?;
    let present = FiscalYear::of(visit.now.day());
    match programmes.iter().find(|programme| programme.year == present).or(programmes.first()) {
        Some(programme) => Ok(Page::see_other(&visit.to(&format!("/staff/programmes/{}", programme.year)))),
        None => Page::html(&NonePage { frame: staff_pages::frame(&portal, &visit, visit.words().t("office-programmes")).here() }),
    }
}

/// One year: a table of sessions for each course.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(year): Path<String>) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let year: FiscalYear = year.parse().map_err(|_| PageError::NotFound)?;
    let found = portal
        .db
        .read(async move |tx| {
            let programmes = store::programmes(tx).await?;
            let Some(programme) = programmes.iter().find(|programme| programme.year == year).cloned() else { return Ok(None) };
            let courses = store::courses(tx, programme.id).await?;
            let sessions = store::sessions(tx, programme.id).await?;
            Ok(Some((programmes, programme, courses, sessions)))
        })
        .await?;
    let (programmes, programme, courses, sessions) = found.ok_or(PageError::NotFound)?;
    let w = visit.words();
    let viewer = Viewer { w, now: visit.now };
    let tables: Vec<Table> = courses.iter().map(|course| table(viewer, &programme, course, &sessions)).collect();
    // The present year, if nobody has made it yet, or else the year after the newest.
    let present = FiscalYear::of(visit.now.day());
    let newest = programmes.iter().map(|other| other.year).max().unwrap_or(present);
    let is_newest = programme.year == newest;
    let next = if newest < present { present } else { newest.plus(1) };
    let label = programme.year.label(visit.lang);
    let page = ProgrammePage {
        frame: staff_pages::frame(&portal, &visit, w.one("office-programme", "year", &label)).crumb(label, ""),
        year: programme.year.to_string(),
        years: programmes
            .iter()
            .map(|other| {
                (visit.to(&format!("/staff/programmes/{}", other.year)), other.year.label(visit.lang), other.year == programme.year)
            })
            .collect(),
        confirmed: tables.iter().map(|table| table.confirmed).sum(),
        waiting: tables.iter().map(|table| table.waiting).sum(),
        tables,
        can_edit: matches!(portal.matrix.may(&visit.actor, Action::EditProgrammes, None, visit.now), Decision::Allowed(_)),
        can_see: portal.offers(&visit, Action::SeeApplicants),
        next_year: if is_newest { next.to_string() } else { String::new() },
        next_label: next.label(visit.lang),
        bulk: sessions.iter().any(|session| session.cancelled_at.is_none() && session.can_still_change(visit.now)),
    };
    Page::html(&page)
}

fn table(viewer: Viewer, programme: &Programme, course: &Course, sessions: &[Session]) -> Table {
    let mut own: Vec<Session> = sessions.iter().filter(|session| session.course == course.id).cloned().collect();
    by_date(&mut own);
    let view = viewer.course(programme, course, &own);
    let rows: Vec<Row> = own
        .iter()
        .zip(view.rows)
        .map(|(session, row)| Row {
            nth: row.nth,
            title: session.title.clone(),
            day: row.day,
            hours: row.hours,
            shape: row.state.shape(),
            state: row.word,
            reason: row.reason,
            tentative: row.tentative,
            sample: session.sample,
            confirmed: session.taken,
            waiting: session.waiting,
            seats: seats(viewer.w, session),
            path: format!("/staff/sessions/{}", session.id),
        })
        .collect();
    Table {
        slug: course.slug.slug(),
        name: view.name,
        confirmed: own.iter().map(|session| session.taken).sum(),
        waiting: own.iter().map(|session| session.waiting).sum(),
        rows,
    }
}

fn seats(w: Words, session: &Session) -> String {
    session.seats.map_or_else(|| w.t("office-no-limit"), |seats| seats.to_string())
}

use askama::Template;
use axum::extract::{Path, State};
use kernel::{FiscalYear, Timestamp};
use web::paging::{self, Query, ROWS, asked};
use web::{Frame, Numbered, Page, PageError, Pager, Portal, Visit, Words};

use crate::office::staff_pages::{self, Whole, long_moment};
use crate::reminders::rule::Rule;
use crate::reminders::store;
use crate::reminders::why::timing_words;
use crate::trainings::{programme, store as trainings};

/// A mail of the year.
struct Row {
    at: Timestamp,
    when: String,
    datetime: String,
    name: String,
    session: String,
    to: String,
    shape: &'static str,
    state: String,
    path: String,
}

/// The rules of a course.
struct Course {
    name: String,
    rules: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "reminders/pages/year.html")]
struct YearPage {
    frame: Frame,
    label: String,
    rows: Vec<Row>,
    courses: Vec<Course>,
    tabs: Vec<(String, String, bool)>,
    pager: Pager,
}

/// The calendar of mails of a programme, and its courses' rules.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(year): Path<String>, query: Query) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let year: FiscalYear = year.parse().map_err(|_| PageError::NotFound)?;
    let found = portal
        .db
        .read(async move |tx| {
            let Some(programme) = trainings::programme(tx, year).await? else { return Ok(None) };
            let courses = trainings::courses(tx, programme.id).await?;
            let sessions = trainings::sessions(tx, programme.id).await?;
            Ok(Some((store::settings_of_programme(tx, programme.id).await?, programme, courses, sessions)))
        })
        .await?;
    let (settings, programme, courses, sessions) = found.ok_or(PageError::NotFound)?;
    let (w, now) = (visit.words(), visit.now);
    let mut rows = Vec::new();
    for session in sessions {
        let Some(course) = courses.iter().find(|course| course.id == session.course).cloned() else { continue };
        let whole = Whole { session, course, programme: programme.clone() };
        rows.extend(Rule::ALL.into_iter().filter_map(|rule| row(w, &whole, &settings, rule, now)));
    }
    let is_past = asked(&query, "show") == "past";
    rows.retain(|row| (row.at <= now) == is_past);
    rows.sort_by_key(|row| row.at);
    if is_past {
        rows.reverse();
    }
    let path = format!("/staff/programmes/{year}/mails");
    let address = |name: &str, value: &str| visit.to(&paging::with(&path, &query, &[(name, value)]));
    let shown = Numbered::of(rows.len(), ROWS, &asked(&query, "page"));
    let label = programme.year.label(visit.lang);
    let page = YearPage {
        frame: staff_pages::frame(&portal, &visit, w.t("mails-title")).crumb(label.clone(), &format!("/staff/programmes/{year}")).here(),
        label,
        tabs: vec![(address("show", ""), w.t("mails-tab-ahead"), !is_past), (address("show", "past"), w.t("mails-tab-past"), is_past)],
        pager: shown.pager(w, |page| address("page", page)),
        rows: shown.rows_of(rows).collect(),
        courses: courses.iter().map(|course| rules_of(w, year, course, &settings)).collect(),
    };
    Page::html(&page)
}

/// What is set for a course.
fn rules_of(w: Words, year: FiscalYear, course: &programme::Course, settings: &store::Settings) -> Course {
    let rules = Rule::ALL.into_iter().map(|rule| {
        let setting = settings.own(course.id.uuid(), rule).unwrap_or_else(|| rule.given().setting());
        let timing = if setting.is_on { timing_words(w, rule.given(), setting.timing) } else { w.t("mails-state-off") };
        let path = format!("/staff/programmes/{year}/{}/mails/{}", course.slug, rule.id());
        (path, w.t(&format!("mails-{}-name", rule.id())), timing)
    });
    Course { name: course.slug.prose().name(w.lang).to_owned(), rules: rules.collect() }
}

fn row(w: Words, whole: &Whole, settings: &store::Settings, rule: Rule, now: Timestamp) -> Option<Row> {
    let (setting, _) = settings.of(whole, rule);
    let due = rule.given().due(whole, setting.timing, &settings.hours)?;
    let (shape, key) = match (setting.is_on, due.at <= now) {
        (false, _) => ("closed", "mails-state-off"),
        (true, false) => ("later", "mails-state-planned"),
        (true, true) => ("ended", "mails-state-past"),
    };
    Some(Row {
        at: due.at,
        when: long_moment(due.at, w.lang),
        datetime: due.at.rfc3339(),
        name: w.t(&format!("mails-{}-name", rule.id())),
        session: whole.name(w, now),
        to: w.t(&format!("mails-{}-to", rule.id())),
        shape,
        state: w.t(key),
        path: whole.path(&format!("/mails/{}", rule.id())),
    })
}

use askama::Template;
use axum::extract::{Path, State};
use web::{Frame, Page, PageError, Portal, Section, Visit};

use super::{course, period};
use crate::authoring::library;
use crate::content::Course;

#[derive(Template)]
#[template(path = "pages/list.html")]
struct ListPage {
    frame: Frame,
    courses: Vec<Line>,
}

/// A course in the list.
struct Line {
    path: String,
    audience: &'static str,
    for_whom: String,
    title: String,
    summary: String,
    facts: String,
    languages: String,
    /// 版：2026.1
    version: String,
    code: &'static str,
}

#[derive(Template)]
#[template(path = "pages/course.html")]
struct CoursePage {
    frame: Frame,
    /// In the language of the course, where the frame speaks the reader's.
    title: String,
    for_whom: String,
    summary: String,
    objectives: Vec<String>,
    units: Vec<UnitLine>,
    sources: Vec<String>,
    mine: String,
    kit: String,
    minutes: String,
    period: String,
    languages: String,
    completion: String,
    test_out: String,
    /// When it is open, if that is not now.
    closed: String,
    code: &'static str,
    is_only_japanese: bool,
}

struct UnitLine {
    path: String,
    title: String,
    minutes: String,
}

/// Every course.
pub async fn list(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let w = visit.words();
    let line = |course: &Course| Line {
        path: format!("/courses/{}", course.slug),
        audience: course.for_whom(),
        for_whom: w.t(&format!("learning-for-{}", course.for_whom())),
        title: course.title.get(w.lang).to_owned(),
        summary: course.summary.get(w.lang).to_owned(),
        facts: w.with("learning-facts", &[("minutes", &course.minutes.to_string()), ("units", &course.units.len().to_string())]),
        languages: languages(course, &visit),
        version: w.one("kit-version", "version", &course.version),
        code: course.lang(w.lang).code(),
    };
    let day = visit.now.day();
    let courses = portal.db.read(async move |tx| library::courses(tx, day).await).await?;
    let frame = Frame::new(&portal, &visit, w.t("learning-title")).in_section(Section::Courses).here();
    Ok(Page::html(&ListPage { frame, courses: courses.into_iter().map(line).collect() })?.lasts_until(visit.now.next_midnight()))
}

/// What a course is about, for whom, and how long it takes.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(slug): Path<String>) -> Result<Page, PageError> {
    let course = course(&portal, &visit, &slug).await?;
    let (w, lang) = (visit.words(), course.lang(visit.lang));
    let path = format!("/courses/{}", course.slug);
    let unit = |unit: &crate::content::Unit| UnitLine {
        path: format!("{path}/{}", unit.slug),
        title: unit.title.get(lang).to_owned(),
        minutes: w.count("learning-minutes", unit.minutes),
    };
    let percent = [("percent", &*course.test.pass_percent.to_string()), ("asked", &*course.test.asked().to_string())];
    let out = [("percent", &*course.test_out.pass_percent.to_string()), ("asked", &*course.test_out.asked().to_string())];
    let for_whom = w.t(&format!("learning-for-{}", course.for_whom()));
    let name = if lang == visit.lang { course.title.get(lang).to_owned() } else { w.one("learning-name-in-japanese", "whom", &for_whom) };
    let page = CoursePage {
        frame: Frame::new(&portal, &visit, name).in_section(Section::Courses).crumb(w.t("learning-title"), "/courses").here(),
        title: course.title.get(lang).to_owned(),
        for_whom,
        summary: course.summary.get(lang).to_owned(),
        objectives: course.objectives.get(lang).to_vec(),
        units: course.units.iter().map(unit).collect(),
        sources: course.sources.clone(),
        mine: format!("/my/courses/{}", course.slug),
        kit: format!("{path}/kit"),
        minutes: w.with("learning-facts", &[("minutes", &course.minutes.to_string()), ("units", &course.units.len().to_string())]),
        period: period(course, w),
        languages: languages(course, &visit),
        completion: w.with("learning-completion", &percent),
        test_out: w.with("learning-test-out-text", &out),
        closed: if course.is_open(visit.now.day()) { String::new() } else { w.one("learning-closed", "period", &period(course, w)) },
        code: lang.code(),
        is_only_japanese: lang != visit.lang,
    };
    // A version for the next year takes its place at midnight.
    let midnight = visit.now.next_midnight();
    Ok(Page::html(&page)?.lasts_until(course.next_change(visit.now).map_or(midnight, |change| change.min(midnight))))
}

/// 日本語・英語
fn languages(course: &Course, visit: &Visit) -> String {
    let w = visit.words();
    let names: Vec<String> = course.languages.iter().map(|lang| w.t(&format!("learning-in-{}", lang.code()))).collect();
    names.join(w.lang.pick("・", ", "))
}

use askama::Template;
use axum::extract::State;
use web::{Frame, Page, PageError, Portal, Section, Visit};

use crate::authoring::library;
use crate::content::Course;
use crate::kit::sheet::over;

#[derive(Template)]
#[template(path = "kit/pages/list.html")]
struct ListPage {
    frame: Frame,
    courses: Vec<Line>,
}

/// A course whose kit can be made.
struct Line {
    path: String,
    code: &'static str,
    title: String,
    over: String,
    facts: String,
    version: String,
}

/// What can be taught in house: the kit of every course.
pub async fn list(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let (w, day) = (visit.words(), visit.now.day());
    let line = |course: &Course| {
        let lang = course.lang(visit.lang);
        let facts = [("minutes", &*course.minutes.to_string()), ("units", &*course.units.len().to_string())];
        Line {
            path: format!("/courses/{}/kit", course.slug),
            code: lang.code(),
            title: course.title.get(lang).to_owned(),
            over: over(course, w),
            facts: w.with("learning-facts", &facts),
            version: w.one("kit-version", "version", &course.version),
        }
    };
    let courses = portal.db.read(async move |tx| library::courses(tx, day).await).await?;
    let page = ListPage {
        frame: Frame::new(&portal, &visit, w.t("kit-library")).in_section(Section::Kits).here(),
        courses: courses.into_iter().map(line).collect(),
    };
    Ok(Page::html(&page)?.lasts_until(visit.now.next_midnight()))
}

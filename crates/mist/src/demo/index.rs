use askama::Template;
use axum::extract::State;
use web::{Frame, Page, PageError, Portal, Visit};

use super::PEOPLE;

#[derive(Template)]
#[template(path = "demo/index.html")]
struct IndexPage {
    frame: Frame,
    people: Vec<(String, String, String)>,
}

/// What can be tried here.
pub(super) async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let w = visit.words();
    let people = PEOPLE.iter().map(|person| (person.path(), person.name(w), person.try_first(w)));
    let frame = Frame::new(&portal, &visit, w.t("demo-title")).here();
    Page::html(&IndexPage { frame, people: people.collect() })
}

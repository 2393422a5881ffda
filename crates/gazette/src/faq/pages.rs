use askama::Template;
use axum::extract::State;
use web::{Frame, Page, PageError, Portal, Section, Visit};

use super::question::{Answer, Topic};
use super::store;

#[derive(Template)]
#[template(path = "faq/list.html")]
struct ListPage {
    frame: Frame,
    groups: Vec<Group>,
}

/// The questions under one heading.
struct Group {
    id: &'static str,
    heading: String,
    answers: Vec<Answer>,
}

/// Every question with its answer. Nothing is folded away, so that an address with a number always shows its answer.
pub async fn list(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let all = portal.db.read(async |tx| store::all(tx).await).await?;
    let (w, settings) = (visit.words(), portal.settings());
    let groups = Topic::ALL
        .into_iter()
        .map(|topic| Group {
            id: topic.id(),
            heading: w.t(&topic.key()),
            answers: all
                .iter()
                .filter(|question| question.topic == topic)
                .map(|question| question.answer(visit.lang, &settings, visit.now))
                .collect(),
        })
        .filter(|group| !group.answers.is_empty())
        .collect();
    let frame = Frame::new(&portal, &visit, w.t("faq-title")).in_section(Section::Faq).here();
    Ok(Page::html(&ListPage { frame, groups })?.lasts_until(visit.now.next_midnight()))
}

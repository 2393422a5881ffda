use askama::Template;
use axum::extract::State;
use web::paging::{Query, asked};
use web::{Frame, Page, PageError, Pager, Portal, Section, Visit};

use super::question::{Answer, NUMBERS, Topic, page_of, page_path};
use super::store;

#[derive(Template)]
#[template(path = "faq/list.html")]
struct ListPage {
    frame: Frame,
    groups: Vec<Group>,
    /// None where all stand on one page.
    pager: Option<Pager>,
}

/// The questions under one heading.
struct Group {
    id: &'static str,
    heading: String,
    answers: Vec<Answer>,
}

/// The questions of a page with their answers. Nothing is folded away, so that an address with a number always shows its answer. A page
/// without questions is the first that has some.
pub async fn list(State(portal): State<Portal>, visit: Visit, query: Query) -> Result<Page, PageError> {
    let wanted = asked(&query, "page").parse::<i64>().ok().filter(|page| (1..10_000).contains(page));
    let (page, found, (before, after)) = portal
        .db
        .read(async move |tx| {
            let first = page_of(store::first_number(tx).await?.unwrap_or(1));
            let (mut page, mut found) = (wanted.unwrap_or(first), Vec::new());
            if page != first {
                found = store::on_page(tx, page).await?;
            }
            if found.is_empty() {
                (page, found) = (first, store::on_page(tx, first).await?);
            }
            Ok((page, found, store::beside_page(tx, page).await?))
        })
        .await?;
    let (w, settings) = (visit.words(), portal.settings());
    let at = |number: Option<i64>| number.map_or_else(String::new, |number| visit.to(&page_path(page_of(number))));
    let pager = (before.is_some() || after.is_some()).then(|| Pager {
        previous: at(before),
        next: at(after),
        shown: w.with("faq-range", &[("from", &((page - 1) * NUMBERS + 1).to_string()), ("to", &(page * NUMBERS).to_string())]),
    });
    let groups = Topic::ALL
        .into_iter()
        .map(|topic| Group {
            id: topic.id(),
            heading: w.t(&topic.key()),
            answers: found
                .iter()
                .filter(|question| question.topic == topic)
                .map(|question| question.answer(visit.lang, &settings, visit.now))
                .collect(),
        })
        .filter(|group| !group.answers.is_empty())
        .collect();
    let frame = Frame::new(&portal, &visit, w.t("faq-title")).in_section(Section::Faq).here();
    Ok(Page::html(&ListPage { frame, groups, pager })?.lasts_until(visit.now.next_midnight()))
}

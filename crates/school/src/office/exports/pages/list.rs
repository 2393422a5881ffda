use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Visit, Words, paging};

use super::super::super::staff_pages;
use super::super::store::{self, Named, ROWS};
use super::PATH;

/// Where the page before ended, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    before: String,
}

/// A request as a row.
struct Row {
    href: String,
    list: String,
    reason: String,
    people: String,
    who: String,
    shape: &'static str,
    state: String,
    at: String,
}

#[derive(Template)]
#[template(path = "office/exports/pages/list.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
    pager: Pager,
}

/// The requests for long lists, newest first.
pub async fn list(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let before = paging::read_place(&asked.before);
    let found = portal.db.read(async move |tx| {
        let requests = store::requests(tx, before).await?;
        let known = staff_pages::known(tx, requests.iter().map(|request| request.asked_by.as_str())).await?;
        let names = match (requests.first(), requests.last()) {
            (Some(newest), Some(oldest)) => store::named(tx, oldest.asked_at, newest.asked_at).await?,
            _ => Vec::new(),
        };
        Ok((requests, known, names))
    });
    let (mut requests, known, names) = found.await?;
    let (w, now) = (visit.words(), visit.now);
    let next = paging::cut(&mut requests, ROWS)
        .map_or_else(String::new, |last| visit.to(&format!("{PATH}?before={}", paging::place(last.asked_at, last.id))));
    let rows = requests.iter().map(|request| {
        let state = request.state(now);
        Row {
            href: visit.to(&format!("{PATH}/{}", request.id)),
            list: names.iter().find(|name| name.id == request.session).map_or_else(String::new, |named| name(named, w)),
            reason: request.reason.clone(),
            people: w.count("exports-people-n", request.people),
            who: staff_pages::who(w, &request.asked_by, &known),
            shape: state.shape(),
            state: w.t(&format!("exports-state-{}", state.id())),
            at: staff_pages::long_moment(request.asked_at, visit.lang),
        }
    });
    Page::html(&ListPage {
        rows: rows.collect(),
        pager: Pager::onward(next),
        frame: staff_pages::frame(&portal, &visit, w.t("exports-title")).here(),
    })
}

/// 令和8年度 初学者・医療従事者向け 第5回
fn name(named: &Named, w: Words) -> String {
    let nth = crate::trainings::nth(w, named.number, named.extra);
    format!("{} {} {nth}", named.year.label(w.lang), named.audience.prose().short(w.lang))
}

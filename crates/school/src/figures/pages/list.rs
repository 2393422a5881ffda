use access::Action;
use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Visit, paging};

use crate::figures::store;
use crate::office::staff_pages;

/// Where the page before ended, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    before: String,
}

/// A line of the list.
struct Row {
    path: String,
    month: String,
    number: String,
    edition: String,
    at: String,
    datetime: String,
}

#[derive(Template)]
#[template(path = "figures/pages/list.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
    pager: Pager,
    can_issue: bool,
}

/// The reports that were issued, the newest first.
pub async fn show(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let before = paging::read_place(&asked.before);
    let mut found = portal.db.read(async move |tx| store::reports(tx, before).await).await?;
    let w = visit.words();
    let next = paging::cut(&mut found, store::PAGE)
        .map_or_else(String::new, |last| visit.to(&format!("/staff/reports?before={}", paging::place(last.at, last.id))));
    let page = ListPage {
        frame: staff_pages::frame(&portal, &visit, w.t("reports-title")).here(),
        rows: found
            .iter()
            .map(|report| Row {
                path: format!("/staff/reports/{}", report.id),
                month: report.month.label(visit.lang),
                number: report.number.clone(),
                edition: if report.edition > 1 { w.one("reports-edition", "n", &report.edition) } else { String::new() },
                at: staff_pages::long_moment(report.at, visit.lang),
                datetime: report.at.rfc3339(),
            })
            .collect(),
        pager: Pager::onward(next),
        can_issue: portal.offers(&visit, Action::IssueReports),
    };
    Page::html(&page)
}

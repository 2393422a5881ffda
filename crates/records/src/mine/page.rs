use askama::Template;
use axum::extract::{Query, State};
use kernel::{FiscalYear, Timestamp};
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Section, Visit};

use super::PATH;
use super::read::{page_of, record};
use crate::office::Told;

/// Lines on a page.
const ROWS: i64 = 50;

/// Behind which statement to go on, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    behind: String,
}

#[derive(Template)]
#[template(path = "mine/page.html")]
struct RecordPage {
    frame: Frame,
    years: Vec<Year>,
    is_shared: bool,
    is_later: bool,
    /// Whether there is more than this page.
    is_paged: bool,
    pager: Pager,
}

/// What happened in one fiscal year, the latest first.
struct Year {
    heading: String,
    code: String,
    rows: Vec<Row>,
}

struct Row {
    told: Told,
    /// Whose, where several share the address.
    name: String,
    /// Where it is described; empty where it is not.
    path: String,
}

/// The record, by years.
pub(super) async fn show(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    let behind = asked.behind.parse().ok().map(Timestamp::from_micros);
    let found = record(&portal, &visit, behind, ROWS).await?;
    let w = visit.words();
    let mut years: Vec<Year> = Vec::new();
    for (told, name) in found.rows {
        let year = told.at.map(|at| FiscalYear::of(at.day()));
        let heading = year.map_or_else(|| w.t("records-mine-undated"), |year| year.label(w.lang));
        let path = page_of(&told.object, &portal.site.base_url).map_or_else(String::new, |path| visit.to(&path));
        let row = Row { told, name, path };
        if let Some(last) = years.last_mut().filter(|last| last.heading == heading) {
            last.rows.push(row);
        } else {
            // Sorted by when it happened, no year comes twice on a page.
            let code = years.len().to_string();
            years.push(Year { heading, code, rows: vec![row] });
        }
    }
    let next = found.more.map_or_else(String::new, |last| visit.to(&format!("{PATH}?behind={}", last.as_micros())));
    Page::html(&RecordPage {
        frame: Frame::new(&portal, &visit, w.t("records-mine")).in_section(Section::My).crumb(w.t("my-title"), "/my").here(),
        years,
        is_shared: found.is_shared,
        is_later: behind.is_some(),
        is_paged: behind.is_some() || !next.is_empty(),
        pager: Pager::onward(next),
    })
}

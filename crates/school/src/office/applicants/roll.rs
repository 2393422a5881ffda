use askama::Template;
use axum::extract::{Path, State};
use web::{Frame, Page, PageError, Portal, Visit};

use super::super::desk::{self, Head};
use super::list::{Row, row};
use crate::trainings::store::{self, COUNTED, Place, Sieve, Wants};

#[derive(Template)]
#[template(path = "office/applicants/roll.html")]
struct RollPage {
    frame: Frame,
    head: Head,
    rows: Vec<Row>,
    total: String,
}

/// Everybody who has a seat, by workplace, to be printed.
pub async fn roll(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    desk::reaches(&visit)?;
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    let scope = visit.scope.clone();
    let found = portal
        .db
        .read(async move |tx| {
            let Some(whole) = desk::whole(tx, id).await? else { return Ok(None) };
            let sieve = Sieve { standing: Some(Wants::Seat), ..Sieve::all(id) };
            let lines = store::applicants(tx, &scope, &sieve, &Place::Workplace(None), COUNTED).await?;
            Ok(Some((whole, lines)))
        })
        .await?;
    let (whole, lines) = found.ok_or(PageError::NotFound)?;
    let w = visit.words();
    let (frame, head) = whole.head(&portal, &visit, w.t("office-roll-title"), None);
    let rows: Vec<Row> = lines.iter().map(|line| row(w, &whole, line)).collect();
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let total = if whole.session.taken > COUNTED { w.t("office-roll-first") } else { w.count("office-total", count) };
    Page::html(&RollPage { frame, head, rows, total })
}

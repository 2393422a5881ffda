use askama::Template;
use axum::extract::{Path, Query, State};
use web::{Frame, Page, PageError, Pager, Portal, Visit};

use super::super::staff_pages::{self, Head};
use super::filter::Asked;
use super::list::{Place, Row, row};
use crate::trainings::store::{self, Wants};

/// So many are printed from one page.
const SHEET: usize = 1_000;

#[derive(Template)]
#[template(path = "office/applicants/roll.html")]
struct RollPage {
    frame: Frame,
    head: Head,
    rows: Vec<Row>,
    /// How many stand on the pages before.
    before: usize,
    /// How many there are, or which of them are here.
    total: String,
    hint: String,
    pager: Pager,
    is_in_parts: bool,
}

/// Everybody who has a seat, by workplace, to be printed; a long roll in parts that are numbered through.
pub async fn roll(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    let scope = visit.scope.clone();
    let Asked { after, before, .. } = asked;
    let asked = Asked { state: Wants::Seat.id().to_owned(), sort: "place".to_owned(), after, before, ..Asked::default() };
    let found = portal
        .db
        .read(async move |tx| {
            let Some(whole) = staff_pages::whole(tx, id).await? else { return Ok(None) };
            let sifted = asked.clone().sift(&whole);
            let from = sifted.from();
            let asked_for = i64::try_from(SHEET + 1).unwrap_or(i64::MAX);
            let lines = store::applicants(tx, &scope, &sifted.sieve, &from.place, asked_for).await?;
            Ok(Some((whole, sifted, from, lines)))
        })
        .await?;
    let (whole, sifted, from, mut lines) = found.ok_or(PageError::NotFound)?;
    let has_more = lines.len() > SHEET;
    lines.truncate(SHEET);
    if from.backwards {
        lines.reverse();
    }
    let w = visit.words();
    let (frame, head) = whole.head(&portal, &visit, w.t("office-roll-title"), None);
    let of = w.count("office-shown-of", whole.session.taken);
    let place = Place { w, sifted: &sifted, path: visit.to(&whole.path("/roll")), from: &from, has_more, of };
    let (pager, before) = (place.pager(&lines), place.before(&lines));
    let is_in_parts = !pager.previous.is_empty() || !pager.next.is_empty();
    let page = RollPage {
        rows: lines.iter().map(|line| row(w, &whole, line)).collect(),
        before,
        total: if is_in_parts { pager.shown.clone() } else { w.count("office-total", whole.session.taken) },
        hint: w.t(if is_in_parts { "office-roll-parts" } else { "office-roll-print" }),
        is_in_parts,
        pager,
        frame,
        head,
    };
    Page::html(&page)
}

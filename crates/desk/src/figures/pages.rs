//! `/desk/figures`, and the same as a file.

use access::Action;
use askama::Template;
use axum::extract::State;
use intake::export::{self, Encoding};
use web::{Frame, Page, PageError, Portal, Visit, Words};

use super::count::{Figures, Table, count};
use crate::desk_pages::frame;

/// What stands for a hidden number.
const MARK: &str = "＊";

#[derive(Template)]
#[template(path = "figures/figures.html")]
struct FiguresPage {
    frame: Frame,
    quarters: Vec<String>,
    totals: Vec<String>,
    /// Whether no case came in any of the quarters.
    is_empty: bool,
    tables: Vec<TableView>,
}

/// A table in words.
struct TableView {
    id: &'static str,
    title: String,
    rows: Vec<(String, Vec<String>)>,
}

fn word(n: Option<i64>) -> String {
    n.map_or_else(|| MARK.to_owned(), |n| n.to_string())
}

fn title(w: Words, table: &Table) -> String {
    w.t(&format!("work-figures-{}", table.id))
}

async fn counted(portal: &Portal, visit: &Visit) -> Result<Figures, PageError> {
    let (lang, unknown, now) = (visit.lang, visit.words().t("work-figures-unknown"), visit.now);
    Ok(portal.db.read(async move |tx| count(tx, lang, &unknown, now).await).await?)
}

/// The figures.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let (figures, w) = (counted(&portal, &visit).await?, visit.words());
    let view = |table: &Table| TableView {
        id: table.id,
        title: title(w, table),
        rows: table.rows.iter().map(|(label, cells)| (label.clone(), cells.iter().copied().map(word).collect())).collect(),
    };
    // The ministry and the secretariat read the figures, but have no way into the queue.
    let is_inside = portal.offers(&visit, Action::SeeDesk);
    let frame = frame(&portal, &visit, w.t("work-figures-title"));
    let frame = if is_inside { frame.crumb(w.t("work-queue-title"), "/desk") } else { frame.in_office() };
    Page::html(&FiguresPage {
        frame: frame.here(),
        quarters: figures.quarters.iter().map(|quarter| quarter.label(visit.lang)).collect(),
        totals: figures.totals.iter().copied().map(word).collect(),
        is_empty: figures.totals.iter().all(|n| *n == Some(0)),
        tables: figures.tables.iter().map(view).collect(),
    })
}

/// The same as CSV: one line for each category.
pub async fn csv(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let (figures, w) = (counted(&portal, &visit).await?, visit.words());
    let line =
        |side: String, label: String, cells: &[Option<i64>]| [side, label].into_iter().chain(cells.iter().copied().map(word)).collect();
    let mut rows: Vec<Vec<String>> = vec![line(w.t("work-figures-all"), String::new(), &figures.totals)];
    for table in &figures.tables {
        rows.extend(table.rows.iter().map(|(label, cells)| line(title(w, table), label.clone(), cells)));
    }
    let quarters = figures.quarters.iter().map(|quarter| quarter.label(visit.lang));
    let headings: Vec<String> = [w.t("work-figures-side"), w.t("work-figures-category")].into_iter().chain(quarters).collect();
    let bytes = export::csv(&headings, rows, Encoding::Utf8Bom).0;
    Ok(Page::file("text/csv; charset=utf-8", &format!("{}.csv", w.t("work-figures-file")), bytes))
}

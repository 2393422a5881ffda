//! Who has done a course in house, as a table to take along.

use axum::extract::{Path, State};
use db::{DbResult, Lane, Tx};
use intake::export::{Encoding, csv, xlsx};
use journal::Entry;
use kernel::{Timestamp, long_date};
use serde_json::json;
use web::{Page, PageError, Portal, Visit};

use super::{found, score, withdrawn};
use crate::assignments::pages::Place;
use crate::in_house::kit::{Kit, KitId};
use crate::in_house::store;

/// More than one kit brings back.
const LINES: i64 = 20_000;

/// The columns, by the keys of their headings.
const COLUMNS: [&str; 10] = [
    "assign-name",
    "kit-column-department",
    "assign-email",
    "learning-record-course",
    "learning-record-version",
    "learning-record-day",
    "learning-record-score",
    "assign-state",
    "learning-record-how",
    "in-house-withdraw-column",
];

struct Table {
    kit: Kit,
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

async fn of(portal: &Portal, visit: &Visit, (id, kit): (String, String)) -> Result<Table, PageError> {
    let place = Place::of(portal, visit, &id).await?;
    let kit = found(portal, &place, &kit).await?;
    let of = kit.id;
    let lines = portal.db.read(async move |tx| store::results(tx, of, 0, LINES).await).await?;
    let w = visit.words();
    let rows = lines.iter().map(|line| {
        vec![
            line.name.clone(),
            line.department.clone(),
            line.email.clone().unwrap_or_default(),
            kit.title.clone(),
            kit.version.clone(),
            kernel::long_moment(line.ended_at, w.lang),
            score(line, w),
            w.t(match () {
                () if line.withdrawn_at.is_some() => "in-house-withdrawn",
                () if line.is_passed() => "in-house-passed",
                () => "in-house-not-passed",
            }),
            w.t("in-house-mark"),
            withdrawn(line, w),
        ]
    });
    let rows = rows.collect();
    Ok(Table { headings: COLUMNS.iter().map(|key| w.t(key)).collect(), rows, kit })
}

/// As a workbook.
pub async fn workbook(State(portal): State<Portal>, visit: Visit, Path(path): Path<(String, String)>) -> Result<Page, PageError> {
    let table = of(&portal, &visit, path).await?;
    let watermark =
        visit.words().with("assign-watermark", &[("day", &long_date(visit.now.day(), visit.lang)), ("time", &visit.now.clock_face())]);
    let bytes = xlsx(&table.kit.course, Some(&watermark), &table.headings, &table.rows)
        .map_err(|_| PageError::Bug("a list could not be written"))?;
    note(&portal, &visit, &table, "xlsx").await?;
    Ok(Page::file("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &name(&table, "xlsx"), bytes))
}

/// As a CSV.
pub async fn table(State(portal): State<Portal>, visit: Visit, Path(path): Path<(String, String)>) -> Result<Page, PageError> {
    let table = of(&portal, &visit, path).await?;
    let (bytes, _) = csv(&table.headings, &table.rows, Encoding::Utf8Bom);
    note(&portal, &visit, &table, "csv").await?;
    Ok(Page::file("text/csv; charset=utf-8", &name(&table, "csv"), bytes))
}

fn name(table: &Table, ending: &str) -> String {
    format!("in-house-{}-{}.{ending}", table.kit.course, &table.kit.id.to_string()[..8])
}

/// Who took a list of people out of the portal is remembered.
async fn note(portal: &Portal, visit: &Visit, table: &Table, format: &'static str) -> Result<(), PageError> {
    let (id, lines, by) = (table.kit.id, table.rows.len(), visit.actor.label());
    portal.db.write(Lane::Staff, None, async move |tx, now| taken(tx, id, lines, format, &by, now).await).await?;
    Ok(())
}

async fn taken(tx: &mut Tx<'_>, id: KitId, lines: usize, format: &str, by: &str, now: Timestamp) -> DbResult<()> {
    let entry = Entry::by(by).did("kits.exported").on("kit", id).with(json!({ "format": format, "lines": lines }));
    journal::record(tx, &entry, now).await?;
    Ok(())
}

use axum::extract::State;
use intake::export::{Encoding, csv, xlsx};
use serde_json::Value;
use web::{Page, PageError, Portal, Visit};

use super::read::{Row, exact, record};

/// More than anybody has.
const LINES: i64 = 10_000;

/// The columns, by the keys of their headings.
const COLUMNS: [&str; 6] = ["records-when", "records-what", "records-mine-whose", "records-did", "records-result", "records-mine-id"];

struct Table {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

async fn of(portal: &Portal, visit: &Visit) -> Result<Table, PageError> {
    let (found, w) = (record(portal, visit, None, LINES).await?, visit.words());
    let between = w.t("records-mine-between");
    let row = |(told, name): Row| vec![told.when, told.what, name, told.did, told.result.join(&between), told.object];
    Ok(Table { headings: COLUMNS.iter().map(|key| w.t(key)).collect(), rows: found.rows.into_iter().map(row).collect() })
}

/// As a workbook.
pub(super) async fn workbook(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let table = of(&portal, &visit).await?;
    let bytes = xlsx(&visit.words().t("records-mine"), None, &table.headings, &table.rows)
        .map_err(|_| PageError::Bug("a record could not be written"))?;
    Ok(Page::file("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &name(&visit, "xlsx"), bytes))
}

/// As a CSV.
pub(super) async fn table(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let table = of(&portal, &visit).await?;
    let (bytes, _) = csv(&table.headings, &table.rows, Encoding::Utf8Bom);
    Ok(Page::file("text/csv; charset=utf-8", &name(&visit, "csv"), bytes))
}

/// As statements, for another system.
pub(super) async fn statements(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let all = exact(&portal, &visit, LINES).await?;
    let bytes = serde_json::to_vec_pretty(&Value::Array(all)).map_err(|_| PageError::Bug("a record could not be written"))?;
    Ok(Page::file("application/json", &name(&visit, "json"), bytes))
}

fn name(visit: &Visit, ending: &str) -> String {
    format!("learning-record-{}.{ending}", visit.now.day())
}

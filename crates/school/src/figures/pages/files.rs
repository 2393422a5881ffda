use axum::extract::{Path, State};
use web::{Page, PageError, Portal, Visit};

use super::gathered::{self, Tables};
use crate::figures::table::Table;

/// The type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A table of a programme as a file: `prefectures.csv`.
pub async fn programme(State(portal): State<Portal>, visit: Visit, Path((year, file)): Path<(String, String)>) -> Result<Page, PageError> {
    let found = gathered::programme(&portal, &visit, &year).await?;
    written(&visit, found.gathered.tables(visit.words(), false), &found.programme.year.to_string(), &file)
}

/// A table of a session as a file.
pub async fn session(State(portal): State<Portal>, visit: Visit, Path((id, file)): Path<(String, String)>) -> Result<Page, PageError> {
    let (whole, gathered) = gathered::session(&portal, &visit, &id).await?;
    written(&visit, gathered.tables(visit.words(), false), &whole.code(), &file)
}

/// The table that the file's name names. A file may go anywhere, so small numbers are hidden in it, whoever takes it.
fn written(visit: &Visit, tables: Tables, of: &str, file: &str) -> Result<Page, PageError> {
    let (id, format) = file.split_once('.').ok_or(PageError::NotFound)?;
    let all = [tables.time, tables.prefectures, tables.kinds, tables.attendance, tables.courses, tables.sessions];
    let table: Table = all.into_iter().find(|table| table.id == id).ok_or(PageError::NotFound)?;
    let name = format!("{of}-{file}");
    match format {
        "csv" => Ok(Page::file("text/csv; charset=utf-8", &name, table.csv())),
        "xlsx" => {
            let bytes = table.xlsx(&visit.words().t("figures-hidden")).map_err(|_| PageError::Bug("a table could not be written"))?;
            Ok(Page::file(XLSX, &name, bytes))
        }
        _ => Err(PageError::NotFound),
    }
}

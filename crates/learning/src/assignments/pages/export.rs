//! Who is how far, as a table to take along.

use axum::extract::{Path, Query, State};
use db::{DbResult, Lane, Tx};
use intake::export::{Encoding, csv, xlsx};
use journal::Entry;
use kernel::{Timestamp, long_date};
use serde::Deserialize;
use serde_json::json;
use web::{Page, PageError, Portal, Visit};

use super::Place;
use super::show::{beside, found};
use crate::assignments::assignment::{Assignment, AssignmentId};
use crate::assignments::store::{self, SIEVES};

/// More than any institution has.
const LINES: i64 = 20_000;

/// The columns, by the keys of their headings.
const COLUMNS: [&str; 7] =
    ["assign-name", "assign-email", "assign-job", "assign-what", "assign-due-column", "assign-state", "assign-column-beside"];

/// Whom to take along, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    show: String,
}

struct Table {
    assignment: Assignment,
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

async fn of(portal: &Portal, visit: &Visit, (id, assignment): (String, String), asked: &Asked) -> Result<Table, PageError> {
    let place = Place::of(portal, visit, &id).await?;
    let assignment = found(portal, &place, &assignment).await?;
    let sieve = SIEVES.into_iter().find(|sieve| *sieve == asked.show).unwrap_or_default();
    let id = assignment.id;
    let people = portal.db.read(async move |tx| store::people_of(tx, id, sieve, 0, LINES).await).await?;
    let w = visit.words();
    let rows = people.iter().map(|one| {
        let standing = one.far(assignment.due_at).standing(visit.now);
        vec![
            one.name.clone(),
            one.email.clone(),
            one.job.word(w),
            assignment.title(&place.shown, w),
            long_date(assignment.due(), w.lang),
            standing.word(w),
            beside(one, standing, visit),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    Ok(Table { headings: COLUMNS.iter().map(|key| w.t(key)).collect(), rows, assignment })
}

/// As a workbook.
pub async fn workbook(
    State(portal): State<Portal>,
    visit: Visit,
    Path(path): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let table = of(&portal, &visit, path, &asked).await?;
    let watermark =
        visit.words().with("assign-watermark", &[("day", &long_date(visit.now.day(), visit.lang)), ("time", &visit.now.clock_face())]);
    let bytes = xlsx(&table.assignment.due().to_string(), Some(&watermark), &table.headings, &table.rows)
        .map_err(|_| PageError::Bug("a list could not be written"))?;
    note(&portal, &visit, &table, "xlsx").await?;
    Ok(Page::file("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &name(&table, "xlsx"), bytes))
}

/// As a CSV.
pub async fn table(
    State(portal): State<Portal>,
    visit: Visit,
    Path(path): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let table = of(&portal, &visit, path, &asked).await?;
    let (bytes, _) = csv(&table.headings, &table.rows, Encoding::Utf8Bom);
    note(&portal, &visit, &table, "csv").await?;
    Ok(Page::file("text/csv; charset=utf-8", &name(&table, "csv"), bytes))
}

fn name(table: &Table, ending: &str) -> String {
    format!("learning-{}.{ending}", table.assignment.due())
}

/// Who took a list of people out of the portal is remembered.
async fn note(portal: &Portal, visit: &Visit, table: &Table, format: &'static str) -> Result<(), PageError> {
    let (id, lines, by) = (table.assignment.id, table.rows.len(), visit.actor.label());
    portal.db.write(Lane::Staff, None, async move |tx, now| taken(tx, id, lines, format, &by, now).await).await?;
    Ok(())
}

async fn taken(tx: &mut Tx<'_>, id: AssignmentId, lines: usize, format: &str, by: &str, now: Timestamp) -> DbResult<()> {
    let entry = Entry::by(by).did("assignments.exported").on("assignment", id).with(json!({ "format": format, "lines": lines }));
    journal::record(tx, &entry, now).await?;
    Ok(())
}

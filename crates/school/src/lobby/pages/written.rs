use db::Lane;
use intake::export::{Encoding, csv, xlsx};
use journal::Entry;
use serde_json::json;
use web::{Page, PageError, Portal};

use crate::office::staff_pages::Whole;

/// A table of the day, written as Excel or CSV. That it was taken out stands in the trail, as the entry begins to say.
pub(super) async fn written(
    portal: &Portal,
    whole: &Whole,
    (name, entry): (&str, Entry),
    is_csv: bool,
    headings: &[String],
    rows: &[Vec<String>],
) -> Result<Page, PageError> {
    let file = format!("{}-{name}", whole.code());
    let (page, format) = if is_csv {
        let (bytes, _) = csv(headings, rows, Encoding::Utf8Bom);
        (Page::file("text/csv; charset=utf-8", &format!("{file}.csv"), bytes), "csv")
    } else {
        let bytes = xlsx(&file, None, headings, rows).map_err(|_| PageError::Bug("a table could not be written"))?;
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        (Page::file(kind, &format!("{file}.xlsx"), bytes), "xlsx")
    };
    let entry = entry.on("session", whole.session.id).with(json!({ "format": format, "rows": rows.len() }));
    portal.db.write(Lane::Staff, None, async move |tx, now| journal::record(tx, &entry, now).await.map(|_| ())).await?;
    Ok(page)
}

//! Issuing the report of a month: from then on it stays as it is.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::month::Month;
use super::report::{Issued, Report, ReportId, number};
use super::store;
use super::table::Table;

/// Why no report was issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotIssued {
    /// The month has not ended.
    NotOver,
    /// Nothing differs from the report that there is.
    Same,
    /// Somebody else has issued one meanwhile.
    Meanwhile,
}

impl NotIssued {
    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotOver => "reports-not-over",
            Self::Same => "reports-not-same",
            Self::Meanwhile => "reports-not-meanwhile",
        }
    }
}

/// Keeps the sheets of a month as its report number `edition`, with the file that was made of them.
pub async fn issue(
    tx: &mut Tx<'_>,
    month: Month,
    edition: i64,
    sheets: &[Table],
    bytes: &[u8],
    by: &str,
    now: Timestamp,
) -> DbResult<Result<ReportId, NotIssued>> {
    if now < month.until() {
        return Ok(Err(NotIssued::NotOver));
    }
    if let Some(last) = store::last_of(tx, month).await? {
        if last.edition >= edition {
            return Ok(Err(NotIssued::Meanwhile));
        }
        if store::report(tx, last.id).await?.is_some_and(|report| report.sheets == sheets) {
            return Ok(Err(NotIssued::Same));
        }
    }
    let id = ReportId::new(now);
    let sha256 = Sha256::digest(bytes).into();
    let issued = Issued { id, month, edition, number: number(month, edition), sha256, at: now, by: by.to_owned() };
    let report = Report { issued, sheets: sheets.to_vec() };
    if !store::add_report(tx, &report, bytes.to_vec()).await? {
        return Ok(Err(NotIssued::Meanwhile));
    }
    let detail = json!({ "month": month.to_string(), "number": report.issued.number, "sha256": hex::encode(sha256) });
    journal::record(tx, &Entry::by(by).did("figures.report_issued").on("report", id).with(detail), now).await?;
    Ok(Ok(id))
}

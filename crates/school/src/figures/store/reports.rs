use db::{Arg, DbResult, Tx, sql};
use kernel::Timestamp;

use crate::figures::month::Month;
use crate::figures::report::{Issued, Report, ReportId};

/// Reports on a page of the list.
pub const PAGE: i64 = 50;

/// Adds a report; false if this edition is there already.
pub async fn add_report(tx: &mut Tx<'_>, report: &Report, bytes: Vec<u8>) -> DbResult<bool> {
    let add = sql!(
        "INSERT INTO reports (id, month, edition, number, sheets, bytes, sha256, issued_at, issued_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (month, edition) DO NOTHING"
    );
    let issued = &report.issued;
    let args = [
        issued.id.into(),
        issued.month.to_string().into(),
        issued.edition.into(),
        issued.number.as_str().into(),
        Arg::Json(serde_json::to_string(&report.sheets).expect("words and numbers can be written as JSON")),
        bytes.into(),
        issued.sha256.into(),
        issued.at.into(),
        issued.by.as_str().into(),
    ];
    Ok(tx.run(add, &args).await? == 1)
}

/// The reports, the newest first, after one that was issued then.
pub async fn reports(tx: &mut Tx<'_>, before: Option<(Timestamp, ReportId)>) -> DbResult<Vec<Issued>> {
    let (at, id) = before.unwrap_or((Timestamp::from_micros(i64::MAX), ReportId::from_uuid(kernel::Uuid::max())));
    let list = sql!(
        "SELECT id, month, edition, number, sha256, issued_at, issued_by FROM reports
         WHERE (issued_at, id) < ($1, $2) ORDER BY issued_at DESC, id DESC LIMIT $3"
    );
    tx.all(list, &[at.into(), id.into(), (PAGE + 1).into()]).await
}

/// The report with this id.
pub async fn report(tx: &mut Tx<'_>, id: ReportId) -> DbResult<Option<Report>> {
    let find = sql!("SELECT id, month, edition, number, sha256, issued_at, issued_by FROM reports WHERE id = $1");
    let Some(issued) = tx.opt::<Issued>(find, &[id.into()]).await? else { return Ok(None) };
    let sheets: serde_json::Value = tx.one(sql!("SELECT sheets FROM reports WHERE id = $1"), &[id.into()]).await?;
    let sheets = serde_json::from_value(sheets).unwrap_or_default();
    Ok(Some(Report { issued, sheets }))
}

/// The file of a report, as it was issued.
pub async fn report_file(tx: &mut Tx<'_>, id: ReportId) -> DbResult<Option<Vec<u8>>> {
    tx.opt(sql!("SELECT bytes FROM reports WHERE id = $1"), &[id.into()]).await
}

/// How many editions a month has.
pub async fn editions(tx: &mut Tx<'_>, month: Month) -> DbResult<i64> {
    tx.one(sql!("SELECT COUNT(*) FROM reports WHERE month = $1"), &[month.to_string().into()]).await
}

/// The last report of a month.
pub async fn last_of(tx: &mut Tx<'_>, month: Month) -> DbResult<Option<Issued>> {
    let find =
        sql!("SELECT id, month, edition, number, sha256, issued_at, issued_by FROM reports WHERE month = $1 ORDER BY edition DESC LIMIT 1");
    tx.opt(find, &[month.to_string().into()]).await
}

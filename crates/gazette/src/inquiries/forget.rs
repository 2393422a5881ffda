use db::{DbResult, Tx};
use journal::Entry;
use kernel::{FiscalYear, Timestamp};

use super::store;

/// Erases inquiries that are older than the privacy policy says: `years` after the end of their fiscal year. Returns how many.
pub async fn forget(tx: &mut Tx<'_>, years: i16, now: Timestamp) -> DbResult<u64> {
    let first_kept = FiscalYear::of(now.day()).plus(-years);
    let erased = store::forget(tx, Timestamp::in_japan(first_kept.first_day(), 0, 0)).await?;
    if erased > 0 {
        let entry = Entry::by("system").did("inquiries.forgotten").on_the("inquiries");
        journal::record(tx, &entry.with(serde_json::json!({ "erased": erased })), now).await?;
    }
    Ok(erased)
}

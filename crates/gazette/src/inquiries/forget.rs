use db::{DbResult, Tx};
use journal::Entry;
use journal::audit::SYSTEM;
use kernel::{FiscalYear, Timestamp};
use web::{Settings, load_settings};

use super::store;

/// Erases inquiries when the privacy policy says so: after the years that are set. To be called from time to time.
pub async fn forget_old(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<u64> {
    let settings = load_settings(tx).await?;
    forget(tx, years_kept(&settings), now).await
}

/// Erases inquiries that are older than the privacy policy says: `years` after the end of their fiscal year. Returns how many.
pub async fn forget(tx: &mut Tx<'_>, years: i16, now: Timestamp) -> DbResult<u64> {
    let first_kept = FiscalYear::of(now.day()).plus(-years);
    let erased = store::forget(tx, Timestamp::in_japan(first_kept.first_day(), 0, 0)).await?;
    if erased > 0 {
        let entry = Entry::by(SYSTEM).did("inquiries.forgotten").on_the("inquiries");
        journal::record(tx, &entry.with(serde_json::json!({ "erased": erased })), now).await?;
    }
    Ok(erased)
}

/// The years as they are set; as shipped where the settings say nothing that makes sense, so that a slip erases nothing early.
fn years_kept(settings: &Settings) -> i16 {
    let of = |settings: &Settings| settings.get("retention.inquiries_years").parse::<i16>().ok().filter(|years| (1..=30).contains(years));
    of(settings).or_else(|| of(&Settings::shipped())).expect("settings.toml gives years as 2")
}

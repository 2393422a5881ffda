//! Where the work on a case is kept.

pub mod evidence;
pub mod notes;
pub mod support;
pub mod tasks;

use db::{DbResult, Tx, sql};
use kernel::Timestamp;

use crate::cases::{CaseId, Phase};

pub async fn set_phase(tx: &mut Tx<'_>, case: CaseId, phase: Phase) -> DbResult<()> {
    tx.run(sql!("UPDATE cases SET phase = $2 WHERE id = $1"), &[case.into(), phase.into()]).await?;
    Ok(())
}

/// Notes when the desk first spoke with the institution; false if it had.
pub async fn called(tx: &mut Tx<'_>, case: CaseId, at: Timestamp) -> DbResult<bool> {
    let note = sql!("UPDATE cases SET called_at = $2 WHERE id = $1 AND called_at IS NULL");
    Ok(tx.run(note, &[case.into(), at.into()]).await? == 1)
}

/// Where and what kind of institution, for clusters and figures.
pub async fn place(tx: &mut Tx<'_>, case: CaseId, prefecture: Option<&str>, kind: Option<&str>) -> DbResult<()> {
    let set = sql!("UPDATE cases SET prefecture = $2, institution_kind = $3 WHERE id = $1");
    tx.run(set, &[case.into(), prefecture.into(), kind.into()]).await?;
    Ok(())
}

/// Closes a case; false if it is closed.
pub async fn close(tx: &mut Tx<'_>, case: CaseId, outcome: &str, now: Timestamp) -> DbResult<bool> {
    let close = sql!("UPDATE cases SET closed_at = $2, outcome = $3, phase = 'after' WHERE id = $1 AND closed_at IS NULL");
    Ok(tx.run(close, &[case.into(), now.into(), outcome.into()]).await? == 1)
}

/// Opens a closed case again; false if it is open.
pub async fn reopen(tx: &mut Tx<'_>, case: CaseId) -> DbResult<bool> {
    let open = sql!("UPDATE cases SET closed_at = NULL, outcome = NULL WHERE id = $1 AND closed_at IS NOT NULL");
    Ok(tx.run(open, &[case.into()]).await? == 1)
}

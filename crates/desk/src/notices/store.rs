use db::{DbResult, Tx, sql};
use kernel::Timestamp;

use crate::cases::CaseId;

/// Keeps where notices go.
pub async fn keep_address(tx: &mut Tx<'_>, case: CaseId, sealed: &[u8], now: Timestamp) -> DbResult<()> {
    let keep = sql!(
        "INSERT INTO case_contacts (case_id, address, left_at) VALUES ($1, $2, $3)
         ON CONFLICT (case_id) DO UPDATE SET address = excluded.address, left_at = excluded.left_at"
    );
    tx.run(keep, &[case.into(), sealed.into(), now.into()]).await?;
    Ok(())
}

/// Forgets where notices go.
pub async fn forget_address(tx: &mut Tx<'_>, case: CaseId) -> DbResult<bool> {
    Ok(tx.run(sql!("DELETE FROM case_contacts WHERE case_id = $1"), &[case.into()]).await? == 1)
}

/// Where notices go, sealed.
pub async fn address(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Option<Vec<u8>>> {
    tx.opt(sql!("SELECT address FROM case_contacts WHERE case_id = $1"), &[case.into()]).await
}

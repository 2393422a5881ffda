use access::AccountId;
use db::{DbResult, Tx, sql};
use kernel::{Timestamp, Uuid};

use super::comer::HOUR;
use super::rebind::{Rebinding, RebindingId};
use crate::cases::CaseId;

/// Counts a try, unless there were too many.
pub(super) async fn count_try(tx: &mut Tx<'_>, subject: [u8; 32], most: i64, now: Timestamp) -> DbResult<bool> {
    let count = sql!(
        "INSERT INTO case_tries (subject, tries, last_at) VALUES ($1, 1, $2)
         ON CONFLICT (subject) DO UPDATE SET tries = case_tries.tries + 1, last_at = excluded.last_at
         WHERE case_tries.tries < $3"
    );
    Ok(tx.run(count, &[subject.into(), now.into(), most.into()]).await? == 1)
}

pub(super) async fn give_back_try(tx: &mut Tx<'_>, subject: [u8; 32]) -> DbResult<()> {
    tx.run(sql!("UPDATE case_tries SET tries = tries - 1 WHERE subject = $1 AND tries > 0"), &[subject.into()]).await?;
    Ok(())
}

/// Forgets tries that count no longer.
pub async fn forget_tries(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<u64> {
    tx.run(sql!("DELETE FROM case_tries WHERE last_at <= $1"), &[now.minus(HOUR).into()]).await
}

/// What the words of a case open.
pub(super) async fn code_wrap(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Option<Vec<u8>>> {
    tx.opt(sql!("SELECT wrap FROM case_wraps WHERE case_id = $1 AND kind = 'code' AND holder = $1"), &[case.into()]).await
}

/// The rebinding of a case that waits for a second person.
pub(super) async fn waiting(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Option<Rebinding>> {
    let find = sql!("SELECT id, case_id, asked_by, asked_at, called FROM case_rebindings WHERE case_id = $1 AND ended_at IS NULL");
    tx.opt(find, &[case.into()]).await
}

pub(super) async fn add(tx: &mut Tx<'_>, id: RebindingId, case: CaseId, by: AccountId, called: &[u8], now: Timestamp) -> DbResult<()> {
    let add = sql!("INSERT INTO case_rebindings (id, case_id, asked_by, asked_at, called) VALUES ($1, $2, $3, $4, $5)");
    tx.run(add, &[id.into(), case.into(), by.into(), now.into(), called.into()]).await?;
    Ok(())
}

/// Ends a rebinding, approved by somebody or by nobody. False if it had ended before.
pub(super) async fn end(tx: &mut Tx<'_>, id: RebindingId, approved_by: Option<AccountId>, now: Timestamp) -> DbResult<bool> {
    let end = sql!("UPDATE case_rebindings SET approved_by = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL");
    Ok(tx.run(end, &[id.into(), approved_by.map(Uuid::from).into(), now.into()]).await? == 1)
}

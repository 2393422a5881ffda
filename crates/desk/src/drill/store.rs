use access::AccountId;
use db::{DbResult, Tx, sql};
use kernel::{Timestamp, Uuid};

use crate::cases::{CaseId, CaseNumber};

/// The exercise of this account that is neither closed nor older than `since`.
pub(super) async fn running(tx: &mut Tx<'_>, account: AccountId, since: Timestamp) -> DbResult<Option<CaseNumber>> {
    let find = sql!(
        "SELECT cases.number FROM desk_exercises JOIN cases ON cases.id = desk_exercises.case_id
         WHERE desk_exercises.begun_at > $2 AND desk_exercises.account = $1 AND cases.closed_at IS NULL
         ORDER BY desk_exercises.begun_at DESC LIMIT 1"
    );
    tx.opt(find, &[account.into(), since.into()]).await
}

/// How many exercises of institutions run.
pub(super) async fn open_since(tx: &mut Tx<'_>, since: Timestamp) -> DbResult<i64> {
    let count = sql!(
        "SELECT count(*) FROM desk_exercises JOIN cases ON cases.id = desk_exercises.case_id
         WHERE desk_exercises.begun_at > $1 AND cases.closed_at IS NULL"
    );
    tx.one(count, &[since.into()]).await
}

/// Whether a case that is no exercise waits for somebody to take it.
pub(super) async fn real_case_waits(tx: &mut Tx<'_>) -> DbResult<bool> {
    let find = sql!("SELECT id FROM cases WHERE taken_at IS NULL AND closed_at IS NULL AND is_drill = $1 LIMIT 1");
    Ok(tx.opt::<Uuid>(find, &[false.into()]).await?.is_some())
}

pub(super) async fn add(tx: &mut Tx<'_>, case: CaseId, account: AccountId, now: Timestamp) -> DbResult<()> {
    let add = sql!("INSERT INTO desk_exercises (case_id, account, begun_at) VALUES ($1, $2, $3)");
    tx.run(add, &[case.into(), account.into(), now.into()]).await?;
    Ok(())
}

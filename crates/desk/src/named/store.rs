//! Names by ids, each kind in one question.

use db::{DbResult, Tx, among, ids};
use kernel::{Timestamp, Uuid};

/// The numbers of cases.
pub(super) async fn cases(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, String)>> {
    tx.all(among!(tx, "SELECT id, number FROM cases WHERE id"), &[ids(of)]).await
}

/// For which cases alarms rang; nothing for a test.
pub(super) async fn alarms(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, Option<String>)>> {
    let list = among!(tx, "SELECT l.id, c.number FROM desk_alarms l LEFT JOIN cases c ON c.id = l.case_id WHERE l.id");
    tx.all(list, &[ids(of)]).await
}

/// Whose shifts are, and when they begin.
pub(super) async fn shifts(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, String, Timestamp)>> {
    let list = among!(tx, "SELECT s.id, a.email, s.starts_at FROM desk_shifts s JOIN accounts a ON a.id = s.account WHERE s.id");
    tx.all(list, &[ids(of)]).await
}

/// The numbers of the group's keys.
pub(super) async fn epochs(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, i64)>> {
    tx.all(among!(tx, "SELECT id, number FROM desk_epochs WHERE id"), &[ids(of)]).await
}

/// Whose keys are.
pub(super) async fn members(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, String)>> {
    tx.all(among!(tx, "SELECT m.id, a.email FROM desk_members m JOIN accounts a ON a.id = m.account WHERE m.id"), &[ids(of)]).await
}

//! Names by ids, each kind in one question.

use db::{DbResult, Tx, among, ids};
use kernel::Uuid;

/// The names of programs.
pub(super) async fn clients(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, String)>> {
    tx.all(among!(tx, "SELECT id, name FROM record_clients WHERE id"), &[ids(of)]).await
}

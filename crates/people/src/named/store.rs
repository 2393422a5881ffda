//! Names by ids, each kind in one question.

use db::{DbResult, Tx, among, ids};
use kernel::Uuid;

/// Whom invitations are for: the account and its address.
pub(super) async fn invitations(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, Uuid, String)>> {
    let list = among!(tx, "SELECT i.id, i.account, a.email FROM invitations i JOIN accounts a ON a.id = i.account WHERE i.id");
    tx.all(list, &[ids(of)]).await
}

/// Whose ways back they are: the account and its address.
pub(super) async fn recoveries(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, Uuid, String)>> {
    let list = among!(tx, "SELECT r.id, r.account, a.email FROM recoveries r JOIN accounts a ON a.id = r.account WHERE r.id");
    tx.all(list, &[ids(of)]).await
}

/// The names of organizations.
pub(super) async fn organizations(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, String)>> {
    tx.all(among!(tx, "SELECT id, name FROM organizations WHERE id"), &[ids(of)]).await
}

/// The names of the files that were brought in.
pub(super) async fn lists(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, String)>> {
    tx.all(among!(tx, "SELECT id, name FROM lists WHERE id"), &[ids(of)]).await
}

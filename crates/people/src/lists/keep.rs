use access::AccountId;
use db::{DbResult, Tx};
use intake::Table;
use kernel::Timestamp;

use super::list::{List, ListId};
use super::store::{self, Sent};

/// Keeps the table of a file that was sent, until it is brought in or a day has passed.
pub(super) async fn keep<L: List>(
    tx: &mut Tx<'_>,
    target: &str,
    account: AccountId,
    name: &str,
    table: &Table,
    now: Timestamp,
) -> DbResult<ListId> {
    store::add(tx, L::KIND, target, account, name, &serde_json::to_vec(table)?, now).await
}

/// A list of this kind that this account sent for this target. Those of others look as if they did not exist.
pub(super) async fn kept<L: List>(tx: &mut Tx<'_>, id: ListId, target: &str, account: AccountId) -> DbResult<Option<Sent>> {
    let found = store::find(tx, id).await?;
    Ok(found.filter(|sent| sent.kind == L::KIND && sent.target == target && sent.account == account))
}

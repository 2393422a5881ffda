use access::{AccountId, Label};
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;

use super::approve::{By, Decidable, NotDecided, decidable};
use super::life::{Outcome, RecoveryId};
use super::{cancel, store};

/// Ends somebody's way back, as whoever may approve it: before it is approved, and after. The person is told.
pub(super) async fn refuse(
    tx: &mut Tx<'_>,
    id: RecoveryId,
    by: &By,
    reason: &str,
    now: Timestamp,
) -> DbResult<Result<AccountId, NotDecided>> {
    let locked = store::lock(tx, id).await?;
    let Some(Decidable { mut recovery, role, .. }) = decidable(tx, locked, by).await? else { return Ok(Err(NotDecided::Unknown)) };
    if recovery.close(Outcome::Refused, now).is_err() {
        return Ok(Err(NotDecided::Gone));
    }
    store::save(tx, &recovery).await?;
    let entry = Entry::by(&Label::Account(by.account).to_string()).acting_as(role.id()).did("recovery.refused");
    journal::record(tx, &entry.on("account", recovery.account).because(reason).with(serde_json::json!({ "recovery": id })), now).await?;
    cancel::shut(tx, &recovery, now).await?;
    Ok(Ok(recovery.account))
}

use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde_json::json;

use super::request::{ExportRequestId, NotDecided};
use super::store;

/// Takes a request back before the list was taken. Only who asked for it can.
pub async fn withdraw(tx: &mut Tx<'_>, id: ExportRequestId, by: &Hand, now: Timestamp) -> DbResult<Result<(), NotDecided>> {
    let Some(request) = store::lock(tx, id).await? else { return Ok(Err(NotDecided::Unknown)) };
    if !request.may_be_withdrawn(&by.actor, now) {
        return Ok(Err(NotDecided::Over));
    }
    store::withdraw(tx, id, now).await?;
    let facts = json!({ "request": id });
    let entry = Entry::by(&by.actor).acting_as(by.role_id()).did("exports.withdrawn").on("session", request.session).with(facts);
    journal::record(tx, &entry, now).await?;
    Ok(Ok(()))
}

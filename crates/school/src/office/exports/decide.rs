use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde_json::json;

use super::request::{ExportRequestId, NotDecided};
use super::store;

/// Agrees that the list leaves the portal, or refuses it with a remark. Never who asked for it.
pub async fn decide(
    tx: &mut Tx<'_>,
    id: ExportRequestId,
    approved: bool,
    remark: &str,
    by: &Hand,
    now: Timestamp,
) -> DbResult<Result<(), NotDecided>> {
    let Some(request) = store::lock(tx, id).await? else { return Ok(Err(NotDecided::Unknown)) };
    if let Err(why) = request.may_be_decided(&by.actor, now) {
        return Ok(Err(why));
    }
    store::decide(tx, id, &by.actor, approved, remark, now).await?;
    let act = if approved { "exports.approved" } else { "exports.refused" };
    let facts = json!({ "request": id, "people": request.people });
    let entry = Entry::by(&by.actor).acting_as(by.role_id()).did(act).on("session", request.session).with(facts);
    let entry = if remark.is_empty() { entry } else { entry.because(remark) };
    journal::record(tx, &entry, now).await?;
    Ok(Ok(()))
}

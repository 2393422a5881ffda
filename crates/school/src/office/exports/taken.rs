use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde_json::json;

use super::format::Format;
use crate::trainings::session::SessionId;

/// Records that a list was taken out: by whom, in which form, how many people, and whether it was only a part. What was searched
/// for stays out of the trail, since it may be a name.
pub async fn taken(
    tx: &mut Tx<'_>,
    session: SessionId,
    format: Format,
    people: usize,
    is_part: bool,
    by: &str,
    now: Timestamp,
) -> DbResult<()> {
    let facts = json!({ "format": format.id(), "people": people, "part": is_part });
    journal::record(tx, &Entry::by(by).did("applications.exported").on("session", session).with(facts), now).await?;
    Ok(())
}

use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde_json::json;

use super::format::Format;
use super::request::{ExportRequestId, NotDecided};
use super::store;
use crate::trainings::session::SessionId;

/// A list that leaves the portal.
#[derive(Clone, Copy, Debug)]
pub struct Leaving {
    /// Of which session.
    pub session: SessionId,
    /// In which form.
    pub format: Format,
    /// How many people.
    pub people: usize,
    /// Whether it is only a part of the session's.
    pub is_part: bool,
    /// The request that a second person has agreed to, for a long one.
    pub request: Option<ExportRequestId>,
}

/// Records that a list was taken out: by whom, in which form, how many people, and whether it was only a part. What was searched
/// for stays out of the trail, since it may be a name.
///
/// A long list is taken by who asked for it, and within a day of the second person's word; otherwise nothing is recorded, and
/// nothing may leave.
pub async fn taken(tx: &mut Tx<'_>, list: Leaving, by: &str, now: Timestamp) -> DbResult<Result<(), NotDecided>> {
    if let Some(id) = list.request {
        let Some(request) = store::lock(tx, id).await? else { return Ok(Err(NotDecided::Unknown)) };
        if !request.may_be_taken(by, now) {
            return Ok(Err(NotDecided::Over));
        }
        store::take(tx, id, i64::try_from(list.people).unwrap_or(i64::MAX), now).await?;
    }
    let mut facts = json!({ "format": list.format.id(), "people": list.people, "part": list.is_part });
    if let Some(id) = list.request {
        facts["request"] = json!(id);
    }
    journal::record(tx, &Entry::by(by).did("applications.exported").on("session", list.session).with(facts), now).await?;
    Ok(Ok(()))
}

use access::Hand;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde_json::json;

use super::format::Format;
use super::request::{ExportRequest, ExportRequestId};
use super::store;
use crate::trainings::session::SessionId;

/// What is asked for.
pub struct Wanted {
    /// Of which session.
    pub session: SessionId,
    /// The filters of the list, as in its address.
    pub query: String,
    /// Whether filters are set.
    pub part: bool,
    /// In which form.
    pub format: Format,
    /// How many are on the list.
    pub people: i64,
    /// What for.
    pub reason: String,
}

/// Asks a second person to agree that a long list leaves the portal.
pub async fn ask(tx: &mut Tx<'_>, wanted: &Wanted, by: &Hand, now: Timestamp) -> DbResult<ExportRequestId> {
    let Wanted { session, format, people, part, .. } = *wanted;
    let id = ExportRequestId::new(now);
    let facts = json!({ "request": id, "format": format.id(), "people": people, "part": part });
    let entry = Entry::by(&by.actor).acting_as(by.role_id()).did("exports.asked").on("session", session);
    let request = ExportRequest {
        id,
        session,
        query: wanted.query.clone(),
        part,
        format,
        people,
        reason: wanted.reason.clone(),
        asked_by: by.actor.clone(),
        asked_at: now,
        decided_by: None,
        decided_at: None,
        approved: false,
        remark: String::new(),
        withdrawn_at: None,
        taken_at: None,
        taken: None,
    };
    store::add(tx, &request).await?;
    journal::record(tx, &entry.because(&wanted.reason).with(facts), now).await?;
    Ok(id)
}

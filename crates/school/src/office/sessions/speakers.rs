use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;

use crate::trainings::own_words::Lecturers;
use crate::trainings::session::SessionId;
use crate::trainings::store;

/// Says who speaks in a session. The trail keeps that it was said and whether readers see it, never a name.
pub async fn name(tx: &mut Tx<'_>, session: SessionId, lecturers: &Lecturers, by: &str, now: Timestamp) -> DbResult<()> {
    store::put_lecturers(tx, session, lecturers).await?;
    let facts = serde_json::json!({ "shown": lecturers.shown });
    journal::record(tx, &Entry::by(by).did("sessions.lecturers").on("session", session).with(facts), now).await?;
    tx.public_changed().await
}

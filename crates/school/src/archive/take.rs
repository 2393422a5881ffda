//! Taking a film.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde_json::json;

use super::recording::Film;
use super::store;
use crate::trainings::session::SessionId;

/// Takes a film for a session, in place of the one before.
pub async fn take(tx: &mut Tx<'_>, session: SessionId, film: &Film, by: &str, now: Timestamp) -> DbResult<()> {
    let recording = store::ensure_recording(tx, session, now).await?;
    store::put_film(tx, recording.id, film).await?;
    let detail = json!({ "hash": film.hash.to_string(), "bytes": film.bytes, "seconds": film.seconds, "edition": recording.edition + 1 });
    journal::record(tx, &Entry::by(by).did("archive.film_taken").on("session", session).with(detail), now).await?;
    tx.public_changed().await
}

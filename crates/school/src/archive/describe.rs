//! Chapters, check questions, and how much has to be seen.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde_json::json;

use super::store;
use crate::trainings::session::SessionId;

/// The parts of a film, what is asked about it, and how much of it has to be seen; texts that were read before.
#[derive(Clone, Debug)]
pub struct Details {
    /// A line each: `00:12:30 見出し`.
    pub chapters: String,
    /// 問, ○, ×, 解説.
    pub questions: String,
    /// Per cent.
    pub threshold: i64,
}

/// Puts them down.
pub async fn describe(tx: &mut Tx<'_>, session: SessionId, details: &Details, by: &str, now: Timestamp) -> DbResult<()> {
    let recording = store::ensure_recording(tx, session, now).await?;
    store::put_details(tx, recording.id, &details.chapters, &details.questions, details.threshold).await?;
    let detail = json!({ "threshold": details.threshold, "was": recording.threshold });
    journal::record(tx, &Entry::by(by).did("archive.details_changed").on("session", session).with(detail), now).await?;
    tx.public_changed().await
}

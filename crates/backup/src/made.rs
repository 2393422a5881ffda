use db::{DbResult, Lane, Tx};
use journal::Entry;
use journal::audit::{self, Filter, SYSTEM};
use kernel::Timestamp;
use serde_json::json;

use crate::Made;

const ACT: &str = "backup.made";

/// The backup that the audit trail knows as the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    /// When it was finished.
    pub at: Timestamp,
    /// How large it is.
    pub bytes: u64,
    /// The name of its file.
    pub file: String,
}

/// Writes into the audit trail that a backup was made.
pub(crate) async fn record(db: &db::Db, made: &Made) -> Result<(), db::WriteError> {
    let file = made.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let detail = json!({ "file": file, "bytes": made.bytes, "sha256": made.sha256, "removed": made.removed.len() });
    let id = made.id;
    db.write(Lane::Staff, None, async move |tx, now| {
        audit::record(tx, &Entry::by(SYSTEM).did(ACT).on("backup", id).with(detail.clone()), now).await.map(|_| ())
    })
    .await
}

/// The last backup that was made.
pub async fn last(tx: &mut Tx<'_>) -> DbResult<Option<Last>> {
    let filter = Filter { act: Some(ACT.to_owned()), ..Filter::default() };
    let newest = audit::entries(tx, &filter, None).await?.rows.into_iter().next();
    Ok(newest.map(|entry| Last {
        at: entry.at,
        bytes: entry.detail["bytes"].as_u64().unwrap_or_default(),
        file: entry.detail["file"].as_str().unwrap_or_default().to_owned(),
    }))
}

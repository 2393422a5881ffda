use db::{DbResult, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::keep::keep;
use super::store::{self, KnownRow};
use crate::cases::{self, CaseId, Entry};

/// Why nothing was noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotNoted {
    /// There is no such case.
    Unknown,
    /// Nobody has known of it in the future.
    Future,
    /// Who changes it says why.
    NoReason,
}

/// Notes when the institution came to know of it, and whether a wrongful purpose is feared. What was said before stays, with who
/// said it; every clock that runs from there moves.
pub async fn say_known(
    tx: &mut Tx<'_>,
    id: CaseId,
    known_at: Timestamp,
    wrongful: bool,
    reason: &str,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotNoted>> {
    let Some(case) = crate::triage::store::hold(tx, id).await? else { return Ok(Err(NotNoted::Unknown)) };
    if known_at > now {
        return Ok(Err(NotNoted::Future));
    }
    let seq = store::next_known(tx, id).await?;
    if seq > 1 && reason.is_empty() {
        return Ok(Err(NotNoted::NoReason));
    }
    let row = now.uuid();
    let sealed = (!reason.is_empty()).then(|| case.seal("case_known", row, "reason", reason.as_bytes()));
    store::add_known(tx, id, &KnownRow { id: row, seq, known_at, wrongful, actor: by.to_owned(), said_at: now, reason: sealed }).await?;
    let entry = Entry::by(by).did("case.known").about(row).with(json!({ "known_at": known_at, "wrongful": wrongful, "seq": seq }));
    cases::record(tx, &case, if reason.is_empty() { entry } else { entry.saying(reason) }, now).await?;
    keep(tx, id, by, now).await?;
    Ok(Ok(()))
}

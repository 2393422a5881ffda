use db::{DbResult, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::store;
use crate::cases::{self, CaseId, Entry};
use crate::clocks;

/// Why nothing was confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotConfirmed {
    /// There is no such case.
    Unknown,
    /// No lowering waits: it was confirmed, or has gone back.
    Nothing,
    /// Who has lowered cannot be the second person.
    Own,
    /// The second person says why, too.
    NoReason,
}

/// Confirms a lowering as the second person.
pub async fn confirm(tx: &mut Tx<'_>, id: CaseId, by: &str, because: &str, now: Timestamp) -> DbResult<Result<(), NotConfirmed>> {
    let Some(case) = store::hold(tx, id).await? else { return Ok(Err(NotConfirmed::Unknown)) };
    let Some(waiting) = store::waiting(tx, id).await?.filter(|waiting| now < waiting.until) else {
        return Ok(Err(NotConfirmed::Nothing));
    };
    if waiting.actor == by {
        return Ok(Err(NotConfirmed::Own));
    }
    if because.is_empty() {
        return Ok(Err(NotConfirmed::NoReason));
    }
    let sealed = case.seal("case_judgements", waiting.id.uuid(), "because", because.as_bytes());
    store::end(tx, waiting.id, "confirmed", by, Some(sealed), now).await?;
    cases::record(tx, &case, Entry::by(by).did("triage.confirmed").about(waiting.id).saying(because), now).await?;
    clocks::keep(tx, id, by, now).await?;
    Ok(Ok(()))
}

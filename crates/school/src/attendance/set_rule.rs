//! Setting the rule of a session: freely before it begins, afterwards only as a correction that says why.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::rule::{Held, Rule};
use super::store;
use crate::trainings::session::SessionId;

/// Why the rule stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotSet {
    /// There is no such session.
    Unknown,
    /// It asks for nothing, or for more than can be reached.
    Senseless,
    /// The session has begun, and no reason was given.
    Frozen,
    /// Attendance is closed.
    Closed,
}

/// Sets the rule. `reason` is what the trail keeps; before the beginning it may be empty.
pub async fn set_rule(
    tx: &mut Tx<'_>,
    session: SessionId,
    rule: Rule,
    reason: &str,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotSet>> {
    let Some(whole) = crate::trainings::store::lock(tx, session).await? else { return Ok(Err(NotSet::Unknown)) };
    if !rule.can_be() {
        return Ok(Err(NotSet::Senseless));
    }
    let sheet = store::sheet(tx, session).await?;
    if sheet.is_closed() {
        return Ok(Err(NotSet::Closed));
    }
    let has_begun = Held::of(&whole).is_some_and(|held| now >= held.starts);
    if has_begun && reason.trim().is_empty() {
        return Ok(Err(NotSet::Frozen));
    }
    store::put_rule(tx, session, rule).await?;
    let act = if has_begun { "attendance.rule_corrected" } else { "attendance.rule_set" };
    let entry = Entry::by(by).did(act).on("session", session).with(json!({ "was": sheet.rule, "is": rule }));
    let entry = if reason.trim().is_empty() { entry } else { entry.because(reason) };
    journal::record(tx, &entry, now).await?;
    Ok(Ok(()))
}

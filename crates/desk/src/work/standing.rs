//! How a case stands: spoken with, confirmed, in which phase, closed.

use db::{DbResult, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{store, tasks};
use crate::cases::{self, CaseId, Entry, Phase};
use crate::words::words;
use crate::{clocks, notices};

words! {
    /// How a case ended.
    Outcome {
        /// 復旧した
        Recovered = "recovered",
        /// 助言で終えた
        Advised = "advised",
        /// 攻撃ではなかった
        NoIncident = "no-incident",
        /// ほかの窓口に引き継いだ
        HandedOn = "handed-on",
        /// 別の事案と同じだった
        Duplicate = "duplicate",
        /// 訓練を終えた
        DrillOver = "drill-over",
    }
}

/// Why it stands as before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotChanged {
    /// There is no such case.
    Unknown,
    /// It stands like that already.
    Already,
    /// An incident that is over has a lesson; none is written yet.
    NoLesson,
}

/// Notes that the desk has spoken with the institution.
pub async fn called(tx: &mut Tx<'_>, id: CaseId, by: &str, now: Timestamp) -> DbResult<Result<(), NotChanged>> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(Err(NotChanged::Unknown)) };
    let is_first = store::called(tx, id, now).await?;
    cases::store::answered(tx, id, now).await?;
    cases::record(tx, &case, Entry::by(by).did("case.called").with(json!({ "first": is_first })), now).await?;
    clocks::word_sent(tx, id, by, now).await?;
    tasks::did(tx, id, "c-call", by, now).await?;
    Ok(Ok(()))
}

/// Where the institution is and of what kind: in clear, for clusters and figures.
pub async fn place(
    tx: &mut Tx<'_>,
    id: CaseId,
    prefecture: Option<&str>,
    kind: Option<&str>,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotChanged>> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(Err(NotChanged::Unknown)) };
    store::place(tx, id, prefecture, kind).await?;
    let facts = json!({ "prefecture": prefecture, "kind": kind });
    cases::record(tx, &case, Entry::by(by).did("case.placed").with(facts), now).await?;
    Ok(Ok(()))
}

/// Moves a case to another phase.
pub async fn move_to(tx: &mut Tx<'_>, id: CaseId, phase: Phase, by: &str, now: Timestamp) -> DbResult<Result<(), NotChanged>> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(Err(NotChanged::Unknown)) };
    if case.phase == phase || case.closed_at.is_some() {
        return Ok(Err(NotChanged::Already));
    }
    store::set_phase(tx, id, phase).await?;
    let facts = json!({ "from": case.phase, "to": phase });
    cases::record(tx, &case, Entry::by(by).did("case.phase").with(facts), now).await?;
    clocks::keep(tx, id, by, now).await?;
    Ok(Ok(()))
}

/// Closes a case. One that was an incident closes with at least one lesson.
pub async fn close(
    tx: &mut Tx<'_>,
    id: CaseId,
    outcome: Outcome,
    words: &str,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotChanged>> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(Err(NotChanged::Unknown)) };
    let was_incident = matches!(outcome, Outcome::Recovered | Outcome::HandedOn) && case.stage.is_none_or(|stage| stage >= 2);
    if was_incident && store::notes::lessons(tx, id).await? == 0 {
        return Ok(Err(NotChanged::NoLesson));
    }
    if !store::close(tx, id, outcome.id(), now).await? {
        return Ok(Err(NotChanged::Already));
    }
    let entry = Entry::by(by).did("case.closed").with(json!({ "outcome": outcome }));
    cases::record(tx, &case, if words.is_empty() { entry } else { entry.saying(words) }, now).await?;
    notices::notify(tx, &case, "closed", now).await?;
    clocks::keep(tx, id, by, now).await?;
    Ok(Ok(()))
}

/// Opens a closed case again.
pub async fn reopen(tx: &mut Tx<'_>, id: CaseId, by: &str, now: Timestamp) -> DbResult<Result<(), NotChanged>> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(Err(NotChanged::Unknown)) };
    if !store::reopen(tx, id).await? {
        return Ok(Err(NotChanged::Already));
    }
    cases::record(tx, &case, Entry::by(by).did("case.reopened"), now).await?;
    clocks::keep(tx, id, by, now).await?;
    tasks::keep(tx, id, by, now).await?;
    Ok(Ok(()))
}

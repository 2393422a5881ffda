use db::{DbResult, Json, Tx, sql};
use kernel::{Timestamp, id};

use super::view::View;
use crate::cases::{self, Case, CaseId};

id!(
    /// One judgement of a case.
    JudgementId
);

/// A judgement that is about to be written.
pub struct NewJudgement<'a> {
    pub id: JudgementId,
    pub view: &'a View,
    pub stage: Option<i64>,
    pub urgency: i64,
    pub rule: Option<&'a str>,
    pub reason: Option<Vec<u8>>,
    pub base: Option<&'a View>,
    pub until: Option<Timestamp>,
}

db::row! {
    /// A judgement as it stands.
    pub struct JudgementRow {
        pub id: JudgementId,
        pub actor: String,
        pub judged_at: Timestamp,
        pub stage: Option<i64>,
        pub urgency: i64,
        pub rule: Option<String>,
        pub reason: Option<Vec<u8>>,
        pub until: Option<Timestamp>,
        pub ended: Option<String>,
        pub ended_by: Option<String>,
        pub because: Option<Vec<u8>>,
    }
}

db::row! {
    struct WaitingRow {
        id: JudgementId,
        actor: String,
        base: Json<View>,
        until: Timestamp,
    }
}

/// A lowering that waits for a second person.
pub struct Waiting {
    /// The judgement.
    pub id: JudgementId,
    /// Who has lowered.
    pub actor: String,
    /// What it goes back to.
    pub base: View,
    /// When it goes back.
    pub until: Timestamp,
}

/// The case, held until the end of the transaction.
pub async fn hold(tx: &mut Tx<'_>, id: CaseId) -> DbResult<Option<Case>> {
    tx.run(sql!("UPDATE cases SET heard_at = heard_at WHERE id = $1"), &[id.into()]).await?;
    cases::store::case(tx, id).await
}

/// The lowering of a case that waits.
pub async fn waiting(tx: &mut Tx<'_>, id: CaseId) -> DbResult<Option<Waiting>> {
    let find = sql!("SELECT id, actor, base, until FROM case_judgements WHERE case_id = $1 AND until IS NOT NULL AND ended_at IS NULL");
    let row: Option<WaitingRow> = tx.opt(find, &[id.into()]).await?;
    let waiting = |row: WaitingRow| Waiting { id: row.id, actor: row.actor, base: row.base.0, until: row.until };
    Ok(row.map(waiting))
}

/// When the case was lowered, while that waits. A clock need not know what it goes back to, and does not depend on it.
pub async fn lowered_at(tx: &mut Tx<'_>, id: CaseId) -> DbResult<Option<Timestamp>> {
    let find = sql!("SELECT judged_at FROM case_judgements WHERE case_id = $1 AND until IS NOT NULL AND ended_at IS NULL");
    tx.opt(find, &[id.into()]).await
}

/// The answers with a floor that were noted last.
pub async fn answers(tx: &mut Tx<'_>, id: CaseId) -> DbResult<Vec<String>> {
    let find = sql!("SELECT answers FROM case_judgements WHERE case_id = $1 ORDER BY seq DESC LIMIT 1");
    let noted: Option<Json<Vec<String>>> = tx.opt(find, &[id.into()]).await?;
    Ok(noted.map_or_else(Vec::new, |noted| noted.0))
}

pub async fn add(tx: &mut Tx<'_>, case: CaseId, new: &NewJudgement<'_>, by: &str, now: Timestamp) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO case_judgements (id, case_id, seq, actor, judged_at, event, axes, answers, stage, urgency, rule, reason, base, until)
         VALUES ($1, $2, (SELECT coalesce(max(seq), 0) + 1 FROM case_judgements WHERE case_id = $2), $3, $4, $5, $6, $7, $8, $9, $10, $11,
                 $12, $13)"
    );
    let args = [
        new.id.into(),
        case.into(),
        by.into(),
        now.into(),
        new.view.event.as_deref().into(),
        serde_json::json!(new.view.axes).into(),
        serde_json::json!(new.view.answers).into(),
        new.stage.into(),
        new.urgency.into(),
        new.rule.into(),
        new.reason.clone().into(),
        new.base.map(|base| serde_json::json!(base)).into(),
        new.until.into(),
    ];
    tx.run(add, &args).await?;
    Ok(())
}

/// Ends the waiting of a lowering.
pub async fn end(tx: &mut Tx<'_>, id: JudgementId, how: &str, by: &str, because: Option<Vec<u8>>, now: Timestamp) -> DbResult<()> {
    let end = sql!("UPDATE case_judgements SET ended_at = $2, ended = $3, ended_by = $4, because = $5 WHERE id = $1 AND ended_at IS NULL");
    tx.run(end, &[id.into(), now.into(), how.into(), by.into(), because.into()]).await?;
    Ok(())
}

/// How the judgement of a case came about, newest first.
pub async fn history(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<JudgementRow>> {
    let list = sql!(
        "SELECT id, actor, judged_at, stage, urgency, rule, reason, until, ended, ended_by, because FROM case_judgements
         WHERE case_id = $1 ORDER BY seq DESC LIMIT 200"
    );
    tx.all(list, &[case.into()]).await
}

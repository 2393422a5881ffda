use db::{DbResult, Json, Tx, sql};
use kernel::{Timestamp, Uuid};
use serde_json::json;

use crate::cases::CaseId;
use crate::work::consent::NewConsent;
use crate::work::support::{Kind, NewSupport, Report};

db::row! {
    struct ConsentRow {
        id: Uuid,
        scopes: Json<Vec<String>>,
        how: crate::work::consent::How,
        from_at: Timestamp,
        until_at: Timestamp,
        words: Vec<u8>,
        actor: String,
        noted_at: Timestamp,
        withdrawn_at: Option<Timestamp>,
    }
}

/// A consent as it stands.
pub struct Consent {
    pub id: Uuid,
    pub scopes: Vec<String>,
    pub how: crate::work::consent::How,
    pub from_at: Timestamp,
    pub until_at: Timestamp,
    pub words: Vec<u8>,
    pub actor: String,
    pub noted_at: Timestamp,
    pub withdrawn_at: Option<Timestamp>,
}

db::row! {
    /// A session or visit as it stands.
    pub struct Support {
        pub id: Uuid,
        pub kind: Kind,
        pub starts_at: Timestamp,
        pub plan: Vec<u8>,
        pub asked_by: String,
        pub asked_at: Timestamp,
        pub decided_by: Option<String>,
        pub decided_at: Option<Timestamp>,
        pub is_approved: Option<bool>,
        pub travel_minutes: Option<i64>,
        pub work_minutes: Option<i64>,
        pub found: Option<Vec<u8>>,
        pub reported_at: Option<Timestamp>,
    }
}

impl Consent {
    /// Whether it allows something at this moment.
    pub fn is_in_force(&self, at: Timestamp) -> bool {
        self.from_at <= at && at < self.until_at && self.withdrawn_at.is_none()
    }
}

/// The consents of a case, the last first.
pub async fn consents(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<Consent>> {
    let list = sql!(
        "SELECT id, scopes, how, from_at, until_at, words, actor, noted_at, withdrawn_at FROM case_consents
         WHERE case_id = $1 ORDER BY noted_at DESC, id DESC LIMIT 100"
    );
    let rows: Vec<ConsentRow> = tx.all(list, &[case.into()]).await?;
    Ok(rows
        .into_iter()
        .map(|row| Consent {
            id: row.id,
            scopes: row.scopes.0,
            how: row.how,
            from_at: row.from_at,
            until_at: row.until_at,
            words: row.words,
            actor: row.actor,
            noted_at: row.noted_at,
            withdrawn_at: row.withdrawn_at,
        })
        .collect())
}

#[expect(clippy::too_many_arguments, reason = "one row")]
pub async fn add_consent(
    tx: &mut Tx<'_>,
    case: CaseId,
    row: Uuid,
    new: &NewConsent,
    version: &str,
    words: Vec<u8>,
    by: &str,
    now: Timestamp,
) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO case_consents (id, case_id, scopes, version, how, from_at, until_at, words, actor, noted_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    );
    let args = [
        row.into(),
        case.into(),
        json!(new.scopes).into(),
        version.into(),
        new.how.into(),
        new.from.into(),
        new.until.into(),
        words.into(),
        by.into(),
        now.into(),
    ];
    tx.run(add, &args).await?;
    Ok(())
}

pub async fn withdraw(tx: &mut Tx<'_>, case: CaseId, consent: Uuid, by: &str, now: Timestamp) -> DbResult<bool> {
    let end = sql!("UPDATE case_consents SET withdrawn_at = $3, withdrawn_by = $4 WHERE id = $2 AND case_id = $1 AND withdrawn_at IS NULL");
    Ok(tx.run(end, &[case.into(), consent.into(), now.into(), by.into()]).await? == 1)
}

/// The sessions and visits of a case, the next first.
pub async fn supports(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<Support>> {
    let list = sql!(
        "SELECT id, kind, starts_at, plan, asked_by, asked_at, decided_by, decided_at, is_approved, travel_minutes, work_minutes, found,
                reported_at
         FROM case_supports WHERE case_id = $1 ORDER BY reported_at IS NOT NULL, starts_at, id LIMIT 100"
    );
    tx.all(list, &[case.into()]).await
}

/// A session or visit of a case.
pub async fn support(tx: &mut Tx<'_>, case: CaseId, id: Uuid) -> DbResult<Option<Support>> {
    let find = sql!(
        "SELECT id, kind, starts_at, plan, asked_by, asked_at, decided_by, decided_at, is_approved, travel_minutes, work_minutes, found,
                reported_at
         FROM case_supports WHERE case_id = $1 AND id = $2"
    );
    tx.opt(find, &[case.into(), id.into()]).await
}

#[expect(clippy::too_many_arguments, reason = "one row")]
pub async fn add(
    tx: &mut Tx<'_>,
    case: CaseId,
    row: Uuid,
    new: &NewSupport,
    consent: Uuid,
    plan: Vec<u8>,
    by: &str,
    now: Timestamp,
) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO case_supports (id, case_id, kind, consent_id, starts_at, plan, asked_by, asked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    let args = [row.into(), case.into(), new.kind.into(), consent.into(), new.starts_at.into(), plan.into(), by.into(), now.into()];
    tx.run(add, &args).await?;
    Ok(())
}

pub async fn decide(tx: &mut Tx<'_>, id: Uuid, is_approved: bool, by: &str, now: Timestamp) -> DbResult<bool> {
    let decide = sql!("UPDATE case_supports SET is_approved = $2, decided_by = $3, decided_at = $4 WHERE id = $1 AND decided_at IS NULL");
    Ok(tx.run(decide, &[id.into(), is_approved.into(), by.into(), now.into()]).await? == 1)
}

pub async fn report(tx: &mut Tx<'_>, id: Uuid, report: &Report, found: Vec<u8>, by: &str, now: Timestamp) -> DbResult<bool> {
    let note = sql!(
        "UPDATE case_supports SET travel_minutes = $2, work_minutes = $3, found = $4, reported_by = $5, reported_at = $6
         WHERE id = $1 AND reported_at IS NULL"
    );
    let args = [id.into(), report.travel_minutes.into(), report.work_minutes.into(), found.into(), by.into(), now.into()];
    Ok(tx.run(note, &args).await? == 1)
}

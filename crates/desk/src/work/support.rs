//! Remote sessions and visits (現地訪問): none without consent, no visit without a lead.

use db::{DbResult, Tx};
use kernel::{Timestamp, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::store;
use crate::cases::{self, CaseId, Entry};
use crate::clocks;
use crate::words::words;

words! {
    /// How the desk helps.
    Kind {
        /// 遠隔
        Remote = "remote",
        /// 現地訪問
        Visit = "visit",
    }
}

/// Help that is to be given.
#[derive(Clone, Debug)]
pub struct NewSupport {
    /// How.
    pub kind: Kind,
    /// When it begins.
    pub starts_at: Timestamp,
    /// Who goes, what for.
    pub plan: String,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Report {
    /// Minutes on the way.
    pub travel_minutes: i64,
    /// Minutes at work.
    pub work_minutes: i64,
    /// What was found and done.
    pub found: String,
}

/// Why no help is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotSupported {
    /// There is no such case, or no such session or visit.
    Unknown,
    /// No consent is in force at that time for that.
    NoConsent,
    /// Who goes and what for was not said; or what was found.
    NoWords,
    /// It was decided or reported already.
    Already,
    /// It was not approved.
    NotApproved,
}

impl Kind {
    /// Scopes of consent, one of which has to be in force.
    const fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::Remote => &["remote-view", "remote-operate"],
            Self::Visit => &["visit"],
        }
    }
}

/// Plans a remote session, or asks the lead for a visit. The consent has to be in force when it begins.
pub async fn plan(tx: &mut Tx<'_>, id: CaseId, new: &NewSupport, by: &str, now: Timestamp) -> DbResult<Result<(), NotSupported>> {
    let Some(case) = cases::store::case(tx, id).await?.filter(|case| case.closed_at.is_none()) else {
        return Ok(Err(NotSupported::Unknown));
    };
    if new.plan.is_empty() {
        return Ok(Err(NotSupported::NoWords));
    }
    let consents = store::support::consents(tx, id).await?;
    let fits = |consent: &store::support::Consent| {
        consent.is_in_force(new.starts_at) && new.kind.scopes().iter().any(|scope| consent.scopes.iter().any(|given| given == scope))
    };
    let Some(consent) = consents.iter().find(|consent| fits(consent)) else { return Ok(Err(NotSupported::NoConsent)) };
    let row = now.uuid();
    let sealed = case.seal("case_supports", row, "plan", new.plan.as_bytes());
    store::support::add(tx, id, row, new, consent.id, sealed, by, now).await?;
    let facts = json!({ "kind": new.kind, "starts_at": new.starts_at, "consent": consent.id });
    cases::record(tx, &case, Entry::by(by).did("support.planned").about(row).with(facts), now).await?;
    Ok(Ok(()))
}

/// Decides on a visit, as a lead.
pub async fn decide(
    tx: &mut Tx<'_>,
    id: CaseId,
    support: Uuid,
    is_approved: bool,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotSupported>> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(Err(NotSupported::Unknown)) };
    if store::support::support(tx, id, support).await?.is_none() {
        return Ok(Err(NotSupported::Unknown));
    }
    if !store::support::decide(tx, support, is_approved, by, now).await? {
        return Ok(Err(NotSupported::Already));
    }
    let entry = Entry::by(by).did("support.decided").about(support).with(json!({ "approved": is_approved }));
    cases::record(tx, &case, entry, now).await?;
    clocks::keep(tx, id, by, now).await?;
    Ok(Ok(()))
}

/// Notes what was found, and the hours. A visit that nobody approved has none.
pub async fn report(
    tx: &mut Tx<'_>,
    id: CaseId,
    support: Uuid,
    report: &Report,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotSupported>> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(Err(NotSupported::Unknown)) };
    let Some(planned) = store::support::support(tx, id, support).await? else { return Ok(Err(NotSupported::Unknown)) };
    if planned.kind == Kind::Visit && planned.is_approved != Some(true) {
        return Ok(Err(NotSupported::NotApproved));
    }
    if report.found.is_empty() {
        return Ok(Err(NotSupported::NoWords));
    }
    let sealed = case.seal("case_supports", support, "found", report.found.as_bytes());
    if !store::support::report(tx, support, report, sealed, by, now).await? {
        return Ok(Err(NotSupported::Already));
    }
    let facts = json!({ "travel_minutes": report.travel_minutes, "work_minutes": report.work_minutes });
    cases::record(tx, &case, Entry::by(by).did("support.reported").about(support).with(facts), now).await?;
    Ok(Ok(()))
}

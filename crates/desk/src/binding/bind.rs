use access::OrganizationId;
use db::{DbResult, Tx};
use kernel::Timestamp;
use people::organizations;
use serde_json::json;

use super::store;
use crate::cases::{Case, Entry, record};
use crate::{clocks, work};

/// Why a case is bound to nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum NotBound {
    /// The register does not have it.
    Unknown,
    /// The register has no number for it, so nobody can have called one that is not from the report.
    NoNumber,
}

/// Binds a case to the institution that answered at the number of the register. Prefecture and kind are known from then on; which
/// institution it is stays sealed.
pub async fn bind(tx: &mut Tx<'_>, case: &Case, id: OrganizationId, actor: &str, now: Timestamp) -> DbResult<Result<(), NotBound>> {
    let Some(organization) = organizations::find(tx, id).await? else { return Ok(Err(NotBound::Unknown)) };
    let Some(number) = store::number(tx, id).await? else { return Ok(Err(NotBound::NoNumber)) };
    store::bind(tx, case.id, &organization.prefecture, &organization.kind, now).await?;
    let facts = json!({ "prefecture": organization.prefecture, "kind": organization.kind });
    let words = format!("{}：{}（{}）", organization.name, number.phone, number.source);
    record(tx, case, Entry::by(actor).did("case.bound").with(facts).saying(words), now).await?;
    clocks::keep(tx, case.id, actor, now).await?;
    work::tasks::did(tx, case.id, "c-bind", actor, now).await?;
    Ok(Ok(()))
}

use access::OrganizationId;
use db::{DbResult, Tx, sql};
use kernel::{Day, Timestamp};
use std::collections::BTreeMap;

use crate::cases::CaseId;

db::row! {
    /// A number that is not from a report.
    pub struct CallNumber {
        pub phone: String,
        pub source: String,
        pub as_of: Day,
    }
}

pub(super) async fn number(tx: &mut Tx<'_>, organization: OrganizationId) -> DbResult<Option<CallNumber>> {
    tx.opt(sql!("SELECT phone, source, as_of FROM call_numbers WHERE organization = $1"), &[organization.into()]).await
}

/// The numbers of these institutions, in one question; one that has none is left out.
pub(super) async fn numbers_of(tx: &mut Tx<'_>, organizations: &[OrganizationId]) -> DbResult<BTreeMap<OrganizationId, CallNumber>> {
    let list = db::among!(tx, "SELECT organization, phone, source, as_of FROM call_numbers WHERE organization");
    let found: Vec<(OrganizationId, String, String, Day)> = tx.all(list, &[db::ids(organizations)]).await?;
    Ok(found.into_iter().map(|(organization, phone, source, as_of)| (organization, CallNumber { phone, source, as_of })).collect())
}

pub(super) async fn put_number(tx: &mut Tx<'_>, organization: OrganizationId, phone: &str, source: &str, as_of: Day) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO call_numbers (organization, phone, source, as_of) VALUES ($1, $2, $3, $4)
         ON CONFLICT (organization) DO UPDATE SET phone = excluded.phone, source = excluded.source, as_of = excluded.as_of"
    );
    tx.run(put, &[organization.into(), phone.into(), source.into(), as_of.into()]).await?;
    Ok(())
}

pub(super) async fn bind(tx: &mut Tx<'_>, case: CaseId, prefecture: &str, kind: &str, now: Timestamp) -> DbResult<()> {
    let bind =
        sql!("UPDATE cases SET bound_at = $2, prefecture = $3, institution_kind = $4, called_at = coalesce(called_at, $2) WHERE id = $1");
    tx.run(bind, &[case.into(), now.into(), prefecture.into(), kind.into()]).await?;
    Ok(())
}

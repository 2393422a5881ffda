//! Marking a case with products, and noting that two cases belong together.

use db::{DbResult, Tx};
use kernel::Timestamp;
use serde_json::json;

use super::store;
use crate::cases::{self, CaseId, Entry};

/// Marks the case with these products and no others.
pub async fn mark(tx: &mut Tx<'_>, id: CaseId, wanted: &[String], by: &str, now: Timestamp) -> DbResult<()> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(()) };
    let had = store::products_of(tx, id).await?;
    for product in wanted.iter().filter(|product| !had.contains(product)) {
        store::add_product(tx, id, product, by, now).await?;
    }
    for product in had.iter().filter(|product| !wanted.contains(product)) {
        store::remove_product(tx, id, product).await?;
    }
    cases::record(tx, &case, Entry::by(by).did("case.products").with(json!({ "products": wanted })), now).await?;
    Ok(())
}

/// Notes that another case belongs to this one: `duplicate` or `similar`. False if that was noted before.
pub async fn link(tx: &mut Tx<'_>, id: CaseId, other: CaseId, kind: &str, by: &str, now: Timestamp) -> DbResult<bool> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(false) };
    if !store::link(tx, id, other, kind, by, now).await? {
        return Ok(false);
    }
    cases::record(tx, &case, Entry::by(by).did("case.linked").about(other).with(json!({ "kind": kind })), now).await?;
    Ok(true)
}

//! Deleting a package: its files go, and nobody launches it any more. Who learned from it, and what was said of that, is proof and stays.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::House;
use crate::launches::{LASTS, leave_all};
use crate::package::PackageId;
use crate::store;

/// Why a package is not deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NotDeleted {
    /// There is no such package.
    #[error("there is no such package")]
    NoPackage,
    /// So many have it open, and nobody said that they may lose it.
    #[error("{0} launches are open")]
    Open(i64),
}

/// Deletes a package; what is open in it only where that was confirmed, and is abandoned then. Deleting twice is the same as once.
pub async fn delete(
    tx: &mut Tx<'_>,
    house: &House,
    (id, is_confirmed): (PackageId, bool),
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotDeleted>> {
    // Nobody says something in it, launches it or registers from here to the commit. Whoever launches locks in this order, too.
    store::lock_registrations(tx, id).await?;
    let Some(package) = store::lock_package(tx, id).await? else { return tx.refuse(Err(NotDeleted::NoPackage)) };
    if package.deleted_at.is_some() {
        return tx.refuse(Ok(()));
    }
    let open = store::open_launches(tx, id, now.minus(LASTS)).await?;
    if open > 0 && !is_confirmed {
        return tx.refuse(Err(NotDeleted::Open(open)));
    }
    let said = leave_all(tx, house, id, now).await?;
    records::keep_own(tx, house.base_url(), said, now).await?;
    store::delete_package(tx, id, now).await?;
    let facts = json!({ "course": package.course, "files": package.files, "open": open });
    journal::record(tx, &Entry::by(by).did("packages.deleted").on("package", id).with(facts), now).await?;
    Ok(Ok(()))
}

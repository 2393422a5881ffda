//! Deleting a package: its files go, and nobody launches it any more. Who learned from it, and what was said of that, is proof and stays.

use db::{DbResult, Tx};
use journal::audit::SYSTEM;
use journal::{Entry, Job};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::launches::{LASTS, LEAVE};
use crate::package::{Package, PackageId};
use crate::store;

journal::kinds! {
    /// That a package was deleted: whoever keeps a record outside the database notes it there, so that a restore can do it again.
    pub Job DELETED = "packages.deleted";
}

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

/// Deletes a package; what is open in it only where that was confirmed. Nothing is heard of that from the commit on. That each of its
/// sessions ended out of order is said by a job: so many may be open that one transaction could not say it of all of them.
/// Deleting twice is the same as once.
pub async fn delete(tx: &mut Tx<'_>, (id, is_confirmed): (PackageId, bool), by: &str, now: Timestamp) -> DbResult<Result<(), NotDeleted>> {
    // Nobody launches it or registers from here to the commit, so that the job finds everything that was ever launched.
    let Some(package) = store::lock_package(tx, id).await? else { return tx.refuse(Err(NotDeleted::NoPackage)) };
    if package.deleted_at.is_some() {
        return tx.refuse(Ok(()));
    }
    let open = store::open_launches(tx, id, now.minus(LASTS)).await?;
    if open > 0 && !is_confirmed {
        return tx.refuse(Err(NotDeleted::Open(open)));
    }
    destroy(tx, &package, open, by, now).await.map(Ok)
}

/// Deletes a package once more that came back with a backup of before its deletion, whoever had it open. False if it is not there, or
/// came back deleted.
pub async fn delete_again(tx: &mut Tx<'_>, id: PackageId, now: Timestamp) -> DbResult<bool> {
    let found = store::lock_package(tx, id).await?.filter(|package| package.deleted_at.is_none());
    let Some(package) = found else { return Ok(false) };
    let open = store::open_launches(tx, id, now.minus(LASTS)).await?;
    destroy(tx, &package, open, SYSTEM, now).await?;
    Ok(true)
}

async fn destroy(tx: &mut Tx<'_>, package: &Package, open: i64, by: &str, now: Timestamp) -> DbResult<()> {
    store::delete_package(tx, package.id, now).await?;
    for job in [LEAVE, DELETED] {
        journal::job(tx, Job::of(job, package.id), now).await?;
    }
    let facts = json!({ "course": package.course, "files": package.files, "open": open });
    journal::record(tx, &Entry::by(by).did("packages.deleted").on("package", package.id).with(facts), now).await.map(|_| ())
}

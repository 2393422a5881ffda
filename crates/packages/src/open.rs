//! Showing a package to learners, and taking it back.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;

use crate::package::PackageId;
use crate::store;

/// Shows a package to learners; false if it is shown already, or not there.
pub async fn open(tx: &mut Tx<'_>, id: PackageId, by: &str, now: Timestamp) -> DbResult<bool> {
    let opened = store::open(tx, id, now).await?;
    if opened {
        journal::record(tx, &Entry::by(by).did("packages.opened").on("package", id), now).await?;
    }
    Ok(opened)
}

/// Shows a package no longer; false if it is not shown, or not there. What is open goes on.
pub async fn shut(tx: &mut Tx<'_>, id: PackageId, by: &str, now: Timestamp) -> DbResult<bool> {
    let shut = store::shut(tx, id).await?;
    if shut {
        journal::record(tx, &Entry::by(by).did("packages.shut").on("package", id), now).await?;
    }
    Ok(shut)
}

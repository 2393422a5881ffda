//! The pages of packages: the secretariat's, the learner's, and what units ask for.

mod delete;
mod fetch;
mod go;
mod list;
mod mine;
mod registrations;
mod show;
mod tree;

use access::Action::{EditTexts, KeepPackages, Learn, PublishTexts, ReachRecords, SeeDrafts};
use axum::http::Method;
use std::sync::Arc;
use web::{PageError, Portal, Routes};

use crate::api;
use crate::course::course;
use crate::import::BYTES_MAX;
use crate::package::{Package, PackageId};
use crate::store;

/// Rows on one page.
const ROWS: i64 = 50;
/// A request of a program that is no package.
const SMALL: usize = 64 << 10;

/// Every route of the wing.
pub fn routes() -> Routes {
    Routes::new()
        .get("/staff/packages", SeeDrafts, list::show)
        .stream("/staff/packages", EditTexts, BYTES_MAX + (64 << 10), list::bring_in)
        .get("/staff/packages/{package}", SeeDrafts, show::show)
        .post("/staff/packages/{package}/open", PublishTexts, show::open)
        .post("/staff/packages/{package}/shut", PublishTexts, show::shut)
        .get("/staff/packages/{package}/deletion", PublishTexts, delete::form)
        .post("/staff/packages/{package}/deletion", PublishTexts, delete::delete)
        .post("/staff/packages/{package}/units/{unit}", EditTexts, show::try_out)
        .get("/my/packages", Learn, mine::list)
        .get("/my/packages/{package}", Learn, mine::show)
        .post("/my/packages/{package}/units/{unit}", Learn, mine::launch)
        .machine_by(Method::POST, "/xapi/sessions/{secret}", ReachRecords, SMALL, fetch::fetch)
        .machine_by(Method::POST, "/api/v1/packages", KeepPackages, BYTES_MAX, api::bring_in)
        .machine_by(Method::POST, "/api/v1/packages/{package}/units/{unit}/launches", KeepPackages, SMALL, api::launch)
        .machine_by(Method::POST, "/api/v1/packages/registrations/{registration}/units/{unit}/waiver", KeepPackages, SMALL, api::waive)
        .machine_by(Method::POST, "/api/v1/packages/sessions/{session}/abandonment", KeepPackages, SMALL, api::abandon)
        .merge(registrations::routes())
}

/// A package with its course.
pub(super) struct Whole {
    pub package: Package,
    pub course: Arc<cmi5::Course>,
}

/// The package of an address, deleted or not.
pub(super) async fn whole(portal: &Portal, id: &str) -> Result<Whole, PageError> {
    let id: PackageId = id.parse().map_err(|_| PageError::NotFound)?;
    let read = async move |tx: &mut db::Tx<'_>| Ok((store::package(tx, id).await?, course(tx, id).await?));
    let (Some(package), Some(course)) = portal.db.read(read).await? else { return Err(PageError::NotFound) };
    Ok(Whole { package, course })
}

/// The same, unless it was deleted.
pub(super) async fn there(portal: &Portal, id: &str) -> Result<Whole, PageError> {
    let whole = whole(portal, id).await?;
    if whole.package.deleted_at.is_none() { Ok(whole) } else { Err(PageError::NotFound) }
}

//! The pages of packages: the secretariat's, the learner's, and what units ask for.

mod fetch;
mod go;
mod list;
mod mine;
mod show;
mod tree;

use access::Action::{EditTexts, KeepPackages, Learn, PublishTexts, ReachRecords, SeeDrafts};
use access::{Action, Decision, Refusal};
use axum::http::Method;
use web::{PageError, Pager, Portal, Routes, Visit};

use crate::api;
use crate::import::BYTES_MAX;
use crate::package::{Package, PackageId, course_of};
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
        .post("/staff/packages/{package}/units/{unit}", EditTexts, show::try_out)
        .get("/my/packages", Learn, mine::list)
        .get("/my/packages/{package}", Learn, mine::show)
        .post("/my/packages/{package}/units/{unit}", Learn, mine::launch)
        .machine_by(Method::POST, "/xapi/sessions/{secret}", ReachRecords, SMALL, fetch::fetch)
        .machine_by(Method::POST, "/api/v1/packages", KeepPackages, BYTES_MAX, api::bring_in)
        .machine_by(Method::POST, "/api/v1/packages/{package}/units/{unit}/launches", KeepPackages, SMALL, api::launch)
        .machine_by(Method::POST, "/api/v1/packages/registrations/{registration}/units/{unit}/waiver", KeepPackages, SMALL, api::waive)
        .machine_by(Method::POST, "/api/v1/packages/sessions/{session}/abandonment", KeepPackages, SMALL, api::abandon)
}

/// A package with its course.
pub(super) struct Whole {
    pub package: Package,
    pub course: cmi5::Course,
}

/// The package of an address.
pub(super) async fn whole(portal: &Portal, id: &str) -> Result<Whole, PageError> {
    let id: PackageId = id.parse().map_err(|_| PageError::NotFound)?;
    let read = async move |tx: &mut db::Tx<'_>| Ok((store::package(tx, id).await?, store::manifest(tx, id).await?));
    let (Some(package), Some(manifest)) = portal.db.read(read).await? else { return Err(PageError::NotFound) };
    Ok(Whole { package, course: course_of(&manifest)? })
}

/// Whether somebody may, perhaps after showing the strongest factor again.
pub(super) fn can(portal: &Portal, visit: &Visit, action: Action) -> bool {
    let decision = portal.matrix.may(&visit.actor, action, None, visit.now);
    matches!(decision, Decision::Allowed(_) | Decision::Refused(Refusal::StepUpFirst))
}

/// The page that an address asks for, from 1, and how many rows come before it.
pub(super) fn page_of(asked: &str) -> (i64, i64) {
    let number = asked.parse().unwrap_or(1).clamp(1, 10_000);
    (number, (number - 1) * ROWS)
}

/// Where a list goes on. It was read with one row more than a page has.
pub(super) fn pager<T>(visit: &Visit, base: &str, number: i64, rows: &mut Vec<T>) -> Pager {
    let fit = usize::try_from(ROWS).unwrap_or(usize::MAX);
    let has_more = rows.len() > fit;
    rows.truncate(fit);
    let to = |number: i64| visit.to(&format!("{base}?page={number}"));
    Pager {
        previous: if number > 1 { to(number - 1) } else { String::new() },
        next: if has_more { to(number + 1) } else { String::new() },
        shown: String::new(),
    }
}

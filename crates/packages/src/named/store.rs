//! Names by ids, each kind in one question.

use db::{DbResult, Tx, among, ids};
use kernel::Uuid;
use serde_json::Value;

/// A thing, the package that it belongs to, the publisher's id of that and its titles.
type Found = (Uuid, Uuid, String, Value);

/// Packages.
pub(super) async fn packages(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<Found>> {
    tx.all(among!(tx, "SELECT p.id, p.id, p.course, p.title FROM packages p WHERE p.id"), &[ids(of)]).await
}

/// The packages of registrations.
pub(super) async fn registrations(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<Found>> {
    let list =
        among!(tx, "SELECT r.id, p.id, p.course, p.title FROM package_registrations r JOIN packages p ON p.id = r.package WHERE r.id");
    tx.all(list, &[ids(of)]).await
}

/// The packages of launches.
pub(super) async fn launches(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<Found>> {
    let list = among!(
        tx,
        "SELECT l.id, p.id, p.course, p.title FROM package_launches l JOIN package_registrations r ON r.id = l.registration
         JOIN packages p ON p.id = r.package WHERE l.id"
    );
    tx.all(list, &[ids(of)]).await
}

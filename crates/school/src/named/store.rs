//! Names by ids, each kind in one question.

use db::{DbResult, Tx, among, ids};
use kernel::{FiscalYear, Uuid};

use crate::trainings::programme::Audience;

/// What receipt numbers are made of: year, audience, number of the session, number.
pub(super) async fn applications(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, FiscalYear, Audience, i64, i64)>> {
    let list = among!(
        tx,
        "SELECT a.id, g.year, c.slug, s.number, a.number FROM applications a JOIN sessions s ON s.id = a.session
         JOIN courses c ON c.id = s.course JOIN programmes g ON g.id = c.programme WHERE a.id"
    );
    tx.all(list, &[ids(of)]).await
}

/// What the receipt numbers of those are made of who objected.
pub(super) async fn objections(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, FiscalYear, Audience, i64, i64)>> {
    let list = among!(
        tx,
        "SELECT o.id, g.year, c.slug, s.number, a.number FROM attendance_objections o JOIN applications a ON a.id = o.application
         JOIN sessions s ON s.id = a.session JOIN courses c ON c.id = s.course JOIN programmes g ON g.id = c.programme WHERE o.id"
    );
    tx.all(list, &[ids(of)]).await
}

/// Of which courses those want to be told who asked for it.
pub(super) async fn interests(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, Audience)>> {
    tx.all(among!(tx, "SELECT id, audience FROM interests WHERE id"), &[ids(of)]).await
}

/// Year, audience and number of sessions, and whether they are extra ones.
pub(super) async fn sessions(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, FiscalYear, Audience, i64, bool)>> {
    let list = among!(
        tx,
        "SELECT s.id, g.year, c.slug, s.number, s.extra FROM sessions s JOIN courses c ON c.id = s.course
         JOIN programmes g ON g.id = c.programme WHERE s.id"
    );
    tx.all(list, &[ids(of)]).await
}

/// Year and audience of courses.
pub(super) async fn courses(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, FiscalYear, Audience)>> {
    let list = among!(tx, "SELECT c.id, g.year, c.slug FROM courses c JOIN programmes g ON g.id = c.programme WHERE c.id");
    tx.all(list, &[ids(of)]).await
}

/// The years of programmes.
pub(super) async fn programmes(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, FiscalYear)>> {
    tx.all(among!(tx, "SELECT id, year FROM programmes WHERE id"), &[ids(of)]).await
}

/// Which years plans are for.
pub(super) async fn plans(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, FiscalYear)>> {
    tx.all(among!(tx, "SELECT id, year FROM plans WHERE id"), &[ids(of)]).await
}

/// The numbers of certificates.
pub(super) async fn certificates(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, String)>> {
    tx.all(among!(tx, "SELECT id, number FROM certificates WHERE id"), &[ids(of)]).await
}

/// The titles of materials, and the sessions that they go with.
pub(super) async fn materials(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, String, Option<Uuid>)>> {
    tx.all(among!(tx, "SELECT id, title, session FROM materials WHERE id"), &[ids(of)]).await
}

/// The numbers of monthly reports.
pub(super) async fn reports(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, String)>> {
    tx.all(among!(tx, "SELECT id, number FROM reports WHERE id"), &[ids(of)]).await
}

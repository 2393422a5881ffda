//! Names by ids, each kind in one question.

use db::{DbResult, Tx, among, ids};
use kernel::Uuid;

/// Versions of courses: the course, and the label.
pub(super) async fn versions(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, String, String)>> {
    tx.all(among!(tx, "SELECT id, course, label FROM course_versions WHERE id"), &[ids(of)]).await
}

/// Of which course somebody's way through it is.
pub(super) async fn studies(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, String)>> {
    tx.all(among!(tx, "SELECT id, course FROM studies WHERE id"), &[ids(of)]).await
}

/// Assignments: the organization, the path, the first course.
pub(super) async fn assignments(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, String, String, String)>> {
    let list = among!(
        tx,
        "SELECT a.id, o.name, a.path, c.course FROM assignments a JOIN organizations o ON o.id = a.organization
         JOIN assignment_courses c ON c.assignment = a.id AND c.place = 1 WHERE a.id"
    );
    tx.all(list, &[ids(of)]).await
}

/// Where people on lists of staff work: the organization, and its name.
pub(super) async fn staff(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, Uuid, String)>> {
    tx.all(among!(tx, "SELECT w.id, o.id, o.name FROM staff w JOIN organizations o ON o.id = w.organization WHERE w.id"), &[ids(of)]).await
}

/// Kits: the title of the course, and what the institution calls it.
pub(super) async fn kits(tx: &mut Tx<'_>, of: &[Uuid]) -> DbResult<Vec<(Uuid, String, String)>> {
    tx.all(among!(tx, "SELECT id, title, label FROM kits WHERE id"), &[ids(of)]).await
}

use db::{DbResult, Tx, sql};
use kernel::Timestamp;
use objects::{Kept, Kind};

use crate::archive::material::{Material, MaterialFile, MaterialFileId, MaterialId, Moment};
use crate::trainings::programme::CourseId;
use crate::trainings::session::SessionId;

macro_rules! material {
    ($which:literal) => {
        sql!(concat!(
            "SELECT m.id, m.course, m.session, m.title, m.moment, m.withdrawn_at, f.id, f.name, f.kind, f.bytes, f.hash, f.sent_at, \
             (SELECT COUNT(*) FROM material_files g WHERE g.material = m.id) \
             FROM materials m JOIN material_files f ON f.material = m.id \
             AND NOT EXISTS (SELECT 1 FROM material_files n WHERE n.material = m.id AND n.id > f.id) ",
            $which
        ))
    };
}

/// A material with its newest file.
pub async fn material(tx: &mut Tx<'_>, id: MaterialId) -> DbResult<Option<Material>> {
    tx.opt(material!("WHERE m.id = $1"), &[id.into()]).await
}

/// What a course has, for all of its sessions and for each: in order, without what was withdrawn.
pub async fn materials_of_course(tx: &mut Tx<'_>, course: CourseId) -> DbResult<Vec<Material>> {
    tx.all(material!("WHERE m.course = $1 AND m.withdrawn_at IS NULL ORDER BY m.position, m.id LIMIT 500"), &[course.into()]).await
}

/// The files that a material has had, the newest first.
pub async fn files_of(tx: &mut Tx<'_>, material: MaterialId) -> DbResult<Vec<MaterialFile>> {
    let list = sql!("SELECT id, name, kind, bytes, hash, sent_at FROM material_files WHERE material = $1 ORDER BY id DESC LIMIT 50");
    tx.all(list, &[material.into()]).await
}

/// One of them.
pub async fn file(tx: &mut Tx<'_>, id: MaterialFileId) -> DbResult<Option<MaterialFile>> {
    tx.opt(sql!("SELECT id, name, kind, bytes, hash, sent_at FROM material_files WHERE id = $1"), &[id.into()]).await
}

/// Adds a material without a file.
pub async fn add_material(
    tx: &mut Tx<'_>,
    course: CourseId,
    session: Option<SessionId>,
    title: &str,
    moment: Moment,
    now: Timestamp,
) -> DbResult<MaterialId> {
    let id = MaterialId::new(now);
    let add = sql!(
        "INSERT INTO materials (id, course, session, title, moment, position, added_at)
         VALUES ($1, $2, $3, $4, $5, (SELECT COALESCE(MAX(position), 0) + 1 FROM materials WHERE course = $2), $6)"
    );
    tx.run(add, &[id.into(), course.into(), session.into(), title.into(), moment.id().into(), now.into()]).await?;
    Ok(id)
}

/// Adds a file, which is the newest from now on.
pub async fn add_file(
    tx: &mut Tx<'_>,
    material: MaterialId,
    name: &str,
    kind: Kind,
    kept: Kept,
    by: &str,
    now: Timestamp,
) -> DbResult<MaterialFileId> {
    let id = MaterialFileId::new(now);
    let add = sql!(
        "INSERT INTO material_files (id, material, name, kind, bytes, hash, sent_by, sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    let args = [
        id.into(),
        material.into(),
        name.into(),
        kind.ending().into(),
        i64::try_from(kept.bytes).unwrap_or(i64::MAX).into(),
        kept.hash.bytes().into(),
        by.into(),
        now.into(),
    ];
    tx.run(add, &args).await?;
    Ok(id)
}

/// Takes a material back; false if it was.
pub async fn withdraw_material(tx: &mut Tx<'_>, id: MaterialId, now: Timestamp) -> DbResult<bool> {
    Ok(tx.run(sql!("UPDATE materials SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL"), &[id.into(), now.into()]).await? == 1)
}

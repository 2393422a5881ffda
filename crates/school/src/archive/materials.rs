//! Materials as everybody gets them, and the verbs that put them there.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use objects::{Kept, Kind};
use serde_json::json;

use super::material::{Material, MaterialFileId, MaterialId, Moment};
use super::store;
use crate::trainings::programme::{Course, CourseId, Programme};
use crate::trainings::session::{Session, SessionId};
use crate::trainings::store as trainings;

/// A file that was looked at and is kept.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Its own name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Where it lies.
    pub kept: Kept,
}

/// A material that is to be added.
#[derive(Clone, Debug)]
pub struct NewMaterial {
    /// The course it belongs to.
    pub course: CourseId,
    /// The session it belongs to; nothing: all of them.
    pub session: Option<SessionId>,
    /// What it is called.
    pub title: String,
    /// From when everybody may have it.
    pub moment: Moment,
}

/// Adds a material with its first file.
pub async fn add(tx: &mut Tx<'_>, new: &NewMaterial, sent: &Sent, by: &str, now: Timestamp) -> DbResult<MaterialId> {
    let id = store::add_material(tx, new.course, new.session, &new.title, new.moment, now).await?;
    store::add_file(tx, id, &sent.name, sent.kind, sent.kept, by, now).await?;
    record(tx, "archive.material_added", id, sent, by, now).await?;
    Ok(id)
}

/// Puts a file in the place of the one before, which stays in the history. False if there is no such material.
pub async fn replace(tx: &mut Tx<'_>, id: MaterialId, sent: &Sent, by: &str, now: Timestamp) -> DbResult<bool> {
    if store::material(tx, id).await?.is_none_or(|material| material.withdrawn_at.is_some()) {
        return Ok(false);
    }
    store::add_file(tx, id, &sent.name, sent.kind, sent.kept, by, now).await?;
    record(tx, "archive.material_replaced", id, sent, by, now).await?;
    Ok(true)
}

async fn record(tx: &mut Tx<'_>, did: &'static str, id: MaterialId, sent: &Sent, by: &str, now: Timestamp) -> DbResult<()> {
    let detail = json!({ "hash": sent.kept.hash.to_string(), "bytes": sent.kept.bytes });
    journal::record(tx, &Entry::by(by).did(did).on("material", id).with(detail), now).await?;
    tx.public_changed().await
}

/// Takes a material back. False if it was, or there is none.
pub async fn withdraw(tx: &mut Tx<'_>, id: MaterialId, by: &str, now: Timestamp) -> DbResult<bool> {
    if !store::withdraw_material(tx, id, now).await? {
        return Ok(false);
    }
    journal::record(tx, &Entry::by(by).did("archive.material_withdrawn").on("material", id), now).await?;
    tx.public_changed().await?;
    Ok(true)
}

/// What goes with a session and everybody may have at `now`: its own, and what its course has for all. The lobby shows the same.
pub async fn shown(tx: &mut Tx<'_>, programme: &Programme, course: &Course, session: &Session, now: Timestamp) -> DbResult<Vec<Material>> {
    let archive = programme.archive(course.archive_opens_at);
    let mut materials = store::materials_of_course(tx, course.id).await?;
    materials
        .retain(|material| material.session.is_none_or(|own| own == session.id) && material.moment.has_come(session.day, archive, now));
    Ok(materials)
}

/// What everybody may have of a course at `now`, of all its sessions.
pub async fn shown_of_course(
    tx: &mut Tx<'_>,
    programme: &Programme,
    course: &Course,
    sessions: &[Session],
    now: Timestamp,
) -> DbResult<Vec<Material>> {
    let mut materials = store::materials_of_course(tx, course.id).await?;
    materials.retain(|material| has_come(material, programme, course, sessions, now));
    Ok(materials)
}

fn has_come(material: &Material, programme: &Programme, course: &Course, sessions: &[Session], now: Timestamp) -> bool {
    let own = sessions.iter().filter(|session| session.cancelled_at.is_none() && material.session.is_none_or(|id| id == session.id));
    material.moment.has_come(own.filter_map(|session| session.day).min(), programme.archive(course.archive_opens_at), now)
}

/// A material that everybody may have at `now`.
pub async fn public(tx: &mut Tx<'_>, id: MaterialId, now: Timestamp) -> DbResult<Option<Material>> {
    let Some(material) = store::material(tx, id).await? else { return Ok(None) };
    let (Some(course), Some(programme)) =
        (trainings::course(tx, material.course).await?, trainings::programme_of(tx, material.course).await?)
    else {
        return Ok(None);
    };
    let sessions = trainings::sessions(tx, programme.id).await?;
    let own: Vec<Session> = sessions.into_iter().filter(|session| session.course == course.id).collect();
    let is_public = material.withdrawn_at.is_none() && has_come(&material, &programme, &course, &own, now);
    Ok(Some(material).filter(|_| is_public))
}

/// A file that a material has, or has had, for those who put it there.
pub async fn any_file(tx: &mut Tx<'_>, id: MaterialFileId) -> DbResult<Option<super::material::MaterialFile>> {
    store::file(tx, id).await
}

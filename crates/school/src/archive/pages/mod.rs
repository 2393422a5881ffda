//! The pages of the archive: the player for everybody, and what the secretariat does.

mod check;
mod decline;
mod file;
mod hls;
mod join;
mod player;
mod seen;
mod staff;
mod who;

pub(crate) use player::{Paper, paper};

use access::Action::{EditArchive, WatchArchive};
use axum::extract::Path;
use db::{DbResult, Tx};
use kernel::Timestamp;
use web::{PageError, Portal, Routes};

use super::material::MOST_BYTES;
use super::recording::Recording;
use super::store;
use super::upload::{PART, PLAIN_BYTES};
use crate::trainings::apply::SessionPath;
use crate::trainings::programme::{Course, Programme};
use crate::trainings::session::{Archive, Session};
use crate::trainings::{session_path, store as trainings};

/// What a form says around its file.
const AROUND: usize = 256 * 1024;

/// The routes of the archive.
pub fn routes() -> Routes {
    let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX).saturating_add(AROUND);
    let part = usize::try_from(PART).unwrap_or(usize::MAX).saturating_add(AROUND);
    Routes::new()
        .get("/archive/{year}/{course}/{session}", WatchArchive, player::show)
        .public("/archive/{year}/{course}/{session}/film", file::film)
        .public("/archive/{year}/{course}/{session}/hls/{file}", hls::file)
        .public("/archive/{year}/{course}/{session}/captions.vtt", file::captions)
        .public("/archive/{year}/{course}/{session}/transcript.txt", file::transcript)
        .post("/archive/{year}/{course}/{session}/seen", WatchArchive, seen::report)
        .get("/archive/{year}/{course}/{session}/check", WatchArchive, check::form)
        .post("/archive/{year}/{course}/{session}/check", WatchArchive, check::answer)
        .get("/archive/{year}/{course}/{session}/application", WatchArchive, join::form)
        .post("/archive/{year}/{course}/{session}/application", WatchArchive, join::join)
        .get("/archive-notices/end/{token}", WatchArchive, decline::form)
        .post("/archive-notices/end/{token}", WatchArchive, decline::decline)
        .public("/materials/{id}", file::material)
        .get("/staff/sessions/{id}/archive", EditArchive, staff::show)
        .post("/staff/sessions/{id}/archive/uploads", EditArchive, staff::begin)
        .upload("/staff/sessions/{id}/archive/uploads/parts", EditArchive, part, staff::part)
        .post("/staff/sessions/{id}/archive/uploads/end", EditArchive, staff::finish)
        .stream("/staff/sessions/{id}/archive/film", EditArchive, PLAIN_BYTES + AROUND, staff::film)
        .get("/staff/sessions/{id}/archive/captions", EditArchive, staff::captions_form)
        .upload("/staff/sessions/{id}/archive/captions", EditArchive, 4 * AROUND, staff::captions)
        .get("/staff/sessions/{id}/archive/details", EditArchive, staff::details_form)
        .post("/staff/sessions/{id}/archive/details", EditArchive, staff::details)
        .get("/staff/sessions/{id}/archive/publication", EditArchive, staff::publication_form)
        .post("/staff/sessions/{id}/archive/publication", EditArchive, staff::publish)
        .get("/staff/sessions/{id}/archive/withdrawal", EditArchive, staff::withdrawal_form)
        .post("/staff/sessions/{id}/archive/withdrawal", EditArchive, staff::withdraw)
        .stream("/staff/sessions/{id}/archive/materials", EditArchive, most, staff::add_material)
        .post("/staff/sessions/{id}/archive/materials/withdrawal", EditArchive, staff::withdraw_material)
        .get("/staff/material-files/{id}", EditArchive, file::staff)
        .get("/staff/programmes/{year}/archive", EditArchive, staff::opening_form)
        .post("/staff/programmes/{year}/archive", EditArchive, staff::set_opening)
}

/// A session with its recording, as far as there is one.
pub(super) struct Place {
    pub(super) programme: Programme,
    pub(super) course: Course,
    pub(super) session: Session,
    pub(super) recording: Option<Recording>,
}

impl Place {
    /// From when and until when its recording may be open.
    fn archive(&self) -> Option<Archive> {
        self.programme.archive(self.course.archive_opens_at)
    }

    /// The recording, if everybody may watch it.
    fn open(&self, now: Timestamp) -> Option<&Recording> {
        self.recording.as_ref().filter(|recording| self.session.cancelled_at.is_none() && recording.is_open(self.archive(), now))
    }

    /// `/archive/R8/executive/3`
    fn path(&self) -> String {
        format!("/archive/{}/{}/{}", self.programme.year, self.course.slug, self.session.number)
    }
}

/// The session of an address, or the page that says there is none.
async fn place(portal: &Portal, path: &Path<(String, String, String)>) -> Result<Place, PageError> {
    let path = session_path(path)?;
    portal.db.read(async move |tx| find(tx, path).await).await?.ok_or(PageError::NotFound)
}

async fn find(tx: &mut Tx<'_>, path: SessionPath) -> DbResult<Option<Place>> {
    let Some(session) = trainings::session_at(tx, path.year, path.audience, path.number).await? else { return Ok(None) };
    let (Some(course), Some(programme)) = (trainings::course(tx, session.course).await?, trainings::programme(tx, path.year).await?) else {
        return Ok(None);
    };
    let recording = store::recording(tx, session.id).await?;
    Ok(Some(Place { programme, course, session, recording }))
}

//! Receiving a film part by part. The same file that is chosen again goes on where it was.

use db::{DbResult, Tx};
use journal::Job;
use kernel::Timestamp;
use objects::Hash;
use serde::{Deserialize, Serialize};

use super::store;
use super::upload::{MOST_BYTES, Upload, UploadId};
use crate::trainings::session::SessionId;

journal::kinds! {
    /// The job that puts a film together from its parts.
    pub(super) Job ASSEMBLE = "archive.assemble";
    /// The job that clears away parts which nobody needs.
    pub(super) Job CLEAR = "archive.clear";
}

/// An upload that goes on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Begun {
    /// The upload.
    pub upload: UploadId,
    /// How many bytes a part has.
    pub part: i64,
    /// How many parts there are.
    pub parts: i64,
    /// Those that are here.
    pub have: Vec<i64>,
}

/// Why a part, or the whole, is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotReceived {
    /// Its name is that of no film.
    NoFilm,
    /// Nothing in it, or more than is taken.
    Size,
    /// No such upload, or it has ended.
    Unknown,
    /// The part has another size than it should have, or other bytes than were announced.
    Damaged,
    /// Parts are missing.
    Missing,
    /// The film before is still being looked at.
    Working,
}

/// Begins to receive a film; goes on where the same file had come to.
pub async fn begin(
    tx: &mut Tx<'_>,
    session: SessionId,
    name: &str,
    bytes: i64,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<Begun, NotReceived>> {
    if !objects::Kind::of_name(name).is_some_and(objects::Kind::is_film) {
        return Ok(Err(NotReceived::NoFilm));
    }
    if !(1..=MOST_BYTES).contains(&bytes) {
        return Ok(Err(NotReceived::Size));
    }
    let open = store::last_upload(tx, session).await?.filter(|upload| upload.ended_at.is_none());
    if open.as_ref().is_some_and(|upload| upload.sent_at.is_some()) {
        return Ok(Err(NotReceived::Working));
    }
    let id = match open {
        Some(upload) if upload.name == name && upload.bytes == bytes => upload.id,
        other => {
            if let Some(other) = other {
                store::end_upload(tx, other.id, "upload-given-up", now).await?;
                journal::job(tx, Job::of(CLEAR, other.id), now).await?;
            }
            store::add_upload(tx, session, name, bytes, by, now).await?
        }
    };
    let Some(upload) = store::upload(tx, id).await? else { return Ok(Err(NotReceived::Unknown)) };
    let have = store::parts(tx, id).await?.iter().map(|part| part.number).collect();
    Ok(Ok(Begun { upload: id, part: upload.part, parts: upload.parts(), have }))
}

/// The upload that this part belongs to, if the part is as it should be.
pub async fn expects(tx: &mut Tx<'_>, session: SessionId, id: UploadId, number: i64, bytes: i64) -> DbResult<Result<Upload, NotReceived>> {
    let upload =
        store::upload(tx, id).await?.filter(|upload| upload.session == session && upload.sent_at.is_none() && upload.ended_at.is_none());
    let Some(upload) = upload else { return Ok(Err(NotReceived::Unknown)) };
    Ok(if upload.part_bytes(number) == Some(bytes) { Ok(upload) } else { Err(NotReceived::Damaged) })
}

/// Notes that a part is here, once its bytes are kept.
pub async fn part(tx: &mut Tx<'_>, upload: UploadId, number: i64, hash: Hash, bytes: i64) -> DbResult<()> {
    store::add_part(tx, upload, number, hash, bytes).await
}

/// Every part is here: they are put together later, in the background.
pub async fn finish(tx: &mut Tx<'_>, session: SessionId, id: UploadId, now: Timestamp) -> DbResult<Result<(), NotReceived>> {
    let Some(upload) = store::upload(tx, id).await?.filter(|upload| upload.session == session && upload.ended_at.is_none()) else {
        return Ok(Err(NotReceived::Unknown));
    };
    let parts = store::parts(tx, id).await?;
    if i64::try_from(parts.len()).unwrap_or(0) != upload.parts() {
        return Ok(Err(NotReceived::Missing));
    }
    // Said twice, it is done once.
    if store::mark_sent(tx, id, now).await? {
        journal::job(tx, Job::of(ASSEMBLE, id), now).await?;
    }
    Ok(Ok(()))
}

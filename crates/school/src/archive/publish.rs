//! Publishing a recording, and taking it back.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::recording::Recording;
use super::{notice, store};
use crate::trainings::session::SessionId;
use crate::trainings::store as trainings;

/// Why a recording is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotPublished {
    /// There is no such session.
    Unknown,
    /// There is no film yet.
    NoFilm,
    /// No captions, and no reason why.
    NoCaptions,
    /// It is published.
    Already,
    /// It is not.
    NotPublic,
}

/// Why it could not be published, whoever asked.
pub fn refuses(recording: Option<&Recording>) -> Option<NotPublished> {
    match recording {
        None => Some(NotPublished::NoFilm),
        Some(recording) if recording.film().is_none() => Some(NotPublished::NoFilm),
        Some(recording) if recording.captions.is_empty() && recording.no_captions.is_empty() => Some(NotPublished::NoCaptions),
        Some(recording) if recording.is_published() => Some(NotPublished::Already),
        Some(_) => None,
    }
}

/// Publishes a recording: everybody sees it as soon as the archive is open, and whoever missed the session is told then.
pub async fn publish(tx: &mut Tx<'_>, session: SessionId, by: &str, now: Timestamp) -> DbResult<Result<(), NotPublished>> {
    let Some(found) = trainings::session(tx, session).await? else { return Ok(Err(NotPublished::Unknown)) };
    let recording = store::recording(tx, session).await?;
    if let Some(refusal) = refuses(recording.as_ref()) {
        return Ok(Err(refusal));
    }
    let Some(recording) = recording else { return Ok(Err(NotPublished::NoFilm)) };
    if !store::publish(tx, recording.id, now).await? {
        return Ok(Err(NotPublished::Already));
    }
    if let Some(programme) = trainings::programme_of(tx, found.course).await? {
        notice::look(tx, programme.id, now, now).await?;
    }
    journal::record(tx, &Entry::by(by).did("archive.published").on("session", session).because(&recording.no_captions), now).await?;
    tx.public_changed().await?;
    Ok(Ok(()))
}

/// Takes a recording back, with a reason for the trail.
pub async fn withdraw(tx: &mut Tx<'_>, session: SessionId, why: &str, by: &str, now: Timestamp) -> DbResult<Result<(), NotPublished>> {
    let Some(recording) = store::recording(tx, session).await? else { return Ok(Err(NotPublished::NotPublic)) };
    if !store::withdraw(tx, recording.id, now).await? {
        return Ok(Err(NotPublished::NotPublic));
    }
    journal::record(tx, &Entry::by(by).did("archive.withdrawn").on("session", session).because(why), now).await?;
    tx.public_changed().await?;
    Ok(Ok(()))
}

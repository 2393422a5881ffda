//! Putting down what was seen.

use db::{DbResult, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::complete::{self, NotCompleted};
use super::seen::Seen;
use super::store;
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;
use crate::trainings::store as trainings;

/// How far somebody has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Which seconds were seen.
    pub seen: Seen,
    /// How many.
    pub seconds: i64,
    /// How many have to be.
    pub needed: i64,
    /// Of how many.
    pub whole: i64,
    /// Where to go on.
    pub resume_at: i64,
    /// Whether the session counts as attended now.
    pub is_complete: bool,
}

/// Why nothing was put down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotWatched {
    /// There is no such recording, or it is not open.
    Unknown,
    /// The report is none.
    Nonsense,
}

/// Puts down what was seen of a session's recording for an application: added to what had been seen, on whatever device.
///
/// Where nothing is asked, having seen enough completes it.
pub async fn watch(
    tx: &mut Tx<'_>,
    session: SessionId,
    application: ApplicationId,
    report: &str,
    resume_at: i64,
    now: Timestamp,
) -> DbResult<Result<Progress, NotWatched>> {
    let Some(recording) = store::recording(tx, session).await? else { return Ok(Err(NotWatched::Unknown)) };
    let Some(found) = trainings::session(tx, session).await? else { return Ok(Err(NotWatched::Unknown)) };
    let archive = match (trainings::course(tx, found.course).await?, trainings::programme_of(tx, found.course).await?) {
        (Some(course), Some(programme)) => programme.archive(course.archive_opens_at),
        _ => None,
    };
    let Some(film) = recording.film().filter(|_| recording.is_open(archive, now)) else { return Ok(Err(NotWatched::Unknown)) };
    let Ok(report) = Seen::reported(report, film.seconds) else { return Ok(Err(NotWatched::Nonsense)) };
    // What was seen of another film says nothing of this one.
    let before = store::watching(tx, application).await?.filter(|watching| watching.edition == recording.edition);
    let seen = before.map_or_else(|| report.clone(), |watching| watching.seen.and(&report));
    let resume_at = resume_at.clamp(0, film.seconds);
    store::put_viewing(tx, application, &recording, &seen, resume_at, now).await?;
    if recording.questions().is_empty() {
        match complete::complete(tx, session, application, &[], now).await? {
            Ok(()) | Err(NotCompleted::Unseen | NotCompleted::Already | NotCompleted::Unknown | NotCompleted::Wrong(_)) => {}
        }
    }
    let is_complete = store::completion(tx, application).await?.is_some();
    let needed = recording.needed().unwrap_or(film.seconds);
    Ok(Ok(Progress { seconds: seen.seconds(), seen, needed, whole: film.seconds, resume_at, is_complete }))
}

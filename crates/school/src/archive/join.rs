//! Applying for a recording.

use access::Label;
use db::{DbResult, Tx};
use journal::{Entry, Mail};
use kernel::Timestamp;
use people::persons;
use serde::{Deserialize, Serialize};

use super::recording::is_open;
use super::store;
use crate::trainings::application::{ApplicationId, Wanted};
use crate::trainings::apply::{SessionPath, mail_again};
use crate::trainings::mail::About;
use crate::trainings::store as trainings;

journal::kinds! {
    /// The mail that confirms an application for a recording.
    pub(super) Mail JOINED = "archive.joined";
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Joined {
    /// There is an application now.
    New(ApplicationId),
    /// This person had one; its link was mailed again, and is not shown to whoever typed the name.
    Earlier,
}

/// Why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotJoined {
    /// There is no such recording, or it is not open.
    Unknown,
}

/// Applies for the recording of a session that is over: an application like any other, made after its end, that takes no seat.
pub async fn join(tx: &mut Tx<'_>, path: SessionPath, wanted: &Wanted, now: Timestamp) -> DbResult<Result<Joined, NotJoined>> {
    let Some(session) = trainings::session_at(tx, path.year, path.audience, path.number).await? else { return Ok(Err(NotJoined::Unknown)) };
    let recording = store::recording(tx, session.id).await?;
    let archive = match (trainings::course(tx, session.course).await?, trainings::programme_of(tx, session.course).await?) {
        (Some(course), Some(programme)) => programme.archive(course.archive_opens_at),
        _ => None,
    };
    if !is_open(archive, now) || !recording.is_some_and(|recording| recording.is_open(archive, now)) {
        return Ok(Err(NotJoined::Unknown));
    }
    let person = persons::recognize(tx, &wanted.person, now).await?;
    // From here the session's row is ours: two tabs of one person stand in line.
    trainings::lock(tx, session.id).await?;
    if let Some(earlier) = trainings::live_application_of(tx, session.id, person).await? {
        mail_again(tx, wanted, Mail::of(About::Again.kind(), earlier.id, wanted.lang), now).await?;
        return Ok(Ok(Joined::Earlier));
    }
    let number = trainings::next_number(tx, session.id).await?;
    let id = trainings::add_application(tx, session.id, person, wanted, number, None, now).await?;
    // Whoever comes for the recording knows that it is there.
    store::mark_told(tx, id, now).await?;
    journal::mail(tx, Mail::of(JOINED, id, wanted.lang), now).await?;
    journal::record(tx, &Entry::by(&Label::Application(id.into()).to_string()).did("archive.joined").on("application", id), now).await?;
    Ok(Ok(Joined::New(id)))
}

//! Bringing a participant file in: each participant is somebody's, or waits in the queue. Nobody is present by a guess.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::attendee::Attendee;
use super::matching::{Match, Seats};
use super::reckon::reckon_all;
use super::rule::Held;
use super::store::{self, NewAttendee, NewImport};
use super::{AttendeeId, FileId, ImportId};
use crate::trainings::session::SessionId;

/// What came of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// Which.
    pub id: ImportId,
    /// Participants that were found among the applicants.
    pub found: usize,
    /// Participants that wait in the queue.
    pub open: usize,
}

/// Why no file was brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotImported {
    /// There is no such session.
    Unknown,
    /// It does not take place.
    CalledOff,
    /// Its hours are not set, so that nothing can be reckoned.
    NoHours,
    /// It has not begun.
    NotBegun,
    /// Its attendance is closed.
    Closed,
    /// The same file is in already.
    Twice,
}

impl NotImported {
    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unknown | Self::CalledOff => "attendance-not-called-off",
            Self::NoHours => "attendance-not-hours",
            Self::NotBegun => "attendance-not-begun",
            Self::Closed => "attendance-not-closed",
            Self::Twice => "attendance-not-twice",
        }
    }
}

/// Whether files can be brought in now.
pub fn can_import(session: &crate::trainings::session::Session, is_closed: bool, now: Timestamp) -> Result<(), NotImported> {
    let held = Held::of(session);
    match held {
        _ if session.cancelled_at.is_some() => Err(NotImported::CalledOff),
        None => Err(NotImported::NoHours),
        Some(held) if now < held.starts => Err(NotImported::NotBegun),
        Some(_) if is_closed => Err(NotImported::Closed),
        Some(_) => Ok(()),
    }
}

/// Brings the participants of a file in. `file` is where it was kept until now.
pub async fn import(
    tx: &mut Tx<'_>,
    session: SessionId,
    new: &NewImport,
    attendees: &[Attendee],
    file: Option<FileId>,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<Imported, NotImported>> {
    let Some(whole) = crate::trainings::store::lock(tx, session).await? else { return Ok(Err(NotImported::Unknown)) };
    if let Err(refusal) = can_import(&whole, store::sheet(tx, session).await?.is_closed(), now) {
        return Ok(Err(refusal));
    }
    if store::is_imported(tx, session, new.digest).await? {
        return Ok(Err(NotImported::Twice));
    }
    let Some(named) = store::named(tx, session).await? else { return Ok(Err(NotImported::Unknown)) };
    let seats = store::seats(tx, session).await?;
    let seats = Seats::of(named, &seats);
    let found: Vec<Match> = attendees.iter().map(|attendee| seats.find(attendee)).collect();
    let id = store::add_import(tx, session, new, by, now).await?;
    let rows: Vec<NewAttendee<'_>> =
        attendees.iter().zip(&found).map(|(attendee, found)| NewAttendee { id: AttendeeId::new(now), attendee, found }).collect();
    store::add_attendees(tx, session, id, &rows, now).await?;
    if let Some(file) = file {
        store::drop_file(tx, file).await?;
    }
    reckon_all(tx, &whole).await?;
    let count = found.iter().filter(|found| matches!(found, Match::Found(..))).count();
    let outcome = Imported { id, found: count, open: found.len() - count };
    let detail = json!({ "import": id.uuid(), "tool": new.tool, "found": outcome.found, "open": outcome.open, "wrong": new.wrong });
    journal::record(tx, &Entry::by(by).did("attendance.imported").on("session", session).with(detail), now).await?;
    Ok(Ok(outcome))
}

//! Moving an application to another session of its course.

use db::{DbError, DbResult, Tx};
use journal::{Entry, Mail};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::application::{Application, ApplicationId};
use super::let_go::free_seat;
use super::mail::About;
use super::offer::{self, Ended};
use super::session::{NotOpen, Session, SessionId};
use super::store;

/// What came of a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Moved {
    /// A seat in the other session was taken.
    ToSeat,
    /// A place on the other session's waiting list was taken; the old seat is given up.
    ToWaiting,
}

/// Why nothing was moved. Whatever the reason, the old application stands as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotMoved {
    /// There is no such application or session.
    Unknown,
    /// It is cancelled.
    Cancelled,
    /// Its session has begun.
    TooLate,
    /// It is the same session.
    Same,
    /// The other session is of another course.
    OtherCourse,
    /// The other session takes no applications now.
    NotOpen,
    /// The other session and its waiting list are full.
    Full,
    /// The person has an application for the other session already.
    Already,
}

/// Why an application does not go from one session to the other at `now`, as far as these tell.
fn refuses(application: &Application, old: &Session, new: &Session, by_staff: bool, now: Timestamp) -> Option<NotMoved> {
    if !application.is_live() {
        return Some(NotMoved::Cancelled);
    }
    if old.course != new.course {
        return Some(NotMoved::OtherCourse);
    }
    // A cancelled session can always be left: that is what the people are told to do. Who watches at another's screen has begun.
    if application.is_viewer() || (old.cancelled_at.is_none() && !old.can_still_change(now)) {
        return Some(NotMoved::TooLate);
    }
    let is_taken = match new.refuses_at(now, None) {
        None => true,
        Some(NotOpen::Cancelled) => false,
        Some(_) => by_staff && new.day.is_some() && new.can_still_change(now),
    };
    (!is_taken).then_some(NotMoved::NotOpen)
}

/// Moves an application to another session of its course: the new place first, then the old one is passed on.
///
/// `by_staff` moves regardless of the window of the other session, until it begins.
pub async fn move_to(
    tx: &mut Tx<'_>,
    id: ApplicationId,
    to: SessionId,
    by: &str,
    by_staff: bool,
    now: Timestamp,
) -> DbResult<Result<Moved, NotMoved>> {
    let Some(application) = store::application(tx, id).await? else { return Ok(Err(NotMoved::Unknown)) };
    let from = application.session;
    if from == to {
        return Ok(Err(if application.is_live() { NotMoved::Same } else { NotMoved::Cancelled }));
    }
    // Both rows in one fixed order, so that two people who swap sessions cannot wait for each other for ever.
    let (first, second) = (store::lock(tx, from.min(to)).await?, store::lock(tx, from.max(to)).await?);
    let (old, new) = if from < to { (first, second) } else { (second, first) };
    let (Some(old), Some(new)) = (old, new) else { return Ok(Err(NotMoved::Unknown)) };
    // Read again: while we waited for the rows it may have been cancelled, or a seat may have come to it.
    let Some(application) = store::application(tx, id).await?.filter(|application| application.session == from) else {
        return Err(DbError::Contended);
    };
    if let Some(refusal) = refuses(&application, &old, &new, by_staff, now) {
        return Ok(Err(refusal));
    }
    if store::live_application_of(tx, to, application.person).await?.is_some() {
        return Ok(Err(NotMoved::Already));
    }
    let waited = if store::take_seat(tx, to).await? {
        None
    } else {
        match store::take_waiting_place(tx, to).await? {
            Some(rank) => Some(rank),
            None => return Ok(Err(NotMoved::Full)),
        }
    };
    let number = store::next_number(tx, to).await?;
    // The entry in the calendar counts the changes of the application and of its session, and must not fall behind by the move.
    let rises = 1.max(1 + old.sequence - new.sequence);
    if !store::mark_moved(tx, id, from, to, &store::Moving { number, waited, rises }, now).await? {
        return tx.refuse(Err(NotMoved::Cancelled));
    }
    if application.is_waiting() {
        store::leave_waiting_place(tx, from).await?;
        offer::leave(tx, &old, id, Ended::Left, by, now).await?;
    } else {
        free_seat(tx, &old, now).await?;
    }
    tx.public_changed().await?;
    journal::mail(tx, Mail::of(About::Moved.kind(), id, application.lang), now).await?;
    journal::record(tx, &Entry::by(by).did("applications.moved").on("application", id), now).await?;
    Ok(Ok(if waited.is_some() { Moved::ToWaiting } else { Moved::ToSeat }))
}

//! Attendance: who was in a session, how long, and what follows from it.
//!
//! What meeting tools give out is brought in ([`import`]), each participant is matched with an applicant or waits for a person in
//! the queue ([`settle`]), minutes are the union of everything that is known ([`minutes`]), and closing ([`close`]) decides about
//! everybody at once. Nobody is present by a guess, nobody absent while a participant may still be them; every decision can be
//! taken back, and whoever it is about sees it with its reason and can write back ([`object`]).

pub mod answer;
pub mod attendee;
mod certify;
mod changed;
pub mod close;
pub mod files;
mod from_the_day;
pub mod import;
pub mod learner;
pub mod mail;
pub mod mark;
pub mod matching;
pub mod minutes;
#[cfg(test)]
mod models;
pub mod object;
pub(crate) mod pages;
pub mod presence;
mod reckon;
pub mod rule;
pub mod set_rule;
pub mod settle;
pub mod store;
pub mod verdict;
pub mod withdraw;
pub mod words;

pub use certify::handlers;
pub use changed::{Attendance, CHANGED, Stretch, changed};
pub use pages::routes;

use db::{DbResult, Tx};
use kernel::{Span, Timestamp, id};

use crate::trainings::application::ApplicationId;

id!(
    /// A participant file that was sent and not brought in yet.
    FileId
);
id!(
    /// A participant file that was brought in.
    ImportId
);
id!(
    /// A participant of a file.
    AttendeeId
);
id!(
    /// A stretch of somebody's presence.
    StayId
);
id!(
    /// What was decided by hand about several at once.
    MarkId
);
id!(
    /// What somebody wrote about their attendance.
    ObjectionId
);

/// How long a file that was not brought in is kept.
const FILES_LAST: Span = Span::days(1);

/// Forgets files that nobody brought in.
pub async fn forget_old(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    store::forget_files(tx, now.minus(FILES_LAST)).await?;
    Ok(())
}

/// Notes that somebody has made up for their absence by the recording. Who was 出席 stays so.
pub async fn made_up(tx: &mut Tx<'_>, application: ApplicationId, now: Timestamp) -> DbResult<()> {
    let Some(found) = crate::trainings::store::application(tx, application).await? else { return Ok(()) };
    store::hold(tx, found.session, application).await?;
    store::put_made_up(tx, application, now).await?;
    changed::tell(tx, found.session, [application], now).await
}

/// How far back a session that was never closed is still worth a line.
const RECENT: Span = Span::days(90);

/// What waits for the secretariat.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    /// What people wrote about their attendance.
    pub objections: i64,
    /// Sessions that have ended and are not closed, the longest ago first.
    pub unclosed: Vec<store::Unclosed>,
}

/// Asks what waits.
pub async fn waiting(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<Waiting> {
    Ok(Waiting { objections: store::waiting_objections(tx).await?, unclosed: store::unclosed(tx, now.minus(RECENT), now).await? })
}

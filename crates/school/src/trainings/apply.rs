//! Applying: one seat, one receipt number, one mail, in one transaction.

mod one_by_one;
mod together;

use access::Label;
use db::{DbResult, Engine, HotKey, Tx};
use journal::{Entry, Mail};
use kernel::{FiscalYear, Timestamp, Uuid};
use people::persons;
use serde::{Deserialize, Serialize};

use super::application::{ApplicationId, Wanted};
use super::mail::About;
use super::programme::Audience;
use super::session::{NotOpen, Seats, Session};
use super::store;

/// Which session an address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionPath {
    /// The fiscal year.
    pub year: FiscalYear,
    /// The course.
    pub audience: Audience,
    /// 第N回
    pub number: i64,
}

impl SessionPath {
    /// The row for which people stand in line, so that on PostgreSQL one transaction serves all who wait for it.
    pub fn hot_key(self) -> HotKey {
        let year = u128::from(self.year.begins_in().unsigned_abs());
        let number = u128::from(self.number.unsigned_abs());
        HotKey::new("sessions", Uuid::from_u128(year << 96 | (self.audience as u128) << 64 | number))
    }
}

/// What came of an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Applied {
    /// A seat was taken.
    Seat(ApplicationId),
    /// A place on the waiting list was taken.
    Waiting(ApplicationId),
    /// This person had applied before; the link was mailed again, and is not shown to whoever typed the name.
    Earlier,
    /// Nothing yet: this person has applied for another session of the same contents, and is asked whether to change to this one
    /// or to attend both. The link of that application was mailed, and is not shown to whoever typed the name.
    Elsewhere,
}

/// Why there is no application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotApplied {
    /// There is no such session.
    Unknown,
    /// Applications have not opened yet.
    NotYet,
    /// The deadline has passed.
    Closed,
    /// The session is cancelled.
    Cancelled,
    /// All seats and all waiting places are taken.
    Full,
}

impl From<NotOpen> for NotApplied {
    fn from(refusal: NotOpen) -> Self {
        match refusal {
            NotOpen::NotYet => Self::NotYet,
            NotOpen::Closed => Self::Closed,
            NotOpen::Cancelled => Self::Cancelled,
        }
    }
}

/// What [`enter`] has done.
pub(super) enum Entered {
    /// There is a new application, with a seat or waiting.
    New {
        /// The application.
        id: ApplicationId,
        /// Whether it waits.
        waits: bool,
    },
    /// This person had applied before.
    Earlier(ApplicationId),
    /// This person is to be asked first: they have this application for another session of the same contents.
    Elsewhere(ApplicationId),
}

/// Applies for a session. Applying twice is the same as once.
pub async fn apply(tx: &mut Tx<'_>, path: SessionPath, wanted: &Wanted, now: Timestamp) -> DbResult<Result<Applied, NotApplied>> {
    let (id, waits) = match enter(tx, path, wanted, now).await? {
        Ok(Entered::New { id, waits }) => (id, waits),
        Ok(Entered::Earlier(earlier)) => {
            mail_again(tx, wanted, Mail::of(About::Again.kind(), earlier, wanted.lang), now).await?;
            return Ok(Ok(Applied::Earlier));
        }
        Ok(Entered::Elsewhere(other)) => {
            mail_again(tx, wanted, asking(other, path, wanted), now).await?;
            return Ok(Ok(Applied::Elsewhere));
        }
        Err(refusal) => return Ok(Err(refusal)),
    };
    journal::mail(tx, Mail::of(wanted.mail().kind(), id, wanted.lang), now).await?;
    journal::record(tx, &entry(id, wanted), now).await?;
    Ok(Ok(if waits { Applied::Waiting(id) } else { Applied::Seat(id) }))
}

/// Answers by mail whoever has applied before, unless the address had as many of these lately as it may: anybody can have them sent who
/// knows a name and an address, and each says what the one before said.
pub(crate) async fn mail_again(tx: &mut Tx<'_>, wanted: &Wanted, mail: Mail, now: Timestamp) -> DbResult<()> {
    let may_go = match wanted.asks {
        Some(asks) => asks.may_mail(tx, now).await?,
        None => true,
    };
    if may_go {
        journal::mail(tx, mail, now).await?;
    }
    Ok(())
}

/// Takes a seat or a place on the waiting list for a person, once. Tells nobody, and leaves no entry in the trail: its callers do.
pub(super) async fn enter(tx: &mut Tx<'_>, path: SessionPath, wanted: &Wanted, now: Timestamp) -> DbResult<Result<Entered, NotApplied>> {
    let Some(session) = store::session_at(tx, path.year, path.audience, path.number).await? else {
        return Ok(Err(NotApplied::Unknown));
    };
    if let Some(refusal) = refuses(&session, wanted, now) {
        return Ok(Err(refusal));
    }
    let person = persons::recognize(tx, &wanted.person, now).await?;
    // From here the session's row is ours: two tabs of one person stand in line. It may have been called off while we waited.
    let Some(session) = store::lock(tx, session.id).await? else { return Ok(Err(NotApplied::Unknown)) };
    if let Some(refusal) = refuses(&session, wanted, now) {
        return Ok(Err(refusal));
    }
    if let Some(earlier) = store::live_application_of(tx, session.id, person).await? {
        return Ok(Ok(Entered::Earlier(earlier.id)));
    }
    if wanted.is_asked()
        && let Some(other) = store::same_contents_of(tx, &session, person, now).await?
    {
        return Ok(Ok(Entered::Elsewhere(other)));
    }
    let waited = if store::take_seat(tx, session.id).await? {
        None
    } else {
        match store::take_waiting_place(tx, session.id).await? {
            Some(rank) => Some(rank),
            None => return Ok(Err(NotApplied::Full)),
        }
    };
    let number = store::next_number(tx, session.id).await?;
    let id = store::add_application(tx, session.id, person, wanted, number, waited, now).await?;
    if session.taken + 1 >= session.seats.unwrap_or(i64::MAX) || session.seats_left() != seats_after(&session) {
        tx.public_changed().await?;
    }
    Ok(Ok(Entered::New { id, waits: waited.is_some() }))
}

/// Applies for everybody who waits for the same session, in the order in which they came.
///
/// The outcome is that of [`apply`] for each of them; on PostgreSQL one statement serves all.
pub async fn apply_all(tx: &mut Tx<'_>, inputs: Vec<(SessionPath, Wanted)>, now: Timestamp) -> DbResult<Vec<Result<Applied, NotApplied>>> {
    match tx.engine() {
        Engine::Sqlite => one_by_one::apply_all(tx, &inputs, now).await,
        Engine::Postgres => together::apply_all(tx, &inputs, now).await,
    }
}

/// Why the session takes no such application at `now`. The secretariat enters for people who telephone until it begins.
pub(super) fn refuses(session: &Session, wanted: &Wanted, now: Timestamp) -> Option<NotApplied> {
    let refusal = match wanted.entered_by {
        Some(_) if session.cancelled_at.is_none() && session.can_still_change(now) => None,
        _ => session.refuses_at(now, wanted.begun_at),
    };
    refusal.map(Into::into)
}

/// The mail that asks whether to change to the session of this address, about the application that the person has.
pub(super) fn asking(other: ApplicationId, to: SessionPath, wanted: &Wanted) -> Mail {
    Mail::of(About::Elsewhere.kind(), other, wanted.lang).with("to", to.number)
}

/// What the trail says of an application.
pub(super) fn entry(id: ApplicationId, wanted: &Wanted) -> Entry {
    let by = wanted.entered_by.unwrap_or(Label::Application(id.into())).to_string();
    let entry = Entry::by(&by).did("applications.applied").on("application", id);
    if wanted.by_office { entry.with(serde_json::json!({ "by": "colleague" })) } else { entry }
}

/// The word for the seats once one more is taken: public pages change only when it does.
fn seats_after(session: &Session) -> Seats {
    let mut after = session.clone();
    after.taken += 1;
    after.seats_left()
}

//! Shortly before the beginning nobody is given a seat without being asked: it is offered to whoever waits, one after the other.

use db::{DbResult, Tx};
use journal::outbox::Priority;
use journal::{Entry, Job, Mail};
use kernel::{Span, Timestamp, Uuid, id};
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::Settings;

use super::application::ApplicationId;
use super::cancel::{NotCancelled, withdraw};
use super::let_go::free_seat;
use super::mail::About;
use super::session::{Session, SessionId};
use super::store;

journal::kinds! {
    /// The job that ends an offer which nobody has answered.
    pub(super) Job OVER = "trainings.offer_over";
}

id!(
    /// A seat that is offered to somebody.
    OfferId
);

db::row! {
    /// An offer, as stored.
    #[derive(Clone, Debug)]
    pub struct Offer {
        /// Its id.
        pub id: OfferId,
        /// To whom.
        pub application: ApplicationId,
        /// The session.
        pub session: SessionId,
        /// From when.
        pub offered_at: Timestamp,
        /// Until when the seat is kept for them.
        pub ends_at: Timestamp,
        /// When it ended.
        pub ended_at: Option<Timestamp>,
    }
}

/// How an offer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// 参加する
    Taken,
    /// 辞退する
    Declined,
    /// Its time was over.
    Over,
    /// Whoever had it left the waiting list, or moved elsewhere.
    Left,
}

/// From when on seats are offered, and for how long: set by the secretariat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// So long before the beginning seats are no longer given without asking.
    pub near: Span,
    /// So long a seat is kept for whoever it is offered to.
    pub lasts: Span,
}

/// Why nobody took a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotTaken {
    /// There is no such application, or it was never offered a seat.
    Unknown,
    /// The application is cancelled.
    Cancelled,
    /// The session is called off.
    CalledOff,
    /// It has begun.
    TooLate,
    /// The time was over, and the seat is somebody else's.
    Gone,
}

impl Ended {
    /// The word in the database and in the trail.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Declined => "declined",
            Self::Over => "over",
            Self::Left => "left",
        }
    }
}

impl Rule {
    /// As the settings say; what cannot be read counts as 24 and 2 hours.
    pub fn of(settings: &Settings) -> Self {
        let hours = |name: &str, usual: i64| settings.get(name).parse().ok().filter(|hours| *hours > 0).unwrap_or(usual);
        Self { near: Span::hours(hours("waiting.ask_hours", 24)), lasts: Span::hours(hours("waiting.offer_hours", 2)) }
    }

    /// Whether seats of the session are offered by now.
    pub fn is_near(self, session: &Session, now: Timestamp) -> bool {
        session.held().is_some_and(|(begins, _)| now >= begins.minus(self.near))
    }

    fn ends(self, session: &Session, now: Timestamp) -> Timestamp {
        let end = now.plus(self.lasts);
        session.held().map_or(end, |(begins, _)| end.min(begins))
    }
}

/// Offers a free seat to whoever waits longest and has not been asked yet. It stays taken meanwhile. False if nobody is left to ask.
///
/// The session's row is locked by the caller, and it has not begun.
pub(super) async fn offer(tx: &mut Tx<'_>, session: &Session, rule: Rule, now: Timestamp) -> DbResult<bool> {
    let Some((application, lang)) = store::next_to_ask(tx, session.id).await? else { return Ok(false) };
    let (id, ends) = (OfferId::new(now), rule.ends(session, now));
    store::add_offer(tx, id, application, session.id, ends, now).await?;
    let mail = Mail::of(About::Offered.kind(), application, lang).with("ends", ends).priority(Priority::Awaited).expires(ends);
    journal::mail(tx, mail, now).await?;
    journal::job(tx, Job::of(OVER, id).at(ends), now).await?;
    journal::record(tx, &trail(journal::audit::SYSTEM, "offers.made", application, id), now).await?;
    Ok(true)
}

fn trail(by: &str, did: &'static str, application: ApplicationId, id: OfferId) -> Entry {
    Entry::by(by).did(did).on("application", application).with(json!({ "offer": Uuid::from(id) }))
}

/// Takes the seat that is offered. Whoever comes too late still gets one that nobody else has taken. Doing it twice does nothing more.
pub async fn take(tx: &mut Tx<'_>, id: ApplicationId, by: &str, now: Timestamp) -> DbResult<Result<(), NotTaken>> {
    let Some(application) = store::application(tx, id).await? else { return Ok(Err(NotTaken::Unknown)) };
    let Some(session) = store::lock(tx, application.session).await? else { return Ok(Err(NotTaken::Unknown)) };
    // Read again: while we waited for the row the seat may have come, or the application may have gone.
    let found = store::application(tx, id).await?.filter(|application| application.session == session.id);
    let (Some(application), Some(offer)) = (found, store::last_offer(tx, id, session.id).await?) else {
        return Ok(Err(NotTaken::Unknown));
    };
    if !application.is_live() {
        return Ok(Err(NotTaken::Cancelled));
    }
    if !application.is_waiting() {
        return Ok(Ok(()));
    }
    if session.cancelled_at.is_some() {
        return Ok(Err(NotTaken::CalledOff));
    }
    if !session.can_still_change(now) {
        return Ok(Err(NotTaken::TooLate));
    }
    let is_kept = offer.ended_at.is_none() && now < offer.ends_at;
    if is_kept {
        store::end_offer(tx, offer.id, Ended::Taken, now).await?;
    } else {
        // The next one is asked first, if the clock has not done it yet.
        ends(tx, &session, &offer, now).await?;
        if store::application(tx, id).await?.is_some_and(|application| !application.is_waiting()) {
            return Ok(Ok(()));
        }
        if !store::take_seat(tx, session.id).await? {
            return Ok(Err(NotTaken::Gone));
        }
    }
    store::seat_waiting(tx, id, now).await?;
    store::leave_waiting_place(tx, session.id).await?;
    tx.public_changed().await?;
    journal::mail(tx, Mail::of(About::Promoted.kind(), id, application.lang), now).await?;
    journal::record(tx, &trail(by, "offers.taken", id, offer.id), now).await?;
    Ok(Ok(()))
}

/// Declines the seat that is offered, and leaves the waiting list: the next one is asked at once.
pub async fn decline(tx: &mut Tx<'_>, id: ApplicationId, by: &str, now: Timestamp) -> DbResult<Result<(), NotCancelled>> {
    withdraw(tx, id, by, "", Ended::Declined, now).await
}

/// Ends an offer whose time is over; the next one is asked. Doing it twice does nothing more.
pub async fn over(tx: &mut Tx<'_>, id: OfferId, now: Timestamp) -> DbResult<()> {
    let Some(offer) = store::offer(tx, id).await? else { return Ok(()) };
    let Some(session) = store::lock(tx, offer.session).await? else { return Ok(()) };
    let Some(offer) = store::offer(tx, id).await? else { return Ok(()) };
    ends(tx, &session, &offer, now).await
}

async fn ends(tx: &mut Tx<'_>, session: &Session, offer: &Offer, now: Timestamp) -> DbResult<()> {
    if offer.ends_at > now || !store::end_offer(tx, offer.id, Ended::Over, now).await? {
        return Ok(());
    }
    journal::record(tx, &trail(journal::audit::SYSTEM, "offers.over", offer.application, offer.id), now).await?;
    free_seat(tx, session, now).await?;
    Ok(())
}

/// Ends the offer of somebody who leaves the waiting list, and passes the seat on. The session's row is locked by the caller.
pub(super) async fn leave(tx: &mut Tx<'_>, session: &Session, id: ApplicationId, how: Ended, by: &str, now: Timestamp) -> DbResult<()> {
    let Some(offer) = store::last_offer(tx, id, session.id).await?.filter(|offer| offer.ended_at.is_none()) else { return Ok(()) };
    if store::end_offer(tx, offer.id, how, now).await? {
        let did = if how == Ended::Declined { "offers.declined" } else { "offers.left" };
        journal::record(tx, &trail(by, did, id, offer.id), now).await?;
        free_seat(tx, session, now).await?;
    }
    Ok(())
}

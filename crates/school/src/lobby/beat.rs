//! The beat of a page that is open: somebody is still there.

use db::{DbResult, Tx};
use kernel::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use super::meeting::{Hours, Meeting};
use super::seat::Seat;
use super::store;
use super::viewing::ViewingId;
use crate::trainings::application::Spot;
use crate::trainings::store as trainings;

/// A beat that comes later than this after the one before begins a new stretch of presence: what lies between is not known.
pub const PAUSE: Span = Span::seconds(150);

/// What a page hears.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Heard {
    /// It is open or running: where to go.
    Here(Door),
    /// It is over.
    Over,
    /// The application does not hold a seat any more, or the lobby is not open.
    Gone,
}

/// Where the meeting is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// Rises with every change.
    pub version: i64,
    /// The link, empty as long as there is none.
    pub link: String,
    /// Number and passcode, as they are to be read.
    pub entry: String,
    /// The telephone number into the meeting.
    pub dial_in: String,
    /// Whether the questionnaire is open.
    pub asks: bool,
}

impl Door {
    /// That of a meeting at `now`.
    pub fn of(meeting: &Meeting, hours: Hours, now: Timestamp) -> Self {
        Self {
            version: meeting.version,
            link: meeting.link.clone(),
            entry: meeting.entry.clone(),
            dial_in: meeting.dial_in.clone(),
            asks: hours.takes_answers(now),
        }
    }
}

/// Somebody is still there.
pub async fn beat(tx: &mut Tx<'_>, seat: Seat, now: Timestamp) -> DbResult<Heard> {
    let Some(pulse) = store::pulse(tx, seat.application).await? else { return Ok(Heard::Gone) };
    if pulse.generation != seat.generation || pulse.cancelled_at.is_some() || pulse.place != Spot::Seat {
        return Ok(Heard::Gone);
    }
    let Some(session) = trainings::session(tx, pulse.session).await? else { return Ok(Heard::Gone) };
    let meeting = store::meeting(tx, session.id).await?;
    let Some(hours) = meeting.hours(&session).filter(|_| session.cancelled_at.is_none()) else { return Ok(Heard::Gone) };
    if !hours.takes_presence(now) {
        return Ok(if now < hours.opens { Heard::Gone } else { Heard::Over });
    }
    // Whoever sits before a screen is there as long as the screen is: their own page brings only news.
    let is_before_a_screen = store::viewer(tx, seat.application).await?.is_some_and(|viewer| viewer.viewing.uuid() == seat.device);
    if !is_before_a_screen && !store::extend(tx, seat.application, seat.device, now.minus(PAUSE), now).await? {
        store::begin(tx, seat.application, seat.device, false, now).await?;
    }
    Ok(Heard::Here(Door::of(&meeting, hours, now)))
}

/// A screen before which many sit is still there, and they with it.
pub async fn beat_of_screen(tx: &mut Tx<'_>, id: ViewingId, now: Timestamp) -> DbResult<Heard> {
    let Some(viewing) = store::viewing(tx, id).await?.filter(|viewing| viewing.ended_at.is_none()) else { return Ok(Heard::Gone) };
    let Some(session) = trainings::session(tx, viewing.session).await? else { return Ok(Heard::Gone) };
    let meeting = store::meeting(tx, session.id).await?;
    let Some(hours) = meeting.hours(&session).filter(|_| session.cancelled_at.is_none()) else { return Ok(Heard::Gone) };
    if !hours.takes_presence(now) {
        return Ok(if now < hours.opens { Heard::Gone } else { Heard::Over });
    }
    let since = now.minus(PAUSE);
    store::extend_all(tx, id, since, now).await?;
    // After a pause of the screen everybody begins anew; there are as many of them as chairs in a room.
    for application in store::interrupted(tx, id, since).await? {
        store::begin(tx, application, id.uuid(), true, now).await?;
    }
    Ok(Heard::Here(Door::of(&meeting, hours, now)))
}

//! A session and an application as the model knows them.

use kernel::{Span, Timestamp};

use crate::trainings::apply::NotApplied;

pub const TEN_MINUTES: Span = Span::minutes(10);
pub const A_DAY: Span = Span::hours(24);

pub struct Session {
    pub seats: Option<usize>,
    pub places: Option<usize>,
    pub opens: Timestamp,
    pub closes: Option<Timestamp>,
    pub begins: Timestamp,
    pub ends: Timestamp,
    pub is_called_off: bool,
    pub changes: i64,
    pub received: i64,
    /// Everybody who has, or is held, a seat.
    pub sitting: Vec<usize>,
    /// Everybody who has, or is held, a place on the waiting list, in the order of asking.
    pub queue: Vec<usize>,
    /// Those for whom a seat is kept, and until when.
    pub offers: Vec<(usize, Timestamp)>,
    /// Everybody who was ever offered a seat.
    pub asked: Vec<usize>,
}

pub struct Application {
    /// The first of those that were made at once with it.
    pub series: Option<usize>,
    pub person: usize,
    pub session: usize,
    pub number: i64,
    pub is_live: bool,
    pub held_until: Option<Timestamp>,
}

impl Session {
    pub fn has_begun(&self, now: Timestamp) -> bool {
        now >= self.begins
    }

    pub fn takes(&self, begun_at: Option<Timestamp>, now: Timestamp) -> Result<(), NotApplied> {
        let deadline = self.closes.unwrap_or(self.begins);
        let form_was_early = begun_at.is_some_and(|begun| begun < deadline);
        match () {
            () if self.is_called_off => Err(NotApplied::Cancelled),
            () if now < self.opens => Err(NotApplied::NotYet),
            () if now < deadline || (form_was_early && now < deadline.plus(TEN_MINUTES)) => Ok(()),
            () => Err(NotApplied::Closed),
        }
    }

    /// Seats that are nobody else's: of those who sit, and those kept for whoever they are offered to.
    pub const fn taken(&self) -> usize {
        self.sitting.len() + self.offers.len()
    }

    pub fn is_near(&self, now: Timestamp) -> bool {
        now >= self.begins.minus(A_DAY)
    }

    pub fn is_offered(&self, application: usize) -> bool {
        self.offers.iter().any(|(to, _)| *to == application)
    }

    pub fn has_seat(&self) -> bool {
        self.seats.is_none_or(|seats| self.taken() < seats)
    }

    pub fn has_place(&self) -> bool {
        self.places.is_none_or(|places| self.queue.len() < places)
    }

    pub fn leaves(&mut self, application: usize) {
        self.sitting.retain(|known| *known != application);
        self.queue.retain(|known| *known != application);
        self.offers.retain(|(to, _)| *to != application);
    }
}

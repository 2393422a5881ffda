//! What the secretariat does to sessions, on the lists in memory.

use kernel::Span;

use super::Model;
use crate::office::sessions::call_off::NotCalledOff;
use crate::office::sessions::change::{Changed, NotChanged};

impl Model {
    pub(super) fn limits(&mut self, at: usize, seats: Option<i64>, places: Option<i64>, is_late: bool) -> Result<Changed, NotChanged> {
        let session = &mut self.sessions[at];
        let count = |places: Option<i64>| places.and_then(|places| usize::try_from(places).ok());
        let (seats, places) = (count(seats), count(places));
        let is_too_few = seats.is_some_and(|seats| session.taken() > seats) || places.is_some_and(|places| session.queue.len() > places);
        if is_late || is_too_few || session.is_called_off {
            return Err(NotChanged::Meanwhile);
        }
        (session.seats, session.places) = (seats, places);
        session.changes += 1;
        Ok(Changed { told: 0, promoted: self.passes_seats_on(at) })
    }

    pub(super) fn reschedules(&mut self, at: usize, span: Span) -> Result<Changed, NotChanged> {
        let session = &mut self.sessions[at];
        if session.is_called_off {
            return Err(NotChanged::Meanwhile);
        }
        session.changes += 1;
        session.begins = session.begins.plus(span);
        session.ends = session.ends.plus(span);
        session.closes = session.closes.map(|closes| closes.plus(span));
        let told = self.tells_all(at, "office.rescheduled");
        Ok(Changed { told, promoted: self.passes_seats_on(at) })
    }

    pub(super) fn calls_off(&mut self, at: usize) -> Result<i64, NotCalledOff> {
        let now = self.now;
        let session = self.sessions.get_mut(at).ok_or(NotCalledOff::Unknown)?;
        if session.has_begun(now) {
            return Err(NotCalledOff::Begun);
        }
        if session.is_called_off {
            return Err(NotCalledOff::Already);
        }
        session.is_called_off = true;
        session.changes += 1;
        Ok(self.tells_all(at, "office.called_off"))
    }

    fn tells_all(&mut self, at: usize, kind: &str) -> i64 {
        let people = self.live_in(at);
        for application in &people {
            self.mail(*application, kind);
        }
        i64::try_from(people.len()).unwrap_or(i64::MAX)
    }
}

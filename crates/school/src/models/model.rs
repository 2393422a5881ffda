//! The rules of applying, moving, cancelling and waiting as one would tell them, on lists in memory.

use kernel::{Span, Timestamp};
use std::collections::BTreeMap;

use super::act::{Act, Answer, Around, Beginning, Request, SESSIONS};
use super::ledger::{Counts, Entry, Ledger};
use super::stage::TYPED;
use crate::office::sessions::call_off::NotCalledOff;
use crate::office::sessions::change::{Changed, NotChanged};
use crate::trainings::apply::NotApplied;
use crate::trainings::cancel::NotCancelled;
use crate::trainings::move_to::{Moved, NotMoved};
use crate::trainings::undo::NotUndone;

const TEN_MINUTES: Span = Span::minutes(10);

pub struct Model {
    pub now: Timestamp,
    sessions: Vec<Session>,
    applications: Vec<Application>,
    requests: Vec<Answer>,
    mails: BTreeMap<(usize, String), usize>,
}

struct Session {
    seats: Option<usize>,
    places: Option<usize>,
    opens: Timestamp,
    closes: Option<Timestamp>,
    begins: Timestamp,
    ends: Timestamp,
    is_called_off: bool,
    changes: i64,
    received: i64,
    /// Everybody who has, or is held, a seat.
    sitting: Vec<usize>,
    /// Everybody who has, or is held, a place on the waiting list, in the order of asking.
    queue: Vec<usize>,
}

struct Application {
    person: usize,
    session: usize,
    number: i64,
    is_live: bool,
    held_until: Option<Timestamp>,
}

impl Session {
    fn has_begun(&self, now: Timestamp) -> bool {
        now >= self.begins
    }

    fn takes(&self, begun_at: Option<Timestamp>, now: Timestamp) -> Result<(), NotApplied> {
        let deadline = self.closes.unwrap_or(self.begins);
        let form_was_early = begun_at.is_some_and(|begun| begun < deadline);
        match () {
            () if self.is_called_off => Err(NotApplied::Cancelled),
            () if now < self.opens => Err(NotApplied::NotYet),
            () if now < deadline || (form_was_early && now < deadline.plus(TEN_MINUTES)) => Ok(()),
            () => Err(NotApplied::Closed),
        }
    }

    fn has_seat(&self) -> bool {
        self.seats.is_none_or(|seats| self.sitting.len() < seats)
    }

    fn has_place(&self) -> bool {
        self.places.is_none_or(|places| self.queue.len() < places)
    }

    fn leaves(&mut self, application: usize) {
        self.sitting.retain(|known| *known != application);
        self.queue.retain(|known| *known != application);
    }
}

impl Model {
    pub fn new(beginnings: &[Beginning], now: Timestamp) -> Self {
        let session = |beginning: &Beginning| {
            let begins = now.plus(Span::minutes(beginning.begins));
            let places = |places: Option<i64>| places.and_then(|places| usize::try_from(places).ok());
            Session {
                seats: places(beginning.seats),
                places: places(beginning.places),
                opens: now.plus(Span::minutes(beginning.opens)),
                closes: beginning.closes.map(|before| begins.minus(Span::minutes(before))),
                begins,
                ends: begins.plus(Span::hours(1)),
                is_called_off: false,
                changes: 0,
                received: 0,
                sitting: Vec::new(),
                queue: Vec::new(),
            }
        };
        let sessions = beginnings.iter().map(session).collect();
        Self { now, sessions, applications: Vec::new(), requests: Vec::new(), mails: BTreeMap::new() }
    }

    /// What there is for the next deed.
    pub fn around(&self) -> Around {
        let mut instants: Vec<Timestamp> = self.applications.iter().filter_map(|application| application.held_until).collect();
        for session in &self.sessions {
            let closes = session.closes.into_iter().flat_map(|closes| [closes, closes.plus(TEN_MINUTES)]);
            instants.extend(closes.chain([session.opens, session.begins, session.ends]));
        }
        Around { now: self.now, applications: self.applications.len(), requests: self.requests.len(), instants }
    }

    pub fn act(&mut self, act: &Act) -> Answer {
        match act {
            Act::Apply(request) => {
                let answer = self.apply(request);
                self.requests.push(answer.clone());
                answer
            }
            Act::Repeat(earlier) => self.requests[*earlier].clone(),
            Act::Misuse(..) => Answer::KeyReused,
            Act::Move { application, to, by_office } => Answer::Moved(self.moves(*application, *to, *by_office)),
            Act::Cancel(application) => Answer::Cancelled(self.cancels(*application)),
            Act::Undo(application) => Answer::Undone(self.undoes(*application)),
            Act::LetGo(application) => {
                self.lets_go(*application);
                Answer::Done
            }
            Act::Jobs => {
                for application in 0..self.applications.len() {
                    self.lets_go(application);
                }
                Answer::Done
            }
            Act::Places { session, seats, places, is_late } => Answer::Changed(self.limits(*session, *seats, *places, *is_late)),
            Act::Reschedule { session, span } => Answer::Changed(self.reschedules(*session, *span)),
            Act::CallOff(session) => Answer::CalledOff(self.calls_off(*session)),
            Act::Clock(now) => {
                self.now = *now;
                Answer::Done
            }
        }
    }

    fn mail(&mut self, application: usize, kind: &str) {
        *self.mails.entry((application, kind.to_owned())).or_default() += 1;
    }

    fn live_in(&self, session: usize) -> Vec<usize> {
        let is_here = |at: &usize| self.applications[*at].session == session && self.applications[*at].is_live;
        (0..self.applications.len()).filter(is_here).collect()
    }

    fn live_of(&self, person: usize, session: usize) -> Option<usize> {
        self.live_in(session).into_iter().find(|at| self.applications[*at].person == person)
    }

    fn apply(&mut self, request: &Request) -> Answer {
        let Some(session) = self.sessions.get(request.to) else { return Answer::NotApplied(NotApplied::Unknown) };
        let is_entered = request.by_office && !session.is_called_off && !session.has_begun(self.now);
        if !is_entered && let Err(refusal) = session.takes(request.begun_at, self.now) {
            return Answer::NotApplied(refusal);
        }
        let person = TYPED[request.who].person;
        if let Some(earlier) = self.live_of(person, request.to) {
            self.mail(earlier, "trainings.again");
            return Answer::Earlier;
        }
        let (has_seat, has_place) = (session.has_seat(), session.has_place());
        if !has_seat && !has_place {
            return Answer::NotApplied(NotApplied::Full);
        }
        let application = self.applications.len();
        self.applications.push(Application { person, session: request.to, number: 0, is_live: true, held_until: None });
        self.enters(application, request.to);
        self.mail(application, "trainings.applied");
        if has_seat { Answer::Seat(application) } else { Answer::Waiting(application) }
    }

    /// Takes a seat or a place to wait, and the next number.
    fn enters(&mut self, application: usize, to: usize) {
        let session = &mut self.sessions[to];
        if session.has_seat() {
            session.sitting.push(application);
        } else {
            session.queue.push(application);
        }
        session.received += 1;
        self.applications[application].number = session.received;
        self.applications[application].session = to;
    }

    /// Free seats go to whoever waits longest, until it begins or is called off. Who has cancelled is passed over.
    fn passes_seats_on(&mut self, at: usize) -> i64 {
        let mut promoted = 0;
        loop {
            let session = &mut self.sessions[at];
            let next = session.queue.iter().copied().find(|one| self.applications[*one].is_live);
            let Some(next) = next.filter(|_| session.has_seat() && !session.is_called_off && !session.has_begun(self.now)) else {
                return promoted;
            };
            session.queue.retain(|one| *one != next);
            session.sitting.push(next);
            self.mail(next, "trainings.promoted");
            promoted += 1;
        }
    }

    fn moves(&mut self, application: usize, to: usize, by_office: bool) -> Result<Moved, NotMoved> {
        let known = self.applications.get(application).ok_or(NotMoved::Unknown)?;
        let (from, person) = (known.session, known.person);
        let (old, new) = (&self.sessions[from], self.sessions.get(to).ok_or(NotMoved::Unknown)?);
        if !known.is_live {
            return Err(NotMoved::Cancelled);
        }
        if from == to {
            return Err(NotMoved::Same);
        }
        if (from == SESSIONS - 1) != (to == SESSIONS - 1) {
            return Err(NotMoved::OtherCourse);
        }
        if old.has_begun(self.now) && !old.is_called_off {
            return Err(NotMoved::TooLate);
        }
        let is_open = new.takes(None, self.now).is_ok() || (by_office && !new.is_called_off && !new.has_begun(self.now));
        if !is_open {
            return Err(NotMoved::NotOpen);
        }
        if self.live_of(person, to).is_some() {
            return Err(NotMoved::Already);
        }
        let has_seat = new.has_seat();
        if !has_seat && !new.has_place() {
            return Err(NotMoved::Full);
        }
        self.sessions[from].leaves(application);
        self.enters(application, to);
        self.mail(application, "trainings.moved");
        self.passes_seats_on(from);
        Ok(if has_seat { Moved::ToSeat } else { Moved::ToWaiting })
    }

    fn cancels(&mut self, application: usize) -> Result<(), NotCancelled> {
        let now = self.now;
        let known = self.applications.get_mut(application).ok_or(NotCancelled::Unknown)?;
        if self.sessions[known.session].has_begun(now) {
            return Err(NotCancelled::TooLate);
        }
        if !known.is_live {
            return Err(NotCancelled::Already);
        }
        known.is_live = false;
        known.held_until = Some(now.plus(TEN_MINUTES));
        self.mail(application, "trainings.cancelled");
        Ok(())
    }

    fn undoes(&mut self, application: usize) -> Result<(), NotUndone> {
        let known = self.applications.get(application).ok_or(NotUndone::Unknown)?;
        let (at, person) = (known.session, known.person);
        if known.is_live {
            return Ok(());
        }
        if self.sessions[at].is_called_off {
            return Err(NotUndone::CalledOff);
        }
        if self.live_of(person, at).is_some() {
            return Err(NotUndone::AppliedAgain);
        }
        if known.held_until.is_none_or(|until| self.now >= until) {
            return Err(NotUndone::TooLate);
        }
        let known = &mut self.applications[application];
        known.is_live = true;
        known.held_until = None;
        self.mail(application, "trainings.restored");
        self.passes_seats_on(at);
        Ok(())
    }

    fn lets_go(&mut self, application: usize) {
        let Some(known) = self.applications.get_mut(application) else { return };
        if known.held_until.is_some_and(|until| self.now >= until) {
            known.held_until = None;
            let at = known.session;
            self.sessions[at].leaves(application);
            self.passes_seats_on(at);
        }
    }

    fn limits(&mut self, at: usize, seats: Option<i64>, places: Option<i64>, is_late: bool) -> Result<Changed, NotChanged> {
        let session = &mut self.sessions[at];
        let count = |places: Option<i64>| places.and_then(|places| usize::try_from(places).ok());
        let (seats, places) = (count(seats), count(places));
        let is_too_few =
            seats.is_some_and(|seats| session.sitting.len() > seats) || places.is_some_and(|places| session.queue.len() > places);
        if is_late || is_too_few || session.is_called_off {
            return Err(NotChanged::Meanwhile);
        }
        (session.seats, session.places) = (seats, places);
        session.changes += 1;
        Ok(Changed { told: 0, promoted: self.passes_seats_on(at) })
    }

    fn reschedules(&mut self, at: usize, span: Span) -> Result<Changed, NotChanged> {
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

    fn calls_off(&mut self, at: usize) -> Result<i64, NotCalledOff> {
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

    pub fn ledger(&self) -> Ledger {
        let count = |list: &[usize]| i64::try_from(list.len()).unwrap_or(i64::MAX);
        let counts = |session: &Session| Counts {
            taken: count(&session.sitting),
            waiting: count(&session.queue),
            received: session.received,
            changes: session.changes,
            is_called_off: session.is_called_off,
        };
        let entry = |(at, application): (usize, &Application)| {
            let queue = &self.sessions[application.session].queue;
            let mut live = queue.iter().filter(|one| self.applications[**one].is_live);
            let position = live.position(|one| *one == at).map(|before| i64::try_from(before + 1).unwrap_or(i64::MAX));
            Entry {
                session: application.session,
                person: application.person,
                number: application.number,
                is_live: application.is_live,
                is_held: application.held_until.is_some(),
                is_waiting: queue.contains(&at),
                position,
            }
        };
        Ledger {
            sessions: self.sessions.iter().map(counts).collect(),
            applications: self.applications.iter().enumerate().map(entry).collect(),
            mails: self.mails.clone(),
        }
    }
}

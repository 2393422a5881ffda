//! The rules of applying, moving, cancelling and waiting as one would tell them, on lists in memory.

mod office;

use kernel::{Span, Timestamp};
use std::collections::BTreeMap;

use super::act::{Act, Answer, Around, Beginning, Request, SESSIONS};
use super::ledger::{Counts, Entry, Ledger};
use super::nouns::{A_DAY, Application, Session, TEN_MINUTES};
use super::stage::TYPED;
use crate::trainings::apply::NotApplied;
use crate::trainings::cancel::NotCancelled;
use crate::trainings::move_to::{Moved, NotMoved};
use crate::trainings::offer::NotTaken;
use crate::trainings::undo::NotUndone;

const TWO_HOURS: Span = Span::hours(2);

pub struct Model {
    pub now: Timestamp,
    sessions: Vec<Session>,
    applications: Vec<Application>,
    requests: Vec<Answer>,
    mails: BTreeMap<(usize, String), usize>,
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
                offers: Vec::new(),
                asked: Vec::new(),
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
            instants.extend(closes.chain([session.opens, session.begins, session.ends, session.begins.minus(A_DAY)]));
            instants.extend(session.offers.iter().map(|(_, ends)| *ends));
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
            // Whoever declines leaves the list like anybody else.
            Act::Cancel(application) | Act::Decline(application) => Answer::Cancelled(self.cancels(*application)),
            Act::Undo(application) => Answer::Undone(self.undoes(*application)),
            Act::LetGo(application) => {
                self.lets_go(*application);
                Answer::Done
            }
            Act::Take(application) => Answer::Taken(self.takes(*application)),
            Act::Series { who } => self.series(*who),
            Act::CancelSeries(application) => Answer::SeriesCancelled(self.cancels_series(*application)),
            Act::Jobs => {
                for session in 0..self.sessions.len() {
                    self.ends_offers(session, None);
                }
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

    /// The application of the person for the first other session of the course that is still to come.
    fn elsewhere(&self, person: usize, to: usize) -> Option<usize> {
        let is_to_come = |at: usize| !self.sessions[at].is_called_off && !self.sessions[at].has_begun(self.now);
        let is_same = |at: usize| at != to && (at == SESSIONS - 1) == (to == SESSIONS - 1);
        let is_it = |one: &Application| one.person == person && one.is_live && is_same(one.session) && is_to_come(one.session);
        let found = self.applications.iter().enumerate().filter(|(_, one)| is_it(one));
        found.min_by_key(|(_, one)| one.session).map(|(at, _)| at)
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
        let is_asked = !request.both && !request.by_office;
        if let Some(other) = self.elsewhere(person, request.to).filter(|_| is_asked) {
            self.mail(other, "trainings.elsewhere");
            return Answer::Elsewhere;
        }
        let (has_seat, has_place) = (session.has_seat(), session.has_place());
        if !has_seat && !has_place {
            return Answer::NotApplied(NotApplied::Full);
        }
        let application = self.applications.len();
        self.applications.push(Application { series: None, person, session: request.to, number: 0, is_live: true, held_until: None });
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

    /// Free seats go to whoever waits longest, until it begins or is called off. Who has cancelled is passed over. On the last day
    /// each is offered instead, to everybody once.
    fn passes_seats_on(&mut self, at: usize) -> i64 {
        let mut promoted = 0;
        loop {
            let session = &mut self.sessions[at];
            let is_near = session.is_near(self.now);
            let is_next = |one: &usize| {
                let is_passed_over = if is_near { session.asked.contains(one) } else { session.is_offered(*one) };
                self.applications[*one].is_live && !is_passed_over
            };
            let next = session.queue.iter().copied().find(is_next);
            let Some(next) = next.filter(|_| session.has_seat() && !session.is_called_off && !session.has_begun(self.now)) else {
                return promoted;
            };
            if is_near {
                session.asked.push(next);
                session.offers.push((next, self.now.plus(TWO_HOURS).min(session.begins)));
                self.mail(next, "trainings.offered");
                continue;
            }
            session.queue.retain(|one| *one != next);
            session.sitting.push(next);
            self.mail(next, "trainings.promoted");
            promoted += 1;
        }
    }

    /// Offers whose time is over end, of everybody or of one.
    fn ends_offers(&mut self, at: usize, only: Option<usize>) {
        let now = self.now;
        let session = &mut self.sessions[at];
        let before = session.offers.len();
        session.offers.retain(|(to, ends)| now < *ends || only.is_some_and(|only| only != *to));
        if session.offers.len() < before {
            self.passes_seats_on(at);
        }
    }

    fn takes(&mut self, application: usize) -> Result<(), NotTaken> {
        let known = self.applications.get(application).ok_or(NotTaken::Unknown)?;
        let at = known.session;
        if !self.sessions[at].asked.contains(&application) {
            return Err(NotTaken::Unknown);
        }
        if !known.is_live {
            return Err(NotTaken::Cancelled);
        }
        if !self.sessions[at].queue.contains(&application) {
            return Ok(());
        }
        if self.sessions[at].is_called_off {
            return Err(NotTaken::CalledOff);
        }
        if self.sessions[at].has_begun(self.now) {
            return Err(NotTaken::TooLate);
        }
        self.ends_offers(at, Some(application));
        let session = &mut self.sessions[at];
        if !session.queue.contains(&application) {
            return Ok(());
        }
        if !session.is_offered(application) && !session.has_seat() {
            return Err(NotTaken::Gone);
        }
        session.leaves(application);
        session.sitting.push(application);
        self.mail(application, "trainings.promoted");
        Ok(())
    }

    fn series(&mut self, who: usize) -> Answer {
        let person = TYPED[who].person;
        let (mut answers, mut new, mut earlier) = (Vec::new(), Vec::new(), Vec::new());
        for at in 0..SESSIONS - 1 {
            let session = &self.sessions[at];
            let answer = if let Err(refusal) = session.takes(None, self.now) {
                Answer::NotApplied(refusal)
            } else if let Some(known) = self.live_of(person, at) {
                earlier.push(known);
                Answer::Earlier
            } else if session.has_seat() || session.has_place() {
                let (has_seat, application) = (session.has_seat(), self.applications.len());
                self.applications.push(Application { series: None, person, session: at, number: 0, is_live: true, held_until: None });
                self.enters(application, at);
                new.push(application);
                if has_seat { Answer::Seat(application) } else { Answer::Waiting(application) }
            } else {
                Answer::NotApplied(NotApplied::Full)
            };
            answers.push(answer);
        }
        let first = new.iter().copied().min_by_key(|one| (self.sessions[self.applications[*one].session].begins, *one));
        for one in new {
            self.applications[one].series = first;
        }
        match first {
            Some(first) => self.mail(first, "trainings.series"),
            None => earlier.into_iter().take(1).for_each(|earlier| self.mail(earlier, "trainings.again")),
        }
        Answer::Series(answers)
    }

    fn cancels_series(&mut self, application: usize) -> Result<usize, NotCancelled> {
        let first = self.applications.get(application).and_then(|known| known.series).ok_or(NotCancelled::Unknown)?;
        let parts: Vec<usize> = (0..self.applications.len()).filter(|one| self.applications[*one].series == Some(first)).collect();
        let cancelled = parts.into_iter().filter(|one| self.cancels(*one).is_ok()).count();
        if cancelled == 0 { Err(NotCancelled::Already) } else { Ok(cancelled) }
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
        let at = known.session;
        self.mail(application, "trainings.cancelled");
        if self.sessions[at].is_offered(application) {
            self.sessions[at].offers.retain(|(to, _)| *to != application);
            self.passes_seats_on(at);
        }
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

    pub fn ledger(&self) -> Ledger {
        let count = |list: &[usize]| i64::try_from(list.len()).unwrap_or(i64::MAX);
        let counts = |session: &Session| Counts {
            taken: i64::try_from(session.taken()).unwrap_or(i64::MAX),
            waiting: count(&session.queue),
            received: session.received,
            changes: session.changes,
            is_called_off: session.is_called_off,
            offered: i64::try_from(session.offers.len()).unwrap_or(i64::MAX),
        };
        let entry = |(at, application): (usize, &Application)| {
            let session = &self.sessions[application.session];
            let queue = &session.queue;
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
                offers: (session.asked.contains(&at), session.is_offered(at)),
                series: application.series,
            }
        };
        Ledger {
            sessions: self.sessions.iter().map(counts).collect(),
            applications: self.applications.iter().enumerate().map(entry).collect(),
            mails: self.mails.clone(),
        }
    }
}

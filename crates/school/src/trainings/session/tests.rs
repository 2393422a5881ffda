//! A session's life against a model: lists of phases, of which the last that has begun is the state.

use kernel::{Day, Span, Timestamp, Uuid};
use proptest::prelude::*;

use super::{Archive, NotOpen, Seats, Session, SessionId, State};
use crate::trainings::programme::CourseId;

/// 2026-11-22 00:00 in Japan. Everything happens within the four days that follow.
const ORIGIN: Timestamp = Timestamp::from_micros(1_795_273_200_000_000);
const MINUTES: i64 = 4 * 24 * 60;

/// A session without any facts.
pub(crate) fn blank() -> Session {
    Session {
        id: SessionId::from_uuid(Uuid::nil()),
        course: CourseId::from_uuid(Uuid::nil()),
        number: 1,
        extra: false,
        title: String::new(),
        raw: String::new(),
        deadline_raw: String::new(),
        anomaly: String::new(),
        day: None,
        starts_at: None,
        ends_at: None,
        window_raw: String::new(),
        window_start: None,
        window_end: None,
        opens_at: None,
        closes_at: None,
        default_window: false,
        tentative: false,
        sample: false,
        seats: None,
        taken: 0,
        waiting_places: None,
        waiting: 0,
        cancelled_at: None,
        cancel_reason: String::new(),
        moved_from: None,
        moved_at: None,
        sequence: 0,
    }
}

/// What happens to a session.
#[derive(Clone, Debug)]
enum Step {
    /// It gets a time: the minute at which it begins, and how many it lasts.
    Dated(i64, i64),
    /// It gets a day and no time.
    DayOnly(i64),
    Undated,
    Opens(Option<i64>),
    Closes(Option<i64>),
    Places(Option<i64>, Option<i64>),
    Taken(i64, i64),
    CalledOff,
    Archive(Option<i64>, Option<i64>),
    Tentative(bool),
    /// The clock is set to within a microsecond of something that matters.
    ClockNear(prop::sample::Index, i64),
    ClockOn(i64),
    /// Somebody opened the form so many microseconds ago, or will.
    Begun(Option<i64>),
    /// Somebody opened the form within a microsecond of something that matters.
    BegunNear(prop::sample::Index, i64),
}

fn step() -> impl Strategy<Value = Step> {
    let minute = || 0..MINUTES;
    let near = || (any::<prop::sample::Index>(), -1..=1i64);
    prop_oneof![
        2 => (minute(), 1..180i64).prop_map(|(at, lasts)| Step::Dated(at, lasts)),
        1 => (0..4i64).prop_map(Step::DayOnly),
        1 => Just(Step::Undated),
        2 => prop::option::weighted(0.8, minute()).prop_map(Step::Opens),
        2 => prop::option::weighted(0.8, minute()).prop_map(Step::Closes),
        1 => (prop::option::of(0..12i64), prop::option::of(0..4i64)).prop_map(|(seats, places)| Step::Places(seats, places)),
        2 => (0..12i64, 0..4i64).prop_map(|(taken, waiting)| Step::Taken(taken, waiting)),
        1 => (0..12i32).prop_map(|one| if one == 0 { Step::CalledOff } else { Step::Tentative(one % 2 == 0) }),
        1 => (prop::option::of(minute()), prop::option::of(minute())).prop_map(|(opens, closes)| Step::Archive(opens, closes)),
        8 => near().prop_map(|(which, by)| Step::ClockNear(which, by)),
        3 => (0..24 * 3_600_000_000i64).prop_map(Step::ClockOn),
        2 => prop::option::of(-1_000_000..1_200_000_000i64).prop_map(Step::Begun),
        2 => near().prop_map(|(which, by)| Step::BegunNear(which, by)),
    ]
}

struct Life {
    session: Session,
    archive: Option<Archive>,
    now: Timestamp,
    begun_at: Option<Timestamp>,
}

fn at(minute: i64) -> Timestamp {
    ORIGIN.plus(Span::minutes(minute))
}

impl Life {
    fn new() -> Self {
        Self { session: blank(), archive: None, now: ORIGIN, begun_at: None }
    }

    fn take(&mut self, step: &Step) {
        let session = &mut self.session;
        match *step {
            Step::Dated(begins, lasts) => {
                (session.starts_at, session.ends_at) = (Some(at(begins)), Some(at(begins + lasts)));
                session.day = Some(at(begins).day());
            }
            Step::DayOnly(days) => {
                (session.starts_at, session.ends_at) = (None, None);
                session.day = Some(ORIGIN.plus(Span::days(days)).day());
            }
            Step::Undated => (session.day, session.starts_at, session.ends_at) = (None, None, None),
            Step::Opens(minute) => session.opens_at = minute.map(at),
            Step::Closes(minute) => session.closes_at = minute.map(at),
            Step::Places(seats, places) => (session.seats, session.waiting_places) = (seats, places),
            Step::Taken(taken, waiting) => (session.taken, session.waiting) = (taken, waiting),
            Step::CalledOff => session.cancelled_at = Some(self.now),
            Step::Tentative(tentative) => session.tentative = tentative,
            Step::Archive(opens, closes) => self.archive = opens.map(|opens| (at(opens), closes.map(at))),
            Step::ClockNear(which, by) => self.now = self.near(which, by),
            Step::ClockOn(by) => self.now = self.now.plus(Span::micros(by)),
            Step::Begun(ago) => self.begun_at = ago.map(|ago| self.now.minus(Span::micros(ago))),
            Step::BegunNear(which, by) => self.begun_at = Some(self.near(which, by)),
        }
    }

    /// Within a microsecond of one of the instants that matter.
    fn near(&self, which: prop::sample::Index, by: i64) -> Timestamp {
        which.get(&self.instants()).plus(Span::micros(by))
    }

    /// Every instant that could matter, the ten minutes of grace too.
    fn instants(&self) -> Vec<Timestamp> {
        let session = &self.session;
        let (begins, ends) = span(session).unzip();
        let (archived, withdrawn) = self.archive.map_or((None, None), |(opens, closes)| (Some(opens), closes));
        let grace = session.closes_at.or(begins).map(|closes| closes.plus(Span::minutes(10)));
        let known = [session.opens_at, session.closes_at, grace, begins, ends, archived, withdrawn];
        known.into_iter().flatten().chain([ORIGIN]).collect()
    }

    /// The phases of a life in their order; each lasts until the next has begun.
    fn state(&self, now: Timestamp) -> &'static str {
        let session = &self.session;
        let Some((begins, ends)) = span(session).filter(|_| session.cancelled_at.is_none()) else {
            return if session.cancelled_at.is_some() { "cancelled" } else { "being_arranged" };
        };
        let is_full = session.seats.is_some_and(|seats| seats <= session.taken);
        let mut phases = vec![("scheduled", Timestamp::from_micros(i64::MIN))];
        phases.extend(session.opens_at.map(|opens| (if is_full { "full" } else { "open" }, opens)));
        phases.extend(session.closes_at.map(|closes| ("closed", closes)));
        phases.push(("running", begins));
        phases.push(("ended", ends));
        if let Some((opens, closes)) = self.archive.filter(|_| now >= ends) {
            phases.push(("archived", opens));
            phases.extend(closes.map(|closes| ("ended", closes)));
        }
        phases.iter().rev().find(|(_, from)| now >= *from).map_or("", |(name, _)| name)
    }

    /// 13:00 means before 13:00:00.000000; ten minutes longer for a form that was opened before it.
    fn refusal(&self) -> Option<NotOpen> {
        let session = &self.session;
        match (session.cancelled_at, span(session), session.opens_at) {
            (Some(_), ..) => Some(NotOpen::Cancelled),
            (_, Some((begins, _)), Some(opens)) if self.now >= opens => {
                let deadline = session.closes_at.unwrap_or(begins).as_micros();
                let is_early = |form: &Timestamp| form.as_micros() < deadline && *form <= self.now;
                let last = if self.begun_at.as_ref().is_some_and(is_early) { deadline + 600_000_000 } else { deadline };
                (self.now.as_micros() > last - 1).then_some(NotOpen::Closed)
            }
            _ => Some(NotOpen::NotYet),
        }
    }

    fn check(&self) -> Result<(), TestCaseError> {
        let (session, now) = (&self.session, self.now);
        let state = session.state(self.archive, now);
        prop_assert_eq!(state.id(), self.state(now));
        prop_assert_eq!(session.refuses_at(now, self.begun_at), self.refusal());
        prop_assert_eq!(session.can_still_change(now), span(session).is_none_or(|(begins, _)| begins > now));
        if matches!(state, State::Open | State::Full) {
            prop_assert_eq!(session.refuses_at(now, None), None, "the page offers what the verb takes");
        }
        if matches!(state, State::Scheduled | State::BeingArranged | State::Closed | State::Cancelled) {
            prop_assert_ne!(session.refuses_at(now, None), None, "the verb takes nothing that no page offers");
        }
        let left = session.seats.map(|seats| seats - session.taken);
        let words = match left {
            None => Seats::Unlimited,
            Some(..=0) => Seats::None,
            Some(left) if session.seats >= Some(left * 10) => Seats::Few,
            Some(_) => Seats::Free,
        };
        prop_assert_eq!(session.seats_left(), words);
        prop_assert_eq!(session.can_wait(), session.waiting_places.is_none_or(|places| places > session.waiting));
        self.keeps_until_the_next_change()
    }

    /// A page that was kept shows the same at every instant until then: no state begins or ends in between.
    fn keeps_until_the_next_change(&self) -> Result<(), TestCaseError> {
        let (session, now) = (&self.session, self.now);
        let next = session.next_change(self.archive, now);
        prop_assert!(next.is_none_or(|next| next > now));
        let instants = self.instants().into_iter().chain([now.plus(Span::days(400))]);
        let around = instants.flat_map(|instant| [-1, 0, 1].map(|by| instant.plus(Span::micros(by))));
        let shown = |at: Timestamp| (session.state(self.archive, at), session.can_still_change(at));
        let kept = shown(now);
        for between in around.chain(next.map(|next| next.minus(Span::micros(1)))) {
            if between > now && next.is_none_or(|next| between < next) {
                prop_assert_eq!(shown(between), kept, "at {} before {:?}", between, next);
            }
        }
        Ok(())
    }
}

/// When it begins and ends; all of its day without a time.
fn span(session: &Session) -> Option<(Timestamp, Timestamp)> {
    let midnight = |day: Day| Timestamp::in_japan(day, 0, 0);
    let day = session.day?;
    Some(session.starts_at.zip(session.ends_at).unwrap_or_else(|| (midnight(day), midnight(day.tomorrow().unwrap_or(day)))))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases.max(10_000), ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_to_a_session_its_state_is_that_of_the_model(steps in prop::collection::vec(step(), 1..50)) {
        let mut life = Life::new();
        for step in &steps {
            life.take(step);
            life.check()?;
        }
    }
}

#[test]
fn a_page_kept_before_the_recordings_open_does_not_outlive_that() {
    let mut life = Life::new();
    for step in [Step::Dated(600, 60), Step::Archive(Some(2000), Some(3000)), Step::ClockOn(900 * 60_000_000)] {
        life.take(&step);
    }
    let next = |life: &Life| life.session.next_change(life.archive, life.now);
    assert_eq!((life.state(life.now), next(&life)), ("ended", Some(at(2000))));
    life.now = at(2000);
    assert_eq!((life.state(life.now), next(&life)), ("archived", Some(at(3000))));
}

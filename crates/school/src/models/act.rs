//! What people, the secretariat and the clock do, as it is drawn by lot and as it is done.

use kernel::{Span, Timestamp};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::office::sessions::call_off::NotCalledOff;
use crate::office::sessions::change::{Changed, NotChanged};
use crate::trainings::apply::NotApplied;
use crate::trainings::cancel::NotCancelled;
use crate::trainings::move_to::{Moved, NotMoved};
use crate::trainings::offer::NotTaken;
use crate::trainings::undo::NotUndone;

/// Sessions of a sequence: the last one belongs to another course.
pub const SESSIONS: usize = 4;

/// A session at the beginning of a sequence, in minutes after its first moment.
#[derive(Clone, Debug)]
pub struct Beginning {
    pub seats: Option<i64>,
    pub places: Option<i64>,
    pub opens: i64,
    /// So long before it begins.
    pub closes: Option<i64>,
    pub begins: i64,
}

/// A deed as it is drawn. What it is done to is chosen among what there is by then.
#[derive(Clone, Debug)]
pub enum Deed {
    Apply {
        who: usize,
        to: usize,
        begun: Option<i64>,
        by_office: bool,
        both: bool,
    },
    Repeat(Index),
    Misuse(Index, usize),
    Move {
        which: Index,
        to: usize,
        by_office: bool,
    },
    Cancel(Index),
    Undo(Index),
    LetGo(Index),
    Take(Index),
    Decline(Index),
    /// All sessions of the first course at once.
    Series {
        who: usize,
    },
    CancelSeries(Index),
    Jobs,
    Places {
        session: usize,
        seats: Option<i64>,
        places: Option<i64>,
        is_late: bool,
    },
    Reschedule {
        session: usize,
        minutes: i64,
    },
    CallOff(usize),
    /// To within a microsecond of the next instant that matters, or one after it.
    ClockNear(Index, i64),
    ClockOn(i64),
}

/// A request to apply.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its number among all.
    pub form: usize,
    pub who: usize,
    pub to: usize,
    pub begun_at: Option<Timestamp>,
    pub by_office: bool,
    /// Whether they attend beside another session of the course.
    pub both: bool,
}

/// A deed as it is done. Applications and sessions that there are not are numbered after those that there are.
#[derive(Clone, Debug)]
pub enum Act {
    Apply(Request),
    Repeat(usize),
    Misuse(usize, Request),
    Move { application: usize, to: usize, by_office: bool },
    Cancel(usize),
    Undo(usize),
    LetGo(usize),
    Take(usize),
    Decline(usize),
    Series { who: usize },
    CancelSeries(usize),
    Jobs,
    Places { session: usize, seats: Option<i64>, places: Option<i64>, is_late: bool },
    Reschedule { session: usize, span: Span },
    CallOff(usize),
    Clock(Timestamp),
}

/// What a verb answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Seat(usize),
    Waiting(usize),
    Earlier,
    Elsewhere,
    NotApplied(NotApplied),
    KeyReused,
    Moved(Result<Moved, NotMoved>),
    Cancelled(Result<(), NotCancelled>),
    Undone(Result<(), NotUndone>),
    Taken(Result<(), NotTaken>),
    /// What came of each session, in order.
    Series(Vec<Answer>),
    SeriesCancelled(Result<usize, NotCancelled>),
    Changed(Result<Changed, NotChanged>),
    CalledOff(Result<i64, NotCalledOff>),
    Done,
}

/// What an act is done to.
pub struct Around {
    pub now: Timestamp,
    pub applications: usize,
    pub requests: usize,
    /// Instants at which something begins or ends by the clock alone.
    pub instants: Vec<Timestamp>,
}

impl Deed {
    /// The deed among what there is.
    pub fn among(&self, around: &Around) -> Act {
        let application = |which: &Index| which.index(around.applications + 1);
        let request = |who: usize, to: usize, begun: Option<i64>, by_office: bool, both: bool| Request {
            form: around.requests,
            who,
            to,
            begun_at: begun.filter(|_| !by_office).map(|minutes| around.now.minus(Span::minutes(minutes))),
            by_office,
            both,
        };
        match self {
            Self::Apply { who, to, begun, by_office, both } => Act::Apply(request(*who, *to, *begun, *by_office, *both)),
            Self::Repeat(_) | Self::Misuse(..) if around.requests == 0 => Act::Jobs,
            Self::Repeat(which) => Act::Repeat(which.index(around.requests)),
            Self::Misuse(which, who) => Act::Misuse(which.index(around.requests), request(*who, 0, None, false, true)),
            Self::Move { which, to, by_office } => Act::Move { application: application(which), to: *to, by_office: *by_office },
            Self::Cancel(which) => Act::Cancel(application(which)),
            Self::Undo(which) => Act::Undo(application(which)),
            Self::LetGo(which) => Act::LetGo(application(which)),
            Self::Take(which) => Act::Take(application(which)),
            Self::Decline(which) => Act::Decline(application(which)),
            Self::Series { who } => Act::Series { who: *who },
            Self::CancelSeries(which) => Act::CancelSeries(application(which)),
            Self::Jobs => Act::Jobs,
            Self::Places { session, seats, places, is_late } => {
                Act::Places { session: *session, seats: *seats, places: *places, is_late: *is_late }
            }
            Self::Reschedule { session, minutes } => Act::Reschedule { session: *session, span: Span::minutes(*minutes) },
            Self::CallOff(session) => Act::CallOff(*session),
            Self::ClockNear(which, by) => {
                let mut ahead: Vec<Timestamp> = around.instants.iter().copied().filter(|instant| *instant > around.now).collect();
                ahead.sort();
                ahead.truncate(3);
                let near = if ahead.is_empty() { around.now.plus(Span::minutes(1)) } else { which.get(&ahead).plus(Span::micros(*by)) };
                Act::Clock(near.max(around.now))
            }
            Self::ClockOn(minutes) => Act::Clock(around.now.plus(Span::minutes(*minutes))),
        }
    }
}

/// Two or three seats and as many places to wait, so that they are soon taken.
pub fn beginnings() -> impl Strategy<Value = Vec<Beginning>> {
    let beginning = (places(), places(), prop_oneof![4 => -60..=0i64, 1 => 1..30i64], prop::option::weighted(0.9, 0..40i64), begins())
        .prop_map(|(seats, places, opens, closes, begins)| Beginning { seats, places, opens, closes, begins });
    prop::collection::vec(beginning, SESSIONS)
}

/// On the same day, when seats are offered, or a day later, when they are given unasked for a while.
fn begins() -> impl Strategy<Value = i64> {
    prop_oneof![60..150i64, 24 * 60 + 20..24 * 60 + 150i64]
}

fn places() -> impl Strategy<Value = Option<i64>> {
    prop::option::weighted(0.9, 0..4i64)
}

pub fn deed() -> impl Strategy<Value = Deed> {
    // One more than there are, now and then.
    let session = || prop_oneof![8 => 0..2usize, 3 => 2..SESSIONS, 1 => Just(SESSIONS)];
    let which = any::<Index>;
    prop_oneof![
        12 => (0..super::stage::TYPED.len(), session(), prop::option::of(0..30i64), prop::bool::weighted(0.1), prop::bool::weighted(0.7))
            .prop_map(|(who, to, begun, by_office, both)| Deed::Apply { who, to, begun, by_office, both }),
        2 => which().prop_map(Deed::Repeat),
        1 => (which(), 0..super::stage::TYPED.len()).prop_map(|(which, who)| Deed::Misuse(which, who)),
        6 => (which(), session(), prop::bool::weighted(0.2)).prop_map(|(which, to, by_office)| Deed::Move { which, to, by_office }),
        8 => which().prop_map(Deed::Cancel),
        5 => which().prop_map(Deed::Undo),
        1 => which().prop_map(Deed::LetGo),
        6 => which().prop_map(Deed::Take),
        3 => which().prop_map(Deed::Decline),
        2 => (0..super::stage::TYPED.len()).prop_map(|who| Deed::Series { who }),
        1 => which().prop_map(Deed::CancelSeries),
        4 => Just(Deed::Jobs),
        3 => (0..SESSIONS, places(), places(), prop::bool::weighted(0.1))
            .prop_map(|(session, seats, places, is_late)| Deed::Places { session, seats, places, is_late }),
        1 => (0..SESSIONS, prop_oneof![Just(-20i64), Just(30), Just(24 * 60)])
            .prop_map(|(session, minutes)| Deed::Reschedule { session, minutes }),
        1 => session().prop_map(Deed::CallOff),
        4 => (which(), -1..=1i64).prop_map(|(which, by)| Deed::ClockNear(which, by)),
        2 => (0..11i64).prop_map(Deed::ClockOn),
    ]
}

use kernel::{FiscalYear, Holidays, Timestamp};

use super::draft::{Draft, Fit};
use super::facts::SessionFacts;
use super::year::Year;
use crate::office::sessions::change::is_moved;
use crate::trainings::programme::CourseId;
use crate::trainings::session::{Session, SessionId};

/// Something about a draft that should be seen first, or that keeps it from being published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The day lies outside the fiscal year.
    OutsideYear,
    /// It ends before it starts.
    EndsBeforeStart,
    /// Applications would close after it has started.
    ClosesAfterStart,
    /// Applications would close before they open.
    ClosesBeforeOpens,
    /// More seats are taken than there would be.
    Taken(i64),
    /// More people wait than there would be places.
    Waiting(i64),
    /// People have applied, so it needs a day.
    DayNeeded,
    /// Two sessions of the course would have this number.
    NumberTwice,
    /// What it changes is not there any more.
    Gone,
    /// What it changes was changed in the meantime.
    Changed,
    /// The day is this holiday.
    Holiday(String),
    /// The day is a Saturday or Sunday.
    Weekend,
    /// Another session of the year is held at the same time: which.
    SameHour(Box<SessionFacts>),
    /// The day is over.
    PastDay,
    /// Nobody can apply, since it is not said when applications open.
    NoOpening,
    /// Applications would be over already.
    WindowOver,
}

impl Remark {
    /// Whether it keeps the plan from being published.
    pub const fn is_error(&self) -> bool {
        matches!(
            self,
            Self::OutsideYear
                | Self::EndsBeforeStart
                | Self::ClosesAfterStart
                | Self::ClosesBeforeOpens
                | Self::Taken(_)
                | Self::Waiting(_)
                | Self::DayNeeded
                | Self::NumberTwice
                | Self::Gone
                | Self::Changed
        )
    }
}

/// What publishing a plan would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// What there is to say of which draft.
    pub remarks: Vec<(i64, Remark)>,
    /// How many sessions it makes.
    pub made: i64,
    /// How many courses and sessions it changes.
    pub changed: i64,
    /// How many applicants are told of a new date.
    pub told: i64,
    /// How many get a seat from the waiting list.
    pub promoted: i64,
    /// How many applicants have a session that it touches.
    pub reached: i64,
    /// For how many sessions applications open at once.
    pub open: i64,
}

impl Effect {
    /// Whether something keeps the plan from being published.
    pub fn is_wrong(&self) -> bool {
        self.remarks.iter().any(|(_, remark)| remark.is_error())
    }

    /// What there is to say of one draft.
    pub fn of(&self, position: i64) -> impl Iterator<Item = &Remark> {
        self.remarks.iter().filter(move |(at, _)| *at == position).map(|(_, remark)| remark)
    }
}

/// What publishing these drafts would do to the year as it stands.
pub fn effect(drafts: &[Draft], year: &Year, of: FiscalYear, holidays: &Holidays, now: Timestamp) -> Effect {
    let mut effect = Effect::default();
    for draft in drafts.iter().filter(|draft| draft.does_something()) {
        let mut remarks = match draft.fit(year) {
            Fit::Fits => Vec::new(),
            Fit::Changed(_) => vec![Remark::Changed],
            Fit::Gone => vec![Remark::Gone],
        };
        if draft.was.is_some() {
            effect.changed += 1;
        }
        if let Some(facts) = draft.becomes.session() {
            let was = draft.session_id().and_then(|id| year.session(id));
            if was.is_none() && draft.was.is_none() {
                effect.made += 1;
            }
            let becomes = facts.session(was.map_or_else(|| SessionId::new(now), |was| was.id), CourseId::new(now), was);
            count(&mut effect, year, was, &becomes, now);
            remarks.extend(errors(facts, &becomes, of));
            remarks.extend(cares(facts, was, holidays, now));
            remarks.extend(beside(draft, facts, drafts, year));
        }
        effect.remarks.extend(remarks.into_iter().map(|remark| (draft.position, remark)));
    }
    effect
}

fn count(effect: &mut Effect, year: &Year, was: Option<&Session>, becomes: &Session, now: Timestamp) {
    if becomes.refuses_at(now, None).is_none() && was.is_none_or(|was| was.refuses_at(now, None).is_some()) {
        effect.open += 1;
    }
    let Some(was) = was else { return };
    let living = year.living_of(was.id);
    effect.reached += living;
    if is_moved(was, becomes) {
        effect.told += living;
    }
    let free = becomes.seats.map_or(was.waiting, |seats| (seats - was.taken).max(0));
    effect.promoted += free.min(was.waiting);
}

fn errors(facts: &SessionFacts, becomes: &Session, of: FiscalYear) -> Vec<Remark> {
    let mut errors = Vec::new();
    if facts.day.is_some_and(|day| !of.contains(day)) {
        errors.push(Remark::OutsideYear);
    }
    if let (Some(starts), Some(ends)) = (facts.starts_at, facts.ends_at)
        && ends <= starts
    {
        errors.push(Remark::EndsBeforeStart);
    }
    if let (Some(closes), Some(starts)) = (facts.closes_at, facts.starts_at)
        && closes > starts
    {
        errors.push(Remark::ClosesAfterStart);
    }
    if let (Some(opens), Some(closes)) = (facts.opens_at, facts.closes_at)
        && closes <= opens
    {
        errors.push(Remark::ClosesBeforeOpens);
    }
    if facts.seats.is_some_and(|seats| seats < becomes.taken) {
        errors.push(Remark::Taken(becomes.taken));
    }
    if facts.waiting_places.is_some_and(|places| places < becomes.waiting) {
        errors.push(Remark::Waiting(becomes.waiting));
    }
    if facts.day.is_none() && becomes.taken + becomes.waiting > 0 {
        errors.push(Remark::DayNeeded);
    }
    errors
}

fn cares(facts: &SessionFacts, was: Option<&Session>, holidays: &Holidays, now: Timestamp) -> Vec<Remark> {
    let mut cares = Vec::new();
    let Some(day) = facts.day else { return cares };
    if let Some(holiday) = holidays.name_of(day) {
        cares.push(Remark::Holiday(holiday.to_owned()));
    } else if kernel::weekday(day, kernel::Lang::En).starts_with('S') {
        cares.push(Remark::Weekend);
    }
    let is_past = day < now.day();
    if is_past && was.is_none_or(|was| was.day != Some(day)) {
        cares.push(Remark::PastDay);
    }
    if facts.opens_at.is_none() {
        cares.push(Remark::NoOpening);
    }
    if !is_past && facts.closes_at.is_some_and(|closes| closes <= now) {
        cares.push(Remark::WindowOver);
    }
    cares
}

/// What there is to say of a session beside the others of its year, as they would be.
fn beside(draft: &Draft, facts: &SessionFacts, drafts: &[Draft], year: &Year) -> Vec<Remark> {
    let planned =
        drafts.iter().filter(|other| !other.left_out && other.position != draft.position).filter_map(|other| other.becomes.session());
    let is_planned = |id: SessionId| drafts.iter().any(|other| other.session_id() == Some(id));
    let there = year.sessions.iter().filter(|session| session.cancelled_at.is_none() && !is_planned(session.id));
    let others: Vec<SessionFacts> = planned.cloned().chain(there.filter_map(|session| year.session_facts(session))).collect();
    let mut remarks = Vec::new();
    if others.iter().any(|other| other.course == facts.course && other.number == facts.number) {
        remarks.push(Remark::NumberTwice);
    }
    let (Some(starts), Some(ends)) = (facts.starts_at, facts.ends_at) else { return remarks };
    let overlaps = |other: &&SessionFacts| other.starts_at.is_some_and(|at| at < ends) && other.ends_at.is_some_and(|at| at > starts);
    remarks.extend(others.iter().find(overlaps).map(|other| Remark::SameHour(Box::new((*other).clone()))));
    remarks
}

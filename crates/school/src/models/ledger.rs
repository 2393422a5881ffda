//! What can be seen of a few sessions and everybody in them, as the model says and as the database holds it.

use std::collections::BTreeMap;

/// Everything of one sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    pub sessions: Vec<Counts>,
    /// In the order in which they were made.
    pub applications: Vec<Entry>,
    /// How many mails of which kind there are about which application.
    pub mails: BTreeMap<(usize, String), usize>,
}

/// The counts of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    pub taken: i64,
    pub waiting: i64,
    pub received: i64,
    pub changes: i64,
    pub is_called_off: bool,
    /// Seats that are kept for those they are offered to.
    pub offered: i64,
}

/// One application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub session: usize,
    pub person: usize,
    pub number: i64,
    pub is_live: bool,
    /// Whether a place is held for an undo.
    pub is_held: bool,
    pub is_waiting: bool,
    /// The place on the waiting list, counted from 1, of whoever lives and waits.
    pub position: Option<i64>,
    /// Whether they were ever offered a seat of the session, and whether it is still kept for them.
    pub offers: (bool, bool),
    /// The first of the applications that were made at once with it.
    pub series: Option<usize>,
}

impl Ledger {
    /// How many mails there are about an application that changed something.
    pub fn news(&self, application: usize) -> i64 {
        let news = self.mails.iter().filter(|((at, kind), _)| {
            *at == application
                && !matches!(kind.as_str(), "trainings.again" | "trainings.elsewhere" | "trainings.offered" | "trainings.series")
        });
        i64::try_from(news.map(|(_, count)| count).sum::<usize>()).unwrap_or(i64::MAX)
    }

    /// A calendar takes an entry only if its SEQUENCE has risen since the last mail. `shown` and `was` are those of each application.
    pub fn rises(&self, shown: &[i64], was: &mut Vec<(i64, i64)>) -> Result<(), String> {
        was.resize(shown.len(), (-1, 0));
        for (at, (shown, was)) in shown.iter().zip(was).enumerate() {
            let news = self.news(at);
            if shown - was.0 < news - was.1 {
                return Err(format!(
                    "{} mails about application {at} went out, and its SEQUENCE went from {} to {shown}",
                    news - was.1,
                    was.0
                ));
            }
            *was = (*shown, news);
        }
        Ok(())
    }

    /// What is true whatever has happened: nothing is lost, nothing given twice, nobody passed over.
    pub fn is_sound(&self, limits: &[Limits]) -> Result<(), String> {
        for (at, (counts, limits)) in self.sessions.iter().zip(limits).enumerate() {
            let here = || self.applications.iter().filter(move |entry| entry.session == at);
            let held = |is_waiting: bool| here().filter(|entry| (entry.is_live || entry.is_held) && entry.is_waiting == is_waiting).count();
            let of = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
            if (counts.taken, counts.waiting) != (of(held(false)) + counts.offered, of(held(true))) {
                return Err(format!("session {at} counts {counts:?}, but {} sit and {} wait", held(false), held(true)));
            }
            if limits.seats.is_some_and(|seats| counts.taken > seats) || limits.places.is_some_and(|places| counts.waiting > places) {
                return Err(format!("session {at} is oversold: {counts:?} of {limits:?}"));
            }
            // Whoever has let an offer go by is not asked again; whoever a seat is kept for has one.
            let is_passed_over = |entry: &Entry| if limits.is_near { !entry.offers.0 } else { !entry.offers.1 };
            let waits = here().any(|entry| entry.is_live && entry.is_waiting && is_passed_over(entry));
            if limits.promises && waits && limits.seats.is_none_or(|seats| counts.taken < seats) {
                return Err(format!("in session {at} somebody waits while a seat is free"));
            }
            let mut numbers: Vec<i64> = here().map(|entry| entry.number).collect();
            numbers.sort_unstable();
            if numbers.windows(2).any(|two| two[0] == two[1]) {
                return Err(format!("session {at} has given a receipt number twice: {numbers:?}"));
            }
            let mut people: Vec<usize> = here().filter(|entry| entry.is_live).map(|entry| entry.person).collect();
            people.sort_unstable();
            if people.windows(2).any(|two| two[0] == two[1]) {
                return Err(format!("in session {at} somebody has two applications: {people:?}"));
            }
        }
        for (at, entry) in self.applications.iter().enumerate() {
            let mails = |kind: &str| self.mails.get(&(at, kind.to_owned())).copied().unwrap_or(0);
            let first = entry.series.map_or(0, |first| self.mails.get(&(first, "trainings.series".to_owned())).copied().unwrap_or(0));
            if mails("trainings.applied") + first != 1 {
                return Err(format!("application {at} was confirmed {} times", mails("trainings.applied")));
            }
            if entry.is_live && self.sessions[entry.session].is_called_off && mails("office.called_off") == 0 {
                return Err(format!("application {at} is for a session that was called off, and nobody said so"));
            }
        }
        Ok(())
    }
}

/// What a session allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub seats: Option<i64>,
    pub places: Option<i64>,
    /// Whether a seat that comes free is still passed on.
    pub promises: bool,
    /// Whether it begins so soon that seats are offered.
    pub is_near: bool,
}

//! How often somebody may do something. Counted in this process alone, and bounded, so that counting is no way to fill its memory.

use kernel::{Span, Timestamp};
use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use crate::PageError;

/// Counts what each of many does, within a time that begins with the first of it.
#[derive(Debug)]
pub struct Brake<K> {
    most: u32,
    within: Span,
    many: usize,
    counted: Mutex<Counted<K>>,
}

/// Whoever is counted stands in both: in the line since when, the oldest in front.
#[derive(Debug)]
struct Counted<K> {
    times: HashMap<K, u32>,
    line: VecDeque<(Timestamp, K)>,
}

impl<K: Clone + Eq + Hash> Brake<K> {
    /// So many times within this span; no more than so many are remembered, and the oldest of them is forgotten first.
    pub fn new(most: u32, within: Span, many: usize) -> Self {
        let counted = Counted { times: HashMap::new(), line: VecDeque::new() };
        Self { most, within, many, counted: Mutex::new(counted) }
    }

    /// Whether this one has done it as often as they may. Asking is no doing.
    pub fn is_reached(&self, who: &K, now: Timestamp) -> bool {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted.forget(now.minus(self.within));
        counted.times.get(who).is_some_and(|times| *times >= self.most)
    }

    /// Counts that this one has done it, and says whether that was once too often.
    pub fn count(&self, who: K, now: Timestamp) -> bool {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted.forget(now.minus(self.within));
        if let Some(times) = counted.times.get_mut(&who) {
            *times = times.saturating_add(1);
            return *times > self.most;
        }
        while counted.line.len() >= self.many.max(1) {
            counted.forget_oldest();
        }
        counted.times.insert(who.clone(), 1);
        counted.line.push_back((now, who));
        self.most == 0
    }

    /// What whoever was too often is told.
    pub const fn refusal(&self) -> PageError {
        PageError::TooOften(self.within)
    }
}

impl<K: Clone + Eq + Hash> Counted<K> {
    /// Forgets all that was begun at `until` or before.
    fn forget(&mut self, until: Timestamp) {
        while self.line.front().is_some_and(|(since, _)| *since <= until) {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        if let Some((_, who)) = self.line.pop_front() {
            self.times.remove(&who);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPAN: Span = Span::minutes(10);

    fn start() -> Timestamp {
        Timestamp::from_micros(1_000_000_000)
    }

    #[test]
    fn one_is_slowed_for_a_while_and_no_other() {
        let brake = Brake::new(60, SPAN, 100);
        for n in 0..60 {
            assert!(!brake.is_reached(&"a", start()), "{n}");
            assert!(!brake.count("a", start().plus(Span::seconds(n))), "{n}");
        }
        assert!(brake.is_reached(&"a", start()) && !brake.is_reached(&"b", start()));
        assert!(brake.count("a", start()), "once too often");
        assert!(brake.is_reached(&"a", start().plus(SPAN).minus(Span::seconds(1))));
        assert!(!brake.is_reached(&"a", start().plus(SPAN)), "counted from the first time");
    }

    #[test]
    fn many_newcomers_push_the_oldest_out_and_leave_the_others() {
        let brake = Brake::new(2, SPAN, 10);
        for who in 0..10 {
            brake.count(who, start().plus(Span::seconds(who)));
            brake.count(who, start().plus(Span::seconds(who)));
        }
        brake.count(10, start().plus(Span::seconds(10)));
        let slowed: Vec<i64> = (0..=10).filter(|who| brake.is_reached(who, start().plus(Span::seconds(11)))).collect();
        assert_eq!(slowed, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }

    #[test]
    fn whoever_is_only_asked_about_is_not_remembered() {
        let brake = Brake::new(1, SPAN, 1_000);
        for who in 0..500 {
            assert!(!brake.is_reached(&who, start()));
        }
        assert_eq!(brake.counted.lock().unwrap().times.len(), 0);
        brake.count(1, start());
        brake.count(2, start().plus(SPAN));
        let counted = brake.counted.lock().unwrap();
        assert_eq!((counted.times.len(), counted.line.len()), (1, 1), "what is over is forgotten");
    }
}

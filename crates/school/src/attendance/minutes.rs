//! How long somebody was there: the union of everything that is known, cut to the session's hours.

use kernel::{Span, Timestamp};

use super::rule::Held;

/// A connection that is lost and found again within so long was never gone.
pub const TOLERANCE: Span = Span::minutes(2);

/// What is known of one person's presence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    /// From when until when, on whatever device and from whatever source.
    pub stays: Vec<(Timestamp, Timestamp)>,
    /// Lengths of files that do not say when. They can't be united with anything, so the longest counts.
    pub totals: Vec<Span>,
}

impl Presence {
    /// Whole seconds within the session.
    ///
    /// Gaps of two minutes at most are filled before anything is cut off, so that a restart at the very beginning costs nothing.
    /// Times overlap on two devices and count once.
    pub fn seconds(&self, held: Held) -> i64 {
        let united = united(self.stays.clone(), held).as_seconds();
        let longest = self.totals.iter().map(|total| total.as_seconds()).max().unwrap_or(0);
        united.max(longest.min(held.length().as_seconds())).max(0)
    }
}

fn united(mut stays: Vec<(Timestamp, Timestamp)>, held: Held) -> Span {
    stays.sort_unstable();
    let mut together: Vec<(Timestamp, Timestamp)> = Vec::with_capacity(stays.len());
    for (from, until) in stays {
        match together.last_mut() {
            Some((_, last)) if from.since(*last) <= TOLERANCE => *last = (*last).max(until),
            _ => together.push((from, until)),
        }
    }
    let within = together.into_iter().map(|(from, until)| until.min(held.ends).since(from.max(held.starts)).max(Span::ZERO).as_micros());
    Span::micros(within.sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Day;

    fn at(minute: i64, second: i64) -> Timestamp {
        Timestamp::in_japan(Day::constant(2026, 12, 23), 17, 0).plus(Span::minutes(minute)).plus(Span::seconds(second))
    }

    fn held() -> Held {
        Held { starts: at(0, 0), ends: at(60, 0) }
    }

    fn seconds(stays: &[(Timestamp, Timestamp)]) -> i64 {
        Presence { stays: stays.to_vec(), totals: Vec::new() }.seconds(held())
    }

    #[test]
    fn times_are_united_and_cut_to_the_session() {
        assert_eq!(seconds(&[]), 0);
        assert_eq!(seconds(&[(at(-20, 0), at(70, 0))]), 3_600);
        assert_eq!(seconds(&[(at(0, 0), at(10, 0)), (at(5, 0), at(20, 0))]), 1_200, "two devices");
        assert_eq!(seconds(&[(at(30, 0), at(40, 0)), (at(0, 0), at(10, 0))]), 1_200, "in any order");
        assert_eq!(seconds(&[(at(-30, 0), at(-10, 0))]), 0, "before it began");
    }

    #[test]
    fn gaps_of_two_minutes_are_filled_and_longer_ones_are_not() {
        assert_eq!(seconds(&[(at(0, 0), at(10, 0)), (at(12, 0), at(20, 0))]), 1_200);
        assert_eq!(seconds(&[(at(0, 0), at(10, 0)), (at(12, 1), at(20, 0))]), 600 + 479);
        assert_eq!(seconds(&[(at(-5, 0), at(-1, 0)), (at(1, 0), at(10, 0))]), 600, "a restart as it began");
    }

    #[test]
    fn lengths_without_times_are_not_added_up() {
        let both = Presence { stays: vec![(at(0, 0), at(30, 0))], totals: vec![Span::minutes(20), Span::minutes(46)] };
        assert_eq!(both.seconds(held()), 46 * 60);
        let long = Presence { stays: Vec::new(), totals: vec![Span::minutes(86)] };
        assert_eq!(long.seconds(held()), 3_600, "no longer than the session");
    }
}

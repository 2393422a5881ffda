//! Attendance in any order of events, against a plain model in memory: the nouns alone, and the verbs on a database.

mod act;
mod model;
mod nouns;
mod stage;
mod verbs;

use kernel::{Day, Span, Timestamp};

use super::rule::Held;

/// Minutes of a session.
const LENGTH: i64 = 60;

/// Minutes before the beginning and after the end that events reach into.
const AROUND: i64 = 30;

/// A minute of the session of all sequences.
fn minute(n: i64) -> Timestamp {
    Timestamp::in_japan(Day::constant(2026, 12, 23), 17, 0).plus(Span::minutes(n))
}

fn held() -> Held {
    Held { starts: minute(0), ends: minute(LENGTH) }
}

/// Minute by minute: what is covered, gaps of at most two minutes filled, and of that what lies in the session.
fn counted(stays: &[(i64, i64)], totals: &[i64]) -> i64 {
    let size = usize::try_from(LENGTH + 2 * AROUND).expect("small");
    let index = |n: i64| usize::try_from((n + AROUND).clamp(0, LENGTH + 2 * AROUND)).expect("not negative");
    let mut covered = vec![false; size];
    let mut sorted = stays.to_vec();
    sorted.sort_unstable();
    let mut end: Option<i64> = None;
    for (from, until) in sorted {
        if let Some(last) = end.filter(|last| from > *last && from - last <= 2) {
            covered[index(last)..index(from)].fill(true);
        }
        covered[index(from)..index(until)].fill(true);
        end = end.max(Some(until));
    }
    let within = covered[index(0)..index(LENGTH)].iter().filter(|covered| **covered).count();
    let longest = totals.iter().copied().max().unwrap_or(0).min(LENGTH);
    i64::try_from(within).expect("small").max(longest)
}

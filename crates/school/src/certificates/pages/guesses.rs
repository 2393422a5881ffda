//! Whoever tries codes is slowed, by network: misses alone are counted, in memory, since a code cannot be guessed anyway.

use kernel::{Span, Timestamp};
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};
use web::{PageError, Visit};

/// So many misses in [`SPAN`] are slips; more are tries.
const FREE: u32 = 60;
const SPAN: Span = Span::minutes(10);
/// No more networks are remembered: the oldest are forgotten first.
const NETWORKS: usize = 10_000;

#[derive(Default)]
struct Guesses(HashMap<String, (Timestamp, u32)>);

static GUESSES: LazyLock<Mutex<Guesses>> = LazyLock::new(Mutex::default);

/// Refuses whoever has missed too often.
pub fn heed(visit: &Visit) -> Result<(), PageError> {
    let guesses = GUESSES.lock().unwrap_or_else(PoisonError::into_inner);
    if guesses.are_too_many(&visit.network, visit.now) { Err(PageError::Busy) } else { Ok(()) }
}

/// Notes a miss.
pub fn missed(visit: &Visit) {
    GUESSES.lock().unwrap_or_else(PoisonError::into_inner).add(&visit.network, visit.now);
}

impl Guesses {
    fn are_too_many(&self, network: &str, now: Timestamp) -> bool {
        self.0.get(network).is_some_and(|(since, count)| *count >= FREE && now < since.plus(SPAN))
    }

    fn add(&mut self, network: &str, now: Timestamp) {
        if self.0.len() >= NETWORKS {
            self.0.retain(|_, (since, _)| now < since.plus(SPAN));
        }
        if self.0.len() >= NETWORKS {
            self.0.clear();
        }
        let (since, count) = self.0.entry(network.to_owned()).or_insert((now, 0));
        if now >= since.plus(SPAN) {
            (*since, *count) = (now, 0);
        }
        *count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_network_is_slowed_for_ten_minutes_and_no_other() {
        let mut guesses = Guesses::default();
        let now = Timestamp::from_micros(1_000_000_000);
        for _ in 0..FREE {
            assert!(!guesses.are_too_many("192.0.2.0/24", now));
            guesses.add("192.0.2.0/24", now);
        }
        assert!(guesses.are_too_many("192.0.2.0/24", now));
        assert!(!guesses.are_too_many("198.51.100.0/24", now));
        assert!(!guesses.are_too_many("192.0.2.0/24", now.plus(SPAN)));
    }
}

//! How often a program may ask. Counted in this process alone, minute by minute: it keeps one that runs wild from starving the others.

use kernel::{Timestamp, Uuid};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Requests of one client in a minute.
const REQUESTS_MAX: u32 = 120_000;
/// Wrong secrets for one key in a minute.
const FAILURES_MAX: u32 = 30;

/// Counts requests and wrong secrets.
#[derive(Clone, Debug, Default)]
pub struct Pace {
    requests: Counter,
    failures: Counter,
}

#[derive(Clone, Debug, Default)]
struct Counter(Arc<Mutex<(i64, HashMap<Uuid, u32>)>>);

impl Counter {
    /// How often this one came in this minute, with this time or without it.
    fn count(&self, who: Uuid, now: Timestamp, more: u32) -> u32 {
        let minute = now.as_micros().div_euclid(60_000_000);
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.0 != minute {
            *counted = (minute, HashMap::new());
        }
        let count = counted.1.entry(who).or_default();
        *count = count.saturating_add(more);
        *count
    }
}

impl Pace {
    /// Counts a request, and says whether it may be answered.
    pub(super) fn allows(&self, client: Uuid, now: Timestamp) -> bool {
        self.requests.count(client, now, 1) <= REQUESTS_MAX
    }

    /// Whether somebody may try this key.
    pub(super) fn allows_a_try(&self, key: Uuid, now: Timestamp) -> bool {
        self.failures.count(key, now, 0) < FAILURES_MAX
    }

    /// A secret was wrong.
    pub(super) fn failed(&self, key: Uuid, now: Timestamp) {
        self.failures.count(key, now, 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_tried_thirty_times_a_minute() {
        let (pace, key, now) = (Pace::default(), Uuid::from_u128(1), Timestamp::from_micros(0));
        for _ in 0..30 {
            assert!(pace.allows_a_try(key, now));
            pace.failed(key, now);
        }
        assert!(!pace.allows_a_try(key, now) && pace.allows_a_try(Uuid::from_u128(2), now));
        assert!(pace.allows_a_try(key, now.plus(kernel::Span::minutes(1))));
    }
}

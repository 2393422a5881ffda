//! How often a program may ask. Counted in this process alone, minute by minute: it keeps one that runs wild from starving the others.

use kernel::{Span, Timestamp, Uuid};
use web::Brake;

/// Requests of one client in a minute.
const REQUESTS_MAX: u32 = 120_000;
/// Wrong secrets for one key in a minute.
const FAILURES_MAX: u32 = 30;
/// No more clients, and no more keys that were tried, are remembered.
const REMEMBERED_MAX: usize = 10_000;

/// Counts requests and wrong secrets.
#[derive(Debug)]
pub struct Pace {
    requests: Brake<Uuid>,
    failures: Brake<Uuid>,
}

impl Default for Pace {
    fn default() -> Self {
        let a_minute = |most: u32| Brake::new(most, Span::minutes(1), REMEMBERED_MAX);
        Self { requests: a_minute(REQUESTS_MAX), failures: a_minute(FAILURES_MAX) }
    }
}

impl Pace {
    /// Counts a request, and says whether it may be answered.
    pub(super) fn allows(&self, client: Uuid, now: Timestamp) -> bool {
        !self.requests.count(client, now)
    }

    /// Whether somebody may try this key.
    pub(super) fn allows_a_try(&self, key: Uuid, now: Timestamp) -> bool {
        !self.failures.is_reached(&key, now)
    }

    /// A secret was wrong.
    pub(super) fn failed(&self, key: Uuid, now: Timestamp) {
        self.failures.count(key, now);
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
        assert!(pace.allows_a_try(key, now.plus(Span::minutes(1))));
    }
}

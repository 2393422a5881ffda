//! How long to wait after failures: arithmetic only.
//!
//! Each account has one counter for strangers, all unknown devices together, and one for each device that has signed in
//! to it before. Strangers fill only their own counter, so they can never shut out a device the owner has used.
//!
//! A try is counted *before* the secret is looked at, and given back when it was right; a thousand tries at the same
//! moment are therefore a thousand counted tries, not one.

use std::time::Duration;

/// Tries that cost nothing but the typing.
const FREE: u32 = 5;

/// A counter is forgotten after this long without a failure.
const FORGOTTEN_AFTER: Duration = Duration::from_hours(24);

/// Who is trying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// A device that has signed in to this account before.
    Known,
    /// Anyone else.
    Stranger,
}

/// One counter: the tries that have not turned out right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tries {
    /// How many.
    pub failed: u32,
    /// When the last of them was, in microseconds since 1970 UTC.
    pub last_micros: i64,
}

/// Too soon after the last failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many failed tries")]
pub struct Wait {
    /// The first instant at which a try is heard again, in microseconds since 1970 UTC.
    pub until_micros: i64,
}

impl Device {
    /// A stranger has at most some forty tries a day; a known device, which someone must first have taken, some hundred.
    const fn longest(self) -> Duration {
        match self {
            Self::Known => Duration::from_mins(15),
            Self::Stranger => Duration::from_hours(1),
        }
    }
}

impl Tries {
    /// Counts one try now, to be stored before the secret is looked at; or says how long to wait.
    pub fn begin(self, device: Device, now_micros: i64) -> Result<Self, Wait> {
        let earlier = self.remembered(now_micros);
        let until_micros = earlier.last_micros.saturating_add(micros(earlier.delay(device)));
        if earlier.failed > 0 && now_micros < until_micros {
            return Err(Wait { until_micros });
        }
        Ok(Self { failed: earlier.failed.saturating_add(1), last_micros: now_micros })
    }

    /// The counter after the try turned out right. A known device starts afresh; strangers get only this try back,
    /// so that the owner's own success hands no new tries to whoever else is guessing.
    #[must_use]
    pub fn succeeded(self, device: Device) -> Self {
        match device {
            Device::Known => Self::default(),
            Device::Stranger => Self { failed: self.failed.saturating_sub(1), ..self },
        }
    }

    /// One second after the first costly failure, then twice as long each time.
    fn delay(self, device: Device) -> Duration {
        match self.failed.checked_sub(FREE) {
            None => Duration::ZERO,
            Some(costly) => Duration::from_secs(1_u64.checked_shl(costly).unwrap_or(u64::MAX)).min(device.longest()),
        }
    }

    fn remembered(self, now_micros: i64) -> Self {
        let quiet_micros = now_micros.saturating_sub(self.last_micros);
        if quiet_micros >= micros(FORGOTTEN_AFTER) { Self::default() } else { self }
    }
}

fn micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_790_000_000_000_000;
    const SECOND: i64 = 1_000_000;
    const DAY: i64 = 86_400 * SECOND;

    /// Tries as soon as allowed until `end`; returns how many tries were heard.
    fn tireless(device: Device, end: i64) -> u32 {
        let (mut tries, mut now, mut heard) = (Tries::default(), NOON, 0);
        while now < end {
            match tries.begin(device, now) {
                Ok(counted) => {
                    heard += 1;
                    tries = counted;
                }
                Err(wait) => now = wait.until_micros,
            }
        }
        heard
    }

    #[test]
    fn the_first_five_failures_cost_nothing_then_the_delay_doubles() {
        let mut tries = Tries::default();
        for _ in 0..5 {
            tries = tries.begin(Device::Stranger, NOON).unwrap();
        }
        assert_eq!(tries.begin(Device::Stranger, NOON), Err(Wait { until_micros: NOON + SECOND }));
        tries = tries.begin(Device::Stranger, NOON + SECOND).unwrap();
        assert_eq!(tries.begin(Device::Stranger, NOON + SECOND), Err(Wait { until_micros: NOON + 3 * SECOND }));
    }

    #[test]
    fn a_stranger_who_never_tires_has_fewer_than_a_hundred_tries_a_day() {
        let first_day = tireless(Device::Stranger, NOON + DAY);
        assert!((30..=50).contains(&first_day), "{first_day}");
        assert!(tireless(Device::Stranger, NOON + 30 * DAY) <= first_day + 29 * 24);
    }

    #[test]
    fn a_known_device_waits_a_quarter_of_an_hour_at_most() {
        let tired = Tries { failed: 40_000, last_micros: NOON };
        assert_eq!(tired.begin(Device::Known, NOON), Err(Wait { until_micros: NOON + 900 * SECOND }));
        assert!(tired.begin(Device::Known, NOON + 900 * SECOND).is_ok());
    }

    #[test]
    fn success_clears_a_known_device_but_gives_strangers_only_their_try_back() {
        let counted = Tries { failed: 6, last_micros: NOON }.begin(Device::Stranger, NOON + 10 * SECOND).unwrap();
        assert_eq!(counted.succeeded(Device::Stranger).failed, 6);
        assert_eq!(counted.succeeded(Device::Known), Tries::default());
    }

    #[test]
    fn a_day_without_failures_is_forgiven() {
        let tired = Tries { failed: 1000, last_micros: NOON };
        assert!(tired.begin(Device::Stranger, NOON + DAY - SECOND).is_ok_and(|t| t.failed == 1001));
        assert!(tired.begin(Device::Stranger, NOON + DAY).is_ok_and(|t| t.failed == 1));
    }
}

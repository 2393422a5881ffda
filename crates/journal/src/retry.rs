//! When something that did not work is tried again: shared by mail and jobs.

use kernel::{Span, Timestamp, Uuid};

/// After this long nobody is helped by another try; a person has to look.
pub(crate) const PATIENCE: Span = Span::days(3);

const FIRST: Span = Span::minutes(1);
const LONGEST: Span = Span::hours(4);

/// The next try after `attempts` that did not work, the first of them at `first`; nothing once patience has ended.
///
/// One minute, doubling up to four hours, and up to a fifth less than that, so that what failed together does not return
/// together. The fifth depends on the id alone: a test can foretell it.
pub(crate) fn next_try(id: Uuid, attempts: u32, first: Timestamp, now: Timestamp) -> Option<Timestamp> {
    if now.since(first) >= PATIENCE {
        return None;
    }
    let doublings = attempts.saturating_sub(1).min(8);
    let delay = (FIRST.as_micros() << doublings).min(LONGEST.as_micros());
    // The last bits of an id are random; each attempt looks at others of them.
    let chance = i64::try_from((id.as_u128() >> (attempts % 48)) & 0xff).unwrap_or(0);
    Some(now.plus(Span::micros(delay - delay / 5 * chance / 0xff)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

    #[test]
    fn delays_double_from_a_minute_to_four_hours() {
        let id = Uuid::from_u128(0);
        let minutes = |attempts| next_try(id, attempts, START, START).unwrap().since(START).as_minutes();
        assert_eq!([1, 2, 3, 4, 8, 9, 10, 400].map(minutes), [1, 2, 4, 8, 128, 240, 240, 240]);
    }

    #[test]
    fn a_fifth_is_left_to_chance() {
        for bits in [0, 1, 0x7f, 0xff, u128::MAX] {
            for attempts in 1..20 {
                let sure = next_try(Uuid::from_u128(0), attempts, START, START).unwrap().since(START).as_micros();
                let random = next_try(Uuid::from_u128(bits), attempts, START, START).unwrap().since(START).as_micros();
                assert!(random <= sure && random * 5 >= sure * 4, "{random} of {sure}");
            }
        }
    }

    #[test]
    fn patience_ends_after_three_days() {
        let id = Uuid::from_u128(7);
        assert!(next_try(id, 20, START, START.plus(Span::days(3)).minus(Span::micros(1))).is_some());
        assert_eq!(next_try(id, 20, START, START.plus(Span::days(3))), None);
    }
}

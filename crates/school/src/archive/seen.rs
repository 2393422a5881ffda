//! Which parts of a recording somebody has seen: a map of seconds, not a stopwatch. Twice as fast is seen all the same.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The most pieces that one report, or one map, may have.
const PIECES: usize = 2_000;

/// Seconds that were seen, as ranges in order that do not touch one another; each ends before its second number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<(i64, i64)>", into = "Vec<(i64, i64)>")]
pub struct Seen(Vec<(i64, i64)>);

/// The text is no map of seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a map of seconds")]
pub struct NotSeen;

impl Seen {
    /// These ranges, in whatever order they come and however they overlap.
    pub fn new(ranges: impl IntoIterator<Item = (i64, i64)>) -> Self {
        let mut ranges: Vec<_> = ranges.into_iter().filter(|(from, until)| *from >= 0 && from < until).collect();
        ranges.sort_unstable();
        let mut merged: Vec<(i64, i64)> = Vec::with_capacity(ranges.len());
        for (from, until) in ranges {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(until),
                _ => merged.push((from, until)),
            }
        }
        Self(merged)
    }

    /// What a browser reports, such as `0-15 40-42`, within a recording of so many seconds.
    pub fn reported(text: &str, whole: i64) -> Result<Self, NotSeen> {
        let mut ranges = Vec::new();
        for piece in text.split_whitespace() {
            let (from, until) = piece.split_once('-').ok_or(NotSeen)?;
            let (from, until): (i64, i64) = (from.parse().map_err(|_| NotSeen)?, until.parse().map_err(|_| NotSeen)?);
            if from > until || ranges.len() >= PIECES {
                return Err(NotSeen);
            }
            ranges.push((from.min(whole), until.min(whole)));
        }
        Ok(Self::new(ranges))
    }

    /// What was seen in either.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self::new(self.0.iter().chain(&other.0).copied())
    }

    /// How many seconds were seen.
    pub fn seconds(&self) -> i64 {
        self.0.iter().map(|(from, until)| until - from).sum()
    }

    /// The ranges.
    pub fn ranges(&self) -> &[(i64, i64)] {
        &self.0
    }

    /// The ranges that were not seen, of so many seconds.
    pub fn unseen(&self, whole: i64) -> Vec<(i64, i64)> {
        let starts = std::iter::once(0).chain(self.0.iter().map(|(_, until)| *until));
        let ends = self.0.iter().map(|(from, _)| *from).chain(std::iter::once(whole));
        starts.zip(ends).filter(|(from, until)| from < until).collect()
    }
}

impl TryFrom<Vec<(i64, i64)>> for Seen {
    type Error = NotSeen;
    fn try_from(ranges: Vec<(i64, i64)>) -> Result<Self, NotSeen> {
        let seen = Self::new(ranges.iter().copied());
        if seen.0 == ranges { Ok(seen) } else { Err(NotSeen) }
    }
}

impl From<Seen> for Vec<(i64, i64)> {
    fn from(seen: Seen) -> Self {
        seen.0
    }
}

impl db::FromColumn for Seen {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        Ok(serde_json::from_str(value.text()?)?)
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, (from, until)) in self.0.iter().enumerate() {
            write!(f, "{}{from}-{until}", if n == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

/// How many seconds have to be seen for so many per cent of the whole, rounded up.
pub const fn needed(whole: i64, per_cent: i64) -> i64 {
    (whole * per_cent + 99) / 100
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WHOLE: usize = 120;

    proptest! {
        /// An independent reckoning, second by second.
        #[test]
        fn a_map_merged_from_reports_equals_a_bitmap(reports in prop::collection::vec(prop::collection::vec((0i64..140, 0i64..140), 0..6), 0..12)) {
            let mut bits = [false; WHOLE];
            let mut seen = Seen::default();
            for report in &reports {
                let ordered: Vec<_> = report.iter().map(|(a, b)| (*a.min(b), *a.max(b))).collect();
                let said: Vec<String> = ordered.iter().map(|(from, until)| format!("{from}-{until}")).collect();
                seen = seen.and(&Seen::reported(&said.join(" "), 120).unwrap());
                for (from, until) in ordered {
                    for second in from..until {
                        if let Some(bit) = usize::try_from(second).ok().and_then(|second| bits.get_mut(second)) {
                            *bit = true;
                        }
                    }
                }
            }
            let counted = i64::try_from(bits.iter().filter(|bit| **bit).count()).unwrap();
            prop_assert_eq!(seen.seconds(), counted);
            let unseen: i64 = seen.unseen(120).iter().map(|(from, until)| until - from).sum();
            prop_assert_eq!(unseen, 120 - counted);
            let text = serde_json::to_string(&seen).unwrap();
            prop_assert_eq!(serde_json::from_str::<Seen>(&text).unwrap(), seen);
        }
    }

    #[test]
    fn nonsense_is_no_report() {
        for text in ["a-b", "3", "5-2", "-1-4", "1-2,3-4"] {
            assert_eq!(Seen::reported(text, 100), Err(NotSeen), "{text}");
        }
        assert_eq!(Seen::reported("", 100).unwrap().seconds(), 0);
    }

    #[test]
    fn a_part_of_the_whole_is_rounded_up() {
        assert_eq!((needed(100, 80), needed(61, 80), needed(3600, 100)), (80, 49, 3600));
    }
}

//! Instants and lengths of time, both in microseconds.

use jiff::ZonedDateTime;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use crate::{Day, Uuid};

static TOKYO: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get("Asia/Tokyo").expect("the zone database is compiled in"));

/// An instant, in microseconds since 1970-01-01T00:00Z. Shown in Japan's time everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

/// A length of time, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Span(i64);

/// The text is no instant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an RFC 3339 instant")]
pub struct NotATime;

impl Timestamp {
    /// The instant `micros` microseconds after 1970-01-01T00:00Z.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970-01-01T00:00Z, as the database keeps it.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// The instant at which a clock in Japan shows `day` and `hour:minute`.
    pub fn in_japan(day: Day, hour: i8, minute: i8) -> Self {
        let zoned = day.at(hour, minute, 0, 0).to_zoned_datetime(TOKYO.clone()).expect("Japan has no gaps in its civil time");
        Self(zoned.timestamp().as_microsecond())
    }

    /// The instant with Japan's zone, for formatting.
    pub fn jst(self) -> ZonedDateTime {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_zoned_datetime(TOKYO.clone())
    }

    /// The calendar day in Japan.
    pub fn day(self) -> Day {
        self.jst().date()
    }

    /// The instant at which the next day begins in Japan.
    #[must_use]
    pub fn next_midnight(self) -> Self {
        let next = self.day().tomorrow().unwrap_or(Day::MAX);
        Self::in_japan(next, 0, 0)
    }

    /// `16:00`, in Japan's time.
    pub fn clock_face(self) -> String {
        let t = self.jst();
        format!("{}:{:02}", t.hour(), t.minute())
    }

    /// `2026-09-16T16:00:00+09:00`.
    pub fn rfc3339(self) -> String {
        let t = self.jst();
        let whole = t.strftime("%Y-%m-%dT%H:%M:%S");
        match self.0.rem_euclid(1_000_000) {
            0 => format!("{whole}+09:00"),
            micros => format!("{whole}.{micros:06}+09:00"),
        }
    }

    /// `Tue, 15 Sep 2026 15:00:00 GMT`, as the headers of HTTP write it.
    pub fn http_date(self) -> String {
        let instant = jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        instant.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    /// This instant moved later by `span`.
    #[must_use]
    pub const fn plus(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    /// This instant moved earlier by `span`.
    #[must_use]
    pub const fn minus(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }

    /// How long after `earlier` this is; negative if it is before.
    pub const fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }

    /// A `UUIDv7` made at this instant, with fresh random bits from the operating system.
    pub fn uuid(self) -> Uuid {
        use rand::TryRngCore;
        let millis = u64::try_from(self.0.div_euclid(1000)).unwrap_or(0);
        let mut random = [0u8; 10];
        rand::rngs::OsRng.try_fill_bytes(&mut random).expect("the operating system gives random bytes");
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// `n` microseconds.
    pub const fn micros(n: i64) -> Self {
        Self(n)
    }
    /// `n` milliseconds.
    pub const fn millis(n: i64) -> Self {
        Self(n * 1_000)
    }
    /// `n` seconds.
    pub const fn seconds(n: i64) -> Self {
        Self(n * 1_000_000)
    }
    /// `n` minutes.
    pub const fn minutes(n: i64) -> Self {
        Self::seconds(n * 60)
    }
    /// `n` hours.
    pub const fn hours(n: i64) -> Self {
        Self::minutes(n * 60)
    }
    /// `n` times 24 hours; Japan has no daylight saving time, so this is also `n` calendar days there.
    pub const fn days(n: i64) -> Self {
        Self::hours(n * 24)
    }
    /// The length in microseconds.
    pub const fn as_micros(self) -> i64 {
        self.0
    }
    /// The length in whole seconds, rounded down.
    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }
    /// The length in whole minutes, rounded down.
    pub const fn as_minutes(self) -> i64 {
        self.0.div_euclid(60_000_000)
    }
}

impl FromStr for Timestamp {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        // `--now 2026-11-22T09:00+09:00` has no seconds; RFC 3339 wants them.
        let instant = text.parse::<jiff::Timestamp>().map_err(|_| NotATime)?;
        Ok(Self(instant.as_microsecond()))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_shown_in_japans_time() {
        let t: Timestamp = "2026-11-22T09:00+09:00".parse().unwrap();
        assert_eq!(t.rfc3339(), "2026-11-22T09:00:00+09:00");
        assert_eq!(t.clock_face(), "9:00");
        assert_eq!(t.http_date(), "Sun, 22 Nov 2026 00:00:00 GMT");
        assert_eq!(t.next_midnight().rfc3339(), "2026-11-23T00:00:00+09:00");
        assert_eq!(t.plus(Span::days(1)).since(t), Span::hours(24));
        assert_eq!(t.uuid().get_version_num(), 7);
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        assert_eq!("2026-11-22".parse::<Timestamp>(), Err(NotATime));
    }
}

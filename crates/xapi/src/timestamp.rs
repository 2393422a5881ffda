//! Moments (xAPI-Data 4.5; IEEE 9274.1.1 section 4.2.7).

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, tz::Offset};

use crate::Version;

/// A point in time, as a statement or a parameter gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(jiff::Timestamp);

/// Why a text is no timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotATimestamp {
    /// It does not look like one.
    #[error("this is not a date and a time of ISO 8601, as in 2026-11-26T09:30:00.000Z")]
    Shape,
    /// There is no such day or hour.
    #[error("there is no such date or time")]
    Range,
    /// `-00:00` says that the offset is unknown.
    #[error("the offset -00:00 says that the time zone is unknown")]
    UnknownOffset,
    /// 2.0.0 asks for an offset.
    #[error("the offset from UTC is missing")]
    NoOffset,
}

impl Timestamp {
    /// Reads `2026-11-26T09:30:00.123+09:00`.
    ///
    /// 2.0.0 takes what RFC 3339 takes, a blank instead of the `T` included. 1.0.3 asks for ISO 8601, so it also takes the basic
    /// form without hyphens and colons, a comma before the fraction, no seconds, and no offset, which then is UTC. Both refuse an
    /// offset of minus nothing in any form. What lies beyond nanoseconds is cut off.
    pub fn parse(text: &str, version: Version) -> Result<Self, NotATimestamp> {
        let lenient = version == Version::V1_0_3;
        let mut reader = Reader { bytes: text.as_bytes(), lenient };
        let (date, extended) = reader.date()?;
        if !matches!(reader.next(), Some(b'T' | b't' | b' ')) {
            return Err(NotATimestamp::Shape);
        }
        let (time, leap) = reader.time(extended)?;
        let offset = reader.offset()?;
        if !reader.bytes.is_empty() {
            return Err(NotATimestamp::Shape);
        }
        // The calendar goes on for a day after the last moment that the type has, and `9999-12-31` is how some say "for ever".
        let moment = offset.to_timestamp(DateTime::from_parts(date, time)).unwrap_or(jiff::Timestamp::MAX);
        let second = SignedDuration::from_secs(i64::from(leap));
        Ok(Self(moment.saturating_add(second).unwrap_or(jiff::Timestamp::MAX)))
    }

    /// The point in time.
    pub const fn instant(self) -> jiff::Timestamp {
        self.0
    }

    /// As a store writes it: UTC, to the microsecond. The specification asks for milliseconds at least; the finer digits let a
    /// reader go on from the `stored` of the last statement that it has.
    pub fn write(moment: jiff::Timestamp) -> String {
        format!("{moment:.6}")
    }

    /// Whether both are the same moment, to the millisecond that stores have to keep (xAPI-Data 4.5.s1.b3).
    pub(crate) fn same_as(self, other: Self) -> bool {
        self.0.as_millisecond() == other.0.as_millisecond()
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    lenient: bool,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn take(&mut self, byte: u8) -> bool {
        let there = self.bytes.first() == Some(&byte);
        if there {
            self.bytes = &self.bytes[1..];
        }
        there
    }

    fn digits<const N: usize>(&mut self) -> Result<i16, NotATimestamp> {
        let (digits, rest) = self.bytes.split_first_chunk::<N>().ok_or(NotATimestamp::Shape)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(NotATimestamp::Shape);
        }
        self.bytes = rest;
        Ok(digits.iter().fold(0, |value, digit| value * 10 + i16::from(digit - b'0')))
    }

    fn two(&mut self) -> Result<i8, NotATimestamp> {
        self.digits::<2>().map(|value| i8::try_from(value).expect("two digits fit"))
    }

    /// The date, and whether it is written with hyphens.
    fn date(&mut self) -> Result<(Date, bool), NotATimestamp> {
        let year = self.digits::<4>()?;
        let extended = self.take(b'-');
        if !extended && !self.lenient {
            return Err(NotATimestamp::Shape);
        }
        let month = self.two()?;
        if extended && !self.take(b'-') {
            return Err(NotATimestamp::Shape);
        }
        let day = self.two()?;
        Date::new(year, month, day).map(|date| (date, extended)).map_err(|_| NotATimestamp::Range)
    }

    /// The time, and whether it is a leap second.
    fn time(&mut self, extended: bool) -> Result<(Time, bool), NotATimestamp> {
        let hour = self.two()?;
        if extended && !self.take(b':') {
            return Err(NotATimestamp::Shape);
        }
        let minute = self.two()?;
        let has_second = if extended { self.take(b':') } else { self.bytes.first().is_some_and(u8::is_ascii_digit) };
        if !has_second && !self.lenient {
            return Err(NotATimestamp::Shape);
        }
        let second = if has_second { self.two()? } else { 0 };
        let nanosecond = if has_second && (self.take(b'.') || (self.lenient && self.take(b','))) { self.fraction()? } else { 0 };
        let leap = second == 60;
        let time = Time::new(hour, minute, if leap { 59 } else { second }, nanosecond).map_err(|_| NotATimestamp::Range)?;
        Ok((time, leap))
    }

    fn fraction(&mut self) -> Result<i32, NotATimestamp> {
        let length = self.bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if length == 0 {
            return Err(NotATimestamp::Shape);
        }
        let (digits, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        let nine = digits.iter().copied().chain(std::iter::repeat(b'0')).take(9);
        Ok(nine.fold(0, |value, digit| value * 10 + i32::from(digit - b'0')))
    }

    fn offset(&mut self) -> Result<Offset, NotATimestamp> {
        let negative = match self.next() {
            Some(b'Z' | b'z') => return Ok(Offset::UTC),
            Some(b'+') => false,
            Some(b'-') => true,
            None if self.lenient => return Ok(Offset::UTC),
            None => return Err(NotATimestamp::NoOffset),
            Some(_) => return Err(NotATimestamp::Shape),
        };
        let hours = self.two()?;
        let colon = self.take(b':');
        let minutes = if self.bytes.is_empty() && !colon { None } else { Some(self.two()?) };
        if negative && hours == 0 && minutes.unwrap_or_default() == 0 {
            return Err(NotATimestamp::UnknownOffset);
        }
        // ISO 8601 lets nobody mix the forms, but enough programs write +0900 after an extended time.
        if !self.lenient && !colon {
            return Err(NotATimestamp::Shape);
        }
        let minutes = minutes.unwrap_or_default();
        if hours > 23 || minutes > 59 {
            return Err(NotATimestamp::Range);
        }
        let seconds = (i32::from(hours) * 60 + i32::from(minutes)) * 60;
        Offset::from_seconds(if negative { -seconds } else { seconds }).map_err(|_| NotATimestamp::Range)
    }
}

#[cfg(test)]
mod tests {
    use super::{NotATimestamp, Timestamp, Version};

    fn read(text: &str, version: Version) -> Result<String, NotATimestamp> {
        Timestamp::parse(text, version).map(|moment| Timestamp::write(moment.instant()))
    }

    #[test]
    fn both_versions_take_what_rfc_3339_takes() {
        for (text, moment) in [
            ("2013-05-18T05:32:34.804Z", "2013-05-18T05:32:34.804000Z"),
            ("2008-09-15 15:53:00.601+00:00", "2008-09-15T15:53:00.601000Z"),
            ("2026-11-26t09:30:00z", "2026-11-26T09:30:00.000000Z"),
            ("2026-11-26T09:30:00.123456789+09:00", "2026-11-26T00:30:00.123456Z"),
            ("2026-11-26T09:30:00.1234567890123-05:30", "2026-11-26T15:00:00.123456Z"),
            ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000Z"),
            ("1776-07-04T16:00:45.123Z", "1776-07-04T16:00:45.123000Z"),
            ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000000Z"),
        ] {
            assert_eq!(read(text, Version::V1_0_3).as_deref(), Ok(moment), "{text}");
            assert_eq!(read(text, Version::V2_0_0).as_deref(), Ok(moment), "{text}");
        }
    }

    #[test]
    fn an_unknown_offset_is_refused_in_every_form() {
        for text in ["2008-09-15T15:53:00.601-00:00", "2008-09-15T15:53:00.601-0000", "2008-09-15T15:53:00.601-00", "20080915T155300-0000"]
        {
            for version in [Version::V1_0_3, Version::V2_0_0] {
                assert!(read(text, version).is_err(), "{text}");
            }
            assert_eq!(read(text, Version::V1_0_3), Err(NotATimestamp::UnknownOffset));
        }
    }

    #[test]
    fn the_first_version_takes_iso_8601_and_the_second_does_not() {
        for (text, moment) in [
            ("20261126T093000Z", "2026-11-26T09:30:00.000000Z"),
            ("20261126T0930+0900", "2026-11-26T00:30:00.000000Z"),
            ("2026-11-26T09:30Z", "2026-11-26T09:30:00.000000Z"),
            ("2026-11-26T09:30:00,5Z", "2026-11-26T09:30:00.500000Z"),
            ("2026-11-26T09:30:00+09", "2026-11-26T00:30:00.000000Z"),
            ("2026-11-26T09:30:00+0900", "2026-11-26T00:30:00.000000Z"),
            ("2026-11-26T09:30:00", "2026-11-26T09:30:00.000000Z"),
        ] {
            assert_eq!(read(text, Version::V1_0_3).as_deref(), Ok(moment), "{text}");
            assert!(read(text, Version::V2_0_0).is_err(), "{text}");
        }
        assert_eq!(read("2026-11-26T09:30:00", Version::V2_0_0), Err(NotATimestamp::NoOffset));
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "should fail",
            "01/011/2015",
            "2015-01-01",
            "2015-1-1T00:00:00Z",
            "2015-01-01T",
            "2015-01-01T00:00:00Zx",
            "2015-01-01T00:00:00.Z",
            "2015-02-29T00:00:00Z",
            "2015-13-01T00:00:00Z",
            "2015-01-01T24:00:00Z",
            "2015-01-01T00:60:00Z",
            "2015-01-01T00:00:61Z",
            "2015-01-01T00:00:00+24:00",
            "2015-01-01T00:00:00+09:60",
            "2015-0101T00:00:00Z",
            "２０１５-01-01T00:00:00Z",
            "2015-W01-1T00:00:00Z",
            "2015-01-01T00:00:00+",
            "2015-01-01T00:00:00+9",
            "2015-01-01T00:00:00+09:",
            "+2015-01-01T00:00:00Z",
            "2015-01-01T00:00:00 Z",
        ] {
            for version in [Version::V1_0_3, Version::V2_0_0] {
                assert!(read(text, version).is_err(), "{text}");
            }
        }
        for edge in ["9999-12-31T23:59:60-23:59", "0000-01-01T00:00:00+23:59", "9999-12-31T23:59:59.999999999Z"] {
            assert!(read(edge, Version::V2_0_0).is_ok(), "{edge}");
        }
    }
}

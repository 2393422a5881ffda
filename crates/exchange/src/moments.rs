//! Instants as each reader wants them.

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::{Offset, TimeZone};

fn in_japan(at: Timestamp) -> jiff::ZonedDateTime {
    at.to_zoned_datetime(TimeZone::fixed(Offset::constant(9)))
}

/// The instant in Japan at the head of a line, and the rest of it: `2026-11-22 03:12 …`
pub fn at_head(line: &str) -> Option<(Timestamp, &str)> {
    let (day, rest) = line.split_once([' ', '　'])?;
    let (time, rest) = rest.trim_start().split_once([' ', '　'])?;
    let (hour, minute) = time.split_once(':')?;
    let day: Date = day.replace('/', "-").parse().ok()?;
    let time = Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?;
    let at = day.to_datetime(time).to_zoned_datetime(TimeZone::fixed(Offset::constant(9))).ok()?;
    Some((at.timestamp(), rest.trim())).filter(|(_, rest)| !rest.is_empty())
}

/// For people: `2026年11月22日（日）3:12`.
pub fn for_people(at: Timestamp) -> String {
    let at = in_japan(at);
    format!("{}{}:{:02}", day_for_people(at.date()), at.hour(), at.minute())
}

fn day_for_people(day: Date) -> String {
    let weekday = match day.weekday() {
        Weekday::Sunday => '日',
        Weekday::Monday => '月',
        Weekday::Tuesday => '火',
        Weekday::Wednesday => '水',
        Weekday::Thursday => '木',
        Weekday::Friday => '金',
        Weekday::Saturday => '土',
    };
    format!("{}年{}月{}日（{weekday}）", day.year(), day.month(), day.day())
}

/// 令和8年11月22日, for columns that people read.
pub fn wareki(at: Timestamp) -> String {
    let day = in_japan(at).date();
    match day.year() - 2018 {
        1 => format!("令和元年{}月{}日", day.month(), day.day()),
        year => format!("令和{year}年{}月{}日", day.month(), day.day()),
    }
}

/// For tables: `2026-11-22T03:12:00+09:00`.
pub fn for_tables(at: Timestamp) -> String {
    in_japan(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// For STIX: `2026-11-21T18:12:00.000Z`.
pub fn for_stix(at: Timestamp) -> String {
    format!("{}.{:03}Z", at.strftime("%Y-%m-%dT%H:%M:%S"), at.subsec_millisecond())
}

/// The day in Japan: `2026-11-22`.
pub fn day(at: Timestamp) -> String {
    in_japan(at).date().to_string()
}

/// Four digits, hours and minutes: `20261122-0312`, for names of files.
pub fn for_names(at: Timestamp) -> String {
    in_japan(at).strftime("%Y%m%d-%H%M").to_string()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_line_begins_with_its_time_or_has_none() {
        let read = |line| super::at_head(line).map(|(at, text)| (super::for_tables(at), text));
        assert_eq!(read("2026-11-22 3:12　気づいた。"), Some(("2026-11-22T03:12:00+09:00".to_owned(), "気づいた。")));
        assert_eq!(read("2026-11-22 03:12 気づいた。"), read("2026-11-22　03:12 気づいた。"));
        for line in ["気づいた。", "2026-11-22 気づいた。", "2026-11-32 03:12 x", "2026-11-22 24:12 x", "2026-11-22 03:12"] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn an_instant_is_written_as_its_reader_wants_it() {
        let at = "2026-11-22T03:12:00+09:00".parse().unwrap();
        assert_eq!(super::for_people(at), "2026年11月22日（日）3:12");
        assert_eq!(super::wareki(at), "令和8年11月22日");
        assert_eq!(super::for_tables(at), "2026-11-22T03:12:00+09:00");
        assert_eq!(super::for_stix(at), "2026-11-21T18:12:00.000Z");
        assert_eq!(super::day(at), "2026-11-22");
        assert_eq!(super::for_names(at), "20261122-0312");
    }
}

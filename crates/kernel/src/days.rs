//! Calendar days of Japan: how they are written, and which are holidays.

use std::collections::BTreeMap;

use crate::{Lang, Span, Timestamp};

/// A calendar day, `2026-09-16` in the database.
pub type Day = jiff::civil::Date;

const WEEKDAYS: [(&str, &str); 7] =
    [("月", "Mon"), ("火", "Tue"), ("水", "Wed"), ("木", "Thu"), ("金", "Fri"), ("土", "Sat"), ("日", "Sun")];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTHS_LONG: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// 水, or `Wed`.
pub fn weekday(day: Day, lang: Lang) -> &'static str {
    let index = usize::try_from(day.weekday().to_monday_zero_offset()).expect("an offset from Monday is 0 to 6");
    let (ja, en) = WEEKDAYS[index];
    lang.pick(ja, en)
}

/// 2026年9月16日（水）, or `Wed 16 September 2026`.
pub fn long_date(day: Day, lang: Lang) -> String {
    let week = weekday(day, lang);
    match lang {
        Lang::Ja => format!("{}年{}月{}日（{week}）", day.year(), day.month(), day.day()),
        Lang::En => format!("{week} {} {} {}", day.day(), month_name(&MONTHS_LONG, day), day.year()),
    }
}

/// 9月16日（水）, or `Wed 16 Sep`.
pub fn short_date(day: Day, lang: Lang) -> String {
    let week = weekday(day, lang);
    match lang {
        Lang::Ja => format!("{}月{}日（{week}）", day.month(), day.day()),
        Lang::En => format!("{week} {} {}", day.day(), month_name(&MONTHS, day)),
    }
}

/// 2026年9月, or `September 2026`.
pub fn long_month(month: Day, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{}年{}月", month.year(), month.month()),
        Lang::En => format!("{} {}", month_name(&MONTHS_LONG, month), month.year()),
    }
}

/// 9月, or `Sep`.
pub fn short_month(month: Day, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{}月", month.month()),
        Lang::En => month_name(&MONTHS, month).to_owned(),
    }
}

/// 2026年9月16日（水）9:00, or `Wed 16 September 2026, 9:00`, in Japan's time.
pub fn long_moment(at: Timestamp, lang: Lang) -> String {
    format!("{}{}{}", long_date(at.day(), lang), lang.pick("", ", "), at.clock_face())
}

/// 9月16日（水）9:00, or `Wed 16 Sep, 9:00`, in Japan's time.
pub fn short_moment(at: Timestamp, lang: Lang) -> String {
    format!("{}{}{}", short_date(at.day(), lang), lang.pick("", ", "), at.clock_face())
}

/// From when something lasts that begins at `start`: what begins at midnight begins with the day, as people say it.
pub fn lasts_from(start: Timestamp, lang: Lang) -> String {
    if start == Timestamp::in_japan(start.day(), 0, 0) { long_date(start.day(), lang) } else { long_moment(start, lang) }
}

/// Until when something lasts that ends at `end`: what ends at midnight lasts until the day before, as people say it.
pub fn lasts_until(end: Timestamp, lang: Lang) -> String {
    let last = end.minus(Span::micros(1)).day();
    if last == end.day() { long_moment(end, lang) } else { long_date(last, lang) }
}

fn month_name(names: &[&'static str; 12], day: Day) -> &'static str {
    names[usize::try_from(day.month() - 1).expect("a month is 1 to 12")]
}

/// The day in the Japanese era: 令和8年9月16日. The first year of an era is 元年.
///
/// 令和 begins on 2019-05-01, 平成 on 1989-01-08, 昭和 on 1926-12-25; earlier days are given in 西暦.
pub fn japanese_date(day: Day) -> String {
    const ERAS: [(Day, &str); 3] =
        [(Day::constant(2019, 5, 1), "令和"), (Day::constant(1989, 1, 8), "平成"), (Day::constant(1926, 12, 25), "昭和")];
    let Some((first, era)) = ERAS.iter().find(|(first, _)| day >= *first) else {
        return format!("{}年{}月{}日", day.year(), day.month(), day.day());
    };
    match day.year() - first.year() + 1 {
        1 => format!("{era}元年{}月{}日", day.month(), day.day()),
        n => format!("{era}{n}年{}月{}日", day.month(), day.day()),
    }
}

/// Reads a day as people type it: `9/16` (the year that `near` suggests), `2026-09-16`, `2026/9/16`, `2026年9月16日`, `R8.9.16`, `令和8年9月16日`.
///
/// Full-width digits are read as digits. Without a year, the day nearest to `near` is meant. Returns `None` for anything else.
pub fn parse_day(text: &str, near: Day) -> Option<Day> {
    use unicode_normalization::UnicodeNormalization;
    let text: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let (reiwa, rest) = match text.strip_prefix("令和").or_else(|| text.strip_prefix(['R', 'r'])) {
        Some(rest) => (true, rest.replace("元年", "1年")),
        None => (false, text.clone()),
    };
    let parts: Vec<i16> = rest.trim_end_matches('日').split(['-', '/', '.', '年', '月']).map(str::parse).collect::<Result<_, _>>().ok()?;
    let whole = |year: i16, month: i16, day: i16| Day::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    match (reiwa, parts.as_slice()) {
        (true, &[year, month, day]) if year >= 1 => whole(year.checked_add(2018)?, month, day),
        (false, &[year, month, day]) if year >= 1900 => whole(year, month, day),
        (false, &[month, day]) => (-1..=1)
            .filter_map(|step| whole(near.year() + step, month, day))
            .min_by_key(|found| near.until(*found).map_or(i32::MAX, |gap| gap.get_days().abs())),
        _ => None,
    }
}

/// A line of a list of holidays, counted from 1, that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {0} is no day with its name, such as 2026-11-23,勤労感謝の日")]
pub struct NotAHoliday(pub usize);

/// Japan's public holidays, as loaded from `data/holidays.csv`.
#[derive(Clone, Debug, Default)]
pub struct Holidays(BTreeMap<Day, String>);

impl Holidays {
    /// The holidays with their Japanese names.
    pub fn new(days: impl IntoIterator<Item = (Day, String)>) -> Self {
        Self(days.into_iter().collect())
    }

    /// Reads a list: below a heading a line for each, such as `2026-11-23,勤労感謝の日,Labor Thanksgiving Day`.
    pub fn parse(text: &str) -> Result<Self, NotAHoliday> {
        let read = |(at, line): (usize, &str)| {
            let mut cells = line.split(',');
            let day = cells.next().and_then(|day| day.parse::<Day>().ok());
            let name = cells.next().filter(|name| !name.is_empty());
            day.zip(name.map(str::to_owned)).ok_or(NotAHoliday(at + 1))
        };
        text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty()).map(read).collect::<Result<_, _>>().map(Self)
    }

    /// The name of the holiday on `day`, if it is one.
    pub fn name_of(&self, day: Day) -> Option<&str> {
        self.0.get(&day).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Day = Day::constant(2026, 9, 16);

    #[test]
    fn days_are_written_as_in_japan() {
        assert_eq!(long_date(DAY, Lang::Ja), "2026年9月16日（水）");
        assert_eq!(long_date(DAY, Lang::En), "Wed 16 September 2026");
        assert_eq!(short_date(DAY, Lang::Ja), "9月16日（水）");
        assert_eq!([Lang::Ja, Lang::En].map(|lang| long_month(DAY, lang)), ["2026年9月", "September 2026"]);
        assert_eq!([Lang::Ja, Lang::En].map(|lang| short_month(DAY, lang)), ["9月", "Sep"]);
        assert_eq!(japanese_date(DAY), "令和8年9月16日");
        assert_eq!(japanese_date(Day::constant(2019, 5, 1)), "令和元年5月1日");
        assert_eq!(japanese_date(Day::constant(2019, 4, 30)), "平成31年4月30日");
        assert_eq!(japanese_date(Day::constant(1989, 1, 7)), "昭和64年1月7日");
    }

    #[test]
    fn what_ends_at_midnight_lasts_until_the_day_before() {
        assert_eq!(lasts_until(Timestamp::in_japan(DAY, 0, 0), Lang::Ja), "2026年9月15日（火）");
        assert_eq!(lasts_until(Timestamp::in_japan(DAY, 17, 0), Lang::Ja), "2026年9月16日（水）17:00");
    }

    #[test]
    fn what_begins_at_midnight_begins_with_the_day() {
        assert_eq!(lasts_from(Timestamp::in_japan(DAY, 0, 0), Lang::Ja), "2026年9月16日（水）");
        assert_eq!(lasts_from(Timestamp::in_japan(DAY, 0, 0), Lang::En), "Wed 16 September 2026");
        assert_eq!(lasts_from(Timestamp::in_japan(DAY, 9, 0), Lang::Ja), "2026年9月16日（水）9:00");
    }

    #[test]
    fn days_are_read_in_every_usual_form() {
        for text in ["9/16", "９／１６", "2026-09-16", "2026/9/16", "2026年9月16日", "R8.9.16", "令和8年9月16日", " 9月16日 "]
        {
            assert_eq!(parse_day(text, DAY), Some(DAY), "{text}");
        }
        assert_eq!(parse_day("1/19", Day::constant(2026, 11, 22)), Some(Day::constant(2027, 1, 19)));
        for text in ["", "9/31", "13/1", "abc", "9", "1/2/3/4"] {
            assert_eq!(parse_day(text, DAY), None, "{text}");
        }
    }
}

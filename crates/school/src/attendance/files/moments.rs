use jiff::civil;
use jiff::tz::TimeZone;
use kernel::{Day, Timestamp};
use unicode_normalization::UnicodeNormalization;

/// The zones in which the tools' clocks stand, as the form offers them; the first is assumed.
pub const ZONES: [Zone; 6] =
    [Zone("Asia/Tokyo"), Zone("UTC"), Zone("America/Los_Angeles"), Zone("America/New_York"), Zone("Europe/London"), Zone("Asia/Singapore")];

/// A zone of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(&'static str);

impl Zone {
    /// The name in the zone database, which is what the form sends and the database keeps.
    pub const fn id(self) -> &'static str {
        self.0
    }

    /// The zone with this name; Japan's if there is none.
    pub fn of(id: &str) -> Self {
        ZONES.into_iter().find(|zone| zone.0 == id).unwrap_or(ZONES[0])
    }

    /// The end of the key of its words.
    pub fn key(self) -> String {
        self.0.to_ascii_lowercase().replace(['/', '_'], "-")
    }

    fn rules(self) -> TimeZone {
        TimeZone::get(self.0).unwrap_or(TimeZone::UTC)
    }
}

/// A moment, and whether its text said its own zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub at: Timestamp,
    pub says_zone: bool,
}

/// A moment as the tools write it.
///
/// `12/23/2026 05:00:12 PM`, `12/23/26, 5:00:12 PM`, `2026/12/23 17:00`, `2026-12-23T17:00:12+09:00`, `2026年12月23日 午後5:00`. Where
/// day and month can be told either way, the American order counts, unless only the other one falls on the day `near`.
pub fn moment(text: &str, zone: Zone, near: Day) -> Option<Moment> {
    let text: String = text.nfkc().collect();
    let text = text.trim();
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Some(Moment { at: Timestamp::from_micros(at.as_microsecond()), says_zone: true });
    }
    let (text, own) = own_zone(text);
    let at = local(text, near)?;
    let at = at.to_zoned_datetime(own.clone().unwrap_or_else(|| zone.rules())).ok()?;
    Some(Moment { at: Timestamp::from_micros(at.timestamp().as_microsecond()), says_zone: own.is_some() })
}

/// `(GMT+09:00)`, `JST`, `UTC` at the end.
fn own_zone(text: &str) -> (&str, Option<TimeZone>) {
    for (word, hours) in [("JST", 9), ("UTC", 0), ("GMT", 0)] {
        if let Some(rest) = text.strip_suffix(word) {
            return (rest, jiff::tz::Offset::from_hours(hours).ok().map(TimeZone::fixed));
        }
    }
    (text, None)
}

fn local(text: &str, near: Day) -> Option<civil::DateTime> {
    let mut words = Words::of(text)?;
    let half = words.half;
    let is_time_alone = words.numbers.len() <= 3 && words.month.is_none() && text.contains(':');
    let (day, time) = if is_time_alone {
        (near, words.numbers.as_slice())
    } else if let Some(month) = words.month {
        // Dec 23, 2026 and 23 Dec 2026
        let (first, second) = (*words.numbers.first()?, *words.numbers.get(1)?);
        let (day, year) = if first > 31 { (second, first) } else { (first, second) };
        (date(year, month, day)?, words.numbers.get(2..)?)
    } else {
        let rest = words.numbers.split_off(3.min(words.numbers.len()));
        let [first, second, third] = words.numbers.as_slice() else { return None };
        let day = if *first >= 1_000 {
            date(*first, *second, *third)?
        } else {
            let american = date(*third, *first, *second);
            let other = date(*third, *second, *first);
            if american != Some(near) && other == Some(near) { other? } else { american.or(other)? }
        };
        words.numbers = rest;
        (day, words.numbers.as_slice())
    };
    let (hour, minute, second) = match *time {
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] | [hour, minute, second, _] => (hour, minute, second),
        _ => return None,
    };
    let hour = match half {
        None => hour,
        Some(_) if hour > 12 => return None,
        Some(Half::Morning) => hour % 12,
        Some(Half::Afternoon) => hour % 12 + 12,
    };
    let small = |n: i64| i8::try_from(n).ok();
    let time = civil::Time::new(small(hour)?, small(minute)?, small(second)?, 0).ok()?;
    Some(day.to_datetime(time))
}

fn date(year: i64, month: i64, day: i64) -> Option<Day> {
    let year = if (0..100).contains(&year) { year + 2_000 } else { year };
    let date = Day::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (2_000..2_200).contains(&year).then_some(date)
}

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

/// The numbers of a text, and the few words that may stand between them.
struct Words {
    numbers: Vec<i64>,
    month: Option<i64>,
    half: Option<Half>,
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const BETWEEN: &[&str] = &["年", "月", "日", "時", "分", "秒", "t", "at", "mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Words {
    fn of(text: &str) -> Option<Self> {
        let mut found = Self { numbers: Vec::new(), month: None, half: None };
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let is_same = |letter: char| match first {
                first if first.is_ascii_digit() => letter.is_ascii_digit(),
                first if first.is_alphabetic() => letter.is_alphabetic() || letter == '.',
                _ => !letter.is_ascii_digit() && !letter.is_alphabetic(),
            };
            let ends = rest.find(|letter: char| !is_same(letter)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(ends);
            rest = after;
            if first.is_ascii_digit() {
                found.numbers.push(word.parse().ok().filter(|_| word.len() <= 9)?);
            } else if first.is_alphabetic() {
                found.word(&word.to_lowercase().replace('.', ""))?;
            } else if !word.chars().all(|letter| " /-:.,()[]\u{2010}\u{2212}".contains(letter) || letter.is_whitespace()) {
                return None;
            }
        }
        (2..=7).contains(&found.numbers.len()).then_some(found)
    }

    fn word(&mut self, word: &str) -> Option<()> {
        match word {
            "am" | "午前" | "日午前" => self.half = Some(Half::Morning),
            "pm" | "午後" | "日午後" => self.half = Some(Half::Afternoon),
            word if BETWEEN.contains(&word) => {}
            // 月 and the day of the week may stand together: 23日水曜日
            word if word.chars().all(|letter| "年月火水木金土日曜".contains(letter)) => {}
            word => {
                let month = MONTHS.iter().position(|month| word.starts_with(month))?;
                self.month = Some(i64::try_from(month).ok()? + 1);
            }
        }
        Some(())
    }
}

use kernel::{Day, Timestamp, fold, parse_day};
use web::{Filled, Posted, Words};

use crate::trainings::session::Session;
use kernel::FiscalYear;

/// A session as the form shows it.
pub fn filled(session: &Session) -> Filled {
    let mut filled = Filled::default();
    let day = |at: Option<Timestamp>| at.map_or_else(String::new, |at| at.day().to_string());
    let time = |at: Option<Timestamp>| at.map_or_else(String::new, clock);
    let number = |number: Option<i64>| number.map_or_else(String::new, |number| number.to_string());
    filled.set("title", session.title.as_str());
    filled.set("day", session.day.map_or_else(String::new, |day| day.to_string()));
    filled.set("starts", time(session.starts_at));
    filled.set("ends", time(session.ends_at));
    filled.set("opens_day", day(session.opens_at));
    filled.set("opens_time", time(session.opens_at));
    filled.set("closes_day", day(session.closes_at));
    filled.set("closes_time", time(session.closes_at));
    filled.set("seats", number(session.seats));
    filled.set("waiting_places", number(session.waiting_places));
    filled.set("tentative", if session.tentative { "yes" } else { "" });
    filled.set("sequence", session.sequence.to_string());
    filled
}

/// 09:05, as `<input type="time">` wants it.
fn clock(at: Timestamp) -> String {
    let t = at.jst();
    format!("{:02}:{:02}", t.hour(), t.minute())
}

/// Checks what was typed; gives the session as it would become, or the form with what to mend.
pub fn check(posted: &Posted, was: &Session, year: FiscalYear, w: Words, now: Timestamp) -> Result<Session, Filled> {
    let mut form = Form { filled: Filled::from_posted(posted), posted, w, near: was.day.unwrap_or_else(|| now.day()) };
    let day = form.day("day");
    if let Some(day) = day.filter(|day| !year.contains(*day)) {
        form.wrong("day", w.with("office-error-year", &[("year", &year.label(w.lang)), ("day", &kernel::long_date(day, w.lang))]));
    }
    if day.is_some_and(|day| day < now.day() && was.day != Some(day)) {
        form.wrong("day", w.t("office-error-past"));
    }
    if day.is_none() && !posted.has("day") && was.taken + was.waiting > 0 {
        form.wrong("day", w.t("office-error-day-needed"));
    }
    let starts_at = form.instant_on(day, "starts");
    let ends_at = form.instant_on(day, "ends");
    match (starts_at, ends_at) {
        (Some(starts), Some(ends)) if ends <= starts => form.wrong("ends", w.t("office-error-ends")),
        (Some(_), None) if !posted.has("ends") => form.wrong("ends", w.t("office-error-ends-empty")),
        (None, Some(_)) if !posted.has("starts") => form.wrong("starts", w.t("office-error-starts-empty")),
        _ => {}
    }
    let opens_at = form.instant("opens_day", "opens_time", "office-opens");
    let closes_at = form.instant("closes_day", "closes_time", "office-closes");
    if let (Some(opens), Some(closes)) = (opens_at, closes_at)
        && closes <= opens
    {
        form.wrong("closes_day", w.t("office-error-closes-before"));
    }
    if let (Some(closes), Some(starts)) = (closes_at, starts_at)
        && closes > starts
    {
        form.wrong("closes_day", w.t("office-error-closes-late"));
    }
    let seats = form.number("seats", was.taken, "office-error-seats");
    let waiting_places = form.number("waiting_places", was.waiting, "office-error-waiting");
    let title = kernel::one_line(posted.get("title"));
    if title.chars().count() > 100 {
        form.wrong("title", w.t("office-error-title"));
    }
    let sequence = posted.get("sequence").parse().unwrap_or(was.sequence);
    let is_window_same = opens_at == was.opens_at && closes_at == was.closes_at;
    if !form.filled.is_fine() {
        return Err(form.filled);
    }
    Ok(Session {
        title,
        day,
        starts_at,
        ends_at,
        opens_at,
        closes_at,
        default_window: was.default_window && is_window_same,
        tentative: posted.has("tentative"),
        seats,
        waiting_places,
        sequence,
        ..was.clone()
    })
}

struct Form<'a> {
    filled: Filled,
    posted: &'a Posted,
    w: Words,
    near: Day,
}

impl Form<'_> {
    fn wrong(&mut self, field: &str, words: String) {
        if self.filled.error(field).is_empty() {
            self.filled.wrong(field, words);
        }
    }

    fn day(&mut self, field: &str) -> Option<Day> {
        let typed = self.posted.get(field).trim();
        if typed.is_empty() {
            return None;
        }
        let day = parse_day(typed, self.near);
        if day.is_none() {
            self.wrong(field, self.w.t("office-error-day"));
        }
        day
    }

    fn time(&mut self, field: &str) -> Option<(i8, i8)> {
        let typed = self.posted.get(field).trim();
        if typed.is_empty() {
            return None;
        }
        let time = parse_time(typed);
        if time.is_none() {
            self.wrong(field, self.w.t("office-error-time"));
        }
        time
    }

    fn instant_on(&mut self, day: Option<Day>, field: &str) -> Option<Timestamp> {
        let (hour, minute) = self.time(field)?;
        if day.is_none() && !self.posted.has("day") {
            self.wrong("day", self.w.t("office-error-day-first"));
        }
        Some(Timestamp::in_japan(day?, hour, minute))
    }

    /// A day and a time that only make sense together.
    fn instant(&mut self, day: &str, time: &str, what: &str) -> Option<Timestamp> {
        match (self.day(day), self.time(time)) {
            (Some(on), Some((hour, minute))) => Some(Timestamp::in_japan(on, hour, minute)),
            (Some(_), None) if !self.posted.has(time) => {
                self.wrong(time, self.w.one("office-error-time-empty", "what", &self.w.t(what)));
                None
            }
            (None, Some(_)) if !self.posted.has(day) => {
                self.wrong(day, self.w.one("office-error-day-empty", "what", &self.w.t(what)));
                None
            }
            _ => None,
        }
    }

    /// A number of places, empty for no limit, and never less than are taken.
    fn number(&mut self, field: &str, least: i64, key: &str) -> Option<i64> {
        let typed = fold(self.posted.get(field)).replace([',', '名', '席'], "");
        if typed.is_empty() {
            return None;
        }
        match typed.parse::<i64>() {
            Ok(number) if (least..=1_000_000).contains(&number) => Some(number),
            Ok(number) if number >= 0 && number < least => {
                self.wrong(field, self.w.one(key, "n", &least));
                None
            }
            _ => {
                self.wrong(field, self.w.t("office-error-number"));
                None
            }
        }
    }
}

/// Reads a time as people type it: 16:00, １６：３０, 16時, 16時30分, 1630, 午後4時.
pub(crate) fn parse_time(typed: &str) -> Option<(i8, i8)> {
    let text = fold(typed);
    let (later, text) = match text.strip_prefix("午後") {
        Some(rest) => (12, rest.to_owned()),
        None => (0, text.strip_prefix("午前").unwrap_or(&text).to_owned()),
    };
    let text = text.trim_end_matches('分').replace('時', ":");
    let (hour, minute) = match text.split_once(':') {
        Some((hour, "")) => (hour.to_owned(), "0".to_owned()),
        Some((hour, minute)) => (hour.to_owned(), minute.to_owned()),
        None if text.len() == 4 && text.is_ascii() => (text[..2].to_owned(), text[2..].to_owned()),
        None => return None,
    };
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = hour.checked_add(if hour < 12 { later } else { 0 })?;
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute))
}

#[cfg(test)]
mod tests {
    use super::parse_time;
    use proptest::prelude::*;

    #[test]
    fn a_time_is_read_in_every_usual_form() {
        for typed in ["16:30", "１６：３０", "16時30分", "1630", "午後4時30分", "午後4:30"] {
            assert_eq!(parse_time(typed), Some((16, 30)), "{typed}");
        }
        assert_eq!(parse_time("9時"), Some((9, 0)));
        assert_eq!(parse_time("午後12:15"), Some((12, 15)));
        for typed in ["", "25:00", "9:60", "夕方", "16", "-1:00"] {
            assert_eq!(parse_time(typed), None, "{typed}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_time_is_read_as_it_is_written(hour in 0..24i8, minute in 0..60i8) {
            let half = if hour < 12 { "午前" } else { "午後" };
            let forms = [format!("{hour}:{minute:02}"), format!("{hour}時{minute}分"), format!("{hour:02}{minute:02}"), format!("{half}{}時{minute}分", hour % 12)];
            for form in forms {
                prop_assert_eq!(parse_time(&form), Some((hour, minute)), "{}", form);
            }
        }

        #[test]
        fn any_text_is_a_time_or_none(text in prop_oneof![any::<String>(), "(午前|午後)?[0-9０-９:時分+ -]{0,8}"]) {
            prop_assert!(parse_time(&text).is_none_or(|(hour, minute)| (0..24).contains(&hour) && (0..60).contains(&minute)));
        }
    }
}

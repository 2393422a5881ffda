//! What the forms of plans send, checked: accepted, or refused in words that say how to mend it.

use kernel::{Text, Timestamp, fold, one_line, parse_day};
use web::{Filled, Posted, Words};

use super::super::bulk::{Bulk, When};
use super::super::facts::CourseFacts;
use super::words::rule_lines;
use crate::office::sessions::draft::parse_time;
use crate::trainings::own_words::{Lecturers, OwnWords};
use crate::trainings::programme::Format;
use crate::trainings::session::SessionId;

/// By how much dates can be moved at once.
const MOST_DAYS: i64 = 366;

/// The most characters of the names of lecturers.
const NAMES: usize = 200;

/// Reads what is to be done with many sessions.
pub fn bulk(posted: &Posted, chosen: &[SessionId], w: Words, now: Timestamp) -> Result<Bulk, Filled> {
    let mut form = Form { filled: Filled::from_posted(posted), posted, w, now };
    if chosen.is_empty() {
        form.filled.wrong("ids", w.t("plans-bulk-choose"));
    }
    let weeks = form.number("weeks", -53, 53).unwrap_or(0);
    let days = weeks * 7 + form.number("days", -MOST_DAYS, MOST_DAYS).unwrap_or(0);
    let (opens, closes) = (form.when("opens"), form.when("closes"));
    let seats = match (form.number("seats", 0, 1_000_000), posted.has("no_limit")) {
        (Some(_), true) => {
            form.filled.wrong("seats", w.t("plans-error-limit"));
            None
        }
        (None, true) => Some(None),
        (seats, false) => seats.map(Some),
    };
    let waiting_places = form.number("waiting_places", 0, 1_000_000).map(Some);
    let tentative = match posted.get("tentative") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let bulk = Bulk { days, windows_move: posted.has("windows"), opens, closes, seats, waiting_places, tentative };
    if form.filled.is_fine() && bulk.is_nothing() {
        form.filled.wrong("weeks", w.t("plans-bulk-what"));
    }
    if form.filled.is_fine() { Ok(bulk) } else { Err(form.filled) }
}

struct Form<'a> {
    filled: Filled,
    posted: &'a Posted,
    w: Words,
    now: Timestamp,
}

impl Form<'_> {
    fn number(&mut self, field: &str, least: i64, most: i64) -> Option<i64> {
        let typed = fold(self.posted.get(field)).replace(['−', 'ー', '‐'], "-").replace([',', '名', '席', '週', '日', '+'], "");
        if typed.is_empty() {
            return None;
        }
        let number = typed.parse().ok().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let range = [("least", least.to_string()), ("most", most.to_string())];
            let range: Vec<(&str, &str)> = range.iter().map(|(name, value)| (*name, value.as_str())).collect();
            self.filled.wrong(field, self.w.with("plans-error-range", &range));
        }
        number
    }

    /// A date or so many days before each session, and a time of day.
    fn when(&mut self, what: &str) -> When {
        let [day, before, time] = ["day", "before", "time"].map(|part| format!("{what}_{part}"));
        let (has_day, has_before, has_time) = (self.posted.has(&day), self.posted.has(&before), self.posted.has(&time));
        if !has_day && !has_before && !has_time {
            return When::Kept;
        }
        if has_day == has_before {
            self.filled.wrong(what, self.w.t("plans-error-when"));
            return When::Kept;
        }
        let Some((hour, minute)) = parse_time(self.posted.get(&time)) else {
            self.filled.wrong(&time, self.w.t("office-error-time"));
            return When::Kept;
        };
        if has_before {
            return self.number(&before, 0, MOST_DAYS).map_or(When::Kept, |days| When::Before { days, hour, minute });
        }
        let Some(on) = parse_day(self.posted.get(&day).trim(), self.now.day()) else {
            self.filled.wrong(&day, self.w.t("office-error-day"));
            return When::Kept;
        };
        When::At(Timestamp::in_japan(on, hour, minute))
    }
}

/// A course as the form shows it.
pub fn filled_course(course: &CourseFacts) -> Filled {
    let mut filled = Filled::default();
    let words = &course.words;
    for (name, value) in [
        ("name", course.name.clone()),
        ("format", course.format.clone()),
        ("fee", course.fee_yen.to_string()),
        ("lead_ja", words.lead_ja.clone()),
        ("lead_en", words.lead_en.clone()),
        ("audience_ja", words.audience_ja.clone()),
        ("audience_en", words.audience_en.clone()),
        ("note_ja", words.note_ja.clone()),
        ("note_en", words.note_en.clone()),
        ("opens_raw", course.opens_raw.clone()),
        ("rules", rule_lines(course)),
    ] {
        filled.set(name, value);
    }
    filled
}

/// Checks what was typed about a course.
pub fn course(posted: &Posted, was: &CourseFacts, w: Words) -> Result<CourseFacts, Filled> {
    let mut filled = Filled::from_posted(posted);
    let name = one_line(posted.get("name"));
    if name.is_empty() || name.chars().count() > 100 {
        filled.wrong("name", w.t("plans-error-name"));
    }
    let format = posted.get("format").parse::<Format>();
    if format.is_err() {
        filled.wrong("format", w.t("plans-error-format"));
    }
    let fee = fold(posted.get("fee")).replace([',', '円', '¥'], "");
    let fee = if fee.is_empty() { Some(0) } else { fee.parse::<i64>().ok().filter(|fee| (0..=1_000_000).contains(fee)) };
    if fee.is_none() {
        filled.wrong("fee", w.t("plans-error-fee"));
    }
    let mut text = |field: &str| {
        let typed = posted.get(field).replace("\r\n", "\n").trim().to_owned();
        if !typed.is_empty() && Text::<1000>::new(&typed).is_err() {
            filled.wrong(field, w.t("plans-error-long"));
        }
        typed
    };
    let words = OwnWords {
        lead_ja: text("lead_ja"),
        lead_en: text("lead_en"),
        audience_ja: text("audience_ja"),
        audience_en: text("audience_en"),
        note_ja: text("note_ja"),
        note_en: text("note_en"),
    };
    let (opens_raw, rules) = (text("opens_raw"), text("rules"));
    let (Ok(format), Some(fee_yen), true) = (format, fee, filled.is_fine()) else { return Err(filled) };
    // The printed sentence says one way to give a course; another way is said in our words.
    let format_raw = if format.id() == was.format { was.format_raw.clone() } else { String::new() };
    Ok(CourseFacts {
        name,
        format: format.id().to_owned(),
        format_raw,
        fee_yen,
        words,
        opens_raw,
        rules: rules_of(&rules, was),
        ..was.clone()
    })
}

/// The rules of these lines; a line that was there keeps what we know of it.
fn rules_of(lines: &str, was: &CourseFacts) -> serde_json::Value {
    let known: Vec<&serde_json::Value> = was.rules.as_array().into_iter().flatten().collect();
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let same = known.iter().find(|rule| rule.get("raw").and_then(serde_json::Value::as_str) == Some(line));
            same.map_or_else(|| serde_json::json!({ "id": "", "raw": line }), |rule| (*rule).clone())
        })
        .collect()
}

/// Checks who speaks.
pub fn lecturers(posted: &Posted, filled: &mut Filled, w: Words) -> Lecturers {
    let names = one_line(posted.get("lecturers"));
    if names.chars().count() > NAMES {
        filled.wrong("lecturers", w.t("plans-error-lecturers"));
    }
    Lecturers { shown: posted.has("lecturers_shown") && !names.is_empty(), names }
}

use kernel::{FiscalYear, Timestamp, long_date};
use web::Words;

use super::super::draft::Draft;
use super::super::effect::{Effect, Remark};
use super::super::facts::{CourseFacts, Facts, SessionFacts};
use super::super::plan::{Kind, Plan};
use crate::office::staff_pages::long_moment;
use crate::trainings::programme::CourseId;
use crate::trainings::session::SessionId;
use kernel::Uuid;

/// A fact that becomes another.
pub struct Change {
    pub what: String,
    pub was: String,
    pub is: String,
}

/// 第3回 or 追加1
pub fn nth(w: Words, session: &SessionFacts) -> String {
    crate::trainings::nth(w, session.number, session.extra)
}

/// 2026年9月16日（水）16:00～18:00
pub fn when(w: Words, session: &SessionFacts) -> String {
    let plain = session.session(SessionId::from_uuid(Uuid::nil()), CourseId::from_uuid(Uuid::nil()), None);
    match plain.when(w.lang) {
        when if when.is_empty() => w.t("office-not-set"),
        when => when,
    }
}

/// What a draft is about: 経営者向け 第3回
pub fn name(w: Words, facts: &Facts) -> String {
    match facts {
        Facts::Programme(programme) => programme.name.clone(),
        Facts::Course(course) => course.slug().prose().short(w.lang).to_owned(),
        Facts::Session(session) => format!("{} {}", session.audience().prose().short(w.lang), nth(w, session)),
    }
}

/// What a plan is called.
pub fn title(w: Words, plan: &Plan, drafts: &[Draft]) -> String {
    let year = plan.year.label(w.lang);
    let count = drafts.iter().filter(|draft| draft.does_something()).count();
    match plan.kind {
        Kind::Clone => {
            let from = plan.pattern.map_or_else(String::new, |year: FiscalYear| year.label(w.lang));
            w.with("plans-title-clone", &[("from", &from), ("year", &year)])
        }
        Kind::New => w.one("plans-title-new", "year", &year),
        Kind::Course => {
            let course = drafts.first().map_or_else(String::new, |draft| name(w, &draft.becomes));
            w.with("plans-title-course", &[("year", &year), ("course", &course)])
        }
        Kind::Bulk => w.with("plans-title-bulk", &[("year", &year), ("n", &count.to_string())]),
        Kind::Restore => w.one("plans-title-restore", "year", &year),
    }
}

/// Only what changes, each fact as it was and as it would be.
pub fn changes(w: Words, was: &Facts, becomes: &Facts) -> Vec<Change> {
    let pairs = match (was, becomes) {
        (Facts::Session(was), Facts::Session(becomes)) => session_pairs(w, was, becomes),
        (Facts::Course(was), Facts::Course(becomes)) => course_pairs(w, was, becomes),
        _ => Vec::new(),
    };
    pairs.into_iter().filter(|(_, was, is)| was != is).map(|(key, was, is)| Change { what: w.t(key), was, is }).collect()
}

fn or_none(w: Words, text: &str) -> String {
    if text.is_empty() { w.t("office-none-word") } else { text.to_owned() }
}

fn session_pairs(w: Words, was: &SessionFacts, becomes: &SessionFacts) -> Vec<(&'static str, String, String)> {
    let unset = || w.t("office-not-set");
    let moment = |at: Option<Timestamp>| at.map_or_else(unset, |at| long_moment(at, w.lang));
    let number = |number: Option<i64>| number.map_or_else(|| w.t("office-no-limit"), |number| number.to_string());
    let tentative = |is: bool| w.t(if is { "office-tentative-yes" } else { "office-tentative-no" });
    let shown = |is: bool| w.t(if is { "plans-lecturers-are-shown" } else { "plans-lecturers-are-hidden" });
    vec![
        ("office-title", or_none(w, &was.title), or_none(w, &becomes.title)),
        ("office-when", when(w, was), when(w, becomes)),
        ("office-opens", moment(was.opens_at), moment(becomes.opens_at)),
        ("office-closes", moment(was.closes_at), moment(becomes.closes_at)),
        ("office-seats-word", number(was.seats), number(becomes.seats)),
        ("office-waiting-places", number(was.waiting_places), number(becomes.waiting_places)),
        ("tentative", tentative(was.tentative), tentative(becomes.tentative)),
        ("plans-lecturers", or_none(w, &was.lecturers.names), or_none(w, &becomes.lecturers.names)),
        ("plans-lecturers-shown", shown(was.lecturers.shown), shown(becomes.lecturers.shown)),
    ]
}

fn course_pairs(w: Words, was: &CourseFacts, becomes: &CourseFacts) -> Vec<(&'static str, String, String)> {
    let format = |course: &CourseFacts| w.t(&format!("plans-format-{}", course.format));
    let fee = |yen: i64| if yen == 0 { w.t("plans-fee-free") } else { w.one("course-fee-yen", "n", &yen) };
    let rules = |course: &CourseFacts| or_none(w, &rule_lines(course));
    // An empty text is no missing one: the words for all courses of the audience stand there.
    let own = |text: &str| if text.is_empty() { w.t("plans-words-usual") } else { text.to_owned() };
    vec![
        ("plans-course-name", was.name.clone(), becomes.name.clone()),
        ("plans-course-format", format(was), format(becomes)),
        ("plans-course-fee", fee(was.fee_yen), fee(becomes.fee_yen)),
        ("plans-course-lead-ja", own(&was.words.lead_ja), own(&becomes.words.lead_ja)),
        ("plans-course-lead-en", own(&was.words.lead_en), own(&becomes.words.lead_en)),
        ("plans-course-audience-ja", own(&was.words.audience_ja), own(&becomes.words.audience_ja)),
        ("plans-course-audience-en", own(&was.words.audience_en), own(&becomes.words.audience_en)),
        ("plans-course-note-ja", or_none(w, &was.words.note_ja), or_none(w, &becomes.words.note_ja)),
        ("plans-course-note-en", or_none(w, &was.words.note_en), or_none(w, &becomes.words.note_en)),
        ("plans-course-opens", or_none(w, &was.opens_raw), or_none(w, &becomes.opens_raw)),
        ("plans-course-rules", rules(was), rules(becomes)),
    ]
}

/// The printed rules, a line each.
pub fn rule_lines(course: &CourseFacts) -> String {
    let rules = course.rules.as_array().into_iter().flatten();
    let raw = |rule: &serde_json::Value| rule.get("raw").and_then(serde_json::Value::as_str).map(str::to_owned);
    rules.filter_map(raw).collect::<Vec<_>>().join("\n")
}

/// A remark on a session, in words that say what to do where something is to be done.
pub fn remark(w: Words, remark: &Remark, facts: &Facts, of: FiscalYear) -> String {
    let day = facts.session().and_then(|session| session.day).map_or_else(String::new, |day| long_date(day, w.lang));
    match remark {
        Remark::OutsideYear => w.with("plans-error-year", &[("day", &day), ("year", &of.label(w.lang))]),
        Remark::EndsBeforeStart => w.t("plans-error-ends"),
        Remark::ClosesAfterStart => w.t("plans-error-closes-late"),
        Remark::ClosesBeforeOpens => w.t("plans-error-closes-before"),
        Remark::Taken(taken) => w.count("plans-error-taken", *taken),
        Remark::Waiting(waiting) => w.count("plans-error-waiting", *waiting),
        Remark::DayNeeded => w.t("plans-error-day"),
        Remark::NumberTwice => w.t("plans-error-number"),
        Remark::Gone => w.t("plans-error-gone"),
        Remark::Changed => w.t("plans-error-changed"),
        Remark::Holiday(holiday) => w.with("office-care-holiday", &[("day", &day), ("holiday", holiday)]),
        Remark::Weekend => w.one("office-care-weekend", "day", &day),
        Remark::SameHour(other) => w.one("plans-care-same-hour", "other", &name(w, &Facts::Session((**other).clone()))),
        Remark::PastDay => w.t("plans-care-past"),
        Remark::NoOpening => w.t("office-care-no-window"),
        Remark::WindowOver => w.t("office-care-closed"),
    }
}

/// What publishing would do, a line each: how many it reaches comes first.
pub fn effects(w: Words, effect: &Effect) -> Vec<String> {
    let mut lines = Vec::new();
    lines.push(if effect.told > 0 { w.count("plans-will-tell", effect.told) } else { w.t("plans-will-tell-nobody") });
    for (key, n) in [
        ("plans-will-promote", effect.promoted),
        ("plans-will-make", effect.made),
        ("plans-will-change", effect.changed),
        ("plans-will-reach", effect.reached),
        ("plans-will-open", effect.open),
    ] {
        if n > 0 {
            lines.push(w.count(key, n));
        }
    }
    lines
}

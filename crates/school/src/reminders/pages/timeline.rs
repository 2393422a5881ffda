use askama::Template;
use axum::extract::{Path, State};
use kernel::Timestamp;
use web::{Frame, Page, PageError, Portal, Visit, Words};

use crate::office::staff_pages::{self, Head, Tab, Whole, long_moment};
use crate::reminders::rule::{Hours, Rule, Setting};
use crate::reminders::store::{self, From, Gone};
use crate::reminders::why::timing_words;

/// A mail of the session's time.
struct Row {
    at: Option<Timestamp>,
    when: String,
    datetime: String,
    name: String,
    to: String,
    timing: String,
    shape: &'static str,
    state: String,
    count: String,
    own: String,
    /// Where it is looked at and changed; empty for what follows from something somebody does.
    path: String,
}

#[derive(Template)]
#[template(path = "reminders/pages/timeline.html")]
struct TimelinePage {
    frame: Frame,
    head: Head,
    year: String,
    rows: Vec<Row>,
}

/// What goes out around a session, when, and to how many as things stand.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let (w, now) = (visit.words(), visit.now);
    let asked = whole.clone();
    let (rows, told) = portal
        .db
        .read(async move |tx| {
            let settings = store::settings(tx, &asked).await?;
            let gone = store::gone(tx, asked.session.id).await?;
            let mut rows = Vec::new();
            for rule in Rule::ALL {
                let (setting, from) = settings.of(&asked, rule);
                let given = rule.given();
                let due = given.due(&asked, setting.timing, &settings.hours);
                let cut = due.map_or(now, |due| given.cut(&asked, due));
                let reached = store::count_reached(tx, asked.session.id, given, cut).await?;
                rows.push(row(w, &asked, &Facts { rule, setting: &setting, from, reached, gone: &gone, hours: &settings.hours }, now));
            }
            let waits = store::count_to_tell_opening(tx, asked.course.slug, asked.session.opens_at.unwrap_or(now)).await?;
            Ok((rows, waits))
        })
        .await?;
    let mut rows = rows;
    rows.extend(others(w, &whole, told, now));
    rows.sort_by_key(|row| (row.at.is_none(), row.at));
    let (frame, head) = whole.head(&portal, &visit, w.t("mails-title"), Some(Tab::Mails));
    let page = TimelinePage { frame, head, year: whole.programme.year.to_string(), rows };
    Page::html(&page)
}

/// What a row is made of.
struct Facts<'a> {
    rule: Rule,
    setting: &'a Setting,
    from: From,
    reached: i64,
    gone: &'a [Gone],
    hours: &'a Hours,
}

fn row(w: Words, whole: &Whole, facts: &Facts, now: Timestamp) -> Row {
    let Facts { rule, setting, from, reached, gone, hours } = *facts;
    let given = rule.given();
    let due = given.due(whole, setting.timing, hours);
    let gone = gone.iter().filter(|gone| gone.rule == rule);
    let (noted, sent, lost) =
        gone.fold((0, 0, 0), |(noted, sent, lost), gone| (noted + gone.noted, sent + gone.sent, lost + gone.undelivered));
    let now_reaches = w.count("mails-reaches", reached);
    let (shape, state, count) = match due {
        _ if noted > 0 && lost > 0 => {
            ("care", "mails-state-sent", w.with("mails-sent-lost", &[("n", &sent.to_string()), ("lost", &lost.to_string())]))
        }
        _ if noted > 0 => ("done", "mails-state-sent", w.count("mails-sent", sent)),
        _ if !setting.is_on => ("closed", "mails-state-off", String::new()),
        None => ("arranging", "mails-state-unset", now_reaches),
        Some(due) if now < due.at => ("later", "mails-state-planned", now_reaches),
        Some(_) => ("ended", "mails-state-none", String::new()),
    };
    Row {
        at: due.map(|due| due.at),
        when: due.map_or_else(|| w.t("mails-when-unset"), |due| long_moment(due.at, w.lang)),
        datetime: due.map_or_else(String::new, |due| due.at.rfc3339()),
        name: w.t(&format!("mails-{}-name", rule.id())),
        to: w.t(&format!("mails-{}-to", rule.id())),
        timing: timing_words(w, given, setting.timing),
        shape: if shape == "care" { "full" } else { shape },
        state: w.t(state),
        count,
        own: match from {
            From::Session => w.t("mails-own-session"),
            From::Course => w.t("mails-own-course"),
            From::Data => String::new(),
        },
        path: whole.path(&format!("/mails/{}", rule.id())),
    }
}

/// What goes out beside the rules, because somebody did something.
fn others(w: Words, whole: &Whole, told: i64, now: Timestamp) -> Vec<Row> {
    let session = &whole.session;
    if session.cancelled_at.is_some() {
        return Vec::new();
    }
    let archive = whole.programme.archive(whole.course.archive_opens_at).map(|(opens, _)| opens);
    let other = |id: &str, at: Option<Timestamp>, count: String| {
        let is_past = at.is_some_and(|at| at <= now);
        Row {
            at,
            when: at.map_or_else(|| w.t("mails-when-unset"), |at| long_moment(at, w.lang)),
            datetime: at.map_or_else(String::new, Timestamp::rfc3339),
            name: w.t(&format!("mails-{id}-name")),
            to: w.t(&format!("mails-{id}-to")),
            timing: w.t(&format!("mails-{id}-timing")),
            shape: if is_past { "ended" } else { "later" },
            state: w.t(if is_past { "mails-state-past" } else { "mails-state-follows" }),
            count,
            own: String::new(),
            path: String::new(),
        }
    };
    let waits = if session.opens_at.is_some_and(|opens| now < opens) { w.count("mails-reaches", told) } else { String::new() };
    let closing = session.held().map(|(_, ends)| ends);
    vec![
        other("opening", session.opens_at, waits),
        Row { when: w.t("mails-decided-when"), datetime: String::new(), ..other("decided", closing, String::new()) },
        other("archive", archive.filter(|_| session.day.is_some()), String::new()),
    ]
}

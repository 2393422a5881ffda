use askama::Template;
use axum::extract::{Path, Query, State};
use journal::audit::Recorded;
use kernel::{FiscalYear, Timestamp};
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Visit, Words, paging};

use super::super::store::{self, ROWS, Sift};
use super::super::year::{Year, year as read_year};
use super::words::Change;
use crate::office::applicants::{Happened, happened};
use crate::office::staff_pages;
use crate::trainings::Viewer;
use crate::trainings::programme::CourseId;
use crate::trainings::session::SessionId;

/// Which entries, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    act: String,
    actor: String,
    before: String,
}

/// An entry with what it changed, in words.
struct Line {
    entry: Happened,
    about: String,
    href: String,
    changes: Vec<Change>,
}

#[derive(Template)]
#[template(path = "office/plans/pages/history.html")]
struct HistoryPage {
    frame: Frame,
    path: String,
    act: String,
    actor: String,
    acts: Vec<(&'static str, String)>,
    lines: Vec<Line>,
    pager: Pager,
}

/// The acts that can be looked for.
const ACTS: [&str; 14] = [
    "programmes.made",
    "programmes.cloned",
    "programmes.imported",
    "courses.changed",
    "sessions.added",
    "sessions.changed",
    "sessions.called_off",
    "sessions.lecturers",
    "plans.begun",
    "plans.requested",
    "plans.returned",
    "plans.approved",
    "plans.published",
    "plans.abandoned",
];

/// What happened to the programme of a year, its courses, sessions and plans: who, when, what it was and what it became.
pub async fn history(
    State(portal): State<Portal>,
    visit: Visit,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let of: FiscalYear = year.parse().map_err(|_| PageError::NotFound)?;
    let before: i64 = asked.before.parse().unwrap_or(i64::MAX);
    let (act, typed) = (asked.act.clone(), asked.actor.trim().to_owned());
    let found = portal.db.read(async move |tx| {
        let year = read_year(tx, of).await?;
        let Some(programme) = year.programme.as_ref().map(|programme| programme.id) else { return Ok(None) };
        let actor = if typed.is_empty() { String::new() } else { staff_pages::actor_of(tx, &typed).await? };
        let rows = store::history(tx, programme, of, &Sift { act: act.clone(), actor }, before).await?;
        let known = staff_pages::known(tx, rows.iter().map(|entry| entry.actor.as_str())).await?;
        Ok(Some((year, rows, known)))
    });
    let (year, mut rows, known) = found.await?.ok_or(PageError::NotFound)?;
    let w = visit.words();
    let path = format!("/staff/programmes/{of}/history");
    let next = paging::cut(&mut rows, ROWS).map_or_else(String::new, |last| {
        let before = last.seq.to_string();
        let pairs = [("act", asked.act.as_str()), ("actor", asked.actor.as_str()), ("before", before.as_str())];
        let set: Vec<(&str, &str)> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        format!("{}?{}", visit.to(&path), serde_urlencoded::to_string(set).unwrap_or_default())
    });
    let label = of.label(visit.lang);
    let page = HistoryPage {
        frame: staff_pages::frame(&portal, &visit, w.one("plans-history", "year", &label))
            .crumb(label, &format!("/staff/programmes/{of}"))
            .here(),
        path,
        acts: ACTS.into_iter().map(|act| (act, w.t(&format!("office-act-{}", act.replace(['.', '_'], "-"))))).collect(),
        lines: rows.iter().map(|entry| line(&visit, entry, &known, &year)).collect(),
        pager: Pager::onward(next),
        act: asked.act,
        actor: asked.actor,
    };
    Page::html(&page)
}

fn line(visit: &Visit, entry: &Recorded, known: &[(String, String)], year: &Year) -> Line {
    let w = visit.words();
    let viewer = Viewer { w, now: visit.now };
    let course = |id: CourseId| year.course(id).map_or("", |course| course.slug.prose().short(w.lang));
    let (about, href) = match (entry.object_kind.as_deref(), entry.object_id) {
        (Some("session"), Some(id)) => {
            let session = year.session(SessionId::from_uuid(id));
            let about = session.map_or_else(String::new, |session| format!("{} {}", course(session.course), viewer.nth(session)));
            (about, format!("/staff/sessions/{id}"))
        }
        (Some("course"), Some(id)) => (course(CourseId::from_uuid(id)).to_owned(), String::new()),
        (Some("plan"), Some(id)) => (w.t("plans-one"), format!("{}/{id}", super::PATH)),
        _ => (String::new(), String::new()),
    };
    Line { entry: happened(w, entry, known), about, href, changes: changes(w, &entry.detail) }
}

/// The facts of the trail that have words, each as it was and as it became.
fn changes(w: Words, detail: &serde_json::Value) -> Vec<Change> {
    const KEYS: [(&str, &str); 14] = [
        ("title", "office-title"),
        ("day", "office-day"),
        ("starts_at", "office-starts"),
        ("ends_at", "office-ends"),
        ("opens_at", "office-opens"),
        ("closes_at", "office-closes"),
        ("seats", "office-seats-word"),
        ("waiting_places", "office-waiting-places"),
        ("tentative", "tentative"),
        ("name", "plans-course-name"),
        ("format", "plans-course-format"),
        ("fee_yen", "plans-course-fee"),
        ("opens_raw", "plans-course-opens"),
        ("words", "plans-course-own"),
    ];
    let (was, is) = (&detail["was"], &detail["is"]);
    if !was.is_object() || !is.is_object() {
        return Vec::new();
    }
    let differs = |name: &str| (was.get(name).is_some() || is.get(name).is_some()) && was.get(name) != is.get(name);
    KEYS.into_iter()
        .filter(|(name, _)| differs(name))
        .map(|(name, key)| Change { what: w.t(key), was: value(w, name, &was[name]), is: value(w, name, &is[name]) })
        .collect()
}

fn value(w: Words, name: &str, value: &serde_json::Value) -> String {
    use serde_json::Value;
    match (name, value) {
        ("tentative", Value::Bool(is)) => w.t(if *is { "office-tentative-yes" } else { "office-tentative-no" }),
        ("format", Value::String(id)) => w.t(&format!("plans-format-{id}")),
        ("seats" | "waiting_places", Value::Null) => w.t("office-no-limit"),
        (_, Value::Null) => w.t("office-not-set"),
        ("words", Value::Object(words)) => {
            let said: Vec<&str> = words.values().filter_map(Value::as_str).filter(|text| !text.is_empty()).collect();
            if said.is_empty() { w.t("plans-words-usual") } else { said.join("\n") }
        }
        ("day", Value::String(day)) => day.parse().map_or_else(|_| day.clone(), |day| kernel::long_date(day, w.lang)),
        (_, Value::String(text)) => text.parse::<Timestamp>().map_or_else(|_| text.clone(), |at| staff_pages::long_moment(at, w.lang)),
        (_, other) => other.to_string(),
    }
}

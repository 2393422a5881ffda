//! How far forwarding is, for those who run the store.

use access::Action::SeeRecords;
use askama::Template;
use axum::extract::{Query, State};
use kernel::{Timestamp, long_moment};
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Routes, Visit, Words, page_of};

use super::Forwarding;
use super::store::{self, Progress, Refused};
use crate::Room;
use crate::office::{self, frame, reaches, whose};

/// The address of the page.
pub(crate) const PATH: &str = "/staff/records/forwarding";
/// Statements that were put aside, on a page.
const ROWS: i64 = 25;
/// What waits is counted to here; more is "more than so many".
const COUNTED: i64 = 10_000;

/// The route.
pub(crate) fn routes() -> Routes {
    Routes::new().get("/staff/records/forwarding", SeeRecords, show)
}

/// Which page of what was put aside, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    page: String,
}

#[derive(Template)]
#[template(path = "forward/page.html")]
struct ForwardPage {
    frame: Frame,
    /// What it is and how far it is, in words; empty where nothing is set.
    facts: Vec<(String, String)>,
    /// What is in the way, and when it is tried again.
    failure: Option<(String, String)>,
    /// What was put aside: the statement, its page, when, and the answer.
    refused: Vec<Line>,
    pager: Pager,
}

struct Line {
    id: String,
    path: String,
    when: String,
    why: String,
}

async fn show(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    reaches(&visit)?;
    let w = visit.words();
    let (number, skip) = page_of(&asked.page, ROWS);
    let mut page = ForwardPage {
        frame: frame(&portal, &visit, w.t("forward-title")).crumb(w.t("records-title"), office::PATH).here(),
        facts: Vec::new(),
        failure: None,
        refused: Vec::new(),
        pager: Pager::default(),
    };
    let Some(to) = portal.part::<Forwarding>() else { return Page::html(&page) };
    let (code, target) = (to.organization.clone(), to.target());
    let (place, progress, waiting, mut refused) = portal
        .db
        .read(async move |tx| {
            let place = whose(tx, &code).await?;
            let progress = store::progress(tx, &target).await?;
            let through = progress.as_ref().map_or(Timestamp::from_micros(0), |progress| progress.through);
            let waiting = match &place {
                Some((organization, _)) => store::count_waiting(tx, Room::of(*organization), through, COUNTED + 1).await?,
                None => 0,
            };
            Ok((place, progress, waiting, store::refused(tx, &target, skip, ROWS + 1).await?))
        })
        .await?;
    let name = place.as_ref().map(|(_, name)| if name.is_empty() { w.t("records-of-portal") } else { name.clone() });
    page.facts = facts(&to, name, progress.as_ref(), waiting, w);
    page.failure = progress.as_ref().and_then(|progress| failure(progress, w));
    if place.is_none() {
        page.failure = Some((w.t("forward-no-organization"), String::new()));
    }
    page.pager = Pager::numbered(&visit, PATH, (number, ROWS), &mut refused);
    page.refused = refused.iter().map(|one| line(one, &to.organization, &visit)).collect();
    Page::html(&page)
}

fn facts(to: &Forwarding, name: Option<String>, progress: Option<&Progress>, waiting: i64, w: Words) -> Vec<(String, String)> {
    let waits = if waiting > COUNTED { w.t("records-many") } else { w.count("records-count", waiting) };
    let never = || w.t("forward-never");
    vec![
        (w.t("forward-to"), to.shown.clone()),
        (w.t("forward-whose"), name.unwrap_or_else(|| to.organization.clone())),
        (w.t("forward-sent"), w.count("records-count", progress.map_or(0, |progress| progress.sent))),
        (w.t("forward-last"), progress.and_then(|progress| progress.sent_at).map_or_else(never, |at| long_moment(at, w.lang))),
        (w.t("forward-waiting"), waits),
    ]
}

/// What is in the way, as a person can act on it.
fn failure(progress: &Progress, w: Words) -> Option<(String, String)> {
    let since = progress.failed_at?;
    let why = match progress.failed_why.split_once(' ') {
        Some((_, status)) => w.one("forward-failed-status", "status", status),
        None => w.t(&format!("forward-failed-{}", progress.failed_why)),
    };
    let again = w.with("forward-again", &[("since", &long_moment(since, w.lang)), ("next", &progress.next_at.clock_face())]);
    Some((why, again))
}

fn line(one: &Refused, organization: &str, visit: &Visit) -> Line {
    let query = serde_urlencoded::to_string([("organization", organization)]).unwrap_or_default();
    let end = if organization.is_empty() { String::new() } else { format!("?{query}") };
    let w = visit.words();
    let key = match one.status {
        409 => "forward-refused-other",
        413 => "forward-refused-large",
        _ => "forward-refused-rules",
    };
    Line {
        id: one.statement.to_string(),
        path: visit.to(&format!("{}/statements/{}{end}", office::PATH, one.statement)),
        when: long_moment(one.at, w.lang),
        why: w.one(key, "status", &one.status),
    }
}

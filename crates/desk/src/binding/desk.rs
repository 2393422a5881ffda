use access::OrganizationId;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use intake::{Limits, Row};
use kernel::Day;
use people::organizations::{self, Organization};
use people::sheet;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::bind::{NotBound, bind};
use super::numbers::{NumberLine, bring_in};
use super::store::{self, CallNumber};
use crate::cases::{Case, CaseNumber};
use crate::desk_pages::{case_frame, case_of, frame, read_case};
use crate::report::questions::questions;

/// What is read of a list of numbers: every institution of the country, and its number.
const NUMBERS: Limits = Limits {
    bytes: super::LIST_BYTES,
    rows: 250_000,
    columns: 200,
    cell_characters: 10_000,
    text_bytes: 64 << 20,
    cells: 2_000_000,
    strings: 1_000_000,
    archive_entries: 200,
    unpacked_bytes: 64 << 20,
    unpacked_ratio: 250,
};

/// How many institutions a search shows.
const SHOWN: usize = 10;

#[derive(Template)]
#[template(path = "binding/show.html")]
struct BindingPage {
    frame: Frame,
    number: CaseNumber,
    say: [&'static str; 2],
    bound: String,
    typed: String,
    found: Vec<Found>,
    error: String,
    key: String,
}

struct Found {
    id: String,
    name: String,
    place: String,
    phone: String,
    source: String,
}

#[derive(Template)]
#[template(path = "binding/numbers.html")]
struct NumbersPage {
    frame: Frame,
    source: String,
    day: String,
    error: String,
    key: String,
}

/// The register, searched for the institution, with the number to call.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>) -> Result<Page, PageError> {
    let case = case_of(&portal, &visit, &number).await?;
    page(&portal, &visit, &case, "").await
}

async fn page(portal: &Portal, visit: &Visit, case: &Case, error: &str) -> Result<Page, PageError> {
    read_case(portal, visit, case.id).await?;
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&visit.query).unwrap_or_default();
    let typed = pairs.into_iter().find(|(name, _)| name == "q").map_or_else(String::new, |(_, typed)| kernel::one_line(&typed));
    let (w, lang, wanted) = (visit.words(), visit.lang, typed.clone());
    let found = portal
        .db
        .read(async move |tx| {
            let found = organizations::search(tx, &wanted, SHOWN).await?;
            let ids: Vec<OrganizationId> = found.iter().map(|organization| organization.id).collect();
            let mut numbers = store::numbers_of(tx, &ids).await?;
            let with_number = |organization: Organization| {
                let number = numbers.remove(&organization.id);
                (organization, number)
            };
            Ok(found.into_iter().map(with_number).collect::<Vec<_>>())
        })
        .await?;
    let shown = |(organization, number): (Organization, Option<CallNumber>)| Found {
        id: organization.id.to_string(),
        place: format!("{}{}", organization.prefecture_name(lang), organization.address),
        source: number.as_ref().map_or_else(String::new, |number| {
            w.with("desk-binding-source", &[("source", &number.source), ("day", &kernel::long_date(number.as_of, lang))])
        }),
        phone: number.map_or_else(String::new, |number| number.phone),
        name: organization.name,
    };
    let html = Page::html(&BindingPage {
        frame: case_frame(portal, visit, case, w.t("desk-binding-title")).here(),
        number: case.number,
        say: [&questions().telephone.close, &questions().telephone.callback].map(|say| say.pick(lang)),
        bound: case.bound_at.map_or_else(String::new, |at| w.one("desk-binding-bound", "at", &kernel::long_date(at.day(), lang))),
        typed,
        found: found.into_iter().map(shown).collect(),
        error: if error.is_empty() { String::new() } else { w.t(error) },
        key: visit.now.uuid().to_string(),
    })?;
    Ok(if error.is_empty() { html } else { html.status(StatusCode::UNPROCESSABLE_ENTITY) })
}

/// Notes that the institution answered at the number of the register.
pub async fn confirm(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let case = case_of(&portal, &visit, &number).await?;
    let id = posted.get("organization").parse().map_err(|_| PageError::NotFound)?;
    let (bound, actor, key) = (case.clone(), visit.actor.label(), posted.key(&portal, &visit));
    match portal.db.write(Lane::Incident, key, async move |tx, now| bind(tx, &bound, id, &actor, now).await).await? {
        Ok(()) => Ok(Page::see_other(&visit.to(&format!("/desk/cases/{}/binding", case.number)))),
        Err(NotBound::NoNumber) => page(&portal, &visit, &case, "desk-binding-no-number").await,
        Err(NotBound::Unknown) => Err(PageError::NotFound),
    }
}

/// Where a list of numbers is brought in.
pub async fn numbers(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    numbers_page(&portal, &visit, "", "", "", "")
}

fn numbers_page(portal: &Portal, visit: &Visit, source: &str, day: &str, error: &str, done: &str) -> Result<Page, PageError> {
    let w = visit.words();
    let frame = frame(portal, visit, w.t("desk-numbers-title")).crumb(w.t("work-queue-title"), "/desk").here();
    let html = Page::html(&NumbersPage {
        frame: if done.is_empty() { frame } else { frame.done(done) },
        source: source.to_owned(),
        day: day.to_owned(),
        error: if error.is_empty() { String::new() } else { w.t(error) },
        key: visit.now.uuid().to_string(),
    })?;
    Ok(if error.is_empty() { html } else { html.status(StatusCode::UNPROCESSABLE_ENTITY) })
}

/// Brings a list of numbers in.
pub async fn send_numbers(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let source = kernel::one_line(posted.get("source"));
    let day: Option<Day> = kernel::parse_day(posted.get("day"), visit.now.day());
    let wrong = || numbers_page(&portal, &visit, posted.get("source"), posted.get("day"), "desk-numbers-wrong", "");
    let (Some(file), Some(day), false) = (posted.file("list"), day, source.is_empty()) else { return wrong() };
    let Ok(table) = sheet(&portal, &file.bytes, &file.name, NUMBERS).await? else { return wrong() };
    let line = |row: &Row| {
        let cell = |at: usize| row.cells().get(at).map_or_else(String::new, |cell| kernel::one_line(cell));
        let code: String = cell(0).chars().filter(char::is_ascii_digit).collect();
        (!code.is_empty()).then(|| NumberLine { code, phone: cell(1) })
    };
    let lines: Vec<NumberLine> = table.rows().iter().filter_map(line).collect();
    let (key, actor) = (posted.key(&portal, &visit), visit.actor.label());
    let brought = portal.db.write(Lane::Staff, key, async move |tx, now| bring_in(tx, &lines, &source, day, &actor, now).await).await?;
    let said = [("kept", brought.kept.to_string()), ("left", brought.left.to_string())];
    numbers_page(&portal, &visit, "", "", "", &visit.words().fill("desk-numbers-done", said))
}

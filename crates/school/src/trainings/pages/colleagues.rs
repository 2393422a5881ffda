//! 同僚の分もまとめて申し込む: one form for up to thirty people of one institution, each with an application and a mail of their own.

mod row;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use people::accounts::Asks;
use people::organizations::{self, Organization};
use web::{FieldError, Filled, Frame, Page, PageError, Portal, Posted, Section, Visit};

use self::row::{Row, blank, rows};
use super::apply::{Candidate, candidate};
use super::chosen::{Chosen, Target, chosen, target};
use super::form;
use super::session_path;
use crate::trainings::application::{AGAIN, Wanted, Workplace};
use crate::trainings::apply::{Applied, NotApplied, SessionPath, apply_all};

/// People on one form, at most.
const MOST: usize = 30;
/// Rows of an empty form, and how many the button adds.
const ROWS: usize = 3;
const MORE: usize = 5;

#[derive(Template)]
#[template(path = "trainings/pages/colleagues.html")]
struct FormPage {
    frame: Frame,
    chosen: Chosen,
    path: String,
    filled: Filled,
    errors: Vec<FieldError>,
    rows: Vec<Row>,
    found: String,
    key: String,
    begun: String,
    can_grow: bool,
    kinds: &'static [organizations::Kind],
    prefectures: &'static [organizations::Prefecture],
    jobs: &'static [organizations::Job],
}

#[derive(Template)]
#[template(path = "trainings/pages/colleagues_confirm.html")]
struct ConfirmPage {
    frame: Frame,
    chosen: Chosen,
    path: String,
    rows: Vec<Row>,
    wanted: Wanted,
    place: String,
    candidates: Vec<Candidate>,
    carried: Vec<(String, String)>,
    error: String,
}

/// What came of one of them.
struct Came {
    name: String,
    email: String,
    shape: &'static str,
    word: String,
    text: String,
}

#[derive(Template)]
#[template(path = "trainings/pages/colleagues_done.html")]
struct DonePage {
    frame: Frame,
    chosen: Chosen,
    lead: String,
    came: Vec<Came>,
}

fn frame(portal: &Portal, visit: &Visit, key: &str, chosen: &Chosen) -> Frame {
    Frame::new(portal, visit, visit.words().t(key))
        .in_section(Section::Trainings)
        .crumb(visit.words().t("trainings-title"), "/trainings")
        .crumb(chosen.course.clone(), &chosen.course_path)
        .here()
}

async fn open(portal: &Portal, visit: &Visit, path: SessionPath, posted: Option<&Posted>) -> Result<Result<Target, Page>, PageError> {
    let target = target(portal, path).await?;
    let begun_at = posted.and_then(|posted| form::begun_at(&portal.keys, posted));
    Ok(match target.session.refuses_at(visit.now, begun_at) {
        // The form for one says why not, and what can be applied for instead.
        Some(_) => Err(Page::see_other(&visit.to(&format!("/apply/{}/{}/{}", path.year, path.audience, path.number)))),
        None => Ok(target),
    })
}

/// The form.
pub async fn form(State(portal): State<Portal>, visit: Visit, path: Path<(String, String, String)>) -> Result<Page, PageError> {
    let path = session_path(&path)?;
    let target = match open(&portal, &visit, path, None).await? {
        Ok(target) => target,
        Err(page) => return Ok(page),
    };
    let mut rows = Vec::new();
    blank(&mut rows, ROWS);
    let begun = form::begun(&portal.keys, visit.now);
    form_page(&portal, &visit, chosen(&visit, path, &target, None), Filled::default(), rows, String::new(), begun)
}

/// Whoever asks for the address of the confirmation is at the form.
pub async fn to_form(visit: Visit, path: Path<(String, String, String)>) -> Result<Page, PageError> {
    let SessionPath { year, audience, number } = session_path(&path)?;
    Ok(Page::see_other(&visit.to(&format!("/apply/{year}/{audience}/{number}/colleagues"))))
}

fn form_page(
    portal: &Portal,
    visit: &Visit,
    chosen: Chosen,
    filled: Filled,
    rows: Vec<Row>,
    found: String,
    begun: String,
) -> Result<Page, PageError> {
    let w = visit.words();
    let nth = |row: &Row| w.one("colleagues-row", "n", &(row.n + 1));
    let of_rows = rows.iter().filter(|row| !row.error.is_empty());
    let of_rows = of_rows.map(|row| FieldError { field: format!("name-{}", row.n), message: format!("{} {}", nth(row), row.error) });
    let errors: Vec<FieldError> = filled.errors().iter().cloned().chain(of_rows).collect();
    let is_wrong = !errors.is_empty();
    let page = FormPage {
        frame: frame(portal, visit, "colleagues-title", &chosen),
        path: format!("{}/colleagues", chosen.path),
        chosen,
        filled,
        errors,
        can_grow: rows.len() < MOST,
        rows,
        found,
        key: visit.now.uuid().to_string(),
        begun,
        kinds: organizations::kinds(),
        prefectures: organizations::prefectures(),
        jobs: organizations::jobs(),
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// A form that is in order.
struct Checked {
    wanted: Vec<Wanted>,
    rows: Vec<Row>,
    candidates: Vec<Organization>,
    chosen: Chosen,
}

/// What was sent, in order, or the page that says what is to be mended. Nothing that was typed is lost.
async fn sent(
    portal: &Portal,
    visit: &Visit,
    path: SessionPath,
    target: &Target,
    posted: &Posted,
) -> Result<Result<Checked, Page>, PageError> {
    let begun_at = form::begun_at(&portal.keys, posted);
    let begun = if begun_at.is_some() { posted.get("begun").to_owned() } else { form::begun(&portal.keys, visit.now) };
    let found = form::workplaces(portal, posted).await?;
    let choices = found.choices(posted, visit.words())?;
    let chosen = chosen(visit, path, target, begun_at);
    let (mut rows, left_out) = rows(posted);
    let mut filled = Filled::from_posted(posted);
    filled.set("paste", "");
    if left_out > 0 {
        filled.wrong("name-0", visit.words().count("colleagues-error-many", left_out));
    }
    let is_growing = posted.get("do") == "more";
    if is_growing || matches!(posted.get("do"), "paste" | "change") {
        let more = if is_growing { MORE.max(ROWS.saturating_sub(rows.len())) } else { 0 };
        let shown = (rows.len() + more).max(ROWS);
        blank(&mut rows, shown);
        return form_page(portal, visit, chosen, filled, rows, choices, begun).map(Err);
    }
    let w = visit.words();
    let workplace = form::check_workplace(&mut filled, w, &found);
    // Whoever has no address of their own is written to at the office's.
    let needs_office = rows.iter().any(|row| row.email.trim().is_empty());
    let office = if needs_office || posted.has("email") { form::check_email(&mut filled, w) } else { None };
    if !posted.has("consent") {
        filled.wrong("consent", w.t("colleagues-error-consent"));
    }
    if rows.is_empty() {
        filled.wrong("name-0", w.t("colleagues-error-none"));
    }
    let people: Vec<_> = rows.iter_mut().map(|row| row.person(visit, office.as_ref())).collect();
    let is_fine = filled.is_fine() && people.iter().all(Option::is_some);
    let Some(workplace) = workplace.filter(|_| is_fine) else {
        let shown = rows.len().max(ROWS);
        blank(&mut rows, shown);
        return form_page(portal, visit, chosen, filled, rows, choices, begun).map(Err);
    };
    let candidates = if workplace.organization.is_some() || found.is_other { Vec::new() } else { found.candidates };
    let all = people.into_iter().flatten().zip(&rows);
    let wanted = all.map(|(person, row)| Wanted {
        asks: Some(Asks::of(&portal.keys, AGAIN, &person.email)),
        ..one(person, &workplace, row, visit, begun_at)
    });
    let wanted = wanted.collect();
    Ok(Ok(Checked { wanted, rows, candidates, chosen }))
}

fn one(person: people::persons::NewPerson, workplace: &Workplace, row: &Row, visit: &Visit, begun_at: Option<kernel::Timestamp>) -> Wanted {
    Wanted {
        person,
        workplace: workplace.clone(),
        job: organizations::job(&row.job).map_or_else(String::new, |job| job.id.clone()),
        question: String::new(),
        lang: visit.lang,
        begun_at,
        entered_by: None,
        both: false,
        by_office: true,
        asks: None,
    }
}

/// Checks the form: more rows, the page to confirm, or the form again with what to mend.
pub async fn check(
    State(portal): State<Portal>,
    visit: Visit,
    path: Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let path = session_path(&path)?;
    let target = match open(&portal, &visit, path, Some(&posted)).await? {
        Ok(target) => target,
        Err(page) => return Ok(page),
    };
    match sent(&portal, &visit, path, &target, &posted).await? {
        Ok(checked) => confirm_page(&portal, &visit, checked, &posted, String::new()),
        Err(page) => Ok(page),
    }
}

fn confirm_page(portal: &Portal, visit: &Visit, checked: Checked, posted: &Posted, error: String) -> Result<Page, PageError> {
    let Checked { wanted, mut rows, candidates, chosen } = checked;
    let Some(first) = wanted.first().cloned() else { return Err(PageError::Bug("a form in order names nobody")) };
    let workplace = &first.workplace;
    let choice = match workplace.organization {
        Some(id) => id.to_string(),
        None if candidates.is_empty() && !workplace.kind.is_empty() => "other".to_owned(),
        None => String::new(),
    };
    let is_row = |name: &str| ["name-", "kana-", "email-", "job-"].iter().any(|beginning| name.starts_with(beginning));
    let is_carried = |name: &str| !matches!(name, "token" | "do" | "org" | "organization" | "paste") && !is_row(name);
    let mut carried: Vec<(String, String)> = posted.fields().iter().filter(|(name, _)| is_carried(name)).cloned().collect();
    carried.extend((!choice.is_empty()).then(|| ("org".to_owned(), choice)));
    for row in &rows {
        let fields = [("name", &row.name), ("kana", &row.kana), ("email", &row.email), ("job", &row.job)];
        carried.extend(fields.map(|(name, value)| (format!("{name}-{}", row.n), value.clone())));
    }
    for (row, wanted) in rows.iter_mut().zip(&wanted) {
        wanted.person.email.as_str().clone_into(&mut row.email);
    }
    let is_wrong = !error.is_empty();
    let page = ConfirmPage {
        frame: frame(portal, visit, "confirm-title", &chosen),
        path: format!("{}/colleagues", chosen.path),
        chosen,
        rows,
        place: super::apply::place_words(&first, visit.lang),
        wanted: first,
        candidates: candidates.into_iter().map(|one| candidate(one, visit.lang)).collect(),
        carried,
        error,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Applies for all of them in one transaction, and says what came of each.
pub async fn apply(
    State(portal): State<Portal>,
    visit: Visit,
    path: Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let path = session_path(&path)?;
    let target = match open(&portal, &visit, path, Some(&posted)).await? {
        Ok(target) => target,
        Err(page) => return Ok(page),
    };
    let checked = match sent(&portal, &visit, path, &target, &posted).await? {
        Ok(checked) => checked,
        Err(page) => return Ok(page),
    };
    let is_undecided = |wanted: &Wanted| wanted.workplace.organization.is_none() && wanted.workplace.kind.is_empty();
    if checked.wanted.iter().any(is_undecided) {
        return confirm_page(&portal, &visit, checked, &posted, visit.words().t("error-place-choose"));
    }
    let key = posted.key(&portal, &visit);
    let inputs: Vec<(SessionPath, Wanted)> = checked.wanted.iter().map(|wanted| (path, wanted.clone())).collect();
    let outcome = portal.db.write(Lane::Public, key, async move |tx, now| apply_all(tx, inputs.clone(), now).await).await?;
    let w = visit.words();
    let came: Vec<Came> = checked.wanted.iter().zip(&outcome).map(|(wanted, answer)| came(&visit, wanted, *answer)).collect();
    let taken = outcome.iter().filter(|answer| matches!(answer, Ok(Applied::Seat(_) | Applied::Waiting(_)))).count();
    let page = DonePage {
        frame: frame(&portal, &visit, "colleagues-done-title", &checked.chosen),
        lead: w.count("colleagues-done-lead", taken),
        chosen: checked.chosen,
        came,
    };
    Page::html(&page)
}

/// In words; nothing is said of an application that was there before but that it is there.
fn came(visit: &Visit, wanted: &Wanted, answer: Result<Applied, NotApplied>) -> Came {
    let w = visit.words();
    let (shape, word, text) = match answer {
        Ok(Applied::Seat(_)) => ("done", "application-confirmed", "colleagues-came-seat"),
        Ok(Applied::Waiting(_)) => ("full", "series-waiting", "colleagues-came-waiting"),
        Ok(Applied::Earlier) => ("later", "colleagues-word-earlier", "colleagues-came-earlier"),
        Ok(Applied::Elsewhere) => ("later", "colleagues-word-not", "colleagues-came-elsewhere"),
        Err(NotApplied::Full) => ("closed", "colleagues-word-not", "refused-full-text"),
        Err(NotApplied::NotYet | NotApplied::Unknown) => ("closed", "colleagues-word-not", "refused-not-yet-text"),
        Err(NotApplied::Closed) => ("closed", "colleagues-word-not", "colleagues-came-closed"),
        Err(NotApplied::Cancelled) => ("cancelled", "colleagues-word-not", "refused-cancelled-text"),
    };
    let person = &wanted.person;
    Came { name: person.name.full(), email: person.email.as_str().to_owned(), shape, word: w.t(word), text: w.t(text) }
}

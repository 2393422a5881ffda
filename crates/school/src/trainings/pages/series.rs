//! 全7回に申し込む: one form, one confirmation, one mail for the parts of a series.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use db::Lane;
use kernel::{FiscalYear, Timestamp};
use people::organizations;
use web::{Filled, Frame, Held, Page, PageError, Portal, Posted, Section, Visit};

use super::apply::{Candidate, candidate, place_words};
use super::form::{self, Checked};
use crate::trainings::application::Wanted;
use crate::trainings::apply::{Applied, NotApplied};
use crate::trainings::programme::{Audience, Course, Format, Programme};
use crate::trainings::series::{Parts, apply_for_parts};
use crate::trainings::session::{Seats, Session};
use crate::trainings::store;
use crate::trainings::view::Viewer;

/// A part that can be applied for.
struct Part {
    number: String,
    nth: String,
    title: String,
    when: String,
    waits: bool,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "trainings/pages/series.html")]
struct FormPage {
    frame: Frame,
    path: String,
    course_path: String,
    offered: Vec<Part>,
    filled: Filled,
    found: String,
    key: String,
    begun: String,
    kinds: &'static [organizations::Kind],
    prefectures: &'static [organizations::Prefecture],
    jobs: &'static [organizations::Job],
}

#[derive(Template)]
#[template(path = "trainings/pages/series_confirm.html")]
struct ConfirmPage {
    frame: Frame,
    path: String,
    chosen: Vec<Part>,
    wanted: Wanted,
    job: String,
    place: String,
    candidates: Vec<Candidate>,
    carried: Vec<(String, String)>,
    error: String,
}

#[derive(Template)]
#[template(path = "trainings/pages/said.html")]
struct SaidPage {
    frame: Frame,
    text: String,
    href: String,
    link: String,
}

/// The course of an address, with its sessions.
struct Series {
    programme: Programme,
    course: Course,
    sessions: Vec<Session>,
}

async fn series(portal: &Portal, Path((year, course)): &Path<(String, String)>) -> Result<Series, PageError> {
    let year: FiscalYear = year.parse().map_err(|_| PageError::NotFound)?;
    let audience: Audience = course.parse().map_err(|_| PageError::NotFound)?;
    let found = portal.db.read(async move |tx| {
        let Some(programme) = store::programme(tx, year).await? else { return Ok(None) };
        let courses = store::courses(tx, programme.id).await?;
        let sessions = store::sessions(tx, programme.id).await?;
        let Some(course) = courses.into_iter().find(|course| course.slug == audience) else { return Ok(None) };
        let sessions = sessions.into_iter().filter(|session| session.course == course.id).collect();
        Ok(Some(Series { programme, course, sessions }))
    });
    found.await?.ok_or(PageError::NotFound)
}

impl Series {
    fn path(&self) -> String {
        format!("/apply/{}/{}", self.programme.year, self.course.slug)
    }

    fn course_path(&self) -> String {
        format!("/trainings/{}/{}", self.programme.year, self.course.slug)
    }

    /// Sessions that are alike are not attended one after the other: their dates are shown instead.
    fn elsewhere(&self, visit: &Visit) -> Option<Page> {
        let is_series = self.course.format == Format::Series;
        (!is_series).then(|| Page::see_other(&visit.to(&format!("{}#dates", self.course_path()))))
    }

    fn frame(&self, portal: &Portal, visit: &Visit, title: String) -> Frame {
        let view = Viewer { w: visit.words(), now: visit.now }.course(&self.programme, &self.course, &[]);
        Frame::new(portal, visit, title)
            .in_section(Section::Trainings)
            .crumb(visit.words().t("trainings-title"), "/trainings")
            .crumb(view.name, &view.path)
            .here()
    }

    /// The parts that can be applied for, or waited for, with a form that was opened at `begun_at`.
    fn open(&self, visit: &Visit, begun_at: Option<Timestamp>, is_chosen: impl Fn(&str) -> bool) -> Vec<Part> {
        let viewer = Viewer { w: visit.words(), now: visit.now };
        let is_open = |session: &&Session| session.refuses_at(visit.now, begun_at).is_none();
        let is_full = |session: &Session| session.seats_left() == Seats::None;
        let open = self.sessions.iter().filter(is_open).filter(|session| !is_full(session) || session.can_wait());
        let part = |session: &Session| Part {
            number: session.number.to_string(),
            nth: viewer.nth(session),
            title: session.title.clone(),
            when: session.when(visit.lang),
            waits: is_full(session),
            chosen: is_chosen(&session.number.to_string()),
        };
        open.map(part).collect()
    }

    fn nths(&self, visit: &Visit, numbers: &[i64]) -> String {
        let viewer = Viewer { w: visit.words(), now: visit.now };
        let named = self.sessions.iter().filter(|session| numbers.contains(&session.number)).map(|session| viewer.nth(session));
        named.collect::<Vec<_>>().join(visit.lang.pick("、", ", "))
    }
}

/// The form with every open part chosen.
pub async fn form(State(portal): State<Portal>, visit: Visit, path: Path<(String, String)>) -> Result<Page, PageError> {
    let series = series(&portal, &path).await?;
    if let Some(page) = series.elsewhere(&visit) {
        return Ok(page);
    }
    let begun = form::begun(&portal.keys, visit.now);
    let parts = series.open(&visit, None, |_| true);
    form_page(&portal, &visit, &series, parts, Filled::default(), String::new(), begun)
}

/// Whoever asks for the address of the confirmation is at the form.
pub async fn to_form(visit: Visit, Path((year, course)): Path<(String, String)>) -> Result<Page, PageError> {
    let year: FiscalYear = year.parse().map_err(|_| PageError::NotFound)?;
    let audience: Audience = course.parse().map_err(|_| PageError::NotFound)?;
    Ok(Page::see_other(&visit.to(&format!("/apply/{year}/{audience}"))))
}

fn form_page(
    portal: &Portal,
    visit: &Visit,
    series: &Series,
    parts: Vec<Part>,
    filled: Filled,
    found: String,
    begun: String,
) -> Result<Page, PageError> {
    let w = visit.words();
    if parts.is_empty() {
        let page = SaidPage {
            frame: series.frame(portal, visit, w.t("series-none-title")),
            text: w.t("series-none-text"),
            href: format!("/tell-me/{}", series.course.slug),
            link: w.t("course-tell-me"),
        };
        return Ok(Page::html(&page)?.status(StatusCode::CONFLICT));
    }
    let is_wrong = !filled.is_fine();
    let is_empty = !is_wrong && filled.value("email").is_empty() && filled.value("family").is_empty();
    let page = FormPage {
        frame: series.frame(portal, visit, w.t("series-title")),
        path: series.path(),
        course_path: series.course_path(),
        offered: parts,
        filled,
        found,
        key: visit.now.uuid().to_string(),
        begun,
        kinds: organizations::kinds(),
        prefectures: organizations::prefectures(),
        jobs: organizations::jobs(),
    };
    let page = Page::html(&page)?;
    let page = if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page };
    Ok(if is_empty && visit.token.is_none() { page.with(header::CACHE_CONTROL, "private, no-cache") } else { page })
}

/// What was sent, in order, or the page that says what is to be mended.
enum Sent {
    Fine(Box<Checked>, Vec<Part>),
    Page(Page),
}

async fn sent(portal: &Portal, visit: &Visit, series: &Series, posted: &Posted) -> Result<Sent, PageError> {
    let begun_at = form::begun_at(&portal.keys, posted);
    let begun = if begun_at.is_some() { posted.get("begun").to_owned() } else { form::begun(&portal.keys, visit.now) };
    let parts = series.open(visit, begun_at, |number| posted.all("part").any(|chosen| chosen == number));
    let found = form::workplaces(portal, posted).await?;
    let choices = found.choices(posted, visit.words())?;
    let again = |filled: Filled, parts| form_page(portal, visit, series, parts, filled, choices.clone(), begun.clone()).map(Sent::Page);
    if posted.get("do") == "change" {
        return again(Filled::from_posted(posted), parts);
    }
    if let Some(fixed) = posted.get("fix").strip_prefix("email:") {
        let mut filled = Filled::from_posted(posted);
        filled.set("email", fixed);
        return again(filled, parts);
    }
    match form::check(posted, visit, &portal.keys, &found) {
        Ok(checked) if parts.iter().any(|part| part.chosen) => Ok(Sent::Fine(Box::new(checked), parts)),
        Ok(_) => {
            let mut filled = Filled::from_posted(posted);
            filled.wrong("part", visit.words().t("error-parts-none"));
            again(filled, parts)
        }
        Err(filled) => again(filled, parts),
    }
}

/// Checks the form: the page to confirm, or the form again with what to mend.
pub async fn check(State(portal): State<Portal>, visit: Visit, path: Path<(String, String)>, posted: Posted) -> Result<Page, PageError> {
    let series = series(&portal, &path).await?;
    if let Some(page) = series.elsewhere(&visit) {
        return Ok(page);
    }
    match sent(&portal, &visit, &series, &posted).await? {
        Sent::Page(page) => Ok(page),
        Sent::Fine(checked, parts) => confirm_page(&portal, &visit, &series, parts, *checked, &posted, String::new()),
    }
}

fn confirm_page(
    portal: &Portal,
    visit: &Visit,
    series: &Series,
    mut parts: Vec<Part>,
    checked: Checked,
    posted: &Posted,
    error: String,
) -> Result<Page, PageError> {
    parts.retain(|part| part.chosen);
    let is_wrong = !error.is_empty();
    let page = ConfirmPage {
        frame: series.frame(portal, visit, visit.words().t("confirm-title")),
        path: series.path(),
        chosen: parts,
        place: place_words(&checked.wanted, visit.lang),
        job: organizations::job(&checked.wanted.job).map_or_else(String::new, |job| job.name(visit.lang).to_owned()),
        carried: super::apply::carried(posted, &checked),
        wanted: checked.wanted,
        candidates: checked.candidates.into_iter().map(|one| candidate(one, visit.lang)).collect(),
        error,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Applies for the chosen parts in one transaction.
pub async fn apply(State(portal): State<Portal>, visit: Visit, path: Path<(String, String)>, posted: Posted) -> Result<Page, PageError> {
    let series = series(&portal, &path).await?;
    if let Some(page) = series.elsewhere(&visit) {
        return Ok(page);
    }
    // Who presses the button twice gets the first answer, also when every part has closed since.
    let key = posted.key(&portal, &visit);
    let (checked, parts) = match sent(&portal, &visit, &series, &posted).await? {
        Sent::Page(page) => return Ok(page),
        Sent::Fine(checked, parts) => (*checked, parts),
    };
    if checked.wanted.workplace.organization.is_none() && checked.wanted.workplace.kind.is_empty() {
        let error = visit.words().t("error-place-choose");
        return confirm_page(&portal, &visit, &series, parts, checked, &posted, error);
    }
    let numbers: Vec<i64> = posted.all("part").filter_map(|number| number.parse().ok()).collect();
    let (year, audience, wanted) = (series.programme.year, series.course.slug, checked.wanted);
    let address = wanted.person.email.as_str().to_owned();
    let outcome =
        portal.db.write(Lane::Public, key, async move |tx, now| apply_for_parts(tx, year, audience, &numbers, &wanted, now).await).await?;
    answer(&portal, &visit, &series, &outcome, &address)
}

fn answer(portal: &Portal, visit: &Visit, series: &Series, outcome: &Parts, address: &str) -> Result<Page, PageError> {
    let numbers = |is_it: fn(&Result<Applied, NotApplied>) -> bool| {
        outcome.came.iter().filter(|(_, came)| is_it(came)).map(|(number, _)| *number).collect::<Vec<_>>()
    };
    let (refused, earlier) = (numbers(Result::is_err), numbers(|came| matches!(came, Ok(Applied::Earlier))));
    if let Some(first) = outcome.first {
        let list = |numbers: &[i64]| numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join("-");
        let address = format!("/applications/{first}/series?done=applied&not={}&earlier={}", list(&refused), list(&earlier));
        return Ok(super::application::hold(portal, visit, first, Held::TYPED, &address));
    }
    let w = visit.words();
    let (title, text) = if earlier.is_empty() {
        ("series-none-title", w.one("series-not-taken", "parts", &series.nths(visit, &refused)))
    } else {
        ("earlier-title", w.one("series-earlier-all", "address", address))
    };
    let page =
        SaidPage { frame: series.frame(portal, visit, w.t(title)), text, href: series.course_path(), link: w.t("trainings-see-course") };
    let page = Page::html(&page)?;
    Ok(if earlier.is_empty() { page.status(StatusCode::CONFLICT) } else { page })
}

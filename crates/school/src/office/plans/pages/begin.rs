use access::Hand;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::FiscalYear;
use serde::Deserialize;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::super::begin::{self as beginning, NotBegun};
use super::super::plan::PlanId;
use super::super::year::year as read_year;
use super::{PATH, form, frame};
use crate::office::staff_pages;
use crate::trainings::Viewer;
use crate::trainings::programme::Audience;
use crate::trainings::session::SessionId;
use crate::trainings::store;

#[derive(Template)]
#[template(path = "office/plans/pages/new.html")]
struct NewPage {
    frame: Frame,
    /// Years that there are: the word of the address, the label, whether it is the one.
    years: Vec<(String, String, bool)>,
    /// Years that can be made.
    possible: Vec<(String, String, bool)>,
    audiences: Vec<(String, String)>,
    year: String,
    year_label: String,
    courses: Vec<(String, String, bool)>,
    refusal: String,
    key: String,
}

/// Which year, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    year: String,
    course: String,
}

/// What can be planned.
pub async fn new(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    new_page(&portal, &visit, &asked, String::new()).await
}

async fn new_page(portal: &Portal, visit: &Visit, asked: &Asked, refusal: String) -> Result<Page, PageError> {
    let wanted: Option<FiscalYear> = asked.year.parse().ok();
    let (programmes, courses) = portal
        .db
        .read(async move |tx| {
            let programmes = store::programmes(tx).await?;
            let chosen = programmes.iter().find(|programme| Some(programme.year) == wanted).or(programmes.first());
            let courses = match chosen {
                Some(programme) => store::courses(tx, programme.id).await?,
                None => Vec::new(),
            };
            Ok((programmes, courses))
        })
        .await?;
    let w = visit.words();
    let chosen = programmes.iter().find(|programme| Some(programme.year) == wanted).or(programmes.first()).map(|programme| programme.year);
    let present = FiscalYear::of(visit.now.day());
    // What is missing of the years around this one; this one first.
    let free: Vec<FiscalYear> =
        (-1..=3).map(|n| present.plus(n)).filter(|year| programmes.iter().all(|known| known.year != *year)).collect();
    let first = free.iter().position(|year| *year >= present).unwrap_or(0);
    let label = |year: FiscalYear, is: bool| (year.to_string(), year.label(visit.lang), is);
    let is_refused = !refusal.is_empty();
    let page = NewPage {
        frame: frame(portal, visit, w.t("plans-new")).here(),
        years: programmes.iter().map(|programme| label(programme.year, Some(programme.year) == chosen)).collect(),
        possible: free.into_iter().enumerate().map(|(n, year)| label(year, n == first)).collect(),
        audiences: Audience::ALL
            .into_iter()
            .map(|audience| (audience.slug().to_owned(), audience.prose().short(visit.lang).to_owned()))
            .collect(),
        year: chosen.map_or_else(String::new, |year| year.to_string()),
        year_label: chosen.map_or_else(String::new, |year| year.label(visit.lang)),
        courses: courses
            .iter()
            .enumerate()
            .map(|(n, course)| {
                let is = if asked.course.is_empty() { n == 0 } else { course.slug.slug() == asked.course };
                (course.slug.slug().to_owned(), course.slug.prose().short(visit.lang).to_owned(), is)
            })
            .collect(),
        refusal,
        key: visit.now.uuid().to_string(),
    };
    let page = Page::html(&page)?;
    Ok(if is_refused { page.status(StatusCode::CONFLICT) } else { page })
}

fn begun(visit: &Visit, id: PlanId) -> Page {
    Page::see_other(&visit.to(&format!("{PATH}/{id}?done=begun")))
}

/// Begins a plan that needs no more than a year or a course.
pub async fn begin(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let (hand, key, holidays) = (Hand::of(&visit.actor), posted.key(&portal, &visit), portal.holidays.clone());
    let year = |field: &str| posted.get(field).parse::<FiscalYear>().ok();
    let outcome = match (posted.get("kind"), year("from"), year("to"), year("year")) {
        ("clone", Some(from), Some(to), _) => {
            portal.db.write(Lane::Staff, key, async move |tx, now| beginning::clone_year(tx, from, to, &holidays, &hand, now).await).await?
        }
        ("new", _, Some(to), _) => {
            let audiences: Vec<Audience> =
                Audience::ALL.into_iter().filter(|audience| posted.all("course").any(|slug| slug == audience.slug())).collect();
            portal.db.write(Lane::Staff, key, async move |tx, now| beginning::new_year(tx, to, &audiences, &hand, now).await).await?
        }
        ("course", _, _, Some(year)) => {
            let audience: Audience = posted.get("course").parse().map_err(|_| PageError::NotFound)?;
            portal.db.write(Lane::Staff, key, async move |tx, now| beginning::change_course(tx, year, audience, &hand, now).await).await?
        }
        _ => Err(NotBegun::Unknown),
    };
    let refusal = match outcome {
        Ok(id) if posted.get("kind") == "course" => return Ok(Page::see_other(&visit.to(&format!("{PATH}/{id}/drafts/0")))),
        Ok(id) => return Ok(begun(&visit, id)),
        Err(NotBegun::Exists) => {
            year("to").map_or_else(String::new, |year| visit.words().one("office-clone-exists", "year", &year.label(visit.lang)))
        }
        Err(NotBegun::Nothing) => visit.words().t("plans-choose-courses"),
        Err(NotBegun::Unknown | NotBegun::NotTakenBack) => visit.words().t("plans-begin-unknown"),
    };
    let asked = Asked { year: posted.get("year").to_owned(), course: String::new() };
    new_page(&portal, &visit, &asked, refusal).await
}

/// A session to be ticked.
struct Tick {
    id: String,
    name: String,
    when: String,
    closes: String,
    seats: String,
    ticked: bool,
}

#[derive(Template)]
#[template(path = "office/plans/pages/bulk.html")]
struct BulkPage {
    frame: Frame,
    year: String,
    groups: Vec<(String, Vec<Tick>)>,
    filled: Filled,
    key: String,
}

/// The form for many sessions at once.
pub async fn bulk_form(State(portal): State<Portal>, visit: Visit, Path(year): Path<String>) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let year: FiscalYear = year.parse().map_err(|_| PageError::NotFound)?;
    let mut filled = Filled::default();
    filled.set("windows", "yes");
    bulk_page(&portal, &visit, year, filled, &[]).await
}

async fn bulk_page(portal: &Portal, visit: &Visit, of: FiscalYear, filled: Filled, ticked: &[SessionId]) -> Result<Page, PageError> {
    let year = portal.db.read(async move |tx| read_year(tx, of).await).await?;
    if year.programme.is_none() {
        return Err(PageError::NotFound);
    }
    let w = visit.words();
    let viewer = Viewer { w, now: visit.now };
    let groups = year.courses.iter().map(|course| {
        // What has begun stays as it is.
        let own = year
            .sessions
            .iter()
            .filter(|session| session.course == course.id && session.cancelled_at.is_none() && session.can_still_change(visit.now));
        let ticks = own.map(|session| Tick {
            id: session.id.to_string(),
            name: viewer.nth(session),
            when: match session.when(visit.lang) {
                when if when.is_empty() => w.t("office-not-set"),
                when => when,
            },
            closes: session.closes_at.map_or_else(|| w.t("office-not-set"), |at| viewer.instant(at)),
            seats: session.seats.map_or_else(|| w.t("office-no-limit"), |seats| seats.to_string()),
            ticked: ticked.contains(&session.id),
        });
        (course.slug.prose().short(visit.lang).to_owned(), ticks.collect::<Vec<_>>())
    });
    let is_wrong = !filled.is_fine();
    let label = of.label(visit.lang);
    let page = BulkPage {
        frame: staff_pages::frame(portal, visit, w.t("plans-bulk")).crumb(label, &format!("/staff/programmes/{of}")).here(),
        year: of.to_string(),
        groups: groups.filter(|(_, ticks)| !ticks.is_empty()).collect(),
        filled,
        key: visit.now.uuid().to_string(),
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Begins a plan for many sessions.
pub async fn begin_bulk(State(portal): State<Portal>, visit: Visit, Path(year): Path<String>, posted: Posted) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let year: FiscalYear = year.parse().map_err(|_| PageError::NotFound)?;
    let chosen: Vec<SessionId> = posted.all("id").filter_map(|id| id.parse().ok()).collect();
    let bulk = match form::bulk(&posted, &chosen, visit.words(), visit.now) {
        Ok(bulk) => bulk,
        Err(filled) => return bulk_page(&portal, &visit, year, filled, &chosen).await,
    };
    let (hand, key, ids) = (Hand::of(&visit.actor), posted.key(&portal, &visit), chosen.clone());
    let outcome =
        portal.db.write(Lane::Staff, key, async move |tx, now| beginning::change_sessions(tx, year, &ids, &bulk, &hand, now).await).await?;
    match outcome {
        Ok(id) => Ok(begun(&visit, id)),
        Err(NotBegun::Unknown) => Err(PageError::NotFound),
        Err(_) => {
            let mut filled = Filled::from_posted(&posted);
            filled.wrong("ids", visit.words().t("plans-bulk-nothing"));
            bulk_page(&portal, &visit, year, filled, &chosen).await
        }
    }
}

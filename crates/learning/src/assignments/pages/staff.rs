use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::Lane;
use serde::Deserialize;
use web::{Filled, Frame, Page, PageError, Pager, Portal, Posted, Visit, page_of};

use super::{Place, ROWS};
use crate::assignments::assignment::StaffId;
use crate::assignments::job::Job;
use crate::assignments::read::{MOST, people};
use crate::assignments::{enrol as enrolling, store};

/// Slips that are named at once.
const NAMED: usize = 20;

/// Which page, and what was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    page: String,
    done: String,
}

#[derive(Template)]
#[template(path = "assignments/pages/staff.html")]
struct StaffPage {
    frame: Frame,
    base: String,
    organization: String,
    rows: Vec<Row>,
    pager: Pager,
    count: String,
    jobs: Vec<(&'static str, String)>,
    filled: Filled,
    done: String,
    key: String,
}

struct Row {
    id: String,
    name: String,
    email: String,
    job: String,
}

/// The list of an institution's staff, and the form by which people come onto it.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let place = Place::of(&portal, &visit, &id).await?;
    page(&portal, &visit, &place, &asked, Filled::default()).await
}

async fn page(portal: &Portal, visit: &Visit, place: &Place, asked: &Asked, filled: Filled) -> Result<Page, PageError> {
    let (id, (number, skipped)) = (place.id(), page_of(&asked.page, ROWS));
    let read = async move |tx: &mut db::Tx<'_>| Ok((store::staff(tx, id, skipped, ROWS + 1).await?, store::count_staff(tx, id, "").await?));
    let (mut list, count) = portal.db.read(read).await?;
    let w = visit.words();
    let pager = Pager::numbered(visit, &format!("{}/staff", place.base), (number, ROWS), &mut list);
    let page = StaffPage {
        frame: place.frame_below(portal, visit, w.t("assign-staff-title")).here(),
        base: place.base.clone(),
        organization: place.organization.name.clone(),
        rows: list.into_iter().map(|one| Row { id: one.id.to_string(), name: one.name, email: one.email, job: one.job.word(w) }).collect(),
        count: w.count("assign-staff-count", count),
        jobs: Job::ALL.into_iter().map(|job| (job.id(), job.word(w))).collect(),
        done: match asked.done.as_str() {
            "enrolled" => w.t("assign-done-enrolled"),
            "left" => w.t("assign-done-left"),
            _ => String::new(),
        },
        key: visit.now.uuid().to_string(),
        pager,
        filled,
    };
    let status = if page.filled.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Page::html(&page)?.status(status))
}

/// Puts people on the list.
pub async fn enrol(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let place = Place::of(&portal, &visit, &id).await?;
    let (w, mut filled) = (visit.words(), Filled::from_posted(&posted));
    let new = match people(posted.get("people"), posted.get("job").parse().ok()) {
        Ok(new) if new.is_empty() => {
            filled.wrong("people", w.t("assign-people-empty"));
            Vec::new()
        }
        Ok(new) if new.len() > MOST => {
            filled.wrong("people", w.count("assign-people-many", MOST));
            Vec::new()
        }
        Ok(new) => new,
        Err(slips) => {
            let told: Vec<String> = slips
                .iter()
                .take(NAMED)
                .map(|(n, slip)| w.with("assign-line", &[("n", &n.to_string()), ("what", &w.t(slip.key()))]))
                .collect();
            filled.wrong("people", told.join(w.lang.pick("", " ")));
            Vec::new()
        }
    };
    if new.is_empty() {
        return page(&portal, &visit, &place, &Asked::default(), filled).await;
    }
    let (organization, by) = (place.id(), visit.actor.label());
    let write = async move |tx: &mut db::Tx<'_>, now| enrolling::enrol(tx, organization, &new, &by, now).await;
    portal.db.write(Lane::Staff, posted.key(&portal, &visit), write).await?;
    Ok(Page::see_other(&visit.to(&format!("{}/staff?done=enrolled", place.base))))
}

/// Takes somebody off the list.
pub async fn leave(
    State(portal): State<Portal>,
    visit: Visit,
    Path((id, person)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let place = Place::of(&portal, &visit, &id).await?;
    let person: StaffId = person.parse().map_err(|_| PageError::NotFound)?;
    let (organization, by) = (place.id(), visit.actor.label());
    let write = async move |tx: &mut db::Tx<'_>, now| enrolling::leave(tx, organization, person, &by, now).await;
    if !portal.db.write(Lane::Staff, posted.key(&portal, &visit), write).await? {
        return Err(PageError::NotFound);
    }
    Ok(Page::see_other(&visit.to(&format!("{}/staff?done=left", place.base))))
}

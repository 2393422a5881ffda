use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::{long_date, one_line};
use serde::Deserialize;
use web::{Filled, Frame, Page, PageError, Pager, Portal, Posted, Visit, page_of};

use crate::assignments::pages::{Place, ROWS};
use crate::in_house::{make as making, store};

/// Characters taken for the name of a session.
const LONGEST: usize = 60;

/// Which page, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    page: String,
}

#[derive(Template)]
#[template(path = "in_house/pages/list.html")]
struct ListPage {
    frame: Frame,
    base: String,
    organization: String,
    courses: Vec<(String, String, bool)>,
    rows: Vec<Row>,
    pager: Pager,
    filled: Filled,
    key: String,
}

struct Row {
    path: String,
    label: String,
    title: String,
    made: String,
    results: i64,
}

/// The kits of an institution, and the form by which another one is made.
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
    let mut list = portal.db.read(async move |tx| store::kits(tx, id, skipped, ROWS + 1).await).await?;
    let w = visit.words();
    let base = format!("{}/kits", place.base);
    let pager = Pager::numbered(visit, &base, (number, ROWS), &mut list);
    let page = ListPage {
        frame: place.frame_below(portal, visit, w.t("in-house-title")).here(),
        organization: place.organization.name.clone(),
        courses: place
            .shown
            .iter()
            .filter(|course| course.is_open(visit.now.day()))
            .map(|course| (course.slug.clone(), course.title.get(course.lang(w.lang)).to_owned(), filled.is("course", &course.slug)))
            .collect(),
        rows: list
            .into_iter()
            .map(|kit| Row {
                path: format!("{base}/{}", kit.id),
                label: kit.label,
                title: format!("{} {}", kit.title, kit.version),
                made: long_date(kit.made_at.day(), w.lang),
                results: kit.results,
            })
            .collect(),
        key: visit.now.uuid().to_string(),
        base,
        pager,
        filled,
    };
    let status = if page.filled.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Page::html(&page)?.status(status))
}

/// Gives a course out.
pub async fn make(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let place = Place::of(&portal, &visit, &id).await?;
    let (w, mut filled) = (visit.words(), Filled::from_posted(&posted));
    let label: String = one_line(posted.get("label")).chars().take(LONGEST).collect();
    if label.is_empty() {
        filled.wrong("label", w.t("in-house-label-empty"));
    }
    let today = visit.now.day();
    let course = place.shown.iter().copied().find(|course| course.slug == posted.get("course") && course.is_open(today));
    let (Some(course), true) = (course, filled.is_fine()) else {
        if course.is_none() {
            filled.wrong("course", w.t("in-house-course-empty"));
        }
        return page(&portal, &visit, &place, &Asked::default(), filled).await;
    };
    let (organization, by, lang) = (place.id(), visit.actor.label(), course.lang(visit.lang));
    let write = async move |tx: &mut db::Tx<'_>, now| making::make(tx, organization, course, (&label, lang), &by, now).await;
    let kit = portal.db.write(Lane::Staff, posted.key(&portal, &visit), write).await?;
    Ok(Page::see_other(&visit.to(&format!("{}/kits/{kit}", place.base))))
}

use access::Hand;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use db::Lane;
use kernel::Lang;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit, Words};

use super::arrange::title;
use super::shelf;
use crate::authoring::arrange::is_slug;
use crate::authoring::found::{Founded, NotFounded, found};
use crate::content::AUDIENCES;
use crate::content::text::Text;

#[derive(Template)]
#[template(path = "authoring/pages/new.html")]
struct NewPage {
    frame: Frame,
    audiences: Vec<(&'static str, String, bool)>,
    filled: Filled,
    key: String,
}

/// Addresses below the list of courses that are no courses.
const RESERVED: [&str; 3] = ["new", "kit", "kits"];

/// What a new course is.
pub async fn form(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    page(&portal, &visit, Filled::default())
}

fn page(portal: &Portal, visit: &Visit, filled: Filled) -> Result<Page, PageError> {
    let (w, is_wrong) = (visit.words(), !filled.is_fine());
    let chosen = filled.value("audience").to_owned();
    let page = Page::html(&NewPage {
        frame: shelf(portal, visit, w.t("authoring-new-course")).here(),
        audiences: AUDIENCES.into_iter().map(|id| (id, w.t(&format!("learning-for-{id}")), id == chosen)).collect(),
        filled,
        key: visit.now.uuid().to_string(),
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Begins a course that there was not, with one unit and one slide, for somebody to go on with.
pub async fn begin(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let w = visit.words();
    let mut filled = Filled::from_posted(&posted);
    let title = title(&posted, &mut filled, w);
    let slug = posted.get("slug").trim().to_owned();
    if !is_slug(&slug) || RESERVED.contains(&slug.as_str()) {
        filled.wrong("slug", w.t("authoring-wrong-address"));
    }
    let Some(audience) = AUDIENCES.into_iter().find(|id| *id == posted.get("audience")) else {
        filled.wrong("audience", w.t("authoring-wrong-audience"));
        return page(&portal, &visit, filled);
    };
    if !filled.is_fine() {
        return page(&portal, &visit, filled);
    }
    let both = |key: &str| Text { ja: Words::of(Lang::Ja).t(key), en: Words::of(Lang::En).t(key) };
    let new = Founded {
        slug: slug.clone(),
        audience: audience.to_owned(),
        title,
        unit: both("authoring-first-unit"),
        body: both("authoring-first-slide"),
        notes: both("authoring-first-notes"),
    };
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    match portal.db.write(Lane::Staff, key, async move |tx, now| found(tx, &new, &hand, now).await).await? {
        Ok(id) => Ok(Page::see_other(&visit.to(&format!("/staff/courses/{slug}/versions/{id}")))),
        Err(NotFounded::Taken) => {
            filled.wrong("slug", w.t("authoring-wrong-course-taken"));
            page(&portal, &visit, filled)
        }
    }
}

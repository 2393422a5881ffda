use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::super::staff_pages::{self, Head, Whole};
use super::speakers;
use crate::office::plans::lecturers as check;
use crate::trainings::store;

#[derive(Template)]
#[template(path = "office/sessions/lecturers.html")]
struct LecturersPage {
    frame: Frame,
    head: Head,
    filled: Filled,
}

/// Who speaks, and whether readers see it.
pub async fn lecturers_form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let session = whole.session.id;
    let lecturers = portal.db.read(async move |tx| store::lecturers_of(tx, session).await).await?;
    let mut filled = Filled::default();
    filled.set("lecturers", lecturers.names);
    filled.set("lecturers_shown", if lecturers.shown { "yes" } else { "" });
    page(&portal, &visit, &whole, filled)
}

fn page(portal: &Portal, visit: &Visit, whole: &Whole, filled: Filled) -> Result<Page, PageError> {
    let (frame, head) = whole.head(portal, visit, visit.words().t("plans-lecturers-edit"), None);
    let is_wrong = !filled.is_fine();
    let page = Page::html(&LecturersPage { frame, head, filled })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Says who speaks.
pub async fn lecturers(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let mut filled = Filled::from_posted(&posted);
    let lecturers = check(&posted, &mut filled, visit.words());
    if !filled.is_fine() {
        return page(&portal, &visit, &whole, filled);
    }
    let (session, by, key) = (whole.session.id, visit.actor.label(), posted.key(&portal, &visit));
    portal.db.write(Lane::Staff, key, async move |tx, now| speakers::name(tx, session, &lecturers, &by, now).await).await?;
    Ok(Page::see_other(&visit.to(&whole.path("?done=lecturers"))))
}

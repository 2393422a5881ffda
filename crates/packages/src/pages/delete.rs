use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::{Whole, whole};
use crate::delete::{self as deleting, NotDeleted};
use crate::launches::LASTS;
use crate::store;

#[derive(Template)]
#[template(path = "pages/delete.html")]
struct DeletePage {
    frame: Frame,
    path: String,
    title: String,
    /// What will happen, one by one.
    will: Vec<String>,
    /// How many have it open, in words; empty for nobody.
    open: String,
    /// Why it was not deleted.
    refusal: String,
    key: String,
}

/// Says what deleting a package does.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let whole = whole(&portal, &id).await?;
    if whole.package.deleted_at.is_some() {
        return Ok(Page::see_other(&visit.to(&format!("/staff/packages/{}", whole.package.id))));
    }
    page(&portal, &visit, &whole, false).await
}

async fn page(portal: &Portal, visit: &Visit, whole: &Whole, is_refused: bool) -> Result<Page, PageError> {
    let (w, id, since) = (visit.words(), whole.package.id, visit.now.minus(LASTS));
    let read = async move |tx: &mut db::Tx<'_>| Ok((store::counts(tx, id).await?, store::open_launches(tx, id, since).await?));
    let (counts, open) = portal.db.read(read).await?;
    let title = whole.package.title(w.lang.code());
    let path = format!("/staff/packages/{id}");
    let page = DeletePage {
        frame: Frame::new(portal, visit, w.t("packages-delete-title"))
            .in_office()
            .crumb(w.t("packages-staff-title"), "/staff/packages")
            .crumb(&title, &path)
            .here(),
        will: vec![
            w.one("packages-delete-files", "files", &whole.package.files),
            w.t("packages-delete-launch"),
            w.with("packages-delete-proof", &[("people", &w.count("packages-people", counts.registered))]),
            w.t("packages-delete-final"),
        ],
        open: if open > 0 { w.with("packages-delete-open", &[("launches", &open.to_string())]) } else { String::new() },
        refusal: if is_refused { w.t("packages-delete-refused") } else { String::new() },
        path,
        title,
        key: visit.now.uuid().to_string(),
    };
    let status = if is_refused { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(Page::html(&page)?.status(status))
}

/// Deletes it, or says why not.
pub async fn delete(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = whole(&portal, &id).await?;
    let (id, by) = (whole.package.id, visit.actor.label());
    let wanted = (id, posted.get("confirmed") == "yes");
    let write = async move |tx: &mut db::Tx<'_>, now| deleting::delete(tx, wanted, &by, now).await;
    match portal.db.write(Lane::Staff, posted.key(&portal, &visit), write).await? {
        Ok(()) => Ok(Page::see_other(&visit.to(&format!("/staff/packages/{id}?done=deleted")))),
        Err(NotDeleted::NoPackage) => Err(PageError::NotFound),
        Err(NotDeleted::Open(_)) => page(&portal, &visit, &whole, true).await,
    }
}

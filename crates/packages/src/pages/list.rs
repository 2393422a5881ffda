use access::Action;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use cmi5::NotACourse;
use db::Lane;
use kernel::long_date;
use serde::Deserialize;
use web::{Filled, Frame, Page, PageError, Pager, Portal, Posted, Visit, Words, page_of};

use super::ROWS;
use crate::House;
use crate::api::busy;
use crate::import::{self, BYTES_MAX};
use crate::package::Package;
use crate::store;

/// Which page, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    page: String,
}

#[derive(Template)]
#[template(path = "pages/list.html")]
struct ListPage {
    frame: Frame,
    lines: Vec<Line>,
    pager: Pager,
    can_import: bool,
    has_host: bool,
    filled: Filled,
    key: String,
}

struct Line {
    path: String,
    title: String,
    course: String,
    facts: String,
    imported: String,
    is_open: bool,
    is_deleted: bool,
}

/// The packages, and the form by which another one is brought in.
pub async fn show(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    page(&portal, &visit, &asked, Filled::default()).await
}

async fn page(portal: &Portal, visit: &Visit, asked: &Asked, filled: Filled) -> Result<Page, PageError> {
    let (w, (number, skipped)) = (visit.words(), page_of(&asked.page, ROWS));
    let mut packages = portal.db.read(async move |tx| store::packages(tx, skipped, ROWS + 1).await).await?;
    let pager = Pager::numbered(visit, "/staff/packages", (number, ROWS), &mut packages);
    let status = if filled.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = ListPage {
        frame: Frame::new(portal, visit, w.t("packages-staff-title")).in_office().here(),
        lines: packages.into_iter().map(|package| line(package, w)).collect(),
        pager,
        can_import: portal.offers(visit, Action::EditTexts),
        has_host: portal.part::<House>().is_some_and(|house| house.has_host()),
        filled,
        key: visit.now.uuid().to_string(),
    };
    Ok(Page::html(&page)?.status(status))
}

fn line(package: Package, w: Words) -> Line {
    Line {
        path: format!("/staff/packages/{}", package.id),
        title: package.title(w.lang.code()),
        facts: w.with("packages-facts", &[("units", &package.units.to_string()), ("files", &package.files.to_string())]),
        imported: long_date(package.imported_at.day(), w.lang),
        is_open: package.opened_at.is_some(),
        is_deleted: package.deleted_at.is_some(),
        course: package.course,
    }
}

/// Brings a package in, or says why not.
pub async fn bring_in(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let w = visit.words();
    let refuse = async |words: String| {
        let mut filled = Filled::default();
        filled.wrong("file", words);
        page(&portal, &visit, &Asked::default(), filled).await
    };
    let Some(mut file) = posted.take_file() else { return refuse(w.t("file-none")).await };
    let mut draft = portal.objects.draft(u64::try_from(BYTES_MAX).unwrap_or(u64::MAX)).await.map_err(busy)?;
    while let Some(piece) = file.piece().await? {
        match draft.write(&piece).await {
            Ok(()) => {}
            Err(objects::NotKept::TooLarge) => return refuse(w.t("file-large")).await,
            Err(error) => return Err(busy(error)),
        }
    }
    draft.close().await.map_err(busy)?;
    let unpacked = match import::unpack(&portal.objects, draft).await.map_err(busy)? {
        Ok(unpacked) => unpacked,
        Err(not) => return refuse(words_of(&not, w)).await,
    };
    let (by, key) = (visit.actor.label(), posted.key(&portal, &visit));
    let id = portal.db.write(Lane::Staff, key, async move |tx, now| import::import(tx, &unpacked, &by, now).await).await?;
    Ok(Page::see_other(&visit.to(&format!("/staff/packages/{id}?done=imported"))))
}

/// Why a package is not taken: what is wrong, where, and by which requirement.
fn words_of(not: &NotACourse, w: Words) -> String {
    let values = [("place", not.place.as_str()), ("value", not.value.as_str())];
    let wrong = w.with(&format!("packages-wrong-{}", not.wrong.id()), &values);
    format!("{wrong}{}", w.one("packages-requirement", "number", not.requirement().id()))
}

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use db::Lane;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::{Named, account, target};
use crate::lists::keep::keep;
use crate::lists::list::List;
use crate::lists::read;
use crate::sheet;

/// The type of an Excel workbook.
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[derive(Template)]
#[template(path = "lists/pages/send.html")]
struct SendPage {
    frame: Frame,
    over: String,
    lead: String,
    refusal: String,
    room: String,
    rules: Vec<String>,
    path: String,
    shelf: String,
    back: String,
    file_hint: String,
    error: String,
}

/// The form for a file.
pub(in crate::lists) async fn form<L: List>(State(portal): State<Portal>, visit: Visit, named: Named) -> Result<Page, PageError> {
    let (_, target) = target::<L>(&portal, &visit, &named).await?;
    page::<L>(&portal, &visit, &target, String::new())
}

fn page<L: List>(portal: &Portal, visit: &Visit, target: &L::Target, error: String) -> Result<Page, PageError> {
    let w = visit.words();
    let key = |end: &str| format!("lists-{}-{end}", L::KIND);
    let is_wrong = !error.is_empty();
    let page = Page::html(&SendPage {
        frame: L::frame(target, portal, visit, w.t(&key("title"))).here(),
        over: L::over(target, visit),
        lead: w.t(&key("lead")),
        refusal: L::refusal(target, visit).unwrap_or_default(),
        room: L::room(target, w),
        rules: (1..=20).map(|n| key(&format!("rule-{n}"))).take_while(|rule| w.has(rule)).map(|rule| w.t(&rule)).collect(),
        path: L::path(target),
        shelf: L::shelf(target),
        back: w.t(&key("back")),
        file_hint: w.with("lists-file-hint", &[("lines", &read::LINES.to_string()), ("size", &format!("{} MB", read::LIMITS.bytes >> 20))]),
        error,
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Takes a file, if it is one that can be read, and shows what it would do.
pub(in crate::lists) async fn send<L: List>(
    State(portal): State<Portal>,
    visit: Visit,
    named: Named,
    posted: Posted,
) -> Result<Page, PageError> {
    let (id, target) = target::<L>(&portal, &visit, &named).await?;
    let w = visit.words();
    if L::refusal(&target, &visit).is_some() {
        return Ok(page::<L>(&portal, &visit, &target, String::new())?.status(StatusCode::CONFLICT));
    }
    let Some(file) = posted.file("file").cloned() else {
        return page::<L>(&portal, &visit, &target, w.t("lists-file-none"));
    };
    let table = match sheet(&portal, &file.bytes, &file.name, read::LIMITS).await? {
        Ok(table) => table,
        Err(not) => return page::<L>(&portal, &visit, &target, read::not_read(&not, w)),
    };
    if let Err(refusal) = read::sheet::<L>(&table, w) {
        return page::<L>(&portal, &visit, &target, refusal);
    }
    let account = account(&visit)?;
    let name: String = kernel::one_line(&file.name).chars().take(100).collect();
    let list = portal.db.write(Lane::Staff, None, async move |tx, now| keep::<L>(tx, &id, account, &name, &table, now).await).await?;
    Ok(Page::see_other(&visit.to(&format!("{}/imports/{list}", L::path(&target)))))
}

/// A workbook with the headings and a line that shows how it is filled in.
pub(in crate::lists) async fn template<L: List>(State(portal): State<Portal>, visit: Visit, named: Named) -> Result<Page, PageError> {
    target::<L>(&portal, &visit, &named).await?;
    let w = visit.words();
    let bytes = read::template::<L>(w).map_err(|_| PageError::Bug("a template could not be written"))?;
    Ok(Page::file(XLSX, &format!("{}.xlsx", w.t(&format!("lists-{}-file", L::KIND))), bytes))
}

use access::Scope;
use askama::Template;
use axum::extract::{Query, State};
use people::organizations::search;
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Visit, page_of};

use super::ROWS;
use super::list::Row;
use crate::assignments::assignment::Assignment;
use crate::assignments::store;
use crate::authoring::library;

/// Which page, and which institution is looked for, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    page: String,
    institution: String,
}

#[derive(Template)]
#[template(path = "assignments/pages/whole.html")]
struct WholePage {
    frame: Frame,
    rows: Vec<Row>,
    pager: Pager,
    typed: String,
    /// Institutions that were found: address and name.
    found: Vec<(String, String)>,
    is_asked: bool,
}

/// What is assigned anywhere, the latest first, and the way to an institution.
pub async fn show(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    if visit.scope != Scope::All {
        return Err(PageError::NotFound);
    }
    let (number, skipped) = page_of(&asked.page, ROWS);
    let typed: String = asked.institution.trim().chars().take(80).collect();
    let (wanted, today) = (typed.clone(), visit.now.day());
    let read = async move |tx: &mut db::Tx<'_>| {
        let (list, names) = store::everywhere(tx, skipped, ROWS + 1).await?;
        let counts = store::count_everywhere(tx, skipped, ROWS).await?;
        let found = if wanted.is_empty() { Vec::new() } else { search(tx, &wanted, 10).await? };
        Ok((list, names, counts, found, library::courses(tx, today).await?))
    };
    let (mut list, names, counts, found, shown) = portal.db.read(read).await?;
    let w = visit.words();
    let pager = Pager::numbered(&visit, "/staff/assignments", (number, ROWS), &mut list);
    let row = |one: &Assignment| {
        let name = names.iter().find(|named| named.id == one.id).map_or_else(String::new, |named| named.name.clone());
        let path = format!("/staff/organizations/{}/learning/{}", one.organization, one.id);
        Row::of(one, (path, name), (&counts, &shown), w, visit.now)
    };
    let page = WholePage {
        rows: list.iter().map(row).collect(),
        frame: Frame::new(&portal, &visit, w.t("assign-all-title")).in_office().here(),
        found: found.into_iter().map(|one| (format!("/staff/organizations/{}/learning", one.id), one.name)).collect(),
        is_asked: !typed.is_empty(),
        typed,
        pager,
    };
    Page::html(&page)
}

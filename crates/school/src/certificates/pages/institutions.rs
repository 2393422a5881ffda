use access::Scope;
use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Section, Visit, page_of};

use crate::certificates::store::{self, Near};

/// Lines on a page.
const ROWS: i64 = 50;

/// Which page, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    page: String,
}

#[derive(Template)]
#[template(path = "certificates/pages/institutions.html")]
struct InstitutionsPage {
    frame: Frame,
    rows: Vec<Near>,
    /// Whether they may assign courses there.
    can_assign: bool,
    pager: Pager,
}

/// The frame of what institutions and associations see of their own.
pub fn frame(portal: &Portal, visit: &Visit, title: String) -> Frame {
    Frame::new(portal, visit, title).in_section(Section::My).with_desk().crumb(visit.words().t("menu-my"), "/my")
}

/// One's own institutions and associations, and those directly below them: each with its record.
pub async fn show(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    let account = visit.account()?;
    let places = if let Scope::Subtrees(places) = &visit.scope { places.clone() } else { Vec::new() };
    let (number, skipped) = page_of(&asked.page, ROWS);
    let mut rows = portal.db.read(async move |tx| store::near(tx, account, skipped, ROWS + 1).await).await?;
    let pager = Pager::numbered(&visit, "/institutions", (number, ROWS), &mut rows);
    // What stands in the tree counts only as far as the role reaches now.
    rows.retain(|row| places.contains(&row.through));
    let can_assign = portal.offers(&visit, access::Action::AssignLearning);
    Page::html(&InstitutionsPage { can_assign, frame: frame(&portal, &visit, visit.words().t("institutions-title")).here(), rows, pager })
}

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::show::open_words;
use super::{Named, One, one};
use crate::api::house;
use crate::launches::{self, NotAbandoned};
use crate::package::LaunchId;
use crate::store;

#[derive(Template)]
#[template(path = "pages/registrations/abandon.html")]
struct AbandonPage {
    frame: Frame,
    back: String,
    name: String,
    /// Which unit is open, and since when; empty for none.
    open: String,
    /// Why the one that was asked for is not ended; empty where none was.
    late: String,
    session: String,
    key: String,
}

/// Says what is open, and what ending it does.
pub(super) async fn form(
    State(portal): State<Portal>,
    visit: Visit,
    Path((package, registration)): Path<(String, String)>,
) -> Result<Page, PageError> {
    let one = changing(&portal, &visit, &package, &registration).await?;
    page(&portal, &visit, &one, false)
}

/// A registration to which something may be done.
async fn changing(portal: &Portal, visit: &Visit, package: &str, registration: &str) -> Result<One, PageError> {
    let one = one(portal, visit, package, registration).await?;
    if one.can_change() { Ok(one) } else { Err(PageError::NotFound) }
}

fn page(portal: &Portal, visit: &Visit, one: &One, is_late: bool) -> Result<Page, PageError> {
    let (w, name, back) = (visit.words(), Named::of(&one.learner).name, one.path());
    let late = match (is_late, &one.standing.open) {
        (_, None) => w.t("packages-abandon-none"),
        (true, Some(_)) => w.t("packages-abandon-other"),
        (false, Some(_)) => String::new(),
    };
    let status = if late.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT };
    let page = AbandonPage {
        frame: one
            .frame(portal, visit, w.t("packages-abandon-title"))
            .crumb(w.t("packages-learners-title"), &super::path_of(&one.package))
            .crumb(&name, &back)
            .here(),
        back,
        name,
        open: open_words(one, visit),
        late,
        session: one.standing.open.as_ref().map_or_else(String::new, |launch| launch.id.to_string()),
        key: visit.now.uuid().to_string(),
    };
    Ok(Page::html(&page)?.status(status))
}

/// Ends what is open, or says why not. The form names the session that was seen: a later one is not ended by it.
pub(super) async fn abandon(
    State(portal): State<Portal>,
    visit: Visit,
    Path((package, registration)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let one = changing(&portal, &visit, &package, &registration).await?;
    let key = posted.key(&portal, &visit);
    let Ok(id) = posted.get("session").parse::<LaunchId>() else { return page(&portal, &visit, &one, true) };
    let (house, by, of) = (house(&portal)?, visit.actor.label(), one.learner.id);
    let write = async move |tx: &mut db::Tx<'_>, now| {
        if store::launch(tx, id).await?.is_none_or(|launch| launch.registration != of) {
            return tx.refuse(Err(NotAbandoned::NoLaunch));
        }
        launches::abandon(tx, &house, id, &by, now).await
    };
    match portal.db.write(Lane::Staff, key, write).await? {
        Ok(()) => Ok(Page::see_other(&visit.to(&format!("{}?done=abandoned", one.path())))),
        Err(NotAbandoned::NoLaunch) => Err(PageError::NotFound),
        Err(NotAbandoned::Ended) => {
            let one = changing(&portal, &visit, &package, &registration).await?;
            page(&portal, &visit, &one, true)
        }
    }
}

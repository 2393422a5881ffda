use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use db::Lane;
use web::{Frame, Page, PageError, Portal, Visit};

use crate::accounts::Browser;
use crate::accounts::credentials::Me;
use crate::accounts::recovery::link::{NotOpened, open as open_link, read};
use crate::accounts::recovery::store;

#[derive(Template)]
#[template(path = "accounts/recovery/pages/link.html")]
struct LinkPage {
    frame: Frame,
    action: String,
    email: String,
}

/// `GET /recovery/link/{token}`: a button only.
pub(super) async fn show(State(portal): State<Portal>, visit: Visit, Path(token): Path<String>) -> Result<Page, PageError> {
    let Some((id, generation)) = read(&portal.keys, &token) else { return gone(&portal, &visit) };
    let found = portal.db.read(async move |tx| store::find(tx, id).await).await?;
    match found.filter(|recovery| recovery.opens(generation, visit.now)) {
        Some(recovery) => {
            let frame = Frame::new(&portal, &visit, visit.words().t("recovery-renewal-title")).here();
            Page::html(&LinkPage { frame, action: visit.to(&visit.path), email: recovery.email.to_string() })
        }
        None => gone(&portal, &visit),
    }
}

/// `POST /recovery/link/{token}`: goes on to where the new way is registered, once.
pub(super) async fn open(
    State(portal): State<Portal>,
    visit: Visit,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Page, PageError> {
    let Some(link) = read(&portal.keys, &token) else { return gone(&portal, &visit) };
    let (browser, earlier, keys) = (Browser::of(&portal, &visit, &headers), Me::of(&visit.actor), portal.keys.clone());
    let opening = browser.clone();
    let opened = portal.db.write(Lane::Staff, None, async move |tx, now| open_link(tx, link, &keys, &opening, earlier, now).await);
    match opened.await? {
        Ok(_) => Ok(browser.keep(&portal, Page::see_other(&visit.to("/recovery/renewal")))),
        Err(NotOpened) => gone(&portal, &visit),
    }
}

fn gone(portal: &Portal, visit: &Visit) -> Result<Page, PageError> {
    super::over(portal, visit, "accounts-over", "recovery-link-over-text", StatusCode::GONE)
}

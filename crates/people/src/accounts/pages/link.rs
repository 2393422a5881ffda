use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use db::Lane;
use web::{Frame, Page, PageError, Portal, Visit};

use crate::accounts::credentials::Me;
use crate::accounts::mail_link::{self, PURPOSE, SignInLinkId};
use crate::accounts::{Browser, store};

#[derive(Template)]
#[template(path = "accounts/pages/link.html")]
struct LinkPage {
    frame: Frame,
    action: String,
    email: String,
}

#[derive(Template)]
#[template(path = "accounts/pages/over.html")]
pub(in crate::accounts) struct OverPage {
    pub(in crate::accounts) frame: Frame,
    pub(in crate::accounts) text: String,
}

/// `GET /sign-in/link/{token}`: a button only, since scanners of mail open links too.
pub(in crate::accounts) async fn show(State(portal): State<Portal>, visit: Visit, Path(token): Path<String>) -> Result<Page, PageError> {
    let Some(id) = id_of(&portal, &token) else { return over(&portal, &visit) };
    let link = portal.db.read(async move |tx| store::link(tx, id).await).await?;
    match link.filter(|link| link.opens_at(visit.now)) {
        Some(link) => {
            let frame = Frame::new(&portal, &visit, visit.words().t("accounts-sign-in")).here();
            Page::html(&LinkPage { frame, action: visit.to(&visit.path), email: link.email.to_string() })
        }
        None => over(&portal, &visit),
    }
}

/// `POST /sign-in/link/{token}`: signs in, once.
pub(in crate::accounts) async fn open(
    State(portal): State<Portal>,
    visit: Visit,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Page, PageError> {
    let Some(id) = id_of(&portal, &token) else { return over(&portal, &visit) };
    let (browser, earlier, keys) = (Browser::of(&portal, &visit, &headers), Me::of(&visit.actor), portal.keys.clone());
    let opening = browser.clone();
    let opened = portal.db.write(Lane::Public, None, async move |tx, now| mail_link::open(tx, id, &keys, &opening, earlier, now).await);
    match opened.await? {
        Ok(next) => Ok(browser.keep(&portal, Page::see_other(&next))),
        Err(mail_link::NotOpened) => over(&portal, &visit),
    }
}

/// Used, too old, or never one of ours: it is not said which.
fn over(portal: &Portal, visit: &Visit) -> Result<Page, PageError> {
    let w = visit.words();
    let frame = Frame::new(portal, visit, w.t("accounts-over")).here();
    Ok(Page::html(&OverPage { frame, text: w.t("accounts-over-text") })?.status(StatusCode::GONE))
}

fn id_of(portal: &Portal, token: &str) -> Option<SignInLinkId> {
    portal.keys.verify(PURPOSE, token)?.parse().ok()
}

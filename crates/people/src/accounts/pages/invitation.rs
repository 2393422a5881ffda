use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use db::Lane;
use web::{Frame, Page, PageError, Portal, Visit};

use super::link::OverPage;
use crate::accounts::Browser;
use crate::accounts::credentials::Me;
use crate::accounts::invitation::{InvitationId, PURPOSE, accept as accept_invitation, look};
use crate::organizations;

#[derive(Template)]
#[template(path = "accounts/pages/invitation.html")]
struct InvitationPage {
    frame: Frame,
    action: String,
    email: String,
    role: String,
    organization: String,
    needs_passkey: bool,
}

/// `GET /invitation/{token}`: what one is invited to, and a button.
pub(in crate::accounts) async fn show(State(portal): State<Portal>, visit: Visit, Path(token): Path<String>) -> Result<Page, PageError> {
    let Some(id) = id_of(&portal, &token) else { return over(&portal, &visit) };
    let now = visit.now;
    let found = portal.db.read(async move |tx| {
        let Some((invitation, account)) = look(tx, id, now).await? else { return Ok(None) };
        let organization = match invitation.organization {
            Some(organization) => organizations::find(tx, organization).await?,
            None => None,
        };
        Ok(Some((invitation, account, organization)))
    });
    let Some((invitation, account, organization)) = found.await? else { return over(&portal, &visit) };
    let w = visit.words();
    Page::html(&InvitationPage {
        frame: Frame::new(&portal, &visit, w.t("accounts-invitation")).here(),
        action: visit.to(&visit.path),
        email: account.email.to_string(),
        role: invitation.role.name(w),
        organization: organization.map(|organization| organization.name).unwrap_or_default(),
        needs_passkey: invitation.role.0.needs_passkey(),
    })
}

/// `POST /invitation/{token}`: accepts, and goes on to where the first passkey is made, or to signing in.
pub(in crate::accounts) async fn accept(
    State(portal): State<Portal>,
    visit: Visit,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Page, PageError> {
    let Some(id) = id_of(&portal, &token) else { return over(&portal, &visit) };
    let (browser, earlier) = (Browser::of(&portal, &visit, &headers), Me::of(&visit.actor));
    let opening = browser.clone();
    let accepted = portal.db.write(Lane::Staff, None, async move |tx, now| accept_invitation(tx, id, &opening, earlier, now).await).await?;
    let security = visit.to("/my/security?done=invited");
    match accepted {
        Some(Some(_)) => Ok(browser.keep(&portal, Page::see_other(&security))),
        Some(None) => Ok(Page::see_other(&visit.to("/sign-in?next=/my/security"))),
        None => over(&portal, &visit),
    }
}

fn over(portal: &Portal, visit: &Visit) -> Result<Page, PageError> {
    let w = visit.words();
    let frame = Frame::new(portal, visit, w.t("accounts-over")).here();
    Ok(Page::html(&OverPage { frame, text: w.t("accounts-invitation-over-text") })?.status(StatusCode::GONE))
}

fn id_of(portal: &Portal, token: &str) -> Option<InvitationId> {
    portal.keys.verify(PURPOSE, token)?.parse().ok()
}

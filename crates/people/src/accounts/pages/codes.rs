use askama::Template;
use auth::TotpSecret;
use axum::extract::State;
use axum::http::HeaderMap;
use db::Lane;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Section, Visit, qr_svg};

use super::{REFUSED, closed, me, security};
use crate::accounts::codes::{self, NotSet};
use crate::accounts::{Browser, store};

#[derive(Template)]
#[template(path = "accounts/pages/codes.html")]
pub(in crate::accounts) struct CodesPage {
    pub(in crate::accounts) frame: Frame,
    pub(in crate::accounts) action: String,
    pub(in crate::accounts) back: String,
    pub(in crate::accounts) qr: String,
    pub(in crate::accounts) secret: String,
    pub(in crate::accounts) filled: Filled,
}

/// `POST /my/security/codes/secret`: makes a secret for the authenticator app.
pub(in crate::accounts) async fn begin(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let (me, secret, key) = (me(&visit)?, TotpSecret::random(), codes::key(&portal.keys));
    let begun =
        portal.db.write(Lane::Staff, posted.key(&portal, &visit), async move |tx, now| codes::begin(tx, me, &secret, &key, now).await);
    match begun.await? {
        Ok(()) => Ok(Page::see_other(&visit.to("/my/security/codes"))),
        Err(refusal) => not_set(&portal, &visit, refusal).await,
    }
}

/// `GET /my/security/codes`: the secret as a picture and as text, until the first code.
pub(in crate::accounts) async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    page(&portal, &visit, Filled::default()).await
}

/// `POST /my/security/codes`: the first code sets them up.
pub(in crate::accounts) async fn confirm(
    State(portal): State<Portal>,
    visit: Visit,
    posted: Posted,
    headers: HeaderMap,
) -> Result<Page, PageError> {
    let (me, key, browser) = (me(&visit)?, codes::key(&portal.keys), Browser::of(&portal, &visit, &headers));
    let (code, confirming) = (posted.get("code").to_owned(), browser.clone());
    let confirmed = portal.db.write(Lane::Staff, None, async move |tx, now| codes::confirm(tx, me, &code, &key, &confirming, now).await);
    match confirmed.await? {
        Ok(renewed) => {
            let page = Page::see_other(&visit.to("/my/security?done=codes-set"));
            Ok(if renewed { browser.keep(&portal, page) } else { page })
        }
        Err(NotSet::Wrong) => {
            let mut filled = Filled::default();
            filled.wrong("code", visit.words().t("accounts-code-wrong"));
            Ok(page(&portal, &visit, filled).await?.status(REFUSED))
        }
        Err(refusal) => not_set(&portal, &visit, refusal).await,
    }
}

/// `POST /my/security/codes/removal`
pub(in crate::accounts) async fn remove(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let me = me(&visit)?;
    let removed = portal.db.write(Lane::Staff, posted.key(&portal, &visit), async move |tx, now| codes::remove(tx, me, now).await);
    match removed.await? {
        Ok(()) => Ok(Page::see_other(&visit.to("/my/security?done=codes-removed"))),
        Err(refusal) => not_set(&portal, &visit, refusal).await,
    }
}

async fn page(portal: &Portal, visit: &Visit, filled: Filled) -> Result<Page, PageError> {
    let (account, key, w) = (me(visit)?.account, codes::key(&portal.keys), visit.words());
    let found = portal.db.read(async move |tx| Ok((store::find(tx, account).await?, codes::pending(tx, account, &key).await?)));
    let (Some(account), Some(secret)) = found.await? else { return Err(PageError::NotFound) };
    let issuer = portal.settings().text("site.short", visit.lang).to_owned();
    let frame = Frame::new(portal, visit, w.t("accounts-codes")).in_section(Section::My);
    Page::html(&CodesPage {
        frame: frame.crumb(w.t("menu-my"), "/my").crumb(w.t("accounts-security"), "/my/security").here(),
        action: visit.to("/my/security/codes"),
        back: visit.to("/my/security"),
        qr: qr_svg(&secret.address(&issuer, account.email.as_str())),
        secret: secret.text(),
        filled,
    })
}

async fn not_set(portal: &Portal, visit: &Visit, refusal: NotSet) -> Result<Page, PageError> {
    match refusal {
        NotSet::Closed(gate) => Err(closed(gate)),
        NotSet::Wrong | NotSet::Nothing => Err(PageError::NotFound),
        NotSet::Needed => security::refused(portal, visit, "accounts-needed").await,
    }
}

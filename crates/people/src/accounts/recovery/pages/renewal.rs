use askama::Template;
use auth::passkey::Registering;
use axum::extract::State;
use axum::http::HeaderMap;
use db::Lane;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use crate::accounts::pages::passkeys::name_of;
use crate::accounts::pages::{REFUSED, me, proof};
use crate::accounts::recovery::complete::{NotRenewed, by_passkey as renew_by_passkey, renewable};
use crate::accounts::{Browser, store};

#[derive(Template)]
#[template(path = "accounts/recovery/pages/renewal.html")]
struct RenewalPage {
    frame: Frame,
    email: String,
    device: String,
    /// Whether a role asks for a passkey and nothing else.
    passkey_only: bool,
    least: usize,
    filled: Filled,
    wrong: String,
}

/// `GET /recovery/renewal`: makes the new way. It is there for the sign-in that the link opened, and for nobody else.
pub(super) async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    page(&portal, &visit, Filled::default(), "").await
}

pub(super) async fn page(portal: &Portal, visit: &Visit, filled: Filled, wrong: &str) -> Result<Page, PageError> {
    let (me, now, w) = (me(visit)?, visit.now, visit.words());
    let found = portal.db.read(async move |tx| renewable(tx, &me, now).await).await?;
    let (recovery, need) = found.ok_or(PageError::NotFound)?;
    let is_wrong = !filled.is_fine() || !wrong.is_empty();
    let page = Page::html(&RenewalPage {
        frame: Frame::new(portal, visit, w.t("recovery-renewal-title")).here(),
        email: recovery.email.to_string(),
        device: visit.device.clone(),
        passkey_only: need.operators,
        least: auth::passphrase::Standing::WithSecondFactor.least(),
        filled,
        wrong: if wrong.is_empty() { String::new() } else { w.t(wrong) },
    })?;
    Ok(if is_wrong { page.status(REFUSED) } else { page })
}

/// `POST /recovery/renewal/question`, by the script: asks for a new passkey. One that is there already is made anew.
pub(super) async fn question(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let (me, now) = (me(&visit)?, visit.now);
    let found = portal.db.read(async move |tx| renewable(tx, &me, now).await).await?;
    let email = found.ok_or(PageError::NotFound)?.0.email.to_string();
    let (question, state) = proof::passkeys(&portal)?.register(me.account.uuid(), &email, &email, &[]).map_err(|error| {
        tracing::error!(%error, "a passkey could not be asked for");
        PageError::Bug("a passkey could not be asked for")
    })?;
    proof::ask(&portal, Some(me.account), &question, &state).await
}

/// `POST /recovery/renewal/passkey`: the new passkey takes the place of everything before it.
pub(super) async fn by_passkey(State(portal): State<Portal>, visit: Visit, posted: Posted, headers: HeaderMap) -> Result<Page, PageError> {
    let (me, now) = (me(&visit)?, visit.now);
    if portal.db.read(async move |tx| renewable(tx, &me, now).await).await?.is_none() {
        return Err(PageError::NotFound);
    }
    let Some(state) = proof::take::<Registering>(&portal, &posted, Some(me.account)).await? else {
        return page(&portal, &visit, Filled::default(), "accounts-passkey-refused").await;
    };
    let passkey = match proof::passkeys(&portal)?.registered(posted.get("answer"), &state) {
        Ok(passkey) => passkey,
        Err(refusal) => {
            proof::not_proven(refusal);
            return page(&portal, &visit, Filled::default(), "accounts-passkey-refused").await;
        }
    };
    let (name, browser) = (name_of(posted.get("name"), &visit.device), Browser::of(&portal, &visit, &headers));
    let renewing = browser.clone();
    let renewed = portal.db.write(Lane::Staff, None, async move |tx, now| renew_by_passkey(tx, me, &passkey, &name, &renewing, now).await);
    match renewed.await? {
        Ok(()) => Ok(done(&portal, &visit, &browser)),
        Err(NotRenewed::There) => page(&portal, &visit, Filled::default(), "accounts-passkey-there").await,
        Err(_) => Err(PageError::NotFound),
    }
}

/// On to the page of one's own security, signed in by the new way.
pub(super) fn done(portal: &Portal, visit: &Visit, browser: &Browser) -> Page {
    browser.keep(portal, Page::see_other(&visit.to("/my/security?done=recovered")))
}

/// The address of the person who is at it, for the app that shows codes.
pub(super) async fn email_of(portal: &Portal, account: access::AccountId) -> Result<String, PageError> {
    let account = portal.db.read(async move |tx| store::find(tx, account).await).await?;
    Ok(account.ok_or(PageError::Bug("a sign-in without an account"))?.email.to_string())
}

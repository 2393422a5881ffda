use access::{AccountId, Strength};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use db::Lane;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::sign_in::refusal_words;
use super::{Asked, REFUSED, me, proof};
use crate::accounts::credentials::Credentials;
use crate::accounts::step_up::step_up;
use crate::accounts::{Account, Browser, Next, store};

#[derive(Template)]
#[template(path = "accounts/pages/step_up.html")]
struct StepUpPage {
    frame: Frame,
    next: String,
    email: String,
    credentials: Credentials,
    wrong: String,
}

async fn page(portal: &Portal, visit: &Visit, next: &Next, wrong: String) -> Result<Page, PageError> {
    let id = me(visit)?.account;
    let (account, credentials) =
        portal.db.read(async move |tx| Ok((store::find(tx, id).await?, store::credentials(tx, id).await?))).await?;
    let email = account.ok_or(PageError::Bug("a sign-in without an account"))?.email.to_string();
    let frame = Frame::new(portal, visit, visit.words().t("accounts-step-up")).here();
    let refused = !wrong.is_empty();
    let page = Page::html(&StepUpPage { frame, next: next.to_string(), email, credentials, wrong })?;
    Ok(if refused { page.status(REFUSED) } else { page })
}

/// `GET /step-up?next=/staff`
pub(in crate::accounts) async fn show(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    page(&portal, &visit, &Next::of(&asked.next), String::new()).await
}

/// `POST /step-up/passkey/question`, by the script: one's own passkeys only.
pub(in crate::accounts) async fn passkey_question(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    proof::ask_for_passkey(&portal, Some(me(&visit)?.account)).await
}

/// `POST /step-up/passkey`
pub(in crate::accounts) async fn by_passkey(
    State(portal): State<Portal>,
    visit: Visit,
    posted: Posted,
    headers: HeaderMap,
) -> Result<Page, PageError> {
    let next = Next::of(posted.get("next"));
    let proved = proof::by_passkey(&portal, &posted, Some(me(&visit)?.account)).await?;
    match proved {
        Some(_) => proved_by(&portal, &visit, &headers, Strength::Passkey, &next).await,
        None => page(&portal, &visit, &next, visit.words().t("accounts-passkey-refused")).await,
    }
}

/// `POST /step-up/passphrase`
pub(in crate::accounts) async fn by_passphrase(
    State(portal): State<Portal>,
    visit: Visit,
    posted: Posted,
    headers: HeaderMap,
) -> Result<Page, PageError> {
    let next = Next::of(posted.get("next"));
    let browser = Browser::of(&portal, &visit, &headers);
    let Account { email, .. } = account(&portal, me(&visit)?.account).await?;
    match proof::by_passphrase(&portal, &email, &posted, &browser).await? {
        Ok((_, strength)) => proved_by(&portal, &visit, &headers, strength, &next).await,
        Err(refusal) => page(&portal, &visit, &next, refusal_words(refusal, &visit)).await,
    }
}

async fn account(portal: &Portal, id: AccountId) -> Result<Account, PageError> {
    let account = portal.db.read(async move |tx| store::find(tx, id).await).await?;
    account.ok_or(PageError::Bug("a sign-in without an account"))
}

async fn proved_by(portal: &Portal, visit: &Visit, headers: &HeaderMap, strength: Strength, next: &Next) -> Result<Page, PageError> {
    let (me, browser) = (me(visit)?, Browser::of(portal, visit, headers));
    let renewed = browser.clone();
    let stepped = portal.db.write(Lane::Staff, None, async move |tx, now| step_up(tx, me, strength, &renewed, now).await).await?;
    if stepped {
        Ok(browser.keep(portal, Page::see_other(next.as_str())))
    } else {
        page(portal, visit, next, visit.words().t("accounts-not-strongest")).await
    }
}

use auth::TotpSecret;
use auth::passphrase::Standing;
use axum::extract::State;
use axum::http::HeaderMap;
use db::Lane;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit, qr_svg};

use super::renewal::{done, email_of, page as renewal_page};
use crate::accounts::pages::codes::CodesPage;
use crate::accounts::pages::security::{own_words, typed, weak_words};
use crate::accounts::pages::{REFUSED, me, proof};
use crate::accounts::pool::hasher;
use crate::accounts::recovery::complete::{NotRenewed, by_codes, renewable, stage as stage_it, staged_secret};
use crate::accounts::{Browser, codes};

/// `POST /recovery/renewal/passphrase`: keeps a passphrase until the first code that goes with it.
pub(super) async fn stage(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let (me, now) = (me(&visit)?, visit.now);
    let found = portal.db.read(async move |tx| Ok((renewable(tx, &me, now).await?, own_words(tx, &me).await?)));
    let (renewable, words) = found.await?;
    renewable.filter(|(_, need)| !need.operators).ok_or(PageError::NotFound)?;
    let typed = match typed(&portal, posted.get("passphrase"), Standing::WithSecondFactor, &words) {
        Ok(typed) => typed,
        Err(weak) => {
            let mut filled = Filled::default();
            filled.wrong("passphrase", weak_words(weak, visit.words()));
            return renewal_page(&portal, &visit, filled, "").await;
        }
    };
    let hash = hasher().hash(typed).await.map_err(proof::not_hashed)?;
    let (secret, key) = (TotpSecret::random(), codes::key(&portal.keys));
    let staged = portal.db.write(Lane::Staff, None, async move |tx, now| stage_it(tx, me, &hash, &secret, &key, now).await).await?;
    match staged {
        Ok(()) => Ok(Page::see_other(&visit.to("/recovery/renewal/codes"))),
        Err(_) => Err(PageError::NotFound),
    }
}

/// `GET /recovery/renewal/codes`: the secret as a picture and as text, until the first code.
pub(super) async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    page(&portal, &visit, Filled::default()).await
}

async fn page(portal: &Portal, visit: &Visit, filled: Filled) -> Result<Page, PageError> {
    let (me, now, key, w) = (me(visit)?, visit.now, codes::key(&portal.keys), visit.words());
    let secret = portal.db.read(async move |tx| staged_secret(tx, &me, &key, now).await).await?.ok_or(PageError::NotFound)?;
    let issuer = portal.settings().text("site.short", visit.lang).to_owned();
    let email = email_of(portal, me.account).await?;
    Page::html(&CodesPage {
        frame: Frame::new(portal, visit, w.t("accounts-codes")).crumb(w.t("recovery-renewal-title"), "/recovery/renewal").here(),
        action: visit.to("/recovery/renewal/codes"),
        back: visit.to("/recovery/renewal"),
        qr: qr_svg(&secret.address(&issuer, &email)),
        secret: secret.text(),
        filled,
    })
}

/// `POST /recovery/renewal/codes`: the first code puts both in the place of everything before.
pub(super) async fn confirm(State(portal): State<Portal>, visit: Visit, posted: Posted, headers: HeaderMap) -> Result<Page, PageError> {
    let (me, key, browser) = (me(&visit)?, codes::key(&portal.keys), Browser::of(&portal, &visit, &headers));
    let (code, renewing) = (posted.get("code").to_owned(), browser.clone());
    let renewed = portal.db.write(Lane::Staff, None, async move |tx, now| by_codes(tx, me, &code, &key, &renewing, now).await);
    match renewed.await? {
        Ok(()) => Ok(done(&portal, &visit, &browser)),
        Err(NotRenewed::WrongCode) => {
            let mut filled = Filled::default();
            filled.wrong("code", visit.words().t("accounts-code-wrong"));
            Ok(page(&portal, &visit, filled).await?.status(REFUSED))
        }
        Err(_) => Err(PageError::NotFound),
    }
}

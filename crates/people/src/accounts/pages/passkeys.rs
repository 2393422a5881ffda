use auth::passkey::{NotProven, Registering};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use db::Lane;
use kernel::one_line;
use web::{Page, PageError, Portal, Posted, Visit};

use super::{closed, me, proof, security};
use crate::accounts::credentials::{Gate, gate};
use crate::accounts::passkeys::{self, NotChanged, PasskeyId};
use crate::accounts::{Browser, store};

/// Longer names are cut.
const NAME_CHARS: usize = 40;

/// `POST /my/security/passkeys/question`, by the script: asks for a new passkey.
pub(in crate::accounts) async fn question(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let me = me(&visit)?;
    let now = visit.now;
    let found = portal.db.read(async move |tx| {
        Ok((gate(tx, &me, now).await?, store::find(tx, me.account).await?, store::passkeys_of(tx, me.account).await?))
    });
    let (gate, account, registered) = found.await?;
    if gate != Gate::Open {
        return Err(closed(gate));
    }
    let email = account.ok_or(PageError::Bug("a sign-in without an account"))?.email.to_string();
    let (question, state) = proof::passkeys(&portal)?.register(me.account.uuid(), &email, &email, &registered).map_err(|error| {
        tracing::error!(%error, "a passkey could not be asked for");
        PageError::Bug("a passkey could not be asked for")
    })?;
    proof::ask(&portal, Some(me.account), &question, &state).await
}

/// `POST /my/security/passkeys`: adds the passkey that answers.
pub(in crate::accounts) async fn add(
    State(portal): State<Portal>,
    visit: Visit,
    posted: Posted,
    headers: HeaderMap,
) -> Result<Page, PageError> {
    let me = me(&visit)?;
    let Some(state) = proof::take::<Registering>(&portal, &posted, Some(me.account)).await? else {
        return security::refused(&portal, &visit, "accounts-passkey-refused").await;
    };
    let passkey = match proof::passkeys(&portal)?.registered(posted.get("answer"), &state) {
        Ok(passkey) => passkey,
        Err(NotProven::AlreadyRegistered) => return security::refused(&portal, &visit, "accounts-passkey-there").await,
        Err(refusal) => {
            proof::not_proven(refusal);
            return security::refused(&portal, &visit, "accounts-passkey-refused").await;
        }
    };
    let name = name_of(posted.get("name"), &visit.device);
    let browser = Browser::of(&portal, &visit, &headers);
    let adding = browser.clone();
    let added = portal.db.write(Lane::Staff, None, async move |tx, now| passkeys::add(tx, me, &passkey, &name, &adding, now).await);
    match added.await? {
        Ok(()) => Ok(browser.keep(&portal, Page::see_other(&visit.to("/my/security?done=passkey-added")))),
        Err(refusal) => not_changed(&portal, &visit, refusal).await,
    }
}

/// `POST /my/security/passkeys/{id}`: another name.
pub(in crate::accounts) async fn rename(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    let (me, id) = (me(&visit)?, id.parse::<PasskeyId>().map_err(|_| PageError::NotFound)?);
    let name = name_of(posted.get("name"), &visit.device);
    let renamed = portal
        .db
        .write(Lane::Staff, posted.key(&portal, &visit), async move |tx, _| store::rename_passkey(tx, me.account, id, &name).await);
    if renamed.await? { Ok(Page::see_other(&visit.to("/my/security?done=passkey-renamed"))) } else { Err(PageError::NotFound) }
}

/// `POST /my/security/passkeys/{id}/removal`
pub(in crate::accounts) async fn remove(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    let (me, id) = (me(&visit)?, id.parse::<PasskeyId>().map_err(|_| PageError::NotFound)?);
    let removed = portal.db.write(Lane::Staff, posted.key(&portal, &visit), async move |tx, now| passkeys::remove(tx, me, id, now).await);
    match removed.await? {
        Ok(()) => Ok(Page::see_other(&visit.to("/my/security?done=passkey-removed"))),
        Err(refusal) => not_changed(&portal, &visit, refusal).await,
    }
}

async fn not_changed(portal: &Portal, visit: &Visit, refusal: NotChanged) -> Result<Page, PageError> {
    match refusal {
        NotChanged::Closed(gate) => Err(closed(gate)),
        NotChanged::Unknown => Err(PageError::NotFound),
        NotChanged::There => security::refused(portal, visit, "accounts-passkey-there").await,
        NotChanged::Needed => security::refused(portal, visit, "accounts-needed").await,
    }
}

pub(in crate::accounts) fn name_of(typed: &str, device: &str) -> String {
    let name: String = one_line(typed).chars().take(NAME_CHARS).collect();
    if name.is_empty() { device.to_owned() } else { name }
}

//! Proving oneself: the questions to passkeys and their answers, passphrases with codes. The costly part lies between two writes.

use access::{AccountId, Strength};
use auth::passkey::{Answer, Ask, Authenticating, NotProven};
use auth::passphrase::{NotHashed, Outcome};
use auth::{Passkey, Passkeys, Passphrase, passkey};
use db::Lane;
use kernel::{EmailAddress, Lang, Span};
use serde::Serialize;
use serde::de::DeserializeOwned;
use web::{Page, PageError, Portal, Posted};

use crate::accounts::passkeys::CeremonyId;
use crate::accounts::passphrase::{self, NotRight};
use crate::accounts::pool::hasher;
use crate::accounts::tries::Counter;
use crate::accounts::{Browser, codes, store};

/// The portal as passkeys know it: they belong to the host of its address.
pub(in crate::accounts) fn passkeys(portal: &Portal) -> Result<Passkeys, PageError> {
    let address = portal.site.base_url.as_str();
    let host = address.split_once("://").map_or("", |(_, rest)| rest).split(['/', ':']).next().unwrap_or("");
    let settings = portal.settings();
    Passkeys::new(host, &[address], settings.text("site.short", Lang::Ja)).map_err(|error| {
        tracing::error!(%error, "passkeys cannot be used at this address");
        PageError::Bug("the address of the portal is none for passkeys")
    })
}

/// Keeps a ceremony and answers with the question for the browser.
pub(in crate::accounts) async fn ask(
    portal: &Portal,
    account: Option<AccountId>,
    ask: &Ask,
    state: &impl Serialize,
) -> Result<Page, PageError> {
    let unwritable = |_| PageError::Bug("a ceremony could not be written as JSON");
    let state = serde_json::to_value(state).map_err(unwritable)?;
    let kept = portal.db.write(Lane::Public, None, async move |tx, now| {
        let id = CeremonyId::new(now);
        let lasts = Span::seconds(i64::try_from(passkey::LASTS.as_secs()).unwrap_or(0));
        store::add_ceremony(tx, id, account, &state, now.plus(lasts)).await?;
        Ok(id)
    });
    let id = kept.await?;
    let question: serde_json::Value = serde_json::from_str(&ask.json()).map_err(unwritable)?;
    Page::json(&serde_json::json!({ "publicKey": question, "ceremony": id }))
}

/// Asks a passkey of this account, or of anyone.
pub(super) async fn ask_for_passkey(portal: &Portal, account: Option<AccountId>) -> Result<Page, PageError> {
    let registered: Vec<Passkey> = match account {
        Some(account) => portal.db.read(async move |tx| store::passkeys_of(tx, account).await).await?,
        None => Vec::new(),
    };
    let (question, state) = passkeys(portal)?.authenticate(&registered).map_err(|error| {
        tracing::error!(%error, "a passkey could not be asked for");
        PageError::Bug("a passkey could not be asked for")
    })?;
    ask(portal, account, &question, &state).await
}

/// The state of the ceremony that the form answers, if it is this account's and has not been answered. It can be taken once.
pub(in crate::accounts) async fn take<S: DeserializeOwned>(
    portal: &Portal,
    posted: &Posted,
    account: Option<AccountId>,
) -> Result<Option<S>, PageError> {
    let Ok(id) = posted.get("ceremony").parse::<CeremonyId>() else { return Ok(None) };
    let taken = portal.db.write(Lane::Public, None, async move |tx, now| store::take_ceremony(tx, id, now).await).await?;
    match taken {
        Some((owner, state)) if owner == account => {
            serde_json::from_value(state).map(Some).map_err(|_| PageError::Bug("the state of a ceremony cannot be read"))
        }
        _ => Ok(None),
    }
}

/// Whose passkey the form's answer proves, if it proves any: of this account, or of anyone.
pub(super) async fn by_passkey(portal: &Portal, posted: &Posted, account: Option<AccountId>) -> Result<Option<AccountId>, PageError> {
    let Some(state) = take::<Authenticating>(portal, posted, account).await? else { return Ok(None) };
    let Ok(answer) = Answer::read(posted.get("answer")) else { return Ok(None) };
    let credential = answer.passkey_id().to_vec();
    let Some(mut claimed) = portal.db.read(async move |tx| store::passkey(tx, &credential).await).await? else {
        return Ok(None);
    };
    let is_theirs = account.is_none_or(|account| account == claimed.account);
    let says_so = answer.owner().is_none_or(|owner| owner == claimed.account.uuid());
    if !is_theirs || !says_so {
        return Ok(None);
    }
    if let Err(refusal) = passkeys(portal)?.authenticated(&answer, state, &mut claimed.passkey.0) {
        not_proven(refusal);
        return Ok(None);
    }
    let owner = claimed.account;
    portal.db.write(Lane::Public, None, async move |tx, now| store::used_passkey(tx, claimed.id, &claimed.passkey, now).await).await?;
    Ok(Some(owner))
}

/// The visitor is told to try again; the kind of refusal is for those who run the portal.
pub(in crate::accounts) fn not_proven(refusal: NotProven) {
    tracing::warn!(%refusal, "a passkey was refused");
}

/// Whose passphrase, and code where one is set up, the form holds. Unknown addresses take the same way, and as long.
pub(super) async fn by_passphrase(
    portal: &Portal,
    email: &EmailAddress,
    posted: &Posted,
    browser: &Browser,
) -> Result<Result<(AccountId, Strength), NotRight>, PageError> {
    let counter = Counter::of(&portal.keys, "passphrase", email, browser);
    let (counting, address) = (counter.clone(), email.clone());
    let begun = portal.db.write(Lane::Public, None, async move |tx, now| passphrase::begin(tx, &address, &counting, now).await);
    let stored = match begun.await? {
        Ok(stored) => stored,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Some(typed) = Passphrase::typed(posted.get("passphrase")) else { return Ok(Err(NotRight::Wrong)) };
    let outcome = hasher().verify(typed.clone(), stored.hash).await.map_err(not_hashed)?;
    let (Outcome::Right { rehash }, Some(account)) = (outcome, stored.account) else { return Ok(Err(NotRight::Wrong)) };
    let rehashed = if rehash { Some(hasher().hash(typed).await.map_err(not_hashed)?) } else { None };
    let (code, key) = (posted.get("code").to_owned(), codes::key(&portal.keys));
    let finished = portal.db.write(Lane::Public, None, async move |tx, now| {
        passphrase::finish(tx, account, &code, &key, rehashed.as_deref(), &counter, now).await
    });
    Ok(finished.await?.map(|strength| (account, strength)))
}

/// What a full pool, or a stored hash that is none, means for the visitor.
pub(in crate::accounts) fn not_hashed(error: NotHashed) -> PageError {
    match error {
        NotHashed::Busy => PageError::Busy,
        NotHashed::Unreadable => PageError::Bug("a stored passphrase hash cannot be read"),
        NotHashed::NoMemory => PageError::Bug("there was no memory to hash a passphrase"),
    }
}

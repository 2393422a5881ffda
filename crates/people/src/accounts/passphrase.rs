use access::{AccountId, Strength};
use auth::Key;
use db::{DbResult, Tx};
use kernel::{EmailAddress, Timestamp};
use serde::{Deserialize, Serialize};

use super::change::{Change, follow_up};
use super::credentials::{Gate, Me, gate};
use super::tries::Counter;
use super::{Browser, codes, sign_in, store};

/// What a typed passphrase is compared with. Whether anything is there is not said before that.
#[derive(Serialize, Deserialize)]
pub(super) struct Stored {
    pub(super) account: Option<AccountId>,
    pub(super) hash: Option<String>,
}

/// Why a passphrase opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum NotRight {
    /// Wrong address, passphrase or code: it is not said which.
    Wrong,
    /// Too many tries: nobody listens before this moment.
    Wait(Timestamp),
}

/// Counts the try and finds what to compare with.
pub(super) async fn begin(tx: &mut Tx<'_>, email: &EmailAddress, counter: &Counter, now: Timestamp) -> DbResult<Result<Stored, NotRight>> {
    if let Err(until) = counter.begin(tx, now).await? {
        return Ok(Err(NotRight::Wait(until)));
    }
    let account = store::by_email(tx, email).await?.map(|account| account.id);
    let hash = match account {
        Some(account) => store::passphrase(tx, account).await?,
        None => None,
    };
    Ok(Ok(Stored { account, hash }))
}

/// After the passphrase was right: the code, where one is set up, and how sure we are now. `rehashed` is stored in place of the cheaper hash.
pub(super) async fn finish(
    tx: &mut Tx<'_>,
    account: AccountId,
    code: &str,
    key: &Key,
    rehashed: Option<&str>,
    counter: &Counter,
    now: Timestamp,
) -> DbResult<Result<Strength, NotRight>> {
    let strength = match codes::check(tx, account, code, key, now).await? {
        codes::Checked::NotSetUp => Strength::Passphrase,
        codes::Checked::Right => Strength::PassphraseAndCode,
        codes::Checked::Wrong => return Ok(Err(NotRight::Wrong)),
    };
    if let Some(hash) = rehashed {
        store::put_passphrase(tx, account, hash, now).await?;
    }
    counter.succeeded(tx, now).await?;
    Ok(Ok(strength))
}

/// Sets the passphrase whose hash this is, instead of an earlier one. `Ok(true)`: the sign-in has a new secret.
pub(super) async fn set(tx: &mut Tx<'_>, me: Me, hash: &str, browser: &Browser, now: Timestamp) -> DbResult<Result<bool, Gate>> {
    match gate(tx, &me, now).await? {
        Gate::Open => {}
        closed => return Ok(Err(closed)),
    }
    store::put_passphrase(tx, me.account, hash, now).await?;
    let renewed = sign_in::prove(tx, me, Strength::Passphrase, browser, now).await?;
    follow_up(tx, me, renewed.unwrap_or(me.sign_in), Change::PassphraseSet, now).await?;
    Ok(Ok(renewed.is_some()))
}

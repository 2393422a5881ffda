use access::{AccountId, Strength, memberships_of};
use auth::totp::{NotAccepted, Step};
use auth::{Key, TotpSecret, sealed};
use db::{DbError, DbResult, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use web::Keys;

use super::change::{Change, follow_up};
use super::credentials::{Credentials, Gate, Me, gate};
use super::{Browser, sign_in, store};

/// Where a secret is sealed for: it opens nowhere else.
const TABLE: &[u8] = b"code_secrets";
const COLUMN: &[u8] = b"secret";

/// What came of a code at sign-in.
pub(super) enum Checked {
    /// The account has no codes.
    NotSetUp,
    Right,
    Wrong,
}

/// Why codes were not set up or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum NotSet {
    /// The person has to prove themselves first.
    Closed(Gate),
    /// Not the code of this moment.
    Wrong,
    /// There is nothing to set up or remove.
    Nothing,
    /// A role of theirs needs them.
    Needed,
}

/// The key that seals the secrets; it comes from the installation's master secret, outside the database.
pub(super) fn key(keys: &Keys) -> Key {
    Key::try_from(keys.mac("accounts.codes", &[]).as_slice()).expect("a MAC has 32 bytes")
}

/// Makes a secret and keeps it, sealed, until its first code is right. A passphrase must be there: a code alone proves nothing.
pub(super) async fn begin(tx: &mut Tx<'_>, me: Me, secret: &TotpSecret, key: &Key, now: Timestamp) -> DbResult<Result<(), NotSet>> {
    match gate(tx, &me, now).await? {
        Gate::Open => {}
        closed => return Ok(Err(NotSet::Closed(closed))),
    }
    let credentials = store::credentials(tx, me.account).await?;
    if !credentials.has_passphrase || credentials.has_code {
        return Ok(Err(NotSet::Nothing));
    }
    store::put_code_secret(tx, me.account, sealed(me.account, secret, key), now).await?;
    Ok(Ok(()))
}

/// The secret that waits for its first code.
pub(super) async fn pending(tx: &mut Tx<'_>, account: AccountId, key: &Key) -> DbResult<Option<TotpSecret>> {
    match store::code_secret(tx, account).await? {
        Some(stored) if stored.confirmed_at.is_none() => opened(&stored.secret, account, key).map(Some),
        _ => Ok(None),
    }
}

/// Sets codes up for good by the first one. `Ok(true)`: the sign-in has a new secret.
pub(super) async fn confirm(
    tx: &mut Tx<'_>,
    me: Me,
    code: &str,
    key: &Key,
    browser: &Browser,
    now: Timestamp,
) -> DbResult<Result<bool, NotSet>> {
    match gate(tx, &me, now).await? {
        Gate::Open => {}
        closed => return Ok(Err(NotSet::Closed(closed))),
    }
    let Some(secret) = pending(tx, me.account, key).await? else { return Ok(Err(NotSet::Nothing)) };
    let Ok(step) = secret.verify(code, now.as_micros(), None) else { return Ok(Err(NotSet::Wrong)) };
    store::confirm_codes(tx, me.account, step, now).await?;
    let renewed = sign_in::prove(tx, me, Strength::PassphraseAndCode, browser, now).await?;
    follow_up(tx, me, renewed.unwrap_or(me.sign_in), Change::CodesSet, now).await?;
    Ok(Ok(renewed.is_some()))
}

/// Does without codes from now on.
pub(super) async fn remove(tx: &mut Tx<'_>, me: Me, now: Timestamp) -> DbResult<Result<(), NotSet>> {
    match gate(tx, &me, now).await? {
        Gate::Open => {}
        closed => return Ok(Err(NotSet::Closed(closed))),
    }
    let after = Credentials { has_code: false, ..store::credentials(tx, me.account).await? };
    if !after.suffice_for_roles(&memberships_of(tx, me.account).await?) {
        return Ok(Err(NotSet::Needed));
    }
    if !store::remove_codes(tx, me.account).await? {
        return Ok(Err(NotSet::Nothing));
    }
    follow_up(tx, me, me.sign_in, Change::CodesRemoved, now).await?;
    Ok(Ok(()))
}

/// Looks at the code of a sign-in. A code is right once: the step is taken in the row itself, so that two requests cannot both use it.
pub(super) async fn check(tx: &mut Tx<'_>, account: AccountId, code: &str, key: &Key, now: Timestamp) -> DbResult<Checked> {
    let Some(stored) = store::code_secret(tx, account).await?.filter(|stored| stored.confirmed_at.is_some()) else {
        return Ok(Checked::NotSetUp);
    };
    let secret = opened(&stored.secret, account, key)?;
    match secret.verify(code, now.as_micros(), stored.last_step.map(Step)) {
        Ok(step) if store::take_step(tx, account, step).await? => Ok(Checked::Right),
        Ok(_) | Err(NotAccepted::Malformed | NotAccepted::Wrong | NotAccepted::Used) => Ok(Checked::Wrong),
    }
}

/// The secret as it is stored for this account.
pub(super) fn sealed(account: AccountId, secret: &TotpSecret, key: &Key) -> Vec<u8> {
    sealed::seal(key, &[TABLE, COLUMN, account.uuid().as_bytes()], secret.as_bytes())
}

/// The secret that was stored for this account.
pub(super) fn opened(stored: &[u8], account: AccountId, key: &Key) -> DbResult<TotpSecret> {
    let unreadable = || DbError::Unreadable { at: "code_secrets".to_owned(), why: "the secret does not open with this key".to_owned() };
    let bytes = sealed::open(key, &[TABLE, COLUMN, account.uuid().as_bytes()], stored).map_err(|_| unreadable())?;
    TotpSecret::try_from(bytes.as_slice()).map_err(|_| unreadable())
}

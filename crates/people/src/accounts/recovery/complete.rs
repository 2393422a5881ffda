use access::Strength;
use auth::{Key, Passkey, TotpSecret};
use db::{DbResult, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::life::Recovery;
use super::need::{Need, is_still_met};
use super::store::{self, Staged};
use crate::accounts::change::{Change, follow_up};
use crate::accounts::credentials::Me;
use crate::accounts::store as accounts;
use crate::accounts::{Browser, codes, sign_in};

/// Why no new way was registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum NotRenewed {
    /// This sign-in may not, or no longer.
    Closed,
    /// The passkey is registered already, by another account.
    There,
    /// A role of theirs asks for a passkey.
    PasskeyNeeded,
    /// Not the code of this moment.
    WrongCode,
    /// There is no passphrase that waits for its code.
    Nothing,
}

/// The way back that this sign-in is on, and what the person's roles ask for.
pub(super) async fn renewable(tx: &mut Tx<'_>, me: &Me, now: Timestamp) -> DbResult<Option<(Recovery, Need)>> {
    let Some(recovery) = store::of_sign_in(tx, me.sign_in).await? else { return Ok(None) };
    if recovery.account != me.account || !recovery.renews(me.sign_in, now) {
        return Ok(None);
    }
    if !is_still_met(tx, recovery.id, recovery.account, recovery.approved_at).await? {
        return Ok(None);
    }
    let need = Need::of(&store::reaches_of(tx, me.account).await?);
    Ok(need.map(|need| (recovery, need)))
}

/// Registers the new passkey; whatever the account proved itself by before is gone with it.
pub(super) async fn by_passkey(
    tx: &mut Tx<'_>,
    me: Me,
    passkey: &Passkey,
    name: &str,
    browser: &Browser,
    now: Timestamp,
) -> DbResult<Result<(), NotRenewed>> {
    let Some((recovery, _)) = locked(tx, &me, now).await? else { return Ok(Err(NotRenewed::Closed)) };
    if accounts::passkey(tx, passkey.id()).await?.is_some_and(|known| known.account != me.account) {
        return Ok(Err(NotRenewed::There));
    }
    store::remove_credentials(tx, me.account).await?;
    if !accounts::add_passkey(tx, me.account, passkey, name, now).await? {
        return tx.refuse(Err(NotRenewed::There));
    }
    finish(tx, me, recovery, Strength::Passkey, browser, now).await
}

/// Keeps a passphrase and a new secret of codes until the first code is right: nothing changes before.
pub(super) async fn stage(
    tx: &mut Tx<'_>,
    me: Me,
    hash: &str,
    secret: &TotpSecret,
    key: &Key,
    now: Timestamp,
) -> DbResult<Result<(), NotRenewed>> {
    let Some((recovery, need)) = locked(tx, &me, now).await? else { return Ok(Err(NotRenewed::Closed)) };
    if need.operators {
        return Ok(Err(NotRenewed::PasskeyNeeded));
    }
    store::stage(tx, recovery.id, &Staged { hash: hash.to_owned(), secret: codes::sealed(me.account, secret, key) }).await?;
    Ok(Ok(()))
}

/// The secret that waits for its first code.
pub(super) async fn staged_secret(tx: &mut Tx<'_>, me: &Me, key: &Key, now: Timestamp) -> DbResult<Option<TotpSecret>> {
    let Some((recovery, _)) = renewable(tx, me, now).await? else { return Ok(None) };
    match store::staged(tx, recovery.id).await? {
        Some(staged) => codes::opened(&staged.secret, me.account, key).map(Some),
        None => Ok(None),
    }
}

/// Registers the new passphrase and codes by the first code; whatever the account proved itself by before is gone with it.
pub(super) async fn by_codes(
    tx: &mut Tx<'_>,
    me: Me,
    code: &str,
    key: &Key,
    browser: &Browser,
    now: Timestamp,
) -> DbResult<Result<(), NotRenewed>> {
    let Some((recovery, need)) = locked(tx, &me, now).await? else { return Ok(Err(NotRenewed::Closed)) };
    if need.operators {
        return Ok(Err(NotRenewed::PasskeyNeeded));
    }
    let Some(staged) = store::staged(tx, recovery.id).await? else { return Ok(Err(NotRenewed::Nothing)) };
    let secret = codes::opened(&staged.secret, me.account, key)?;
    let Ok(step) = secret.verify(code, now.as_micros(), None) else { return Ok(Err(NotRenewed::WrongCode)) };
    store::remove_credentials(tx, me.account).await?;
    accounts::put_passphrase(tx, me.account, &staged.hash, now).await?;
    accounts::put_code_secret(tx, me.account, staged.secret, now).await?;
    accounts::confirm_codes(tx, me.account, step, now).await?;
    finish(tx, me, recovery, Strength::PassphraseAndCode, browser, now).await
}

async fn locked(tx: &mut Tx<'_>, me: &Me, now: Timestamp) -> DbResult<Option<(Recovery, Need)>> {
    if let Some(found) = store::of_sign_in(tx, me.sign_in).await? {
        store::lock(tx, found.id).await?;
    }
    renewable(tx, me, now).await
}

/// The sign-in of the link becomes one of the new way; every other one ends, and the owner is told (rule 13).
async fn finish(
    tx: &mut Tx<'_>,
    me: Me,
    mut recovery: Recovery,
    proved: Strength,
    browser: &Browser,
    now: Timestamp,
) -> DbResult<Result<(), NotRenewed>> {
    if recovery.complete(me.sign_in, now).is_err() {
        return tx.refuse(Err(NotRenewed::Closed));
    }
    store::save(tx, &recovery).await?;
    let renewed = sign_in::prove(tx, me, proved, browser, now).await?;
    follow_up(tx, me, renewed.unwrap_or(me.sign_in), Change::Recovered, now).await?;
    Ok(Ok(()))
}

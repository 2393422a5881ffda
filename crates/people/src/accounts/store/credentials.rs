use access::AccountId;
use auth::Passkey;
use auth::totp::Step;
use db::{DbResult, Tx, sql};
use kernel::Timestamp;

use crate::accounts::credentials::Credentials;
use crate::accounts::passkeys::{CeremonyId, Claimed, PasskeyId, PasskeyLine, StoredPasskey};

db::row! {
    /// A secret of codes, sealed.
    pub(in crate::accounts) struct CodeSecret {
        pub(in crate::accounts) secret: Vec<u8>,
        pub(in crate::accounts) last_step: Option<i64>,
        pub(in crate::accounts) confirmed_at: Option<Timestamp>,
    }
}

/// What the account can prove itself by.
pub(in crate::accounts) async fn credentials(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Credentials> {
    let count = sql!(
        "SELECT (SELECT COUNT(*) FROM passkeys WHERE account = $1),
                (SELECT COUNT(*) FROM passphrases WHERE account = $1),
                (SELECT COUNT(*) FROM code_secrets WHERE account = $1 AND confirmed_at IS NOT NULL)"
    );
    let (passkeys, passphrases, codes) = tx.one::<(i64, i64, i64)>(count, &[account.into()]).await?;
    Ok(Credentials { passkeys, has_passphrase: passphrases > 0, has_code: codes > 0 })
}

/// The account's passkeys, for their owner.
pub(in crate::accounts) async fn passkeys(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Vec<PasskeyLine>> {
    let list = sql!("SELECT id, name, added_at, used_at FROM passkeys WHERE account = $1 ORDER BY added_at, id LIMIT 50");
    tx.all(list, &[account.into()]).await
}

/// The account's passkeys, for a ceremony.
pub(in crate::accounts) async fn passkeys_of(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Vec<Passkey>> {
    let list = sql!("SELECT passkey FROM passkeys WHERE account = $1 ORDER BY added_at, id LIMIT 50");
    let stored: Vec<StoredPasskey> = tx.all(list, &[account.into()]).await?;
    Ok(stored.into_iter().map(|stored| stored.0).collect())
}

/// The passkey that the browser names so.
pub(in crate::accounts) async fn passkey(tx: &mut Tx<'_>, credential: &[u8]) -> DbResult<Option<Claimed>> {
    tx.opt(sql!("SELECT id, account, passkey FROM passkeys WHERE credential = $1"), &[credential.into()]).await
}

/// Adds a passkey. False if it is registered already, to whomever.
pub(in crate::accounts) async fn add_passkey(
    tx: &mut Tx<'_>,
    account: AccountId,
    passkey: &Passkey,
    name: &str,
    now: Timestamp,
) -> DbResult<bool> {
    let add = sql!(
        "INSERT INTO passkeys (id, account, credential, passkey, name, added_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (credential) DO NOTHING"
    );
    let stored = StoredPasskey(passkey.clone());
    let args = [PasskeyId::new(now).into(), account.into(), passkey.id().into(), (&stored).into(), name.into(), now.into()];
    Ok(tx.run(add, &args).await? == 1)
}

/// Notes that a passkey was used, and its counter and flags after that.
pub(in crate::accounts) async fn used_passkey(tx: &mut Tx<'_>, id: PasskeyId, passkey: &StoredPasskey, now: Timestamp) -> DbResult<()> {
    tx.run(sql!("UPDATE passkeys SET passkey = $2, used_at = $3 WHERE id = $1"), &[id.into(), passkey.into(), now.into()]).await?;
    Ok(())
}

/// Gives a passkey another name. False if the account has no such passkey.
pub(in crate::accounts) async fn rename_passkey(tx: &mut Tx<'_>, account: AccountId, id: PasskeyId, name: &str) -> DbResult<bool> {
    let rename = sql!("UPDATE passkeys SET name = $3 WHERE id = $1 AND account = $2");
    Ok(tx.run(rename, &[id.into(), account.into(), name.into()]).await? == 1)
}

/// Removes a passkey. False if the account has no such passkey.
pub(in crate::accounts) async fn remove_passkey(tx: &mut Tx<'_>, account: AccountId, id: PasskeyId) -> DbResult<bool> {
    Ok(tx.run(sql!("DELETE FROM passkeys WHERE id = $1 AND account = $2"), &[id.into(), account.into()]).await? == 1)
}

/// Keeps what was asked of a passkey until it answers.
pub(in crate::accounts) async fn add_ceremony(
    tx: &mut Tx<'_>,
    id: CeremonyId,
    account: Option<AccountId>,
    state: &serde_json::Value,
    ends_at: Timestamp,
) -> DbResult<()> {
    let add = sql!("INSERT INTO ceremonies (id, account, state, ends_at) VALUES ($1, $2, $3, $4)");
    tx.run(add, &[id.into(), account.into(), state.into(), ends_at.into()]).await?;
    Ok(())
}

/// What was asked, and of whose passkey; it can be taken once, and not after its end.
pub(in crate::accounts) async fn take_ceremony(
    tx: &mut Tx<'_>,
    id: CeremonyId,
    now: Timestamp,
) -> DbResult<Option<(Option<AccountId>, serde_json::Value)>> {
    let take = sql!("DELETE FROM ceremonies WHERE id = $1 AND ends_at > $2 RETURNING account, state");
    tx.opt(take, &[id.into(), now.into()]).await
}

/// The hash of the account's passphrase.
pub(in crate::accounts) async fn passphrase(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Option<String>> {
    tx.opt(sql!("SELECT hash FROM passphrases WHERE account = $1"), &[account.into()]).await
}

/// Stores the hash of a passphrase, instead of an earlier one.
pub(in crate::accounts) async fn put_passphrase(tx: &mut Tx<'_>, account: AccountId, hash: &str, now: Timestamp) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO passphrases (account, hash, set_at) VALUES ($1, $2, $3)
         ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at"
    );
    tx.run(put, &[account.into(), hash.into(), now.into()]).await?;
    Ok(())
}

/// The account's secret of codes, confirmed or not.
pub(in crate::accounts) async fn code_secret(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Option<CodeSecret>> {
    tx.opt(sql!("SELECT secret, last_step, confirmed_at FROM code_secrets WHERE account = $1"), &[account.into()]).await
}

/// Keeps a sealed secret until its first code; one that is confirmed already stays.
pub(in crate::accounts) async fn put_code_secret(tx: &mut Tx<'_>, account: AccountId, secret: Vec<u8>, now: Timestamp) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO code_secrets (account, secret, added_at) VALUES ($1, $2, $3)
         ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, added_at = excluded.added_at
         WHERE code_secrets.confirmed_at IS NULL"
    );
    tx.run(put, &[account.into(), secret.into(), now.into()]).await?;
    Ok(())
}

/// The first code was right.
pub(in crate::accounts) async fn confirm_codes(tx: &mut Tx<'_>, account: AccountId, step: Step, now: Timestamp) -> DbResult<()> {
    let confirm = sql!("UPDATE code_secrets SET confirmed_at = $2, last_step = $3 WHERE account = $1 AND confirmed_at IS NULL");
    tx.run(confirm, &[account.into(), now.into(), step.0.into()]).await?;
    Ok(())
}

/// Takes the time step of a code. False if it, or a later one, was taken before.
pub(in crate::accounts) async fn take_step(tx: &mut Tx<'_>, account: AccountId, step: Step) -> DbResult<bool> {
    let take = sql!("UPDATE code_secrets SET last_step = $2 WHERE account = $1 AND (last_step IS NULL OR last_step < $2)");
    Ok(tx.run(take, &[account.into(), step.0.into()]).await? == 1)
}

/// Removes the account's codes. False if there are none.
pub(in crate::accounts) async fn remove_codes(tx: &mut Tx<'_>, account: AccountId) -> DbResult<bool> {
    Ok(tx.run(sql!("DELETE FROM code_secrets WHERE account = $1"), &[account.into()]).await? == 1)
}

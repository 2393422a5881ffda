use access::AccountId;
use auth::Tries;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::{DbResult, PIECE, Tx, sql};
use kernel::{EmailAddress, Lang, Timestamp, Uuid};
use serde_json::json;
use std::collections::BTreeSet;

use crate::accounts::Account;

/// The account with this id.
pub async fn find(tx: &mut Tx<'_>, id: AccountId) -> DbResult<Option<Account>> {
    tx.opt(sql!("SELECT id, email, lang, created_at FROM accounts WHERE id = $1"), &[id.into()]).await
}

/// The accounts with these ids, in one question; one that is not there is left out.
pub(in crate::accounts) async fn find_all(tx: &mut Tx<'_>, ids: &BTreeSet<AccountId>) -> DbResult<Vec<Account>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    tx.all(db::among!(tx, "SELECT id, email, lang, created_at FROM accounts WHERE id"), &[db::ids(ids)]).await
}

/// The addresses of those of these accounts that there are.
pub async fn addresses(tx: &mut Tx<'_>, ids: &[Uuid]) -> DbResult<Vec<(Uuid, String)>> {
    tx.all(db::among!(tx, "SELECT id, email FROM accounts WHERE id"), &[db::ids(ids)]).await
}

/// The account with this address.
pub async fn by_email(tx: &mut Tx<'_>, email: &EmailAddress) -> DbResult<Option<Account>> {
    tx.opt(sql!("SELECT id, email, lang, created_at FROM accounts WHERE email = $1"), &[email.into()]).await
}

pub(in crate::accounts) async fn add_account(
    tx: &mut Tx<'_>,
    id: AccountId,
    email: &EmailAddress,
    lang: Lang,
    now: Timestamp,
) -> DbResult<Account> {
    let add = sql!(
        "INSERT INTO accounts (id, email, lang, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (email) DO UPDATE SET email = excluded.email
         RETURNING id, email, lang, created_at"
    );
    tx.one(add, &[id.into(), email.into(), lang.into(), now.into()]).await
}

/// Whether this browser has signed in to the account of this address before.
pub(in crate::accounts) async fn knows_device(tx: &mut Tx<'_>, email: &EmailAddress, device: [u8; 32]) -> DbResult<bool> {
    let count = sql!("SELECT COUNT(*) FROM devices d JOIN accounts a ON a.id = d.account WHERE d.device = $1 AND a.email = $2");
    Ok(tx.one::<i64>(count, &[device.into(), email.into()]).await? > 0)
}

pub(in crate::accounts) async fn remember_device(tx: &mut Tx<'_>, account: AccountId, device: [u8; 32], now: Timestamp) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO devices (device, account, known_since, seen_at) VALUES ($1, $2, $3, $3)
         ON CONFLICT (device, account) DO UPDATE SET seen_at = excluded.seen_at"
    );
    tx.run(put, &[device.into(), account.into(), now.into()]).await?;
    Ok(())
}

/// The counter, whose row is this transaction's from here on: of a thousand tries at one moment each sees those before it.
pub(in crate::accounts) async fn tries(tx: &mut Tx<'_>, counter: [u8; 32], now: Timestamp) -> DbResult<Tries> {
    let lock = sql!(
        "INSERT INTO tries (counter, failed, last_at) VALUES ($1, 0, $2)
         ON CONFLICT (counter) DO UPDATE SET failed = tries.failed
         RETURNING failed, last_at"
    );
    let (failed, last_micros) = tx.one(lock, &[counter.into(), now.into()]).await?;
    Ok(Tries { failed, last_micros })
}

pub(in crate::accounts) async fn save_tries(tx: &mut Tx<'_>, counter: [u8; 32], tries: Tries) -> DbResult<()> {
    let save = sql!("UPDATE tries SET failed = $2, last_at = $3 WHERE counter = $1");
    tx.run(save, &[counter.into(), tries.failed.into(), tries.last_micros.into()]).await?;
    Ok(())
}

/// Many counters at once, whose rows are this transaction's from here on. For PostgreSQL.
pub(in crate::accounts) async fn tries_of_all(
    tx: &mut Tx<'_>,
    counters: &BTreeSet<[u8; 32]>,
    now: Timestamp,
) -> DbResult<Vec<([u8; 32], Tries)>> {
    let lock = sql!(postgres
        "INSERT INTO tries (counter, failed, last_at)
         SELECT decode(value, 'base64'), 0, $2 FROM jsonb_array_elements_text($1) ORDER BY decode(value, 'base64')
         ON CONFLICT (counter) DO UPDATE SET failed = tries.failed
         RETURNING counter, failed, last_at"
    );
    let counters: serde_json::Value = counters.iter().map(|counter| json!(STANDARD.encode(counter))).collect();
    let found: Vec<([u8; 32], u32, i64)> = tx.all(lock, &[counters.into(), now.into()]).await?;
    Ok(found.into_iter().map(|(counter, failed, last_micros)| (counter, Tries { failed, last_micros })).collect())
}

/// Saves many counters at once. For PostgreSQL.
pub(in crate::accounts) async fn save_tries_of_all(tx: &mut Tx<'_>, counted: &[([u8; 32], Tries)]) -> DbResult<()> {
    let save = sql!(postgres
        "UPDATE tries SET failed = new.failed, last_at = new.last_at
         FROM jsonb_to_recordset($1) AS new (counter text, failed bigint, last_at bigint)
         WHERE tries.counter = decode(new.counter, 'base64')"
    );
    let rows = counted
        .iter()
        .map(|(counter, tries)| json!({ "counter": STANDARD.encode(counter), "failed": tries.failed, "last_at": tries.last_micros }));
    tx.run(save, &[rows.collect::<serde_json::Value>().into()]).await?;
    Ok(())
}

/// Ends what waits to be opened: links to sign in, questions to passkeys, invitations.
pub(in crate::accounts) async fn end_waiting(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    tx.run(sql!("DELETE FROM ceremonies"), &[]).await?;
    tx.run(sql!("UPDATE sign_in_links SET used_at = $1 WHERE used_at IS NULL"), &[now.into()]).await?;
    tx.run(sql!("UPDATE invitations SET ends_at = $1 WHERE accepted_at IS NULL AND ends_at > $1"), &[now.into()]).await?;
    Ok(())
}

/// Forgets what is over at `now`, and what was kept for late visitors until `before`: a piece of each, and says how much that was.
pub(in crate::accounts) async fn forget(tx: &mut Tx<'_>, now: Timestamp, before: Timestamp) -> DbResult<u64> {
    let ceremonies = sql!("DELETE FROM ceremonies WHERE id IN (SELECT id FROM ceremonies WHERE ends_at < $1 LIMIT $2)");
    let links = sql!("DELETE FROM sign_in_links WHERE id IN (SELECT id FROM sign_in_links WHERE ends_at < $1 LIMIT $2)");
    let tries = sql!("DELETE FROM tries WHERE counter IN (SELECT counter FROM tries WHERE last_at < $1 LIMIT $2)");
    Ok(tx.run(ceremonies, &[now.into(), PIECE.into()]).await?
        + tx.run(links, &[before.into(), PIECE.into()]).await?
        + tx.run(tries, &[before.into(), PIECE.into()]).await?)
}

/// Forgets a piece of the browsers in which nobody has signed in since `before`, and says how many.
pub(in crate::accounts) async fn forget_devices(tx: &mut Tx<'_>, before: Timestamp) -> DbResult<u64> {
    let forget = sql!("DELETE FROM devices WHERE (device, account) IN (SELECT device, account FROM devices WHERE seen_at < $1 LIMIT $2)");
    tx.run(forget, &[before.into(), PIECE.into()]).await
}

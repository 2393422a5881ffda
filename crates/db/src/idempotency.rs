//! What a key's write answered, kept in the transaction of the write itself.

use kernel::{Timestamp, Uuid};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::collections::HashSet;

use crate::{DbError, DbResult, Key, Tx, sql};

/// Whose a key is.
pub(crate) enum Claim<T> {
    /// Nobody had it; it is now this transaction's, and [`keep`] must follow.
    New,
    /// The same request was here before and got this answer.
    Earlier(T),
    /// Another request has it.
    Foreign,
}

/// Takes the key for this transaction, or says what became of it.
///
/// Claiming comes first, so that of two equal requests at once the second waits for the first and finds its answer.
pub(crate) async fn claim<T: DeserializeOwned>(tx: &mut Tx<'_>, key: &Key, now: Timestamp) -> DbResult<Claim<T>> {
    let claim = sql!("INSERT INTO idempotency (key, actor, digest, outcome, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (key) DO NOTHING");
    let unanswered = serde_json::Value::Null;
    let claimed = tx.run(claim, &[key.value.into(), (&key.actor).into(), key.digest.into(), unanswered.into(), now.into()]).await?;
    if claimed == 1 { Ok(Claim::New) } else { earlier(tx, key).await }
}

async fn earlier<T: DeserializeOwned>(tx: &mut Tx<'_>, key: &Key) -> DbResult<Claim<T>> {
    let find = sql!("SELECT actor, digest, outcome FROM idempotency WHERE key = $1");
    match tx.opt::<(String, [u8; 32], serde_json::Value)>(find, &[key.value.into()]).await? {
        Some((actor, digest, outcome)) if actor == key.actor && digest == key.digest => {
            Ok(Claim::Earlier(serde_json::from_value(outcome)?))
        }
        Some(_) => Ok(Claim::Foreign),
        // It was there a moment ago, and has been forgotten since.
        None => Err(DbError::Contended),
    }
}

/// Keeps the answer under a key that was claimed in this transaction.
pub(crate) async fn keep<T: Serialize>(tx: &mut Tx<'_>, key: &Key, answer: &T) -> DbResult<()> {
    let keep = sql!("UPDATE idempotency SET outcome = $2 WHERE key = $1");
    tx.run(keep, &[key.value.into(), serde_json::to_value(answer)?.into()]).await?;
    Ok(())
}

/// Takes many keys for this transaction with one statement; each is said about as by [`claim`]. For PostgreSQL.
///
/// They are taken in one order, so that two who take some of the same keys do not wait for each other.
pub(crate) async fn claim_all<T: DeserializeOwned>(tx: &mut Tx<'_>, keys: &[Option<&Key>], now: Timestamp) -> DbResult<Vec<Claim<T>>> {
    let claim = sql!(postgres
        "INSERT INTO idempotency (key, actor, digest, outcome, at)
         SELECT CAST(wanted ->> 'key' AS uuid), wanted ->> 'actor', decode(wanted ->> 'digest', 'hex'), 'null', $2
         FROM jsonb_array_elements($1) AS wanted
         ORDER BY 1
         ON CONFLICT (key) DO NOTHING
         RETURNING key"
    );
    let wanted: Vec<_> =
        keys.iter().flatten().map(|key| json!({ "key": key.value, "actor": key.actor, "digest": hex::encode(key.digest) })).collect();
    let claimed: HashSet<Uuid> = if wanted.is_empty() {
        HashSet::new()
    } else {
        tx.all(claim, &[serde_json::Value::from(wanted).into(), now.into()]).await?.into_iter().collect()
    };
    let mut claims = Vec::with_capacity(keys.len());
    for key in keys {
        claims.push(match key {
            Some(key) if !claimed.contains(&key.value) => earlier(tx, key).await?,
            _ => Claim::New,
        });
    }
    Ok(claims)
}

/// Keeps the answers under keys that were claimed in this transaction, with one statement. For PostgreSQL.
pub(crate) async fn keep_all<'a, T: Serialize + 'a>(tx: &mut Tx<'_>, answers: impl Iterator<Item = (&'a Key, &'a T)>) -> DbResult<()> {
    let keep = sql!(postgres
        "UPDATE idempotency SET outcome = given -> 'outcome'
         FROM jsonb_array_elements($1) AS given
         WHERE idempotency.key = CAST(given ->> 'key' AS uuid)"
    );
    let given = answers.map(|(key, answer)| Ok(json!({ "key": key.value, "outcome": serde_json::to_value(answer)? })));
    let given = given.collect::<DbResult<Vec<_>>>()?;
    if !given.is_empty() {
        tx.run(keep, &[serde_json::Value::from(given).into()]).await?;
    }
    Ok(())
}

/// What the key's write answered, if it was committed.
pub(crate) async fn outcome<T: DeserializeOwned>(tx: &mut Tx<'_>, key: &Key) -> DbResult<Option<T>> {
    let find = sql!("SELECT outcome FROM idempotency WHERE key = $1 AND actor = $2 AND digest = $3");
    let outcome = tx.opt::<serde_json::Value>(find, &[key.value.into(), (&key.actor).into(), key.digest.into()]).await?;
    Ok(outcome.map(serde_json::from_value).transpose()?)
}

/// The newest instant at which anything was written under a key: the clock never starts before it.
pub(crate) async fn newest(tx: &mut Tx<'_>) -> DbResult<Option<Timestamp>> {
    tx.one(sql!("SELECT max(at) FROM idempotency"), &[]).await
}

/// The most rows of a table that are forgotten in one write, so that no other write waits long: whoever forgets does it again until
/// there are none left.
pub const PIECE: i64 = 2_000;

/// Forgets keys older than `before`, at most [`PIECE`], and says how many; a request that comes again after that is a new one.
pub async fn forget_keys(tx: &mut Tx<'_>, before: Timestamp) -> DbResult<u64> {
    let forget = sql!("DELETE FROM idempotency WHERE key IN (SELECT key FROM idempotency WHERE at < $1 LIMIT $2)");
    tx.run(forget, &[before.into(), PIECE.into()]).await
}

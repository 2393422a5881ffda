use db::{Db, DbResult, Engine, Lane, Tx, WriteError};
use kernel::{Span, Timestamp};
use sha2::{Digest, Sha256};
use std::fmt;
use std::pin::pin;
use std::str::FromStr;

use super::store::{self, HashedEntry, HeadRow, Link};
use crate::Bell;

/// Where the chain ends: how many links it has, and the hash of the last.
///
/// Written down outside the database, it shows later whether the trail was cut short or written anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of the last link; 0 while there is none.
    pub seq: i64,
    /// Its hash.
    pub hash: [u8; 32],
}

/// Links made in one transaction, so that no other write waits long.
const LINKS: i64 = 200;

/// On PostgreSQL an entry may become visible after one with a higher number. No transaction lasts this long.
const STRAGGLERS: Span = Span::minutes(5);

/// Chains entries that were written since, oldest first, and says how many.
///
/// Whoever does this holds the head until the end of the transaction, so any number of processes may try.
pub async fn chain(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<u64> {
    let mut head = store::lock_head(tx).await?;
    let waiting = store::unchained(tx, head.settled, LINKS).await?;
    let Some(last) = waiting.last() else { return Ok(0) };
    let mut links = Vec::with_capacity(waiting.len());
    for entry in &waiting {
        head.seq += 1;
        head.hash = link_hash(&head.hash, head.seq, entry);
        links.push(Link { seq: head.seq, entry: entry.id, hash: head.hash });
    }
    store::add_links(tx, &links).await?;
    let done = waiting.len().try_into().unwrap_or(u64::MAX);
    settle(tx, &mut head, last.seq, done < LINKS.unsigned_abs(), now).await?;
    store::move_head(tx, &head).await?;
    Ok(done)
}

/// Moves the mark below which no unchained entry can turn up any more, so that the search for them stays short.
async fn settle(tx: &mut Tx<'_>, head: &mut HeadRow, last: i64, all: bool, now: Timestamp) -> DbResult<()> {
    match tx.engine() {
        // One writer: entries become visible in the order of their numbers.
        Engine::Sqlite => head.settled = last,
        Engine::Postgres if all => {
            let quiet = store::last_before(tx, now.minus(STRAGGLERS)).await?;
            head.settled = head.settled.max(quiet.unwrap_or(0));
        }
        Engine::Postgres => {}
    }
    Ok(())
}

/// Where the chain ends now.
pub async fn head(tx: &mut Tx<'_>) -> DbResult<Head> {
    let row = store::head(tx).await?;
    Ok(Head { seq: row.seq, hash: row.hash })
}

/// Chains everything that waits, if anything does, and says how many entries that were.
pub async fn chain_waiting(db: &Db) -> Result<u64, WriteError> {
    let mut chained = 0;
    // Most seconds bring nothing, and looking costs no write.
    while db.read(async |tx| is_waiting(tx).await).await? {
        chained += db.write(Lane::Staff, None, async |tx, now| chain(tx, now).await).await?;
    }
    metrics::counter!("audit_chained_total").increment(chained);
    Ok(chained)
}

async fn is_waiting(tx: &mut Tx<'_>) -> DbResult<bool> {
    let head = store::head(tx).await?;
    Ok(!store::unchained(tx, head.settled, 1).await?.is_empty())
}

/// The worker that keeps the trail chained, each second, until `until` comes.
pub async fn keep_chained(db: &Db, bell: &Bell, until: impl Future<Output = ()>) {
    let mut until = pin!(until);
    loop {
        if let Err(error) = chain_waiting(db).await {
            tracing::error!(%error, "the audit trail could not be chained; it is tried again");
        }
        if !bell.goes_on(&mut until).await {
            return;
        }
    }
}

/// The hash of the link `seq` to this entry, after a link with the hash `previous`.
pub(super) fn link_hash(previous: &[u8; 32], seq: i64, entry: &HashedEntry) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"mist-audit/1");
    hash.update(previous);
    hash.update(seq.to_be_bytes());
    hash.update(entry.seq.to_be_bytes());
    hash.update(entry.id.uuid().as_bytes());
    hash.update(entry.at.as_micros().to_be_bytes());
    // Each text with its length, so that no two entries read the same; a missing one differs from an empty one.
    let object_id = entry.object_id.map(|id| id.to_string());
    let texts = [
        Some(&entry.actor),
        entry.role.as_ref(),
        Some(&entry.act),
        entry.object_kind.as_ref(),
        object_id.as_ref(),
        entry.reason.as_ref(),
        Some(&entry.result),
        Some(&entry.detail),
    ];
    for text in texts {
        let length = text.map_or(u64::MAX, |text| text.len() as u64);
        hash.update(length.to_be_bytes());
        hash.update(text.map_or("", String::as_str));
    }
    hash.finalize().into()
}

impl fmt::Display for Head {
    /// `412:9f86d0…`: the form in which it is written down elsewhere.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, hex::encode(self.hash))
    }
}

/// The text is no head of the audit chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the head of an audit chain")]
pub struct NotAHead;

impl FromStr for Head {
    type Err = NotAHead;

    fn from_str(text: &str) -> Result<Self, NotAHead> {
        let (seq, hash) = text.trim().split_once(':').ok_or(NotAHead)?;
        let mut bytes = [0; 32];
        hex::decode_to_slice(hash, &mut bytes).map_err(|_| NotAHead)?;
        Ok(Self { seq: seq.parse().map_err(|_| NotAHead)?, hash: bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_as_it_is_written() {
        let head = Head { seq: 412, hash: [0x9f; 32] };
        assert_eq!(head.to_string().parse(), Ok(head));
        assert_eq!("412".parse::<Head>(), Err(NotAHead));
        assert_eq!("412:9f".parse::<Head>(), Err(NotAHead));
    }
}

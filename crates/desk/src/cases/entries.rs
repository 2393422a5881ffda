//! What happened in a case, in a chain: whoever changes, cuts out or swaps an entry afterwards breaks it at that place.

use db::{DbResult, Tx};
use journal::Job;
use kernel::{Timestamp, Uuid, id};
use sha2::{Digest as _, Sha256};

use super::case::{Case, CaseId};
use super::{roots, store};

id!(
    /// One entry of a case.
    EntryId
);

/// The actor of what the institution did.
pub const REPORTER: &str = "reporter";

/// The hash before the first entry.
const NOTHING: [u8; 32] = [0; 32];

/// What is to be recorded. Ids and axes are facts, in clear; words are said, and sealed.
#[derive(Clone)]
pub struct Entry {
    actor: String,
    action: &'static str,
    subject: Option<Uuid>,
    happened_at: Option<Timestamp>,
    facts: serde_json::Value,
    words: Option<vault::Zeroizing<String>>,
}

impl Entry {
    /// Begins an entry about what this actor did: [`REPORTER`], `system`, `account:…`.
    pub fn by(actor: &str) -> Self {
        let facts = serde_json::Value::Object(serde_json::Map::new());
        Self { actor: actor.to_owned(), action: "", subject: None, happened_at: None, facts, words: None }
    }

    /// What was done: `message.sent`.
    #[must_use]
    pub const fn did(mut self, action: &'static str) -> Self {
        self.action = action;
        self
    }

    /// To which row.
    #[must_use]
    pub fn about(mut self, subject: impl Into<Uuid>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// When, if not just now.
    #[must_use]
    pub const fn happened(mut self, at: Timestamp) -> Self {
        self.happened_at = Some(at);
        self
    }

    /// What stands in clear: ids, axes, numbers; never words.
    #[must_use]
    pub fn with(mut self, facts: serde_json::Value) -> Self {
        self.facts = facts;
        self
    }

    /// What is sealed to the case.
    #[must_use]
    pub fn saying(mut self, words: impl Into<String>) -> Self {
        self.words = Some(vault::Zeroizing::new(words.into()));
        self
    }
}

db::row! {
    /// An entry as it stands.
    #[derive(Clone, Debug)]
    pub struct Recorded {
        pub seq: i64,
        pub id: EntryId,
        pub recorded_at: Timestamp,
        pub happened_at: Timestamp,
        pub actor: String,
        pub action: String,
        pub subject: Option<Uuid>,
        pub facts: serde_json::Value,
        pub sealed: Option<Vec<u8>>,
        pub hash: [u8; 32],
    }
}

/// The first entry of a case that is not what the chain says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("entry {seq} of the case was changed, cut out or put in afterwards")]
pub struct Broken {
    /// Its place.
    pub seq: i64,
}

/// Appends to the chain of the case, and says which entry it is.
pub async fn record(tx: &mut Tx<'_>, case: &Case, entry: Entry, now: Timestamp) -> DbResult<EntryId> {
    // Two who write at once stand in line for the end of the chain.
    store::hold(tx, case.id).await?;
    let (last, before) = store::end(tx, case.id).await?.unwrap_or((0, NOTHING));
    let id = EntryId::new(now);
    let mut recorded = Recorded {
        seq: last + 1,
        id,
        recorded_at: now,
        happened_at: entry.happened_at.unwrap_or(now),
        actor: entry.actor,
        action: entry.action.to_owned(),
        subject: entry.subject,
        facts: entry.facts,
        sealed: entry.words.map(|words| case.seal("case_entries", id.uuid(), "sealed", words.as_bytes())),
        hash: NOTHING,
    };
    recorded.hash = recorded.hash_after(case.id, &before);
    store::add_entry(tx, case.id, &recorded).await?;
    journal::job(tx, Job::general(roots::JOB).once(roots::key(now.day())).at(now.next_midnight()), now).await?;
    Ok(id)
}

/// The chain of a case, oldest first.
pub async fn entries(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<Recorded>> {
    store::entries(tx, case).await
}

/// Whether the chain of a case is whole, and if not, where it breaks.
pub async fn verify(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Result<(), Broken>> {
    let (mut before, mut next) = (NOTHING, 1);
    for entry in store::entries(tx, case).await? {
        if entry.seq != next || entry.hash != entry.hash_after(case, &before) {
            return Ok(Err(Broken { seq: next }));
        }
        (before, next) = (entry.hash, next + 1);
    }
    Ok(Ok(()))
}

impl Recorded {
    /// SHA-256 of the hash before and everything in this entry, each part with its length, so that none runs into the next.
    fn hash_after(&self, case: CaseId, before: &[u8; 32]) -> [u8; 32] {
        let mut hash = Sha256::new_with_prefix(before);
        let mut add = |part: &[u8]| {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(part);
        };
        add(case.uuid().as_bytes());
        add(&self.seq.to_be_bytes());
        add(self.id.uuid().as_bytes());
        add(&self.recorded_at.as_micros().to_be_bytes());
        add(&self.happened_at.as_micros().to_be_bytes());
        add(self.actor.as_bytes());
        add(self.action.as_bytes());
        add(self.subject.as_ref().map_or(&[], |subject| subject.as_bytes().as_slice()));
        // Names stand in their order however an engine keeps them.
        add(self.facts.to_string().as_bytes());
        add(self.sealed.as_deref().unwrap_or(&[]));
        hash.finalize().into()
    }
}

//! Facts of a case, and what else a paper is filled from.

use db::{DbResult, Tx, sql};
use kernel::{Timestamp, Uuid};

use super::fact::{Fact, Mark};
use crate::cases::{CaseId, EntryId};

/// What is known of a case.
pub async fn facts(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<Fact>> {
    let list = sql!("SELECT id, fact, tlp, words, actor, written_at FROM case_facts WHERE case_id = $1 ORDER BY fact");
    tx.all(list, &[case.into()]).await
}

/// One fact of a case, if it is known.
pub async fn fact(tx: &mut Tx<'_>, case: CaseId, fact: &str) -> DbResult<Option<Fact>> {
    let find = sql!("SELECT id, fact, tlp, words, actor, written_at FROM case_facts WHERE case_id = $1 AND fact = $2");
    tx.opt(find, &[case.into(), fact.into()]).await
}

/// Puts a fact down, or other words in the place of those before.
pub(super) async fn put(tx: &mut Tx<'_>, case: CaseId, known: &Fact) -> DbResult<()> {
    let Fact { id, fact, tlp, words, actor, written_at } = known;
    let put = sql!(
        "INSERT INTO case_facts (id, case_id, fact, tlp, words, actor, written_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (case_id, fact) DO UPDATE SET tlp = excluded.tlp, words = excluded.words, actor = excluded.actor,
         written_at = excluded.written_at"
    );
    let args = [(*id).into(), case.into(), fact.into(), tlp.word().into(), words.as_slice().into(), actor.into(), (*written_at).into()];
    tx.run(put, &args).await?;
    Ok(())
}

db::row! {
    /// An indicator of a case, its value sealed.
    #[derive(Clone, Debug)]
    pub struct Noted {
        pub id: Uuid,
        pub kind: String,
        pub tlp: Mark,
        pub value: Vec<u8>,
    }
}

/// The indicators of a case.
pub async fn indicators(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<Noted>> {
    let list =
        sql!("SELECT id, kind, tlp, value FROM case_indicators WHERE case_id = $1 AND dropped_at IS NULL ORDER BY noted_at, id LIMIT 2000");
    tx.all(list, &[case.into()]).await
}

db::row! {
    /// A piece of evidence: what it is sealed, the hash of what lies here in clear.
    #[derive(Clone, Debug)]
    pub struct Kept {
        pub id: Uuid,
        pub about: Vec<u8>,
        pub sealed_hash: Option<Vec<u8>>,
        pub noted_at: Timestamp,
    }
}

/// The evidence of a case, in the order in which it was noted.
pub async fn evidence(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<Kept>> {
    let list = sql!("SELECT id, about, sealed_hash, noted_at FROM case_evidence WHERE case_id = $1 ORDER BY noted_at, id LIMIT 2000");
    tx.all(list, &[case.into()]).await
}

db::row! {
    /// That a file was made for somebody, as the chain of the case says it, and when it was put down as handed over.
    #[derive(Clone, Debug)]
    pub struct MadeRow {
        pub id: EntryId,
        pub actor: String,
        pub recorded_at: Timestamp,
        pub facts: serde_json::Value,
        pub handed_at: Option<Timestamp>,
    }
}

macro_rules! made {
    ($which:literal) => {
        sql!(concat!(
            "SELECT e.id, e.actor, e.recorded_at, e.facts, h.happened_at FROM case_entries e
             LEFT JOIN case_entries h ON h.case_id = e.case_id AND h.subject = e.id AND h.action = 'export.handed_over'
             WHERE e.case_id = $1 AND e.action = 'export.made' ",
            $which
        ))
    };
}

/// The latest files that were made, newest first.
pub async fn all_made(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<MadeRow>> {
    tx.all(made!("ORDER BY e.seq DESC LIMIT 50"), &[case.into()]).await
}

/// One of them.
pub async fn made(tx: &mut Tx<'_>, case: CaseId, id: EntryId) -> DbResult<Option<MadeRow>> {
    tx.opt(made!("AND e.id = $2"), &[case.into(), id.into()]).await
}

/// When the institution came to know of it, as it was said last.
pub async fn known_at(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Option<Timestamp>> {
    tx.opt(sql!("SELECT known_at FROM case_known WHERE case_id = $1 ORDER BY seq DESC LIMIT 1"), &[case.into()]).await
}

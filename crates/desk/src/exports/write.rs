use db::{DbResult, Tx};
use exchange::{TEXT, Tlp};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::fact::{Fact, FactId, Mark};
use super::{lexicon, store};
use crate::cases::{self, CaseNumber, Entry};

/// Why nothing was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotWritten {
    /// There is no such case, or no such fact to be written.
    Unknown,
    /// No words.
    Empty,
    /// More than a paper can hold.
    TooLong,
}

/// Writes a fact down, sealed to the case. What stood there before stays in the chain.
pub async fn write(
    tx: &mut Tx<'_>,
    number: CaseNumber,
    fact: &str,
    tlp: Tlp,
    words: &str,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotWritten>> {
    if !lexicon().fact(fact).is_some_and(|kind| kind.sealed) {
        return Ok(Err(NotWritten::Unknown));
    }
    match words.chars().count() {
        0 => return Ok(Err(NotWritten::Empty)),
        n if n > TEXT => return Ok(Err(NotWritten::TooLong)),
        _ => {}
    }
    let Some(case) = cases::store::by_number(tx, number).await? else { return Ok(Err(NotWritten::Unknown)) };
    let id = store::fact(tx, case.id, fact).await?.map_or_else(|| FactId::new(now), |before| before.id);
    let known = Fact {
        id,
        fact: fact.to_owned(),
        tlp: Mark(tlp),
        words: case.seal("case_facts", id.uuid(), "words", words.as_bytes()),
        actor: by.to_owned(),
        written_at: now,
    };
    store::put(tx, case.id, &known).await?;
    let entry = Entry::by(by).did("fact.written").about(id.uuid()).with(json!({ "fact": fact, "tlp": tlp.id() })).saying(words);
    cases::record(tx, &case, entry, now).await?;
    Ok(Ok(()))
}

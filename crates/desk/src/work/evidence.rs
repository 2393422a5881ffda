//! Evidence with both hashes, through whose hands it went, and what was found in it.

use db::{DbResult, Tx};
use kernel::{Timestamp, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::indicator::Indicator;
use super::note::Tlp;
use super::store::evidence::{self as store, Custody, NewIndicator, Piece};
use crate::cases::{self, CaseId, Entry};
use crate::words::words;

words! {
    /// What was done with a piece.
    Act {
        /// 受け取った
        Received = "received",
        /// 写しを作った
        Copied = "copied",
        /// 渡した
        Handed = "handed",
        /// 調べた
        Examined = "examined",
        /// 返した
        Returned = "returned",
        /// 消した
        Deleted = "deleted",
    }
}

/// What a piece is, in words that are sealed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct About {
    /// ransom-note.txt の写真
    pub what: String,
    /// From whom, or which device.
    pub from: String,
    /// SHA-256 as it was sent or taken.
    pub sha256: String,
}

/// A step of a piece from hand to hand, in words that are sealed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Hands {
    /// From whom.
    pub from: String,
    /// To whom.
    pub to: String,
    /// Why.
    pub why: String,
    /// SHA-256 found at that time.
    pub sha256: String,
}

impl std::fmt::Debug for About {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

impl std::fmt::Debug for Hands {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// Why nothing was noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotNoted {
    /// There is no such case or piece.
    Unknown,
    /// What it is was not said; or from whom to whom.
    NoWords,
    /// A hash is not 64 hexadecimal digits.
    Hash,
    /// It stands there already.
    Already,
}

/// Whether a text is a SHA-256 as programs print it, or empty.
pub fn is_sha256(text: &str) -> bool {
    text.is_empty() || (text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Puts a piece on the list, with its first line of custody. Of a file that was sent the hash of what lies here comes with it.
pub async fn note(
    tx: &mut Tx<'_>,
    id: CaseId,
    about: &About,
    file: Option<(Uuid, Vec<u8>)>,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotNoted>> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(Err(NotNoted::Unknown)) };
    if about.what.is_empty() {
        return Ok(Err(NotNoted::NoWords));
    }
    if !is_sha256(&about.sha256) {
        return Ok(Err(NotNoted::Hash));
    }
    let row = now.uuid();
    let sealed = case.seal("case_evidence", row, "about", json!(about).to_string().as_bytes());
    let (file, sealed_hash) = file.map_or((None, None), |(file, hash)| (Some(file), Some(hash)));
    let piece = Piece { id: row, file, about: sealed, sealed_hash, actor: by.to_owned(), noted_at: now };
    if !store::add(tx, id, &piece).await? {
        return Ok(Err(NotNoted::Already));
    }
    cases::record(tx, &case, Entry::by(by).did("evidence.noted").about(row).with(json!({ "file": file })), now).await?;
    let hands = Hands { from: about.from.clone(), to: String::new(), why: String::new(), sha256: about.sha256.clone() };
    pass_on(tx, id, row, Act::Received, &hands, now, by, now).await.map(|passed| passed.map(drop))
}

/// Adds a line to the custody of a piece.
#[expect(clippy::too_many_arguments, reason = "one line of the list, as it is read out before a court")]
pub async fn pass_on(
    tx: &mut Tx<'_>,
    id: CaseId,
    piece: Uuid,
    act: Act,
    hands: &Hands,
    happened_at: Timestamp,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotNoted>> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(Err(NotNoted::Unknown)) };
    if !store::is_of(tx, id, piece).await? {
        return Ok(Err(NotNoted::Unknown));
    }
    if hands.to.is_empty() && !matches!(act, Act::Received | Act::Examined | Act::Deleted) {
        return Ok(Err(NotNoted::NoWords));
    }
    if !is_sha256(&hands.sha256) {
        return Ok(Err(NotNoted::Hash));
    }
    let seq = store::next_seq(tx, piece).await?;
    let words = case.seal("case_custody", custody_row(piece, seq), "words", json!(hands).to_string().as_bytes());
    let line = Custody { piece, seq, act, words, actor: by.to_owned(), happened_at };
    store::add_custody(tx, &line, now).await?;
    let entry = Entry::by(by).did("evidence.passed_on").about(piece).happened(happened_at).with(json!({ "act": act, "seq": seq }));
    cases::record(tx, &case, entry, now).await?;
    Ok(Ok(()))
}

/// The id that stands for a line of custody where its words are sealed: the piece's, with the line's number in its last bytes.
pub fn custody_row(piece: Uuid, seq: i64) -> Uuid {
    Uuid::from_u128(piece.as_u128() ^ u128::from(seq.unsigned_abs()))
}

/// Notes an indicator. `mark` is an HMAC under a key outside the database, by which the same indicator is found in other cases.
pub async fn note_indicator(
    tx: &mut Tx<'_>,
    id: CaseId,
    indicator: &Indicator,
    tlp: Tlp,
    mark: [u8; 32],
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotNoted>> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(Err(NotNoted::Unknown)) };
    let row = now.uuid();
    let value = case.seal("case_indicators", row, "value", indicator.defanged().as_bytes());
    let new = NewIndicator { id: row, kind: indicator.kind, tlp, value, mark };
    if !store::add_indicator(tx, id, &new, by, now).await? {
        return Ok(Err(NotNoted::Already));
    }
    let facts = json!({ "kind": indicator.kind, "tlp": tlp });
    cases::record(tx, &case, Entry::by(by).did("indicator.noted").about(row).with(facts), now).await?;
    Ok(Ok(()))
}

/// Takes an indicator off the list. False if it is not there.
pub async fn drop_indicator(tx: &mut Tx<'_>, id: CaseId, indicator: Uuid, by: &str, now: Timestamp) -> DbResult<bool> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(false) };
    if !store::drop_indicator(tx, id, indicator, now).await? {
        return Ok(false);
    }
    cases::record(tx, &case, Entry::by(by).did("indicator.dropped").about(indicator), now).await?;
    Ok(true)
}

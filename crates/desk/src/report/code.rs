//! The six words: given once, and known to have been written down once two of them were typed again.

use db::{DbResult, Lane, Tx};
use kernel::{Timestamp, Uuid};
use serde_json::json;
use vault::{Code, Kdf, Salt};
use web::{Keys, PageError, Portal};

use super::held::Held;
use super::store;
use crate::cases::{self, CaseId, Entry, Wrap, WrapKind, record};

/// Which words are typed again: the second and the fifth.
pub const AGAIN: [usize; 2] = [1, 4];

/// What the signature over the words that are to be typed again is for.
const PURPOSE: &str = "case-word";

/// Whether the case has its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// None were given yet.
    None,
    /// They were given, and nobody has shown that they wrote them down: they can be given anew.
    Given,
    /// They were written down. New ones are given by a call-back alone.
    Checked,
}

/// Gives the case its words, in place of any that were not written down.
pub async fn give(portal: &Portal, kdf: &Kdf, held: &Held, actor: &str) -> Result<Code, PageError> {
    let code = Code::generate();
    let salt = Salt::try_from(held.case.code_salt.as_slice()).map_err(|_| PageError::Bug("the salt of a case has another length"))?;
    let id = held.case.id;
    let wrap = kdf.wrap(&code, &salt, id.uuid(), &held.key).await.map_err(|_| PageError::Busy)?;
    let wrap = Wrap { kind: WrapKind::Code, holder: id.uuid(), wrap, ends_at: None };
    let (case, actor) = (held.case.clone(), actor.to_owned());
    let is_given = portal
        .db
        .write(Lane::Incident, None, async move |tx, now| {
            if !cases::store::put_wrap(tx, id, &wrap, now).await? {
                return Ok(false);
            }
            store::code_given(tx, id, now).await?;
            record(tx, &case, Entry::by(&actor).did("code.given"), now).await.map(|_| true)
        })
        .await?;
    // A case that was deleted meanwhile is as one that never was.
    if is_given { Ok(code) } else { Err(PageError::NotFound) }
}

/// Notes that the words were written down.
pub async fn checked(tx: &mut Tx<'_>, case: &cases::Case, actor: &str, now: Timestamp) -> DbResult<()> {
    if store::code_checked(tx, case.id, now).await? {
        record(tx, case, Entry::by(actor).did("code.checked").with(json!({ "words": AGAIN.map(|place| place + 1) })), now).await?;
    }
    Ok(())
}

/// What a form carries instead of the words that are to be typed again: nothing from which they can be told.
pub fn proofs(keys: &Keys, case: CaseId, code: &Code) -> [String; 2] {
    let words = code.words();
    AGAIN.map(|place| proof(keys, case.uuid(), place, words[place]))
}

/// Whether the typed word is the one of the proof, as it sounds: small letters and katakana make no difference.
pub fn fits(keys: &Keys, case: CaseId, place: usize, typed: &str, shown: &str) -> bool {
    !typed.is_empty() && proof(keys, case.uuid(), place, typed) == shown
}

fn proof(keys: &Keys, case: Uuid, place: usize, word: &str) -> String {
    let large = |c| match c {
        'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' => char::from_u32(u32::from(c) + 1).unwrap_or(c),
        other => other,
    };
    let sound: String = kernel::fold(word).chars().map(large).collect();
    keys.token(PURPOSE, &[case.as_bytes(), &place.to_be_bytes(), sound.as_bytes()])
}

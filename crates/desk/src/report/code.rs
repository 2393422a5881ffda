//! The six words: given once, and known to have been written down once two of them were typed again.

use db::{DbResult, Lane, Tx};
use kernel::{Span, Timestamp, Uuid};
use serde::{Deserialize, Serialize};
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

/// How often a case is given words within [`SPAN`]: more are no slips, and each costs a derivation.
const MOST: i64 = 5;
const SPAN: Span = Span::hours(1);

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

/// Why no words were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotGiven {
    /// They were given too often within an hour. The last ones open.
    TooOften,
    /// The visit is over, or the case has words that were written down, as after a call-back.
    Over,
}

/// Gives the case its words, in place of any that were not written down.
pub async fn give(portal: &Portal, kdf: &Kdf, held: &Held, actor: &str) -> Result<Result<Code, NotGiven>, PageError> {
    let (id, since) = (held.case.id, portal.now().minus(SPAN));
    if portal.db.glance(async move |tx| store::times_given(tx, id, since).await).await? >= MOST {
        return Ok(Err(NotGiven::TooOften));
    }
    let code = Code::generate();
    let salt = Salt::try_from(held.case.code_salt.as_slice()).map_err(|_| PageError::Bug("the salt of a case has another length"))?;
    let wrap = kdf.wrap(&code, &salt, id.uuid(), &held.key).await.map_err(|_| PageError::Busy)?;
    let wrap = Wrap { kind: WrapKind::Code, holder: id.uuid(), wrap, ends_at: None };
    let (case, visit, actor) = (held.case.clone(), held.visit.id(), actor.to_owned());
    let outcome = portal
        .db
        .write(Lane::Incident, None, async move |tx, now| {
            // Deriving took a while, in which others may have given words, or new ones after a call-back: those stay.
            cases::store::hold(tx, id).await?;
            let is_open = cases::store::wrap(tx, id, WrapKind::Visit, visit, now).await?.is_some();
            if !is_open || store::code_standing(tx, id).await? == Standing::Checked {
                return Ok(Err(NotGiven::Over));
            }
            if store::times_given(tx, id, now.minus(SPAN)).await? >= MOST {
                return Ok(Err(NotGiven::TooOften));
            }
            if !cases::store::put_wrap(tx, id, &wrap, now).await? {
                return Ok(Err(NotGiven::Over));
            }
            store::code_given(tx, id, now).await?;
            record(tx, &case, Entry::by(&actor).did("code.given"), now).await?;
            Ok(Ok(()))
        })
        .await?;
    Ok(outcome.map(|()| code))
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
    !typed.is_empty() && web::same(&proof(keys, case.uuid(), place, typed), shown)
}

fn proof(keys: &Keys, case: Uuid, place: usize, word: &str) -> String {
    let large = |c| match c {
        'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' => char::from_u32(u32::from(c) + 1).unwrap_or(c),
        other => other,
    };
    let sound: String = kernel::fold(word).chars().map(large).collect();
    keys.token(PURPOSE, &[case.as_bytes(), &place.to_be_bytes(), sound.as_bytes()])
}

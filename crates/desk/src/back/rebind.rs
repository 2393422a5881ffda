//! New words for who has lost theirs: one responder has called back to a number that is not from the report, another approves.

use access::{AccountId, Label};
use db::{DbResult, Tx};
use kernel::{Timestamp, id};

use super::store;
use crate::cases::{self, Case, CaseId, Entry, Wrap, WrapKind, record};
use crate::notices;
use crate::report;

id!(
    /// One way back by call-back.
    RebindingId
);

db::row! {
    /// A rebinding that waits.
    pub struct Rebinding {
        pub id: RebindingId,
        pub case: CaseId,
        pub asked_by: AccountId,
        pub asked_at: Timestamp,
        pub called: Vec<u8>,
    }
}

/// Why the case has no new words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum NotRebound {
    /// One waits already.
    Waiting,
    /// None waits.
    Unknown,
    /// The one who called back cannot approve it too.
    SamePerson,
}

/// Notes that somebody called back, and how it was made sure who is there.
pub async fn ask(tx: &mut Tx<'_>, case: &Case, by: AccountId, called: &str, now: Timestamp) -> DbResult<Result<RebindingId, NotRebound>> {
    if store::waiting(tx, case.id).await?.is_some() {
        return Ok(Err(NotRebound::Waiting));
    }
    let id = RebindingId::new(now);
    let sealed = case.seal("case_rebindings", id.uuid(), "called", called.as_bytes());
    store::add(tx, id, case.id, by, &sealed, now).await?;
    record(tx, case, Entry::by(&label(by)).did("rebinding.asked").about(id).saying(called), now).await?;
    Ok(Ok(id))
}

/// Whether this person may approve the rebinding that waits.
pub async fn may_approve(tx: &mut Tx<'_>, case: CaseId, by: AccountId) -> DbResult<Result<RebindingId, NotRebound>> {
    Ok(match store::waiting(tx, case).await? {
        None => Err(NotRebound::Unknown),
        Some(waiting) if waiting.asked_by == by => Err(NotRebound::SamePerson),
        Some(waiting) => Ok(waiting.id),
    })
}

/// Puts the new words in place of the old, ends every visit that came by those, and tells whoever left an address.
pub async fn approve(tx: &mut Tx<'_>, case: &Case, by: AccountId, wrap: &[u8], now: Timestamp) -> DbResult<Result<(), NotRebound>> {
    // Whoever is let in by the old words at this moment holds the case, too, and then its visit is among those that end.
    cases::store::hold(tx, case.id).await?;
    let id = match may_approve(tx, case.id, by).await? {
        Ok(id) => id,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let wrap = Wrap { kind: WrapKind::Code, holder: case.id.uuid(), wrap: wrap.to_vec(), ends_at: None };
    if !cases::store::put_wrap(tx, case.id, &wrap, now).await? {
        return Ok(Err(NotRebound::Unknown));
    }
    store::end(tx, id, Some(by), now).await?;
    cases::store::end_wraps(tx, case.id, WrapKind::Visit).await?;
    report::code_given(tx, case.id, now).await?;
    report::code_checked(tx, case.id, now).await?;
    notices::notify(tx, case, "new-word", now).await?;
    record(tx, case, Entry::by(&label(by)).did("rebinding.approved").about(id), now).await?;
    Ok(Ok(()))
}

/// Ends a rebinding without new words. False if none waits.
pub async fn give_up(tx: &mut Tx<'_>, case: &Case, by: AccountId, now: Timestamp) -> DbResult<bool> {
    let Some(waiting) = store::waiting(tx, case.id).await? else { return Ok(false) };
    store::end(tx, waiting.id, None, now).await?;
    record(tx, case, Entry::by(&label(by)).did("rebinding.ended").about(waiting.id), now).await?;
    Ok(true)
}

fn label(by: AccountId) -> String {
    Label::Account(by).to_string()
}

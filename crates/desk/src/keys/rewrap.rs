use access::AccountId;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::{Timestamp, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::epoch::EpochId;
use super::prove::end_epochs;
use super::renew::WRAP_BYTES;
use super::store;
use super::store::new_wraps::Holders;
use crate::cases::{self, CaseId, Wrap, WrapKind};

/// How many cases go to the browser at a time, and come back: each gets an entry of its own.
pub(super) const CASES: i64 = 50;

/// Cases for a lead's browser to wrap anew.
#[derive(Clone, Serialize)]
pub struct Batch {
    /// The epoch for which they are to be wrapped.
    pub epoch: EpochId,
    /// Its public key.
    #[serde(with = "crate::as_base64::array")]
    pub public_key: [u8; 32],
    /// The key behind glass, if there is one: every case is wrapped for it too.
    pub glass: Option<GlassKey>,
    /// The secret keys of all epochs in question, as they are wrapped for this member.
    pub epochs: Vec<EpochWrap>,
    /// The cases, each by every way in that the group has: one of them opens.
    pub cases: Vec<CaseWrap>,
    /// How many wait altogether, those included that this member cannot open.
    pub left: i64,
}

/// The key behind glass.
#[derive(Clone, Serialize)]
pub struct GlassKey {
    /// Its id.
    pub id: Uuid,
    /// Its public key.
    #[serde(with = "crate::as_base64::array")]
    pub public_key: [u8; 32],
}

db::row! {
    /// The secret key of an epoch for the member who asks.
    #[derive(Clone, Serialize)]
    pub struct EpochWrap {
        pub epoch: EpochId,
        #[serde(with = "crate::as_base64")]
        pub wrap: Vec<u8>,
    }
}

db::row! {
    /// The key of a case as it is wrapped for an epoch.
    #[derive(Clone, Serialize)]
    pub struct CaseWrap {
        pub case: CaseId,
        pub epoch: EpochId,
        #[serde(with = "crate::as_base64")]
        pub wrap: Vec<u8>,
        #[serde(with = "crate::as_base64::array")]
        pub public_key: [u8; 32],
    }
}

/// A case that was wrapped anew.
#[derive(Clone, Serialize, Deserialize)]
pub struct Rewrapped {
    /// Which case.
    pub case: CaseId,
    /// The epoch whose wrap was opened.
    pub from: EpochId,
    /// For the epoch in use, unless it is that whose wrap was opened: then the glass alone was missing.
    pub wrap: Option<Wrapped>,
    /// For the glass, in base64, if there is one.
    pub glass: Option<Wrapped>,
}

/// Bytes of a wrap.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Wrapped(#[serde(with = "crate::as_base64")] Vec<u8>);

#[cfg(test)]
impl Wrapped {
    pub(super) const fn of(wrap: Vec<u8>) -> Self {
        Self(wrap)
    }
}

/// Why nothing was wrapped anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotRewrapped {
    /// Another epoch is in use by now, or another key lies behind glass.
    Changed,
    /// No browser of ours makes such a wrap.
    Unsound,
}

/// The next cases behind `after` that a member's browser can wrap anew; `None` if there is no epoch, or the member has no key.
pub async fn batch(tx: &mut Tx<'_>, account: AccountId, after: CaseId) -> DbResult<Option<Batch>> {
    let (Some(epoch), Some(member)) = (store::current_epoch(tx).await?, store::member_of(tx, account).await?) else { return Ok(None) };
    let glass = store::glass(tx).await?;
    let holders = Holders { epoch: epoch.id, glass: glass.as_ref().map(|glass| glass.id) };
    let waiting = store::left(tx, holders, member.id, after, CASES).await?;
    Ok(Some(Batch {
        epoch: epoch.id,
        public_key: epoch.public_key,
        epochs: store::epoch_wraps(tx, member.id).await?,
        cases: store::group_wraps(tx, &waiting).await?,
        left: store::count_left(tx, holders).await?,
        glass: glass.map(|glass| GlassKey { id: glass.id.uuid(), public_key: glass.public_key }),
    }))
}

/// Puts new wraps beside the old ones, which are given up only when another member's browser has opened the new (`prove`).
pub async fn rewrap(
    tx: &mut Tx<'_>,
    epoch: EpochId,
    glass: Option<Uuid>,
    cases: &[Rewrapped],
    account: AccountId,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<i64, NotRewrapped>> {
    let fits = |wrapped: Option<&Wrapped>, is_wanted: bool| match wrapped {
        Some(Wrapped(wrap)) => is_wanted && wrap.len() == WRAP_BYTES,
        None => !is_wanted,
    };
    // What opens by the epoch in use is not wrapped for it once more.
    let is_sound = |case: &Rewrapped| fits(case.wrap.as_ref(), case.from != epoch) && fits(case.glass.as_ref(), glass.is_some());
    if i64::try_from(cases.len()).is_ok_and(|count| count > CASES) || !cases.iter().all(is_sound) {
        return Ok(Err(NotRewrapped::Unsound));
    }
    let holders = Holders { epoch, glass: store::glass(tx).await?.map(|glass| glass.id) };
    let in_use = store::current_epoch(tx).await?.map(|epoch| epoch.id);
    if in_use != Some(epoch) || holders.glass.map(Uuid::from) != glass {
        return Ok(Err(NotRewrapped::Changed));
    }
    // In one order, so that two who hold several cases do not wait for each other.
    let mut sorted: Vec<&Rewrapped> = cases.iter().collect();
    sorted.sort_by_key(|case| case.case);
    let mut wrapped = Vec::new();
    for case in sorted {
        // A case at a time: each is held, and has a chain of its own.
        if put_beside(tx, case, holders, account, by, now).await? {
            wrapped.push(case.case);
        }
    }
    if !wrapped.is_empty() {
        let entry = Entry::by(by).did("desk_keys.cases_rewrapped").on("desk_epoch", epoch);
        journal::record(tx, &entry.with(said_of(&wrapped)), now).await?;
    }
    let left = store::count_left(tx, holders).await?;
    if left == 0 {
        store::forget_leavers(tx, epoch).await?;
        end_epochs(tx, epoch, by, now).await?;
    }
    Ok(Ok(left))
}

/// Adds what a case lacks; false if it lacks nothing any more, or was deleted.
async fn put_beside(tx: &mut Tx<'_>, made: &Rewrapped, holders: Holders, account: AccountId, by: &str, now: Timestamp) -> DbResult<bool> {
    cases::store::hold(tx, made.case).await?;
    let group = made.wrap.as_ref().map(|Wrapped(wrap)| (WrapKind::Group, holders.epoch.uuid(), wrap));
    let glass = holders.glass.zip(made.glass.as_ref()).map(|(glass, Wrapped(wrap))| (WrapKind::Glass, glass.uuid(), wrap));
    let mut ways = Vec::new();
    for (kind, holder, wrap) in group.into_iter().chain(glass) {
        // One that is known to open stays as it is.
        if cases::store::wrap(tx, made.case, kind, holder, now).await?.is_some() {
            continue;
        }
        let wrap = Wrap { kind, holder, wrap: wrap.clone(), ends_at: None };
        if store::new_wraps::add(tx, made.case, &wrap, account, now).await? {
            ways.push(kind);
        }
    }
    let case = cases::store::case(tx, made.case).await?.filter(|_| !ways.is_empty());
    let Some(case) = case else { return Ok(false) };
    let facts = json!({ "epoch": holders.epoch, "from": made.from, "ways": ways });
    cases::record(tx, &case, cases::Entry::by(by).did("key.rewrapped").with(facts), now).await?;
    Ok(true)
}

/// Which cases, for the audit trail: how many, and what shows later that they were these.
pub(super) fn said_of(cases: &[CaseId]) -> serde_json::Value {
    let hash = cases.iter().fold(Sha256::new(), |hash, case| hash.chain_update(case.uuid().as_bytes())).finalize();
    json!({ "cases": cases.len(), "sha256": hex::encode(hash) })
}

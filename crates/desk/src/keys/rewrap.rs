use access::AccountId;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::{Timestamp, Uuid};
use serde::{Deserialize, Serialize};

use super::epoch::EpochId;
use super::renew::WRAP_BYTES;
use super::{glass_key, store};
use crate::cases::{CaseId, Wrap, WrapKind};

/// How many cases go to the browser at a time.
const CASES: i64 = 200;

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
    /// The cases, each as it is wrapped now.
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
    }
}

/// A case that was wrapped anew.
#[derive(Clone, Serialize, Deserialize)]
pub struct Rewrapped {
    /// Which case.
    pub case: CaseId,
    /// The epoch whose wrap was opened.
    pub from: EpochId,
    /// For the epoch in use.
    #[serde(with = "crate::as_base64")]
    pub wrap: Vec<u8>,
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

/// The next cases that a member's browser can wrap anew; `None` if there is no epoch, or the member has no key.
pub async fn batch(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Option<Batch>> {
    let (Some(epoch), Some(member)) = (store::current_epoch(tx).await?, store::member_of(tx, account).await?) else { return Ok(None) };
    let glass = store::glass(tx).await?;
    let glass_id = glass.as_ref().map(|glass| glass.id);
    Ok(Some(Batch {
        epoch: epoch.id,
        public_key: epoch.public_key,
        epochs: store::epoch_wraps(tx, member.id).await?,
        cases: store::left(tx, epoch.id, glass_id, member.id, CASES).await?,
        left: store::count_left(tx, epoch.id, glass_id).await?,
        glass: glass.map(|glass| GlassKey { id: glass.id.uuid(), public_key: glass.public_key }),
    }))
}

/// Puts the new wraps in the place of the old ones. Once no case is left, the epochs before are destroyed.
pub async fn rewrap(
    tx: &mut Tx<'_>,
    epoch: EpochId,
    glass: Option<Uuid>,
    cases: &[Rewrapped],
    by: &str,
    now: Timestamp,
) -> DbResult<Result<i64, NotRewrapped>> {
    let is_sound = |case: &Rewrapped| {
        let glass_fits = case.glass.as_ref().map(|glass| glass.0.len()) == glass.map(|_| WRAP_BYTES);
        case.wrap.len() == WRAP_BYTES && glass_fits
    };
    if !cases.iter().all(is_sound) {
        return Ok(Err(NotRewrapped::Unsound));
    }
    let in_use = store::current_epoch(tx).await?.map(|epoch| epoch.id);
    if in_use != Some(epoch) || glass_key(tx).await?.map(|(id, _)| id) != glass {
        return Ok(Err(NotRewrapped::Changed));
    }
    for case in cases {
        // Whoever was quicker has wrapped it already.
        if !crate::cases::store::end_wrap(tx, case.case, WrapKind::Group, case.from.uuid()).await? {
            continue;
        }
        let group = Wrap { kind: WrapKind::Group, holder: epoch.uuid(), wrap: case.wrap.clone(), ends_at: None };
        crate::cases::store::put_wrap(tx, case.case, &group, now).await?;
        if let (Some(holder), Some(Wrapped(wrap))) = (glass, &case.glass) {
            crate::cases::store::end_wraps(tx, case.case, WrapKind::Glass).await?;
            let behind = Wrap { kind: WrapKind::Glass, holder, wrap: wrap.clone(), ends_at: None };
            crate::cases::store::put_wrap(tx, case.case, &behind, now).await?;
        }
    }
    let left = store::count_left(tx, epoch, glass.map(Into::into)).await?;
    if left == 0 && store::destroy_epochs_before(tx, epoch, now).await? > 0 {
        journal::record(tx, &Entry::by(by).did("desk_keys.epochs_destroyed").on("desk_epoch", epoch), now).await?;
    }
    Ok(Ok(left))
}

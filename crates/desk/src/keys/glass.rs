//! The key behind glass: for the day on which nobody of the duty group can open anything any more.

use access::AccountId;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::{Span, Timestamp, id};
use serde::{Deserialize, Serialize};
use vault::PublicKey;

use super::epoch::EpochId;
use super::renew::WRAP_BYTES;
use super::store;
use crate::cases::{self, CaseId, CaseNumber, Wrap, WrapKind};

id!(
    /// A key behind glass.
    GlassId
);
id!(
    /// One time that the glass was broken.
    UseId
);

/// How long the shares may be typed in after somebody has said why.
pub const OPEN_FOR: Span = Span::minutes(30);

db::row! {
    /// The key behind glass that is in force.
    #[derive(Clone, Debug)]
    pub struct GlassRow {
        pub id: GlassId,
        pub public_key: [u8; 32],
        pub made_by: String,
        pub made_at: Timestamp,
    }
}

db::row! {
    /// A way into a case from behind the glass.
    #[derive(Clone, Serialize)]
    pub struct GlassWrap {
        pub glass: GlassId,
        #[serde(with = "crate::as_base64")]
        pub wrap: Vec<u8>,
        #[serde(with = "crate::as_base64::array")]
        pub public_key: [u8; 32],
    }
}

db::row! {
    /// One time that the glass was broken, while the shares may be typed in.
    #[derive(Clone, Debug)]
    pub struct Breaking {
        pub id: UseId,
        pub case: CaseId,
        pub number: CaseNumber,
        pub account: AccountId,
        pub asked_at: Timestamp,
        pub opened_at: Option<Timestamp>,
    }
}

/// Why the glass stays whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotBroken {
    /// There is no case with this number.
    NoCase,
    /// The case was deleted, or made before there was a key behind glass.
    NoWayIn,
    /// No reason was given.
    NoReason,
    /// No epoch is in use for which the case could be wrapped again.
    NoEpoch,
    /// The time to type in the shares is over, or it was somebody else who asked.
    Over,
    /// Another epoch is in use by now, or no browser of ours makes such a wrap.
    Unsound,
}

/// Puts a key behind glass in place of the one before. Its shares were printed by the browser that made it.
pub async fn make_glass(
    tx: &mut Tx<'_>,
    id: GlassId,
    public_key: [u8; 32],
    account: AccountId,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotBroken>> {
    if !PublicKey::from_bytes(public_key).is_sound() {
        return Ok(Err(NotBroken::Unsound));
    }
    store::end_glass(tx, now).await?;
    store::add_glass(tx, id, public_key, account, now).await?;
    journal::record(tx, &Entry::by(by).did("desk_keys.glass_made").on("desk_glass", id), now).await?;
    Ok(Ok(()))
}

/// Says why a case has to be opened by two shares. That stands in the case's chain, and so in the day's root, before anything opens.
pub async fn break_glass(
    tx: &mut Tx<'_>,
    number: CaseNumber,
    reason: &str,
    account: AccountId,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<UseId, NotBroken>> {
    if reason.trim().is_empty() {
        return Ok(Err(NotBroken::NoReason));
    }
    let Some(case) = cases::store::by_number(tx, number).await? else { return Ok(Err(NotBroken::NoCase)) };
    let Some(glass) = store::glass_of(tx, case.id).await? else { return Ok(Err(NotBroken::NoWayIn)) };
    if store::current_epoch(tx).await?.is_none() {
        return Ok(Err(NotBroken::NoEpoch));
    }
    let id = UseId::new(now);
    store::add_use(tx, id, glass, case.id, account, now).await?;
    let said = cases::Entry::by(by).did("glass.broken").about(id).with(serde_json::json!({ "glass": glass })).saying(reason.trim());
    cases::record(tx, &case, said, now).await?;
    journal::record(tx, &Entry::by(by).did("desk_keys.glass_broken").on("case", case.id), now).await?;
    Ok(Ok(id))
}

/// Gives the duty group another way into the case, wrapped by the browser in which the shares were joined. None is taken away.
pub async fn let_in(
    tx: &mut Tx<'_>,
    id: UseId,
    epoch: EpochId,
    wrap: Vec<u8>,
    account: AccountId,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotBroken>> {
    let Some(breaking) = store::breaking(tx, id).await?.filter(|breaking| breaking.is_open_to(account, now)) else {
        return Ok(Err(NotBroken::Over));
    };
    let in_use = store::current_epoch(tx).await?.map(|epoch| epoch.id);
    if in_use != Some(epoch) || wrap.len() != WRAP_BYTES {
        return Ok(Err(NotBroken::Unsound));
    }
    let group = Wrap { kind: WrapKind::Group, holder: epoch.uuid(), wrap, ends_at: None };
    // Beside whatever is there: that the shares were joined is known to the browser alone.
    if !store::new_wraps::add(tx, breaking.case, &group, account, now).await? {
        return Ok(Err(NotBroken::Over));
    }
    store::finish_use(tx, id, now).await?;
    journal::record(tx, &Entry::by(by).did("desk_keys.glass_opened").on("case", breaking.case), now).await?;
    if let Some(case) = cases::store::case(tx, breaking.case).await? {
        cases::record(tx, &case, cases::Entry::by(by).did("glass.opened").about(id), now).await?;
    }
    Ok(Ok(()))
}

impl Breaking {
    /// Whether the shares may be typed in by this person.
    pub fn is_open_to(&self, account: AccountId, now: Timestamp) -> bool {
        self.account == account && self.opened_at.is_none() && now < self.asked_at.plus(OPEN_FOR)
    }
}

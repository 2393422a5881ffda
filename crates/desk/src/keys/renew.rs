use access::AccountId;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use vault::PublicKey;

use super::epoch::EpochId;
use super::member::MemberId;
use super::store;

/// How long a wrap for a pair is: version, public key, key and tag.
pub(super) const WRAP_BYTES: usize = 81;

/// An epoch that a lead's browser made, wrapped for everybody of the roster.
#[derive(Clone, Serialize, Deserialize)]
pub struct NewEpoch {
    /// Its id, which its wraps are bound to.
    pub id: EpochId,
    /// The epoch that the lead saw in use.
    pub seen: Option<EpochId>,
    /// To which cases are wrapped from now on.
    #[serde(with = "crate::as_base64::array")]
    pub public_key: [u8; 32],
    /// Its secret key for each member.
    pub wraps: Vec<MemberWrap>,
}

/// The secret key of an epoch for one member.
#[derive(Clone, Serialize, Deserialize)]
pub struct MemberWrap {
    /// For which key.
    pub member: MemberId,
    /// The wrapped key.
    #[serde(with = "crate::as_base64")]
    pub wrap: Vec<u8>,
}

/// Why no epoch began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotRenewed {
    /// Somebody else has begun one meanwhile.
    Changed,
    /// The roster is another than the lead saw: it would leave somebody out, or let somebody in.
    Roster,
    /// No browser of ours makes such an epoch.
    Unsound,
}

/// Begins an epoch for exactly those whose role is in force and who have a key.
pub async fn renew(tx: &mut Tx<'_>, new: &NewEpoch, account: AccountId, by: &str, now: Timestamp) -> DbResult<Result<(), NotRenewed>> {
    let sound = PublicKey::from_bytes(new.public_key).is_sound() && new.wraps.iter().all(|wrap| wrap.wrap.len() == WRAP_BYTES);
    if !sound {
        return Ok(Err(NotRenewed::Unsound));
    }
    let before = store::current_epoch(tx).await?;
    if before.as_ref().map(|epoch| epoch.id) != new.seen || store::has_epoch(tx, new.id).await? {
        return Ok(Err(NotRenewed::Changed));
    }
    let members = store::members(tx).await?;
    let roster: BTreeSet<MemberId> = members.iter().filter(|member| member.is_in_force).filter_map(|member| member.key).collect();
    let wrapped: BTreeSet<MemberId> = new.wraps.iter().map(|wrap| wrap.member).collect();
    if roster.is_empty() || roster != wrapped || wrapped.len() != new.wraps.len() {
        return Ok(Err(NotRenewed::Roster));
    }
    let number = before.map_or(0, |epoch| epoch.number) + 1;
    // Two leads at once: the number is given once.
    if !store::add_epoch(tx, new, number, account, now).await? {
        return Ok(Err(NotRenewed::Changed));
    }
    for wrap in &new.wraps {
        store::add_epoch_wrap(tx, new.id, wrap).await?;
    }
    let entry = Entry::by(by).did("desk_keys.epoch_begun").on("desk_epoch", new.id);
    journal::record(tx, &entry.with(serde_json::json!({ "number": number, "members": wrapped.len() })), now).await?;
    Ok(Ok(()))
}

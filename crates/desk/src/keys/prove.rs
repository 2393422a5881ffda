//! What a member's browser made anew is opened by another's before what was there is given up. So nobody alone, and no browser that
//! went wrong, takes the way into a case from those who had it.

use access::AccountId;
use db::{DbResult, Tx};
use journal::Entry;
use journal::audit::SYSTEM;
use kernel::{Span, Timestamp, Uuid, id};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::epoch::EpochId;
use super::rewrap::{CASES, CaseWrap, EpochWrap, GlassKey, said_of};
use super::store;
use super::store::new_wraps::{self, Holders};
use crate::cases::{self, CaseId, Wrap, WrapKind};

id!(
    /// A way in that a member's browser made. One that takes its place has another id.
    NewWrapId
);

/// How long a new way in stands beside the old one where nobody but its maker holds the group's key.
pub const ALONE_FOR: Span = Span::days(30);

db::row! {
    /// A way in that nobody but its maker has opened.
    #[derive(Clone, Serialize)]
    pub struct NewWrap {
        pub id: NewWrapId,
        pub case: CaseId,
        pub kind: WrapKind,
        pub holder: Uuid,
        #[serde(with = "crate::as_base64")]
        pub wrap: Vec<u8>,
        #[serde(with = "crate::as_base64::array")]
        pub public_key: [u8; 32],
    }
}

/// What others made, for a member's browser to open.
#[derive(Clone, Serialize)]
pub struct Proofs {
    /// The secret keys of all epochs in question, as they are wrapped for this member.
    pub epochs: Vec<EpochWrap>,
    /// The key behind glass: whoever has the key of a case wraps it for that again, and compares.
    pub glass: Option<GlassKey>,
    /// The cases by every way in that the group has.
    pub cases: Vec<CaseWrap>,
    /// What is to be opened.
    pub wraps: Vec<NewWrap>,
}

/// What a member's browser found.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Found {
    /// What opens to the key of its case, or is what it has to be.
    pub opened: Vec<NewWrapId>,
    /// What does not.
    pub failed: Vec<NewWrapId>,
}

/// Why nothing was taken for proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotProven {
    /// The one who looked does not hold the group's key.
    NoKey,
    /// More than a browser is given at a time.
    Unsound,
}

/// The next wraps behind `after` that this member has not made; `None` if the group's key is not wrapped for them.
pub async fn proofs(tx: &mut Tx<'_>, account: AccountId, after: NewWrapId) -> DbResult<Option<Proofs>> {
    let Some((holders, epochs)) = holds(tx, account).await? else { return Ok(None) };
    let glass = store::glass(tx).await?;
    let wraps = new_wraps::of_others(tx, holders, account, after, CASES).await?;
    let wanted: Vec<CaseId> = wraps.iter().map(|wrap| wrap.case).collect();
    Ok(Some(Proofs {
        epochs,
        glass: glass.map(|glass| GlassKey { id: glass.id.uuid(), public_key: glass.public_key }),
        cases: store::group_wraps(tx, &wanted).await?,
        wraps,
    }))
}

/// Gives up what is older than a way in that another than its maker has opened; says how many wait for this member still.
pub async fn prove(tx: &mut Tx<'_>, found: &Found, account: AccountId, by: &str, now: Timestamp) -> DbResult<Result<i64, NotProven>> {
    if i64::try_from(found.opened.len() + found.failed.len()).is_ok_and(|count| count > CASES) {
        return Ok(Err(NotProven::Unsound));
    }
    let Some((holders, _)) = holds(tx, account).await? else { return Ok(Err(NotProven::NoKey)) };
    let opened = new_wraps::these_of_others(tx, holders, account, &found.opened).await?;
    settle_all(tx, &opened, holders.epoch, by, now).await?;
    let failed = new_wraps::fail(tx, account, &found.failed, now).await?;
    if failed > 0 {
        let entry = Entry::by(by).did("desk_keys.wraps_failed").on("desk_epoch", holders.epoch);
        journal::record(tx, &entry.with(json!({ "wraps": failed, "ids": found.failed })), now).await?;
    }
    end_epochs(tx, holders.epoch, by, now).await?;
    Ok(Ok(new_wraps::count(tx, holders, account).await?.1))
}

/// Where one person alone holds the group's key, nobody else can open what they made: after [`ALONE_FOR`] it is taken as it is.
pub async fn prove_by_time(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    let Some(epoch) = store::current_epoch(tx).await?.map(|epoch| epoch.id) else { return Ok(()) };
    let members = store::members(tx).await?;
    if members.iter().filter(|member| member.is_in_force && member.holds).count() != 1 {
        return Ok(());
    }
    let holders = Holders { epoch, glass: store::glass(tx).await?.map(|glass| glass.id) };
    let made = new_wraps::made_before(tx, holders, now.minus(ALONE_FOR), CASES).await?;
    if made.is_empty() {
        return Ok(());
    }
    settle_all(tx, &made, epoch, SYSTEM, now).await?;
    end_epochs(tx, epoch, SYSTEM, now).await
}

/// How many new ways in nobody but their makers has opened, and how many of them this member may open.
pub async fn unproven(tx: &mut Tx<'_>, account: AccountId) -> DbResult<(i64, i64)> {
    let Some(epoch) = store::current_epoch(tx).await?.map(|epoch| epoch.id) else { return Ok((0, 0)) };
    let holders = Holders { epoch, glass: store::glass(tx).await?.map(|glass| glass.id) };
    let (all, of_others) = new_wraps::count(tx, holders, account).await?;
    Ok((all, if holds(tx, account).await?.is_some() { of_others } else { 0 }))
}

/// For whom wraps count now, and the epochs that are wrapped for this member; nothing if the one in use is not among them.
async fn holds(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Option<(Holders, Vec<EpochWrap>)>> {
    let (Some(epoch), Some(member)) = (store::current_epoch(tx).await?, store::member_of(tx, account).await?) else { return Ok(None) };
    let epochs = store::epoch_wraps(tx, member.id).await?;
    if !epochs.iter().any(|wrap| wrap.epoch == epoch.id) {
        return Ok(None);
    }
    Ok(Some((Holders { epoch: epoch.id, glass: store::glass(tx).await?.map(|glass| glass.id) }, epochs)))
}

/// Puts these in the place of what is older. They come in the order of their cases, so that two who hold several do not wait for
/// each other.
async fn settle_all(tx: &mut Tx<'_>, made: &[NewWrap], epoch: EpochId, by: &str, now: Timestamp) -> DbResult<()> {
    let mut settled = Vec::new();
    for new in made {
        // A case at a time: each is held, and has a chain of its own.
        if settle(tx, new, by, now).await? {
            settled.push(new.case);
        }
    }
    settled.dedup();
    if !settled.is_empty() {
        let entry = Entry::by(by).did("desk_keys.cases_proven").on("desk_epoch", epoch);
        journal::record(tx, &entry.with(said_of(&settled)), now).await?;
    }
    Ok(())
}

async fn settle(tx: &mut Tx<'_>, new: &NewWrap, by: &str, now: Timestamp) -> DbResult<bool> {
    let wrap = Wrap { kind: new.kind, holder: new.holder, wrap: new.wrap.clone(), ends_at: None };
    if !cases::store::put_wrap(tx, new.case, &wrap, now).await? {
        return Ok(false);
    }
    new_wraps::end_older(tx, new.case, new.kind, new.holder).await?;
    new_wraps::clear(tx, new.case, new.kind).await?;
    let Some(case) = cases::store::case(tx, new.case).await? else { return Ok(false) };
    let facts = json!({ "way": new.kind, "holder": new.holder });
    cases::record(tx, &case, cases::Entry::by(by).did("key.proven").with(facts), now).await?;
    Ok(true)
}

/// Destroys the epochs before this one, once no case needs them any more.
pub(super) async fn end_epochs(tx: &mut Tx<'_>, epoch: EpochId, by: &str, now: Timestamp) -> DbResult<()> {
    if new_wraps::are_proven(tx, epoch).await? && store::destroy_epochs_before(tx, epoch, now).await? > 0 {
        journal::record(tx, &Entry::by(by).did("desk_keys.epochs_destroyed").on("desk_epoch", epoch), now).await?;
    }
    Ok(())
}

use access::{AccountId, Actor, Label, Membership};
use db::{DbResult, Tx};
use journal::{Entry, Job};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::life::{Recovery, RecoveryId, State};
use super::need::{Need, Way};
use super::{ask, jobs, link, store};

/// Who decides: the account, and the roles that are in force for its sign-in.
#[derive(Clone, Debug)]
pub struct By {
    /// Who.
    pub account: AccountId,
    /// Their roles in force.
    pub roles: Vec<Membership>,
}

/// What came of an approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Approved {
    /// Another operator has to approve too.
    Waits,
    /// The link goes out at this moment, unless it is stopped before.
    Held(Timestamp),
    /// The link is on its way.
    Sent,
}

/// Why nothing was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotDecided {
    /// There is none that they may decide about.
    Unknown,
    /// It waits no longer.
    Gone,
    /// They have approved before: it takes another person.
    Twice,
}

impl By {
    /// The person behind a request.
    pub fn of(actor: &Actor) -> Option<Self> {
        Some(Self { account: actor.account()?, roles: actor.roles().cloned().collect() })
    }
}

/// What somebody may decide about: the way back, as what they decide, and what the person's roles ask for.
pub(super) struct Decidable {
    pub(super) recovery: Recovery,
    pub(super) way: Way,
    pub(super) role: access::Role,
    pub(super) need: Need,
}

/// The way back, if they may decide about it. Nobody decides about their own.
pub(super) async fn decidable(tx: &mut Tx<'_>, recovery: Option<Recovery>, by: &By) -> DbResult<Option<Decidable>> {
    let Some(recovery) = recovery.filter(|recovery| recovery.account != by.account) else { return Ok(None) };
    let reaches = store::reaches_of(tx, recovery.account).await?;
    Ok(Way::of(&by.roles, &reaches).zip(Need::of(&reaches)).map(|((way, role), need)| Decidable { recovery, way, role, need }))
}

/// Confirms that it is the person. Enough of it sends the link, after a day if an institution's or association's role is among theirs.
pub async fn approve(tx: &mut Tx<'_>, id: RecoveryId, by: &By, reason: &str, now: Timestamp) -> DbResult<Result<Approved, NotDecided>> {
    let locked = store::lock(tx, id).await?;
    let Some(Decidable { mut recovery, way, role, need }) = decidable(tx, locked, by).await? else {
        return Ok(Err(NotDecided::Unknown));
    };
    if recovery.state(now) != State::Asked {
        return Ok(Err(NotDecided::Gone));
    }
    if !store::add_approval(tx, &recovery, by.account, way, reason, now).await? {
        return Ok(Err(NotDecided::Twice));
    }
    let ways = store::ways(tx, id).await?;
    if recovery.approve(need, &ways, now).is_err() {
        return tx.refuse(Err(NotDecided::Gone));
    }
    store::save(tx, &recovery).await?;
    let entry = Entry::by(&Label::Account(by.account).to_string()).acting_as(role.id()).did("recovery.approved");
    let facts = serde_json::json!({ "recovery": id, "way": way, "approvals": ways.len() });
    journal::record(tx, &entry.on("account", recovery.account).because(reason).with(facts), now).await?;
    match (recovery.state(now), recovery.held_until) {
        (State::Held, Some(until)) => {
            ask::tell(tx, &recovery, ask::HELD, now).await?;
            journal::job(tx, Job::of(jobs::READY, id).at(until), now).await?;
            Ok(Ok(Approved::Held(until)))
        }
        (State::Ready, _) => {
            link::send(tx, &mut recovery, now).await?;
            Ok(Ok(Approved::Sent))
        }
        _ => Ok(Ok(Approved::Waits)),
    }
}

//! Registering a learner for a course (cmi5 section 9.6.1).

use access::AccountId;
use cmi5::{Course, Registration};
use db::{DbError, DbResult, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use crate::House;
use crate::course::course;
use crate::launches::Telling;
use crate::package::{PackageId, Registered, RegistrationId};
use crate::store;

/// Who is registered.
#[derive(Clone, Debug)]
pub struct Who {
    /// The account, for a learner of the portal.
    pub account: Option<AccountId>,
    /// An agent of xAPI that is told by an account, as JSON.
    pub actor: String,
    /// The key that `xapi` gives it.
    pub actor_key: String,
    /// Whether somebody only tries the package.
    pub trial: bool,
}

/// Why nobody is registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NotRegistered {
    /// There is no such package.
    #[error("there is no such package")]
    NoPackage,
    /// The registration is another one's.
    #[error("the registration belongs to another learner or another package")]
    OfAnother,
    /// Not an agent that is told by an account (section 9.2).
    #[error("the actor is no agent with an account")]
    NoAccount,
}

impl Who {
    /// A learner of the portal, or whoever tries a package.
    pub fn learner(house: &House, account: AccountId, trial: bool) -> Self {
        let actor = house.learner(account.uuid());
        let actor_key = key_of(&actor).unwrap_or_default();
        Self { account: Some(account), actor, actor_key, trial }
    }

    /// Somebody whom a program names.
    pub fn named(actor: String) -> Result<Self, NotRegistered> {
        let actor_key = key_of(&actor).ok_or(NotRegistered::NoAccount)?;
        Ok(Self { account: None, actor, actor_key, trial: false })
    }
}

/// The key of an agent that is told by an account.
fn key_of(actor: &str) -> Option<String> {
    let json = xapi::Json::parse(actor.as_bytes()).ok()?;
    let agent = xapi::Actor::of(&json, xapi::Version::V1_0_3).ok()?;
    match (agent, agent.ifi()) {
        (xapi::Actor::Agent(_), Some(ifi @ xapi::Ifi::Account { .. })) => Some(ifi.key()),
        _ => None,
    }
}

/// The registration of a learner of the portal, made where there is none; whoever tries a package gets another one each time. With
/// an id, as a program gives it, the one with that id.
pub async fn register(
    tx: &mut Tx<'_>,
    (house, package): (&House, PackageId),
    who: &Who,
    id: Option<RegistrationId>,
    now: Timestamp,
) -> DbResult<Result<Registered, NotRegistered>> {
    let there = match (id, who.account) {
        (Some(id), _) => store::registration(tx, id).await?,
        (None, Some(account)) if !who.trial => store::registration_of(tx, package, account).await?,
        (None, _) => None,
    };
    if let Some(there) = there {
        let is_same = there.package == package && there.actor_key == who.actor_key;
        return Ok(if is_same { Ok(there) } else { Err(NotRegistered::OfAnother) });
    }
    if !store::hold(tx, package).await? {
        return Ok(Err(NotRegistered::NoPackage));
    }
    let Some(course) = course(tx, package).await? else { return Ok(Err(NotRegistered::NoPackage)) };
    let id = id.unwrap_or_else(|| RegistrationId::new(now));
    add(tx, (house, package), (id, who), &course, now).await?;
    store::registration(tx, id).await?.ok_or(DbError::Contended).map(Ok)
}

async fn add(
    tx: &mut Tx<'_>,
    (house, package): (&House, PackageId),
    (id, who): (RegistrationId, &Who),
    course: &Course,
    now: Timestamp,
) -> DbResult<()> {
    let (registration, parts) = Registration::begin(course);
    if !store::add_registration(tx, (id, package), who, (&registration, registration.done(course)), now).await? {
        // Somebody was faster: theirs is there now.
        return Err(DbError::Contended);
    }
    // What needs nothing is satisfied with the registration, in a session of its own (section 9.6.1).
    let telling = Telling { house, package, actor: &who.actor, registration: id, session: now.uuid(), now };
    let statements = telling.satisfied(course, &parts);
    records::keep_own(tx, house.base_url(), statements, now).await
}

use access::{AccountId, Label, OrganizationId, Role, Standing, memberships_of};
use db::{DbResult, Tx};
use journal::Entry;
use kernel::{EmailAddress, Lang, Timestamp};
use serde::{Deserialize, Serialize};

use super::{rules, store};
use crate::accounts::{NotInvited, by_email, ensure, invite};
use crate::organizations;

/// A role that an operator wants somebody to have.
#[derive(Clone, Debug)]
pub struct WantedRole {
    /// Whose: the mail goes there.
    pub email: EmailAddress,
    /// Which role.
    pub role: Role,
    /// Where, if the role is held at a place.
    pub organization: Option<OrganizationId>,
    /// Why one person may hold this role with one that excludes it; empty if none does.
    pub exception: String,
    /// Why nobody else approves; empty if somebody can.
    pub alone: String,
    /// The language of the mail.
    pub lang: Lang,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked {
    /// The invitation is on its way.
    Invited(AccountId),
    /// It waits for another operator; no mail goes out before.
    Requested(AccountId),
}

/// Why nobody was invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotAsked {
    /// Nobody changes their own roles.
    Own,
    /// The role is held at a place, and none was chosen that is in the master list.
    PlaceFirst,
    /// They have this role already.
    InForce,
    /// They have it, but it is stopped: it is taken up again, not given anew.
    Suspended,
    /// It waits already for a second person.
    Waiting,
    /// They hold this role, which excludes the wanted one: a reason for the exception is needed.
    Excluded(Role),
    /// There is no other operator who could approve: a reason for doing without is needed.
    Alone,
}

/// What giving a role would take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Takes {
    /// The role held already that excludes it.
    pub(super) excluded: Option<Role>,
    /// Whether a second person has to approve.
    pub(super) two: bool,
    /// Whether there is nobody who could.
    pub(super) alone: bool,
}

/// What giving the role would take, or why it cannot be given. Changes nothing.
pub(super) async fn look(tx: &mut Tx<'_>, wanted: &WantedRole, by: AccountId) -> DbResult<Result<Takes, NotAsked>> {
    let place = match wanted.organization.filter(|_| rules::needs_place(wanted.role)) {
        Some(id) => organizations::find(tx, id).await?.map(|organization| organization.id),
        None => None,
    };
    if rules::needs_place(wanted.role) && place.is_none() {
        return Ok(Err(NotAsked::PlaceFirst));
    }
    let mut excluded = None;
    if let Some(account) = by_email(tx, &wanted.email).await? {
        if account.id == by {
            return Ok(Err(NotAsked::Own));
        }
        let held = memberships_of(tx, account.id).await?;
        let same = held.iter().find(|held| held.role == wanted.role && held.organization == place);
        match same.map(|same| same.standing) {
            Some(Standing::Confirmed) => return Ok(Err(NotAsked::InForce)),
            Some(Standing::Suspended) => return Ok(Err(NotAsked::Suspended)),
            _ => {}
        }
        let waiting = store::requests_of(tx, account.id).await?;
        if waiting.iter().any(|request| request.role.0 == wanted.role && request.organization == place) {
            return Ok(Err(NotAsked::Waiting));
        }
        excluded = rules::clash(wanted.role, &held);
    }
    let two = rules::takes_two(wanted.role);
    let alone = two && store::count_other_operators(tx, by).await? == 0;
    Ok(Ok(Takes { excluded, two, alone }))
}

/// Invites somebody to a role, or asks another operator to approve it first.
pub async fn ask(tx: &mut Tx<'_>, wanted: &WantedRole, by: AccountId, now: Timestamp) -> DbResult<Result<Asked, NotAsked>> {
    let takes = match look(tx, wanted, by).await? {
        Ok(takes) => takes,
        Err(not) => return Ok(Err(not)),
    };
    if let Some(role) = takes.excluded.filter(|_| wanted.exception.is_empty()) {
        return Ok(Err(NotAsked::Excluded(role)));
    }
    if takes.alone && wanted.alone.is_empty() {
        return Ok(Err(NotAsked::Alone));
    }
    let organization = wanted.organization.filter(|_| rules::needs_place(wanted.role));
    let exception = if takes.excluded.is_some() { wanted.exception.as_str() } else { "" };
    let label = Label::Account(by).to_string();
    let facts = serde_json::json!({ "role": wanted.role, "organization": organization });
    if takes.two && !takes.alone {
        let account = ensure(tx, &wanted.email, wanted.lang, now).await?.id;
        store::add_request(tx, account, wanted.role, organization, exception, wanted.lang, by, now).await?;
        let entry = Entry::by(&label).acting_as(Role::Operator.id()).did("roles.requested").on("account", account).with(facts);
        let entry = if exception.is_empty() { entry } else { entry.because(exception) };
        journal::record(tx, &entry, now).await?;
        return Ok(Ok(Asked::Requested(account)));
    }
    let invited = match invite(tx, &wanted.email, wanted.role, organization, wanted.lang, &label, now).await? {
        Ok(invited) => invited,
        Err(NotInvited::InForce) => return Ok(Err(NotAsked::InForce)),
        Err(NotInvited::NoSuchOrganization) => return Ok(Err(NotAsked::PlaceFirst)),
    };
    let alone = if takes.alone { wanted.alone.as_str() } else { "" };
    for (act, reason) in [("roles.excepted", exception), ("roles.given_alone", alone)] {
        if !reason.is_empty() {
            let entry = Entry::by(&label).acting_as(Role::Operator.id()).did(act).on("account", invited.account);
            journal::record(tx, &entry.because(reason).with(facts.clone()), now).await?;
        }
    }
    Ok(Ok(Asked::Invited(invited.account)))
}

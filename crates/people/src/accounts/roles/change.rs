use access::{AccountId, Label, MembershipId, Role, Standing, memberships_of};
use db::{DbResult, Tx};
use journal::{Entry, Mail};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::{rules, store};
use crate::accounts::find;

journal::kinds! {
    /// The mail that tells the person.
    pub(super) Mail ROLE_CHANGED = "accounts.role_changed";
}

/// What is done to a role that somebody has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// 停止
    Suspend,
    /// 再開
    Reinstate,
    /// 終了
    End,
}

/// Why nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotChanged {
    /// There is no such role.
    Unknown,
    /// Nobody changes their own roles.
    Own,
    /// It stands otherwise by now.
    Overtaken,
    /// Meanwhile they hold this role, which excludes it.
    Excluded(Role),
}

impl Change {
    /// All of them.
    pub(super) const ALL: [Self; 3] = [Self::Suspend, Self::Reinstate, Self::End];

    /// The word in addresses and at the end of keys.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Suspend => "suspend",
            Self::Reinstate => "reinstate",
            Self::End => "end",
        }
    }

    /// Whether it can be done to a role that stands so.
    pub(super) const fn fits(self, standing: Standing) -> bool {
        match self {
            Self::Suspend => matches!(standing, Standing::Confirmed),
            Self::Reinstate => matches!(standing, Standing::Suspended),
            Self::End => !matches!(standing, Standing::Left),
        }
    }

    const fn leads_to(self) -> Standing {
        match self {
            Self::Suspend => Standing::Suspended,
            Self::Reinstate => Standing::Confirmed,
            Self::End => Standing::Left,
        }
    }

    const fn act(self) -> &'static str {
        match self {
            Self::Suspend => "roles.suspended",
            Self::Reinstate => "roles.reinstated",
            Self::End => "roles.ended",
        }
    }
}

/// Stops a role for a time, takes it up again, or ends it. All sign-ins of the person end, and they are told (rule 13).
pub async fn change(
    tx: &mut Tx<'_>,
    id: MembershipId,
    change: Change,
    reason: &str,
    by: AccountId,
    now: Timestamp,
) -> DbResult<Result<AccountId, NotChanged>> {
    let Some(held) = store::held(tx, id).await? else { return Ok(Err(NotChanged::Unknown)) };
    if held.account == by {
        return Ok(Err(NotChanged::Own));
    }
    let role = held.role.0;
    if !change.fits(held.standing.0) {
        return Ok(Err(NotChanged::Overtaken));
    }
    if change == Change::Reinstate {
        let others: Vec<_> =
            memberships_of(tx, held.account).await?.into_iter().filter(|other| other.standing == Standing::Confirmed).collect();
        if let Some(excluded) = rules::clash(role, &others) {
            return Ok(Err(NotChanged::Excluded(excluded)));
        }
    }
    if !access::change_standing(tx, id, held.standing.0, change.leads_to(), now).await? {
        return Ok(Err(NotChanged::Overtaken));
    }
    if change != Change::Reinstate {
        store::close_invitations(tx, held.account, role, held.organization, now).await?;
    }
    let ended = access::end_others(tx, held.account, None, now).await?;
    let facts = serde_json::json!({ "role": role, "organization": held.organization, "sign_ins_ended": ended });
    let entry = Entry::by(&Label::Account(by).to_string()).acting_as(Role::Operator.id()).did(change.act()).on("account", held.account);
    journal::record(tx, &entry.because(reason).with(facts), now).await?;
    if let Some(account) = find(tx, held.account).await? {
        let mail = Mail::of(ROLE_CHANGED, held.account, account.lang).with("change", change.id()).with("role", role);
        journal::mail(tx, mail.with("organization", held.organization).with("at", now.as_micros()), now).await?;
    }
    Ok(Ok(held.account))
}

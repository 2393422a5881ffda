use access::{Membership, OrganizationId, Role};
use db::{DbResult, FromColumn, Tx, Unreadable, Value};
use serde::{Deserialize, Serialize};

use super::store;
use access::AccountId;

/// A role of the person who cannot sign in, and where they hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    pub(super) role: Role,
    /// The organization and all above it, nearest first. Empty: the whole portal.
    pub(super) path: Vec<OrganizationId>,
}

/// What has to come together before the person gets a link. Of several roles, each asks for its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Need {
    /// Two operators, and nobody else: the person works for the portal.
    pub(super) operators: bool,
    /// A day in which the owner of the mailbox can stop it: the person acts for an institution or association.
    pub(super) hold: bool,
}

/// As what somebody confirms that it is the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Way {
    /// Has the same role at the same place.
    Colleague,
    /// Acts for an association above, and has called back.
    CallBack,
    /// One of the two operators.
    Operator,
}

impl Need {
    /// What these roles ask for; `None` for a learner, whom the link in a mail lets in.
    pub(super) fn of(person: &[Reach]) -> Option<Self> {
        let operators = person.iter().any(|reach| reach.role.needs_passkey());
        let hold = person.iter().any(|reach| reach.role != Role::Learner && !reach.role.needs_passkey());
        (operators || hold).then_some(Self { operators, hold })
    }

    /// Whether these approvals, each by another person, are enough.
    pub(super) fn is_met_by(self, approvals: &[Way]) -> bool {
        let operators = approvals.iter().filter(|way| **way == Way::Operator).count();
        operators >= 2 || (!self.operators && operators < approvals.len())
    }
}

impl Way {
    /// The word in the database and at the end of keys.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Colleague => "colleague",
            Self::CallBack => "call_back",
            Self::Operator => "operator",
        }
    }

    /// As what somebody with these roles in force may confirm that it is the person, and by which role. Every place that the person
    /// acts for has to be within their reach: whoever comes back comes back to all of them.
    pub(super) fn of(by: &[Membership], person: &[Reach]) -> Option<(Self, Role)> {
        let need = Need::of(person)?;
        if !need.operators {
            let placed = || person.iter().filter(|reach| reach.role != Role::Learner);
            let colleague = by.iter().find(|mine| placed().all(|reach| is_colleague(mine, reach)));
            if let Some(mine) = colleague {
                return Some((Self::Colleague, mine.role));
            }
            let above = by.iter().find(|mine| placed().all(|reach| is_above(mine, reach)));
            if let Some(mine) = above {
                return Some((Self::CallBack, mine.role));
            }
        }
        let is_operator = |mine: &Membership| mine.role == Role::Operator && mine.organization.is_none();
        by.iter().any(is_operator).then_some((Self::Operator, Role::Operator))
    }
}

const fn is_of_an_association(role: Role) -> bool {
    matches!(role, Role::AssociationEditor | Role::AssociationReleaser)
}

fn is_colleague(mine: &Membership, reach: &Reach) -> bool {
    let same_kind = mine.role == reach.role || (is_of_an_association(mine.role) && is_of_an_association(reach.role));
    same_kind && mine.organization.is_some() && mine.organization.as_ref() == reach.path.first()
}

fn is_above(mine: &Membership, reach: &Reach) -> bool {
    is_of_an_association(mine.role) && mine.organization.is_some_and(|place| reach.path.iter().skip(1).any(|above| *above == place))
}

impl FromColumn for Way {
    fn from_column(value: Value<'_>) -> Result<Self, Unreadable> {
        match value.text()? {
            "colleague" => Ok(Self::Colleague),
            "call_back" => Ok(Self::CallBack),
            "operator" => Ok(Self::Operator),
            other => Err(format!("{other} is no way to confirm").into()),
        }
    }
}

/// Whether the person's roles still ask for no more than was approved: none has come since, and the approvals are enough.
pub(super) async fn is_still_met(
    tx: &mut Tx<'_>,
    recovery: super::RecoveryId,
    account: AccountId,
    approved_at: Option<kernel::Timestamp>,
) -> DbResult<bool> {
    let Some(approved_at) = approved_at else { return Ok(false) };
    let Some(need) = Need::of(&store::reaches_of(tx, account).await?) else { return Ok(false) };
    Ok(need.is_met_by(&store::ways(tx, recovery).await?) && !store::has_role_since(tx, account, approved_at).await?)
}

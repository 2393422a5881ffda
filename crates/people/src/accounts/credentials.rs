use access::{AccountId, Actor, Membership, Role, SignInId, Standing, Strength, Who, memberships_of};
use db::{DbResult, Tx};
use kernel::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use super::store;

/// How old the last proof may be when somebody changes how they sign in.
const FRESH: Span = Span::minutes(15);

/// The person who is signed in, and by what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Me {
    pub(super) account: AccountId,
    pub(super) sign_in: SignInId,
    pub(super) strength: Strength,
    pub(super) stepped_up_at: Option<Timestamp>,
}

/// What an account can prove itself by, besides its mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Credentials {
    pub(super) passkeys: i64,
    pub(super) has_passphrase: bool,
    pub(super) has_code: bool,
}

/// Whether the person may change how they sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Gate {
    /// Yes.
    Open,
    /// After proving the strongest thing the account has.
    StepUp,
    /// No: the account has a role, and only an invitation may give it its first passkey.
    Invitation,
}

impl Me {
    /// The person behind the request, if one is signed in.
    pub(super) fn of(actor: &Actor) -> Option<Self> {
        match actor.who {
            Who::Person { account, sign_in, strength, stepped_up_at } => Some(Self { account, sign_in, strength, stepped_up_at }),
            _ => None,
        }
    }

    /// Whether they have just proved something at least as strong as `strength`.
    fn has_just_proved(&self, strength: Strength, now: Timestamp) -> bool {
        self.strength >= strength && self.stepped_up_at.is_some_and(|at| at <= now && now.since(at) <= FRESH)
    }
}

impl Credentials {
    /// The strongest proof that the account can give.
    pub(super) const fn strongest(self) -> Option<Strength> {
        match self {
            Self { passkeys: 1.., .. } => Some(Strength::Passkey),
            Self { has_passphrase: true, has_code: true, .. } => Some(Strength::PassphraseAndCode),
            Self { has_passphrase: true, .. } => Some(Strength::Passphrase),
            _ => None,
        }
    }

    /// Whether they suffice for a role (rule 25).
    pub(super) fn suffice_for(self, role: Role) -> bool {
        match role {
            Role::Learner => true,
            role if role.needs_passkey() => self.strongest() == Some(Strength::Passkey),
            _ => self.strongest() >= Some(Strength::PassphraseAndCode),
        }
    }

    /// Whether they suffice for all roles that are in force.
    pub(super) fn suffice_for_roles(self, memberships: &[Membership]) -> bool {
        memberships.iter().all(|membership| !membership.standing.opens() || self.suffice_for(membership.role))
    }
}

/// Whether `me` may change how the account signs in. A mailbox alone never gives a role's account its first passkey, else
/// whoever reads the mail would have the role.
pub(super) async fn gate(tx: &mut Tx<'_>, me: &Me, now: Timestamp) -> DbResult<Gate> {
    if let Some(strongest) = store::credentials(tx, me.account).await?.strongest() {
        return Ok(if me.has_just_proved(strongest, now) { Gate::Open } else { Gate::StepUp });
    }
    let has_role = memberships_of(tx, me.account)
        .await?
        .iter()
        .any(|membership| membership.role != Role::Learner && membership.standing != Standing::Left);
    // Proved by more than a mailbox, though nothing of it is registered: the demo's links do that.
    let is_proved = me.has_just_proved(Strength::PassphraseAndCode, now);
    if !has_role || is_proved || store::was_opened_by_invitation(tx, me.account, me.sign_in, now).await? {
        return Ok(Gate::Open);
    }
    Ok(Gate::Invitation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_proof_counts_and_a_role_asks_for_enough() {
        let only = |passkeys, has_passphrase, has_code| Credentials { passkeys, has_passphrase, has_code };
        assert_eq!(only(0, false, false).strongest(), None);
        assert_eq!(only(0, false, true).strongest(), None, "a code alone is nothing");
        assert_eq!(only(2, true, false).strongest(), Some(Strength::Passkey));
        assert!(only(1, false, false).suffice_for(Role::Secretariat));
        assert!(!only(0, true, true).suffice_for(Role::Secretariat));
        assert!(only(0, true, true).suffice_for(Role::InstitutionAdmin));
        assert!(!only(0, true, false).suffice_for(Role::InstitutionAdmin));
        assert!(!only(0, false, false).suffice_for(Role::AssociationEditor));
    }
}

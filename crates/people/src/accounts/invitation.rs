use access::{AccountId, Label, OrganizationId, Role, SignInId, Standing, Strength, grant, memberships_of, set_standing};
use db::{DbResult, FromColumn, Tx, Unreadable, Value};
use journal::{Entry, Mail};
use kernel::{EmailAddress, Lang, Span, Timestamp, id};
use serde::{Deserialize, Serialize};
use web::Words;

use super::credentials::Me;
use super::{Account, Browser, ensure, sign_in, store};
use crate::organizations;

journal::kinds! {
    /// The mail with the invitation.
    pub(super) Mail INVITED = "accounts.invited";
}

id!(
    /// An invitation to a role.
    InvitationId
);

/// How long an invitation may be answered.
const LASTS: Span = Span::days(7);

/// What keys the text of its link is made with.
pub(super) const PURPOSE: &str = "invitation";

/// Somebody was invited: a mail is on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// The invitation.
    pub id: InvitationId,
    /// Whose account it is for; it opens nothing beyond a learner's pages until it is answered.
    pub account: AccountId,
}

/// Why nobody was invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NotInvited {
    /// They have this role already.
    #[error("the role is in force already")]
    InForce,
    /// The organization is not in the master list.
    #[error("there is no such organization")]
    NoSuchOrganization,
}

/// A role in its column.
#[derive(Clone, Copy, Debug)]
pub(super) struct StoredRole(pub(super) Role);

db::row! {
    /// An invitation, as stored.
    #[derive(Clone, Debug)]
    pub(super) struct Invitation {
        pub(super) id: InvitationId,
        pub(super) account: AccountId,
        pub(super) role: StoredRole,
        pub(super) organization: Option<OrganizationId>,
        pub(super) ends_at: Timestamp,
        pub(super) accepted_at: Option<Timestamp>,
        pub(super) finished_at: Option<Timestamp>,
    }
}

impl StoredRole {
    /// 事務局
    pub(super) fn name(self, w: Words) -> String {
        w.t(&format!("role-{}", self.0.id().replace('_', "-")))
    }
}

impl FromColumn for StoredRole {
    fn from_column(value: Value<'_>) -> Result<Self, Unreadable> {
        value.text()?.parse().map(Self).map_err(|()| "not a role".into())
    }
}

impl Invitation {
    /// Whether it can still be answered: it may be opened again until it is in force, so that a closed window loses nothing.
    pub(super) fn is_open_at(&self, now: Timestamp) -> bool {
        self.finished_at.is_none() && now < self.ends_at
    }
}

/// Invites somebody to a role, by mail. The role comes into force when they can prove who they are as the role asks.
///
/// `by` is how the audit trail names who invites: `account:…`, or `system` for the first one of an installation.
pub async fn invite(
    tx: &mut Tx<'_>,
    email: &EmailAddress,
    role: Role,
    organization: Option<OrganizationId>,
    lang: Lang,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<Invited, NotInvited>> {
    if let Some(organization) = organization {
        if organizations::find(tx, organization).await?.is_none() {
            return Ok(Err(NotInvited::NoSuchOrganization));
        }
        if access::path_of(tx, organization).await?.is_empty() {
            access::place(tx, organization, None).await?;
        }
    }
    let account = ensure(tx, email, lang, now).await?.id;
    let memberships = memberships_of(tx, account).await?;
    match memberships.iter().find(|membership| membership.role == role && membership.organization == organization) {
        Some(membership) if membership.standing.opens() => return Ok(Err(NotInvited::InForce)),
        Some(_) => {
            set_standing(tx, account, role, organization, Standing::Invited, now).await?;
        }
        None => {
            grant(tx, account, role, Standing::Invited, organization, by, now).await?;
        }
    }
    let id = InvitationId::new(now);
    let ends_at = now.plus(LASTS);
    store::add_invitation(tx, id, account, role, organization, by, ends_at, now).await?;
    journal::mail(tx, Mail::of(INVITED, id, lang).expires(ends_at), now).await?;
    let entry = Entry::by(by).did("accounts.invited").on("account", account);
    journal::record(tx, &entry.with(serde_json::json!({ "role": role, "organization": organization })), now).await?;
    Ok(Ok(Invited { id, account }))
}

/// The invitation and whose it is, if it can still be answered.
pub(super) async fn look(tx: &mut Tx<'_>, id: InvitationId, now: Timestamp) -> DbResult<Option<(Invitation, Account)>> {
    let Some(invitation) = store::invitation(tx, id).await?.filter(|invitation| invitation.is_open_at(now)) else { return Ok(None) };
    let account = store::find(tx, invitation.account).await?;
    Ok(account.map(|account| (invitation, account)))
}

/// Accepts an invitation. Who can already prove enough has the role at once and signs in as usual (`None`); who can't is let in as a
/// learner, by a sign-in that may add the first passkey.
pub(super) async fn accept(
    tx: &mut Tx<'_>,
    id: InvitationId,
    browser: &Browser,
    earlier: Option<Me>,
    now: Timestamp,
) -> DbResult<Option<Option<SignInId>>> {
    let Some((invitation, account)) = look(tx, id, now).await? else { return Ok(None) };
    let role = invitation.role.0;
    set_standing(tx, account.id, role, invitation.organization, Standing::Accepted, now).await?;
    let entry = Entry::by(&Label::Account(account.id).to_string()).did("accounts.accepted").on("invitation", id);
    journal::record(tx, &entry, now).await?;
    let is_bare = store::credentials(tx, account.id).await?.strongest().is_none();
    let sign_in = if is_bare { Some(sign_in::open(tx, account.id, Strength::MailLink, browser, earlier, now).await?) } else { None };
    store::accept_invitation(tx, id, sign_in, now).await?;
    if finish(tx, account.id, now).await? {
        // Whoever is signed in signs in anew: nothing that was opened before the role came is carried into it (rules 12, 13).
        access::end_others(tx, account.id, None, now).await?;
    }
    Ok(Some(sign_in))
}

/// Puts accepted invitations into force for which the account can now prove enough. Returns whether there were any.
pub(super) async fn finish(tx: &mut Tx<'_>, account: AccountId, now: Timestamp) -> DbResult<bool> {
    let mut finished = false;
    let credentials = store::credentials(tx, account).await?;
    for invitation in store::accepted_invitations(tx, account).await? {
        let role = invitation.role.0;
        if credentials.suffice_for(role) {
            set_standing(tx, account, role, invitation.organization, Standing::Confirmed, now).await?;
            store::finish_invitation(tx, invitation.id, now).await?;
            let entry = Entry::by(&Label::Account(account).to_string()).acting_as(role.id());
            let entry = entry.did("accounts.confirmed").on("account", account);
            journal::record(tx, &entry, now).await?;
            finished = true;
        }
    }
    Ok(finished)
}

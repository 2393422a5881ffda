use access::{AccountId, OrganizationId, Role, SignInId};
use db::{Arg, DbResult, PIECE, Tx, sql};
use kernel::{EmailAddress, Lang, Timestamp};

use crate::accounts::Next;
use crate::accounts::invitation::{Invitation, InvitationId};
use crate::accounts::mail_link::{SignInLink, SignInLinkId};

pub(in crate::accounts) async fn add_link(
    tx: &mut Tx<'_>,
    id: SignInLinkId,
    email: &EmailAddress,
    next: &Next,
    lang: Lang,
    ends_at: Timestamp,
    now: Timestamp,
) -> DbResult<()> {
    let add = sql!("INSERT INTO sign_in_links (id, email, next, lang, created_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6)");
    tx.run(add, &[id.into(), email.into(), next.as_str().into(), lang.into(), now.into(), ends_at.into()]).await?;
    Ok(())
}

/// The link with this id, used or not.
pub(in crate::accounts) async fn link(tx: &mut Tx<'_>, id: SignInLinkId) -> DbResult<Option<SignInLink>> {
    tx.opt(sql!("SELECT email, next, lang, ends_at, used_at FROM sign_in_links WHERE id = $1"), &[id.into()]).await
}

/// Uses the link up. Nothing if it was used before or its time is over; of two at once, one gets it.
pub(in crate::accounts) async fn use_link(tx: &mut Tx<'_>, id: SignInLinkId, now: Timestamp) -> DbResult<Option<SignInLink>> {
    let take = sql!(
        "UPDATE sign_in_links SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND ends_at > $2
         RETURNING email, next, lang, ends_at, used_at"
    );
    tx.opt(take, &[id.into(), now.into()]).await
}

#[expect(clippy::too_many_arguments, reason = "one for each column that is known when somebody is invited")]
pub(in crate::accounts) async fn add_invitation(
    tx: &mut Tx<'_>,
    id: InvitationId,
    account: AccountId,
    role: Role,
    organization: Option<OrganizationId>,
    by: &str,
    ends_at: Timestamp,
    now: Timestamp,
) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO invitations (id, account, role, organization, invited_by, created_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    );
    let args: [Arg; 7] = [id.into(), account.into(), role.id().into(), organization.into(), by.into(), now.into(), ends_at.into()];
    tx.run(add, &args).await?;
    Ok(())
}

pub(in crate::accounts) async fn invitation(tx: &mut Tx<'_>, id: InvitationId) -> DbResult<Option<Invitation>> {
    let find = sql!("SELECT id, account, role, organization, ends_at, accepted_at, finished_at FROM invitations WHERE id = $1");
    tx.opt(find, &[id.into()]).await
}

/// The account's invitations that were accepted and are not in force yet.
pub(in crate::accounts) async fn accepted_invitations(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Vec<Invitation>> {
    let list = sql!(
        "SELECT id, account, role, organization, ends_at, accepted_at, finished_at FROM invitations
         WHERE account = $1 AND accepted_at IS NOT NULL AND finished_at IS NULL ORDER BY created_at LIMIT 50"
    );
    tx.all(list, &[account.into()]).await
}

/// Notes that an invitation was accepted, and by which sign-in; one before it may add the first passkey no longer.
pub(in crate::accounts) async fn accept_invitation(
    tx: &mut Tx<'_>,
    id: InvitationId,
    sign_in: Option<SignInId>,
    now: Timestamp,
) -> DbResult<()> {
    tx.run(sql!("UPDATE invitations SET accepted_at = $2, sign_in = $3 WHERE id = $1"), &[id.into(), now.into(), sign_in.into()]).await?;
    Ok(())
}

pub(in crate::accounts) async fn finish_invitation(tx: &mut Tx<'_>, id: InvitationId, now: Timestamp) -> DbResult<()> {
    tx.run(sql!("UPDATE invitations SET finished_at = $2 WHERE id = $1"), &[id.into(), now.into()]).await?;
    Ok(())
}

/// Whether this sign-in was opened by an invitation that still waits for the first passkey.
pub(in crate::accounts) async fn was_opened_by_invitation(
    tx: &mut Tx<'_>,
    account: AccountId,
    sign_in: SignInId,
    now: Timestamp,
) -> DbResult<bool> {
    let count = sql!("SELECT COUNT(*) FROM invitations WHERE account = $1 AND sign_in = $2 AND finished_at IS NULL AND ends_at > $3");
    Ok(tx.one::<i64>(count, &[account.into(), sign_in.into(), now.into()]).await? > 0)
}

/// Forgets a piece of the invitations whose time was over before `before`, but for those that were accepted and whose role still waits,
/// and says how many.
pub(in crate::accounts) async fn forget_invitations(tx: &mut Tx<'_>, before: Timestamp) -> DbResult<u64> {
    let forget = sql!(
        "DELETE FROM invitations WHERE id IN (SELECT id FROM invitations
         WHERE ends_at < $1 AND (accepted_at IS NULL OR finished_at IS NOT NULL) LIMIT $2)"
    );
    tx.run(forget, &[before.into(), PIECE.into()]).await
}

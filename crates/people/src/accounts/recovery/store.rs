//! The tables of recovery. Nobody else reads or writes them.

use access::{AccountId, OrganizationId, Role, SignInId};
use db::{Arg, DbResult, Tx, row, sql};
use kernel::{Lang, Timestamp};

use super::life::{LASTS, Recovery, RecoveryId, State};
use super::need::{Reach, Way};
use crate::accounts::invitation::StoredRole;

row! {
    /// One level of the tree above one role of somebody.
    struct Level {
        account: AccountId,
        membership: access::MembershipId,
        role: StoredRole,
        place: Option<OrganizationId>,
    }
}

row! {
    /// A role of somebody who is on the way back, for those who are to recognize them.
    pub(super) struct Holding {
        pub(super) recovery: RecoveryId,
        pub(super) role: StoredRole,
        pub(super) organization: Option<OrganizationId>,
        pub(super) organization_name: Option<String>,
    }
}

row! {
    /// What somebody said who approved.
    pub(super) struct Approval {
        pub(super) approver: AccountId,
        pub(super) way: Way,
        pub(super) reason: String,
        pub(super) approved_at: Timestamp,
    }
}

/// A passphrase and the secret of its codes that wait for the first code.
pub(super) struct Staged {
    /// Argon2id.
    pub(super) hash: String,
    /// Sealed as the account's codes are.
    pub(super) secret: Vec<u8>,
}

macro_rules! recoveries {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.account, a.email, r.lang, r.asked_at, r.approved_at, r.held_until, r.generation, r.link_ends_at, r.used_at,
                    r.sign_in, r.closed_at, r.outcome
             FROM recoveries r JOIN accounts a ON a.id = r.account ",
            $rest
        )
    };
}

/// Adds one that somebody asks for; `None` if one is under way.
pub(super) async fn add(tx: &mut Tx<'_>, account: AccountId, lang: Lang, now: Timestamp) -> DbResult<Option<RecoveryId>> {
    let id = RecoveryId::new(now);
    let add = sql!(
        "INSERT INTO recoveries (id, account, lang, asked_at) VALUES ($1, $2, $3, $4) ON CONFLICT (account) WHERE closed_at IS NULL DO NOTHING"
    );
    Ok((tx.run(add, &[id.into(), account.into(), lang.into(), now.into()]).await? == 1).then_some(id))
}

/// The one with this id, whatever became of it.
pub(super) async fn find(tx: &mut Tx<'_>, id: RecoveryId) -> DbResult<Option<Recovery>> {
    tx.opt(sql!(recoveries!("WHERE r.id = $1")), &[id.into()]).await
}

/// The same, whose row is this transaction's from here on.
pub(super) async fn lock(tx: &mut Tx<'_>, id: RecoveryId) -> DbResult<Option<Recovery>> {
    tx.run(sql!("UPDATE recoveries SET generation = generation WHERE id = $1"), &[id.into()]).await?;
    find(tx, id).await
}

/// The one of this account that is not closed.
pub(super) async fn open_of(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Option<Recovery>> {
    tx.opt(sql!(recoveries!("WHERE r.account = $1 AND r.closed_at IS NULL")), &[account.into()]).await
}

/// The one whose link opened this sign-in, if it is not closed.
pub(super) async fn of_sign_in(tx: &mut Tx<'_>, sign_in: SignInId) -> DbResult<Option<Recovery>> {
    tx.opt(sql!(recoveries!("WHERE r.sign_in = $1 AND r.closed_at IS NULL")), &[sign_in.into()]).await
}

/// Stores what has become of it. Once it is over, or a link is used anew, nothing that waited for a first code is left.
pub(super) async fn save(tx: &mut Tx<'_>, recovery: &Recovery) -> DbResult<()> {
    let save = sql!(
        "UPDATE recoveries SET approved_at = $2, held_until = $3, generation = $4, link_ends_at = $5, used_at = $6, sign_in = $7,
                closed_at = $8, outcome = $9, new_hash = NULL, new_secret = NULL WHERE id = $1"
    );
    let args: [Arg; 9] = [
        recovery.id.into(),
        recovery.approved_at.into(),
        recovery.held_until.into(),
        recovery.generation.into(),
        recovery.link_ends_at.into(),
        recovery.used_at.into(),
        recovery.sign_in.into(),
        recovery.closed_at.into(),
        recovery.outcome.map(|outcome| outcome.id().to_owned()).into(),
    ];
    tx.run(save, &args).await?;
    Ok(())
}

/// Keeps a passphrase and the secret of its codes until the first code.
pub(super) async fn stage(tx: &mut Tx<'_>, id: RecoveryId, staged: &Staged) -> DbResult<()> {
    let stage = sql!("UPDATE recoveries SET new_hash = $2, new_secret = $3 WHERE id = $1");
    tx.run(stage, &[id.into(), staged.hash.as_str().into(), staged.secret.clone().into()]).await?;
    Ok(())
}

/// What waits for the first code.
pub(super) async fn staged(tx: &mut Tx<'_>, id: RecoveryId) -> DbResult<Option<Staged>> {
    let find = sql!("SELECT new_hash, new_secret FROM recoveries WHERE id = $1 AND new_hash IS NOT NULL AND new_secret IS NOT NULL");
    let found: Option<(String, Vec<u8>)> = tx.opt(find, &[id.into()]).await?;
    Ok(found.map(|(hash, secret)| Staged { hash, secret }))
}

/// Removes everything that the account proved itself by, and forgets its browsers: one of them may be in other hands.
pub(super) async fn remove_credentials(tx: &mut Tx<'_>, account: AccountId) -> DbResult<()> {
    tx.run(sql!("DELETE FROM passkeys WHERE account = $1"), &[account.into()]).await?;
    tx.run(sql!("DELETE FROM passphrases WHERE account = $1"), &[account.into()]).await?;
    tx.run(sql!("DELETE FROM code_secrets WHERE account = $1"), &[account.into()]).await?;
    tx.run(sql!("DELETE FROM devices WHERE account = $1"), &[account.into()]).await?;
    Ok(())
}

/// Notes that somebody approved. False if they have before.
pub(super) async fn add_approval(
    tx: &mut Tx<'_>,
    recovery: &Recovery,
    approver: AccountId,
    way: Way,
    reason: &str,
    now: Timestamp,
) -> DbResult<bool> {
    let add = sql!(
        "INSERT INTO recovery_approvals (recovery, approver, person, way, reason, approved_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (recovery, approver) DO NOTHING"
    );
    let args: [Arg; 6] = [recovery.id.into(), approver.into(), recovery.account.into(), way.id().into(), reason.into(), now.into()];
    Ok(tx.run(add, &args).await? == 1)
}

/// Who has approved so far, in order.
pub(super) async fn approvals(tx: &mut Tx<'_>, id: RecoveryId) -> DbResult<Vec<Approval>> {
    let list = sql!(
        "SELECT approver, way, reason, approved_at FROM recovery_approvals WHERE recovery = $1 ORDER BY approved_at, approver LIMIT 20"
    );
    tx.all(list, &[id.into()]).await
}

/// The ways in which it was approved, one for each person.
pub(super) async fn ways(tx: &mut Tx<'_>, id: RecoveryId) -> DbResult<Vec<Way>> {
    Ok(approvals(tx, id).await?.into_iter().map(|approval| approval.way).collect())
}

macro_rules! levels {
    ($whose:literal) => {
        concat!(
            "WITH RECURSIVE up (account, membership, role, place, level) AS (
                 SELECT m.account, m.id, m.role, m.organization, 0 FROM memberships m WHERE m.standing <> 'left' AND ",
            $whose,
            " UNION ALL
                 SELECT up.account, up.membership, up.role, p.parent, up.level + 1 FROM up JOIN places p ON p.id = up.place
                 WHERE p.parent IS NOT NULL AND up.level < 12
             )
             SELECT account, membership, role, place FROM up ORDER BY account, membership, level LIMIT 5000"
        )
    };
}

/// The roles of an account that are not over, with the places above each.
pub(super) async fn reaches_of(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Vec<Reach>> {
    let levels = tx.all(sql!(levels!("m.account = $1")), &[account.into()]).await?;
    Ok(folded(levels).into_iter().map(|(_, reach)| reach).collect())
}

/// The same for everybody who is on the way back, by account.
pub(super) async fn reaches(tx: &mut Tx<'_>) -> DbResult<Vec<(AccountId, Reach)>> {
    let levels = tx.all(sql!(levels!("m.account IN (SELECT account FROM recoveries WHERE closed_at IS NULL)")), &[]).await?;
    Ok(folded(levels))
}

fn folded(levels: Vec<Level>) -> Vec<(AccountId, Reach)> {
    let mut folded: Vec<(AccountId, Reach)> = Vec::new();
    let mut last = None;
    for level in levels {
        if last != Some(level.membership) {
            folded.push((level.account, Reach { role: level.role.0, path: Vec::new() }));
            last = Some(level.membership);
        }
        if let (Some((_, reach)), Some(place)) = (folded.last_mut(), level.place) {
            reach.path.push(place);
        }
    }
    folded
}

/// The roles of everybody who is on the way back, with the names of the places. `CROSS JOIN`, so that `SQLite` begins with the few.
pub(super) async fn holdings(tx: &mut Tx<'_>) -> DbResult<Vec<Holding>> {
    let list = sql!(
        "SELECT r.id, m.role, m.organization, o.name FROM recoveries r CROSS JOIN memberships m
         LEFT JOIN organizations o ON o.id = m.organization
         WHERE m.account = r.account AND r.closed_at IS NULL AND m.role <> 'learner' AND m.standing <> 'left' ORDER BY m.granted_at, m.id LIMIT 5000"
    );
    tx.all(list, &[]).await
}

/// Whether a role of the account has changed since then, and is in force.
pub(super) async fn has_role_since(tx: &mut Tx<'_>, account: AccountId, since: Timestamp) -> DbResult<bool> {
    let count = sql!("SELECT COUNT(*) FROM memberships WHERE account = $1 AND standing = 'confirmed' AND role <> $3 AND changed_at > $2");
    Ok(tx.one::<i64>(count, &[account.into(), since.into(), Role::Learner.id().into()]).await? > 0)
}

/// Rows on a page.
pub(super) const ROWS: i64 = 50;

/// Those under way, the oldest first, except one's own.
pub(super) async fn list(tx: &mut Tx<'_>, except: AccountId, skipped: i64) -> DbResult<Vec<Recovery>> {
    let list = sql!(recoveries!("WHERE r.closed_at IS NULL AND r.account <> $1 ORDER BY r.asked_at, r.id LIMIT $2 OFFSET $3"));
    tx.all(list, &[except.into(), ROWS.into(), skipped.into()]).await
}

/// How many there are.
pub(super) async fn count(tx: &mut Tx<'_>, except: AccountId) -> DbResult<i64> {
    tx.one(sql!("SELECT COUNT(*) FROM recoveries WHERE closed_at IS NULL AND account <> $1"), &[except.into()]).await
}

/// Those under way, at a place where the asker has a role, or below it; the oldest first.
pub(super) async fn list_near(tx: &mut Tx<'_>, asker: AccountId) -> DbResult<Vec<Recovery>> {
    let list = sql!(
        "WITH RECURSIVE up (recovery, place, level) AS (
             SELECT r.id, m.organization, 0 FROM recoveries r JOIN memberships m ON m.account = r.account
             WHERE r.closed_at IS NULL AND r.account <> $1 AND m.organization IS NOT NULL AND m.standing <> 'left'
             UNION ALL
             SELECT up.recovery, p.parent, up.level + 1 FROM up JOIN places p ON p.id = up.place WHERE p.parent IS NOT NULL AND up.level < 12
         )
         SELECT r.id, r.account, a.email, r.lang, r.asked_at, r.approved_at, r.held_until, r.generation, r.link_ends_at, r.used_at,
                r.sign_in, r.closed_at, r.outcome
         FROM recoveries r JOIN accounts a ON a.id = r.account
         WHERE r.closed_at IS NULL AND r.id IN (
             SELECT up.recovery FROM up JOIN memberships mine ON mine.organization = up.place
             WHERE mine.account = $1 AND mine.standing = 'confirmed'
         )
         ORDER BY r.asked_at, r.id LIMIT 50"
    );
    tx.all(list, &[asker.into()]).await
}

/// How many wait for an approval that operators may give.
pub async fn waiting(tx: &mut Tx<'_>, except: Option<AccountId>, now: Timestamp) -> DbResult<i64> {
    let count = sql!(
        "SELECT COUNT(*) FROM recoveries WHERE closed_at IS NULL AND approved_at IS NULL AND asked_at > $1
         AND (CAST($2 AS UUID) IS NULL OR account <> $2)"
    );
    tx.one(count, &[now.minus(LASTS).into(), except.into()]).await
}

/// How many wait for an approval that this person may give at a place of theirs.
pub async fn waiting_for(tx: &mut Tx<'_>, actor: &access::Actor, now: Timestamp) -> DbResult<i64> {
    let Some(account) = actor.account() else { return Ok(0) };
    let mine: Vec<access::Membership> = actor.roles().cloned().collect();
    if mine.iter().all(|membership| membership.organization.is_none()) {
        return Ok(0);
    }
    let near = list_near(tx, account).await?;
    let reaches = reaches(tx).await?;
    let waits = near.iter().filter(|recovery| recovery.state(now) == State::Asked).filter(|recovery| {
        let theirs: Vec<Reach> = reaches.iter().filter(|(of, _)| *of == recovery.account).map(|(_, reach)| reach.clone()).collect();
        matches!(Way::of(&mine, &theirs), Some((Way::Colleague | Way::CallBack, _)))
    });
    Ok(i64::try_from(waits.count()).unwrap_or(i64::MAX))
}

/// Closes all that are open.
pub(in crate::accounts) async fn lapse_all(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    let close =
        sql!("UPDATE recoveries SET closed_at = $1, outcome = 'lapsed', new_hash = NULL, new_secret = NULL WHERE closed_at IS NULL");
    tx.run(close, &[now.into()]).await?;
    Ok(())
}

/// Closes what nobody approved or used in time.
pub(in crate::accounts) async fn lapse(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    let close = sql!(
        "UPDATE recoveries SET closed_at = $1, outcome = 'lapsed', new_hash = NULL, new_secret = NULL
         WHERE closed_at IS NULL AND ((held_until IS NULL AND asked_at <= $2) OR held_until <= $2)"
    );
    tx.run(close, &[now.into(), now.minus(LASTS).into()]).await?;
    Ok(())
}

use access::{AccountId, MembershipId, OrganizationId, Role, Standing};
use db::{Arg, DbResult, FromColumn, Tx, Unreadable, Value, sql};
use kernel::{EmailAddress, Lang, Timestamp, id};

use super::decide::Decision;
use crate::accounts::invitation::StoredRole;

id!(
    /// A role that was asked for and waits for a second person.
    RequestId
);

/// A standing in its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StoredStanding(pub(super) Standing);

impl FromColumn for StoredStanding {
    fn from_column(value: Value<'_>) -> Result<Self, Unreadable> {
        value.text()?.parse().map(Self).map_err(|()| "not a standing".into())
    }
}

db::row! {
    /// A role that somebody holds, held or is invited to.
    #[derive(Clone, Debug)]
    pub(super) struct Held {
        pub(super) id: MembershipId,
        pub(super) account: AccountId,
        pub(super) email: EmailAddress,
        pub(super) role: StoredRole,
        pub(super) standing: StoredStanding,
        pub(super) organization: Option<OrganizationId>,
        pub(super) organization_name: Option<String>,
        pub(super) changed_at: Timestamp,
    }
}

db::row! {
    /// A role that was asked for.
    #[derive(Clone, Debug)]
    pub(super) struct Request {
        pub(super) id: RequestId,
        pub(super) account: AccountId,
        pub(super) email: EmailAddress,
        pub(super) role: StoredRole,
        pub(super) organization: Option<OrganizationId>,
        pub(super) organization_name: Option<String>,
        pub(super) exception: String,
        pub(super) lang: Lang,
        pub(super) asked_by: AccountId,
        pub(super) asked_at: Timestamp,
    }
}

/// Which roles a list shows; what is empty excludes nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Sieve {
    pub(super) text: String,
    pub(super) role: String,
    pub(super) standing: String,
}

impl Sieve {
    fn args(&self) -> [Arg; 3] {
        [db::holding(&self.text).into(), self.role.as_str().into(), self.standing.as_str().into()]
    }
}

macro_rules! held {
    ($rest:literal) => {
        concat!(
            "SELECT m.id, m.account, a.email, m.role, m.standing, m.organization, o.name, m.changed_at \
             FROM memberships m JOIN accounts a ON a.id = m.account LEFT JOIN organizations o ON o.id = m.organization ",
            $rest
        )
    };
}
macro_rules! sifted {
    () => {
        "WHERE m.role <> 'learner' AND (CAST($1 AS TEXT) = '' OR a.email LIKE $1 ESCAPE '!' OR o.name LIKE $1 ESCAPE '!') \
         AND (CAST($2 AS TEXT) = '' OR m.role = $2) AND (CAST($3 AS TEXT) = '' OR m.standing = $3) "
    };
}

/// A page of who holds what, the last changed first.
pub(super) async fn list(tx: &mut Tx<'_>, sieve: &Sieve, skipped: i64, limit: i64) -> DbResult<Vec<Held>> {
    let list = sql!(concat!(
        "SELECT m.id, m.account, a.email, m.role, m.standing, m.organization, o.name, m.changed_at \
         FROM memberships m JOIN accounts a ON a.id = m.account LEFT JOIN organizations o ON o.id = m.organization ",
        sifted!(),
        "ORDER BY m.changed_at DESC, m.id DESC LIMIT $4 OFFSET $5"
    ));
    let mut args = sieve.args().to_vec();
    args.extend([limit.into(), skipped.into()]);
    tx.all(list, &args).await
}

/// How many the list shows altogether.
pub(super) async fn count(tx: &mut Tx<'_>, sieve: &Sieve) -> DbResult<i64> {
    let count = sql!(concat!(
        "SELECT COUNT(*) FROM memberships m JOIN accounts a ON a.id = m.account LEFT JOIN organizations o ON o.id = m.organization ",
        sifted!()
    ));
    tx.one(count, &sieve.args()).await
}

/// Every role of an account, the last changed first.
pub(super) async fn of_account(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Vec<Held>> {
    tx.all(sql!(held!("WHERE m.account = $1 ORDER BY m.changed_at DESC, m.id DESC LIMIT 100")), &[account.into()]).await
}

/// One role of somebody.
pub(super) async fn held(tx: &mut Tx<'_>, id: MembershipId) -> DbResult<Option<Held>> {
    tx.opt(sql!(held!("WHERE m.id = $1")), &[id.into()]).await
}

/// How many other accounts are operators in force.
pub(super) async fn count_other_operators(tx: &mut Tx<'_>, than: AccountId) -> DbResult<i64> {
    let count =
        sql!("SELECT COUNT(DISTINCT account) FROM memberships WHERE role = 'operator' AND standing = 'confirmed' AND account <> $1");
    tx.one(count, &[than.into()]).await
}

/// Ends what was sent out to accept a role: after it is stopped or over, no old mail brings it back.
pub(super) async fn close_invitations(
    tx: &mut Tx<'_>,
    account: AccountId,
    role: Role,
    organization: Option<OrganizationId>,
    now: Timestamp,
) -> DbResult<u64> {
    let close = sql!(
        "UPDATE invitations SET finished_at = $4 WHERE account = $1 AND role = $2 AND finished_at IS NULL
         AND (organization = $3 OR (organization IS NULL AND CAST($3 AS UUID) IS NULL))"
    );
    tx.run(close, &[account.into(), role.id().into(), organization.into(), now.into()]).await
}

#[expect(clippy::too_many_arguments, reason = "one for each column that is known when a role is asked for")]
pub(super) async fn add_request(
    tx: &mut Tx<'_>,
    account: AccountId,
    role: Role,
    organization: Option<OrganizationId>,
    exception: &str,
    lang: Lang,
    asked_by: AccountId,
    now: Timestamp,
) -> DbResult<RequestId> {
    let id = RequestId::new(now);
    let add = sql!(
        "INSERT INTO role_requests (id, account, role, organization, exception, lang, asked_by, asked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    let args: [Arg; 8] =
        [id.into(), account.into(), role.id().into(), organization.into(), exception.into(), lang.into(), asked_by.into(), now.into()];
    tx.run(add, &args).await?;
    Ok(id)
}

macro_rules! requested {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.account, a.email, r.role, r.organization, o.name, r.exception, r.lang, r.asked_by, r.asked_at \
             FROM role_requests r JOIN accounts a ON a.id = r.account LEFT JOIN organizations o ON o.id = r.organization \
             WHERE r.decided_at IS NULL AND ",
            $rest
        )
    };
}

/// What waits for a second person, the oldest first.
pub(super) async fn requests(tx: &mut Tx<'_>) -> DbResult<Vec<Request>> {
    tx.all(sql!(requested!("1 = 1 ORDER BY r.asked_at, r.id LIMIT 100")), &[]).await
}

/// What waits for a second person about one account.
pub(super) async fn requests_of(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Vec<Request>> {
    tx.all(sql!(requested!("r.account = $1 ORDER BY r.asked_at, r.id LIMIT 100")), &[account.into()]).await
}

/// A request that waits.
pub(super) async fn request(tx: &mut Tx<'_>, id: RequestId) -> DbResult<Option<Request>> {
    tx.opt(sql!(requested!("r.id = $1")), &[id.into()]).await
}

/// Decides a request, once: false if somebody was faster.
pub(super) async fn mark_decided(tx: &mut Tx<'_>, id: RequestId, decision: Decision, by: AccountId, now: Timestamp) -> DbResult<bool> {
    let mark = sql!("UPDATE role_requests SET decision = $2, decided_by = $3, decided_at = $4 WHERE id = $1 AND decided_at IS NULL");
    Ok(tx.run(mark, &[id.into(), decision.id().into(), by.into(), now.into()]).await? == 1)
}

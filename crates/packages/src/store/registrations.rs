use access::AccountId;
use cmi5::{Part, Registration};
use db::{DbResult, Tx, row, sql};
use kernel::Timestamp;

use crate::package::{PackageId, Registered, RegistrationId};
use crate::register::Who;

/// Adds a registration; false if the learner has one, or the id is taken.
pub(crate) async fn add(
    tx: &mut Tx<'_>,
    (id, package): (RegistrationId, PackageId),
    who: &Who,
    (registration, done): (&Registration, usize),
    now: Timestamp,
) -> DbResult<bool> {
    let add = sql!(
        "INSERT INTO package_registrations (id, package, account, actor, actor_key, trial, progress, done, satisfied_at, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING"
    );
    let args = [
        id.into(),
        package.into(),
        who.account.into(),
        (&who.actor).into(),
        (&who.actor_key).into(),
        who.trial.into(),
        serde_json::to_value(registration)?.into(),
        i64::try_from(done).unwrap_or(i64::MAX).into(),
        registration.is_satisfied(Part::Course).then_some(now).into(),
        now.into(),
    ];
    Ok(tx.run(add, &args).await? == 1)
}

/// A registration.
pub(crate) async fn find(tx: &mut Tx<'_>, id: RegistrationId) -> DbResult<Option<Registered>> {
    let find =
        sql!("SELECT id, package, account, actor, actor_key, trial, progress, satisfied_at FROM package_registrations WHERE id = $1");
    tx.opt(find, &[id.into()]).await
}

/// A registration, which nobody else changes until the commit.
pub(crate) async fn lock(tx: &mut Tx<'_>, id: RegistrationId) -> DbResult<Option<Registered>> {
    let lock = sql!(
        "UPDATE package_registrations SET changes = changes + 1 WHERE id = $1
         RETURNING id, package, account, actor, actor_key, trial, progress, satisfied_at"
    );
    tx.opt(lock, &[id.into()]).await
}

/// Up to `limit` registrations of a package in which something is open, and which nobody else changes until the commit.
pub(crate) async fn lock_open(tx: &mut Tx<'_>, package: PackageId, limit: i64) -> DbResult<Vec<RegistrationId>> {
    let lock = sql!(
        "UPDATE package_registrations SET changes = changes + 1 WHERE id IN (
             SELECT r.id FROM package_registrations r WHERE r.package = $1
             AND EXISTS (SELECT 1 FROM package_launches l WHERE l.registration = r.id AND l.ended_at IS NULL) LIMIT $2)
         RETURNING id"
    );
    tx.all(lock, &[package.into(), limit.into()]).await
}

/// The registration of a learner.
pub(crate) async fn of_account(tx: &mut Tx<'_>, package: PackageId, account: AccountId) -> DbResult<Option<Registered>> {
    let find = sql!(
        "SELECT id, package, account, actor, actor_key, trial, progress, satisfied_at FROM package_registrations
         WHERE package = $1 AND account = $2 AND trial = $3"
    );
    tx.opt(find, &[package.into(), account.into(), false.into()]).await
}

/// How far a learner is in each of the packages that they began: units done, and since when the whole is.
pub(crate) async fn of_many(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Vec<(PackageId, i64, Option<Timestamp>)>> {
    let list = sql!(
        "SELECT package, done, satisfied_at FROM package_registrations WHERE account = $1 AND trial = $2 ORDER BY made_at DESC LIMIT 500"
    );
    tx.all(list, &[account.into(), false.into()]).await
}

/// Keeps what was achieved.
pub(crate) async fn progress(
    tx: &mut Tx<'_>,
    id: RegistrationId,
    registration: &Registration,
    done: usize,
    now: Timestamp,
) -> DbResult<()> {
    let keep = sql!(
        "UPDATE package_registrations SET progress = $2, done = $3,
             satisfied_at = CASE WHEN $4 AND satisfied_at IS NULL THEN $5 ELSE satisfied_at END WHERE id = $1"
    );
    let args = [
        id.into(),
        serde_json::to_value(registration)?.into(),
        i64::try_from(done).unwrap_or(i64::MAX).into(),
        registration.is_satisfied(Part::Course).into(),
        now.into(),
    ];
    tx.run(keep, &args).await.map(|_| ())
}

row! {
    /// How many learn from a package.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Counts {
        pub registered: i64,
        pub satisfied: i64,
    }
}

/// How many learn from a package; whoever only tries it is not counted.
pub(crate) async fn counts(tx: &mut Tx<'_>, package: PackageId) -> DbResult<Counts> {
    let count = sql!("SELECT COUNT(*), COUNT(satisfied_at) FROM package_registrations WHERE package = $1 AND trial = $2");
    tx.one(count, &[package.into(), false.into()]).await
}

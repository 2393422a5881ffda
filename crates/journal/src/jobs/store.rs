use db::{Arg, DbResult, Engine, Tx, sql};
use kernel::{Timestamp, Uuid};

use super::{Job, JobId, JobItem, JobRow};
use crate::Leaf;

/// False if a job has had the key.
pub(super) async fn add(tx: &mut Tx<'_>, id: JobId, job: &Job, now: Timestamp) -> DbResult<bool> {
    let add = sql!(
        "INSERT INTO jobs (id, kind, object_id, payload, once_key, created_at, run_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (once_key) DO NOTHING"
    );
    let args = [
        id.into(),
        job.kind.into(),
        job.object.into(),
        job.payload.clone().into(),
        job.once.clone().into(),
        now.into(),
        job.at.unwrap_or(now).into(),
    ];
    one(tx, add, &args).await
}

/// The most kinds of jobs that are slow.
pub(super) const SLOW_KINDS: usize = 4;

/// Which jobs are done beside one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// Seconds at most, several at a time.
    Quick,
    /// Minutes, one after the other.
    Slow,
}

/// The slow kinds, and whether it is they who are asked for or all others.
#[derive(Clone, Copy)]
pub(super) struct Kinds {
    pub(super) slow: [&'static str; SLOW_KINDS],
    pub(super) pace: Pace,
}

impl Kinds {
    /// What the conditions below ask for.
    fn args(self) -> impl Iterator<Item = Arg> {
        self.slow.into_iter().map(Arg::from).chain([Arg::from(self.pace == Pace::Slow)])
    }
}

/// Takes up to `limit` jobs that are due and that nobody else holds, oldest first, until `until`, and says how many.
///
/// The condition on the lease stands twice: on PostgreSQL the outer one is looked at again if another process was faster.
pub(super) async fn claim(tx: &mut Tx<'_>, owner: Uuid, kinds: Kinds, until: Timestamp, limit: i64, now: Timestamp) -> DbResult<u64> {
    let claim = sql!(
        "UPDATE jobs SET lease_owner = $1, lease_until = $2 WHERE id IN (\
           SELECT id FROM jobs WHERE done_at IS NULL AND dead_at IS NULL AND retired_at IS NULL \
           AND run_at <= $3 AND (lease_until IS NULL OR lease_until <= $3) AND (kind IN ($5, $6, $7, $8)) = $9 \
           ORDER BY run_at, id LIMIT $4) \
         AND done_at IS NULL AND dead_at IS NULL AND retired_at IS NULL AND (lease_until IS NULL OR lease_until <= $3)"
    );
    let args: Vec<Arg> = [owner.into(), until.into(), now.into(), limit.into()].into_iter().chain(kinds.args()).collect();
    tx.run(claim, &args).await
}

/// What this owner took, oldest first.
pub(super) async fn held_by(tx: &mut Tx<'_>, owner: Uuid) -> DbResult<Vec<JobItem>> {
    let find = sql!(
        "SELECT id, kind, object_id, payload, created_at, run_at, attempts, first_tried_at \
         FROM jobs WHERE lease_owner = $1 ORDER BY run_at, id"
    );
    tx.all(find, &[owner.into()]).await
}

/// Whether a worker has anything to do among these.
pub(super) async fn is_due(tx: &mut Tx<'_>, kinds: Kinds, now: Timestamp) -> DbResult<bool> {
    let find = sql!(
        "SELECT 1 FROM jobs WHERE done_at IS NULL AND dead_at IS NULL AND retired_at IS NULL \
         AND run_at <= $1 AND (lease_until IS NULL OR lease_until <= $1) AND (kind IN ($2, $3, $4, $5)) = $6 LIMIT 1"
    );
    let args: Vec<Arg> = std::iter::once(now.into()).chain(kinds.args()).collect();
    Ok(tx.opt::<i64>(find, &args).await?.is_some())
}

/// Whose lease a mark belongs to: a worker that lost it must not overwrite what another did.
#[derive(Clone, Copy)]
pub(super) struct Held {
    pub(super) id: JobId,
    pub(super) owner: Uuid,
}

pub(super) async fn done(tx: &mut Tx<'_>, held: Held, now: Timestamp) -> DbResult<bool> {
    let mark = sql!(
        "UPDATE jobs SET done_at = $3, last_error = NULL, lease_owner = NULL, lease_until = NULL, \
         attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, $3) WHERE id = $1 AND lease_owner = $2"
    );
    one(tx, mark, &[held.id.into(), held.owner.into(), now.into()]).await
}

/// Notes a try that did not work; the next is at `next`.
pub(super) async fn deferred(tx: &mut Tx<'_>, held: Held, next: Timestamp, class: &str, now: Timestamp) -> DbResult<bool> {
    let mark = sql!(
        "UPDATE jobs SET run_at = $4, last_error = $5, lease_owner = NULL, lease_until = NULL, \
         attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, $3) WHERE id = $1 AND lease_owner = $2"
    );
    one(tx, mark, &[held.id.into(), held.owner.into(), now.into(), next.into(), class.into()]).await
}

pub(super) async fn dead(tx: &mut Tx<'_>, held: Held, class: &str, now: Timestamp) -> DbResult<bool> {
    let mark = sql!(
        "UPDATE jobs SET dead_at = $3, last_error = $4, lease_owner = NULL, lease_until = NULL, \
         attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, $3) WHERE id = $1 AND lease_owner = $2"
    );
    one(tx, mark, &[held.id.into(), held.owner.into(), now.into(), class.into()]).await
}

/// Gives back a job that was not tried.
pub(super) async fn released(tx: &mut Tx<'_>, held: Held) -> DbResult<bool> {
    let mark = sql!("UPDATE jobs SET lease_owner = NULL, lease_until = NULL WHERE id = $1 AND lease_owner = $2");
    one(tx, mark, &[held.id.into(), held.owner.into()]).await
}

/// Gives everything back that this owner has begun and will not finish.
pub(super) async fn left(tx: &mut Tx<'_>, owner: Uuid) -> DbResult<bool> {
    Ok(tx.run(sql!("UPDATE jobs SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = $1"), &[owner.into()]).await? > 0)
}

pub(super) async fn retry(tx: &mut Tx<'_>, id: JobId, now: Timestamp) -> DbResult<bool> {
    let retry = sql!(
        "UPDATE jobs SET dead_at = NULL, run_at = $2, attempts = 0, first_tried_at = NULL \
         WHERE id = $1 AND done_at IS NULL AND retired_at IS NULL"
    );
    one(tx, retry, &[id.into(), now.into()]).await
}

pub(super) async fn retire(tx: &mut Tx<'_>, id: JobId, now: Timestamp) -> DbResult<bool> {
    let retire = sql!(
        "UPDATE jobs SET retired_at = $2, dead_at = NULL, lease_owner = NULL, lease_until = NULL \
         WHERE id = $1 AND done_at IS NULL AND retired_at IS NULL"
    );
    one(tx, retire, &[id.into(), now.into()]).await
}

/// Gives up what waits of these kinds and is due.
pub(super) async fn hold_back(tx: &mut Tx<'_>, kinds: &[&'static str], class: &str, now: Timestamp) -> DbResult<u64> {
    let hold = match tx.engine() {
        Engine::Sqlite => sql!(sqlite
            "UPDATE jobs SET dead_at = $2, last_error = $3 WHERE kind IN (SELECT value FROM json_each($1)) AND run_at <= $2 \
             AND done_at IS NULL AND dead_at IS NULL AND retired_at IS NULL"
        ),
        Engine::Postgres => sql!(postgres
            "UPDATE jobs SET dead_at = $2, last_error = $3 WHERE kind IN (SELECT jsonb_array_elements_text($1)) AND run_at <= $2 \
             AND done_at IS NULL AND dead_at IS NULL AND retired_at IS NULL"
        ),
    };
    let kinds: serde_json::Value = kinds.iter().copied().collect();
    tx.run(hold, &[kinds.into(), now.into(), class.into()]).await
}

/// Gives every job back that somebody holds.
pub(super) async fn free(tx: &mut Tx<'_>) -> DbResult<()> {
    tx.run(sql!("UPDATE jobs SET lease_owner = NULL, lease_until = NULL WHERE lease_owner IS NOT NULL"), &[]).await.map(|_| ())
}

pub(super) async fn forget(tx: &mut Tx<'_>, before: Timestamp) -> DbResult<u64> {
    tx.run(sql!("DELETE FROM jobs WHERE done_at < $1 OR retired_at < $1"), &[before.into()]).await
}

macro_rules! rows {
    ($where:literal) => {
        sql!(concat!(
            "SELECT id, kind, object_id, created_at, run_at, attempts, done_at, dead_at, retired_at, last_error FROM jobs WHERE ",
            $where
        ))
    };
}

pub(super) async fn waiting(tx: &mut Tx<'_>, before: JobId) -> DbResult<Vec<JobRow>> {
    let find = rows!("done_at IS NULL AND dead_at IS NULL AND retired_at IS NULL AND id < $1 ORDER BY id DESC LIMIT $2");
    tx.all(find, &[before.into(), Leaf::<(), ()>::ASKED.into()]).await
}

pub(super) async fn given_up(tx: &mut Tx<'_>, before: JobId) -> DbResult<Vec<JobRow>> {
    let find = rows!("dead_at IS NOT NULL AND id < $1 ORDER BY id DESC LIMIT $2");
    tx.all(find, &[before.into(), Leaf::<(), ()>::ASKED.into()]).await
}

pub(super) async fn gone(tx: &mut Tx<'_>, before: JobId) -> DbResult<Vec<JobRow>> {
    let find = rows!("(done_at IS NOT NULL OR retired_at IS NOT NULL) AND id < $1 ORDER BY id DESC LIMIT $2");
    tx.all(find, &[before.into(), Leaf::<(), ()>::ASKED.into()]).await
}

/// How many wait, the moment at which the longest overdue was due, and how many were given up.
pub(super) async fn counts(tx: &mut Tx<'_>) -> DbResult<(i64, Option<Timestamp>, i64)> {
    let count = sql!(
        "SELECT (SELECT count(*) FROM jobs WHERE done_at IS NULL AND dead_at IS NULL AND retired_at IS NULL), \
                (SELECT min(run_at) FROM jobs WHERE done_at IS NULL AND dead_at IS NULL AND retired_at IS NULL), \
                (SELECT count(*) FROM jobs WHERE dead_at IS NOT NULL)"
    );
    tx.one(count, &[]).await
}

async fn one(tx: &mut Tx<'_>, stmt: &'static db::Stmt, args: &[Arg]) -> DbResult<bool> {
    Ok(tx.run(stmt, args).await? == 1)
}

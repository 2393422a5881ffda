use db::{Arg, DbResult, Engine, PIECE, Queue, Tx, sql};
use kernel::{Timestamp, Uuid};
use serde_json::{Value, json};

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
    tx.queued(Queue::Jobs);
    one(tx, add, &args).await
}

/// Adds many with one statement, but for those whose key a job has had. For PostgreSQL.
pub(super) async fn add_all(tx: &mut Tx<'_>, jobs: &[(JobId, Job)], now: Timestamp) -> DbResult<()> {
    // A payload of nothing comes out of the list as no value, where the table wants the JSON for it.
    let add = sql!(postgres
        "INSERT INTO jobs (id, kind, object_id, payload, once_key, created_at, run_at) \
         SELECT id, kind, object_id, coalesce(payload, CAST('null' AS jsonb)), once_key, $2, coalesce(run_at, $2) \
         FROM jsonb_to_recordset($1) AS new (id uuid, kind text, object_id uuid, payload jsonb, once_key text, run_at bigint) \
         ON CONFLICT (once_key) DO NOTHING"
    );
    let rows = jobs.iter().map(|(id, job)| {
        json!({
            "id": id.uuid(), "kind": job.kind, "object_id": job.object, "payload": job.payload, "once_key": job.once,
            "run_at": job.at.map(Timestamp::as_micros),
        })
    });
    tx.queued(Queue::Jobs);
    tx.run(add, &[rows.collect::<Value>().into(), now.into()]).await?;
    Ok(())
}

/// Takes one job that is due and that nobody else holds, the oldest of these kinds, until `until`. `None` if there is none, or another
/// was faster.
///
/// The condition on the lease stands twice: on PostgreSQL the outer one is looked at again if another process was faster.
pub(super) async fn claim(tx: &mut Tx<'_>, owner: Uuid, kinds: &Value, until: Timestamp, now: Timestamp) -> DbResult<Option<JobItem>> {
    macro_rules! claim {
        ($kinds:literal) => {
            concat!(
                "UPDATE jobs SET lease_owner = $1, lease_until = $2 WHERE id IN (\
                   SELECT id FROM jobs WHERE done_at IS NULL AND dead_at IS NULL AND retired_at IS NULL \
                   AND run_at <= $3 AND (lease_until IS NULL OR lease_until <= $3) AND kind IN (",
                $kinds,
                ") ORDER BY run_at, id LIMIT 1) \
                 AND done_at IS NULL AND dead_at IS NULL AND retired_at IS NULL AND (lease_until IS NULL OR lease_until <= $3) \
                 RETURNING id, kind, object_id, payload, created_at, run_at, attempts, first_tried_at"
            )
        };
    }
    let claim = match tx.engine() {
        Engine::Sqlite => sql!(sqlite claim!("SELECT value FROM json_each($4)")),
        Engine::Postgres => sql!(postgres claim!("SELECT value FROM jsonb_array_elements_text($4)")),
    };
    tx.opt(claim, &[owner.into(), until.into(), now.into(), kinds.into()]).await
}

/// Whether a worker has anything to do among these kinds.
pub(super) async fn is_due(tx: &mut Tx<'_>, kinds: &Value, now: Timestamp) -> DbResult<bool> {
    macro_rules! find {
        ($kinds:literal) => {
            concat!(
                "SELECT 1 FROM jobs WHERE done_at IS NULL AND dead_at IS NULL AND retired_at IS NULL \
                 AND run_at <= $1 AND (lease_until IS NULL OR lease_until <= $1) AND kind IN (",
                $kinds,
                ") LIMIT 1"
            )
        };
    }
    let find = match tx.engine() {
        Engine::Sqlite => sql!(sqlite find!("SELECT value FROM json_each($2)")),
        Engine::Postgres => sql!(postgres find!("SELECT value FROM jsonb_array_elements_text($2)")),
    };
    Ok(tx.opt::<i64>(find, &[now.into(), kinds.into()]).await?.is_some())
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
    let forget = sql!("DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE done_at < $1 OR retired_at < $1 LIMIT $2)");
    tx.run(forget, &[before.into(), PIECE.into()]).await
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

/// Of which kinds those are that have these ids.
pub(super) async fn kinds_of(tx: &mut Tx<'_>, ids: &[Uuid]) -> DbResult<Vec<(Uuid, String)>> {
    let list = db::among!(tx, "SELECT id, kind FROM jobs WHERE id");
    tx.all(list, &[db::ids(ids)]).await
}

use db::{Arg, DbResult, Engine, PIECE, Queue, Tx, sql};
use kernel::{EmailAddress, Timestamp, Uuid};
use serde_json::{Value, json};

use super::{Mail, MailId, MailRow, OfKind, OutboxItem};
use crate::Leaf;

pub(super) async fn add(tx: &mut Tx<'_>, id: MailId, mail: &Mail, now: Timestamp) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO outbox (id, kind, object_id, lang, facts, recipient, priority, created_at, due_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    );
    let args = [
        id.into(),
        mail.kind.into(),
        mail.object.into(),
        mail.lang.into(),
        Value::Object(mail.facts.clone()).into(),
        mail.recipient.clone().into(),
        mail.priority.rank().into(),
        now.into(),
        mail.due.unwrap_or(now).into(),
        mail.expires.into(),
    ];
    tx.queued(Queue::Mail);
    tx.run(add, &args).await?;
    Ok(())
}

/// Adds many with one statement. For PostgreSQL.
pub(super) async fn add_all(tx: &mut Tx<'_>, mails: &[(MailId, Mail)], now: Timestamp) -> DbResult<()> {
    let add = sql!(postgres
        "INSERT INTO outbox (id, kind, object_id, lang, facts, recipient, priority, created_at, due_at, expires_at) \
         SELECT id, kind, object_id, lang, facts, recipient, priority, $2, coalesce(due_at, $2), expires_at \
         FROM jsonb_to_recordset($1) AS new (id uuid, kind text, object_id uuid, lang text, facts jsonb, recipient text, \
             priority integer, due_at bigint, expires_at bigint)"
    );
    let rows = mails.iter().map(|(id, mail)| {
        json!({
            "id": id.uuid(), "kind": mail.kind, "object_id": mail.object, "lang": mail.lang.code(), "facts": mail.facts,
            "recipient": mail.recipient.as_ref().map(EmailAddress::as_str), "priority": mail.priority.rank(),
            "due_at": mail.due.map(Timestamp::as_micros), "expires_at": mail.expires.map(Timestamp::as_micros),
        })
    });
    tx.queued(Queue::Mail);
    tx.run(add, &[rows.collect::<Value>().into(), now.into()]).await?;
    Ok(())
}

/// Takes up to `limit` mails of these kinds that are due and that nobody else holds, most urgent first, until `until`.
///
/// The condition on the lease stands twice: on PostgreSQL the outer one is looked at again if another process was faster.
pub(crate) async fn claim(
    tx: &mut Tx<'_>,
    owner: Uuid,
    kinds: &Value,
    until: Timestamp,
    limit: i64,
    now: Timestamp,
) -> DbResult<Vec<OutboxItem>> {
    macro_rules! claim {
        ($kinds:literal) => {
            concat!(
                "UPDATE outbox SET lease_owner = $1, lease_until = $2 WHERE id IN (\
                   SELECT id FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL \
                   AND due_at <= $3 AND (lease_until IS NULL OR lease_until <= $3) AND kind IN (",
                $kinds,
                ") ORDER BY priority, due_at, id LIMIT $4) \
                 AND sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL AND (lease_until IS NULL OR lease_until <= $3) \
                 RETURNING id, kind, object_id, lang, facts, recipient, priority, created_at, due_at, attempts, first_tried_at"
            )
        };
    }
    let claim = match tx.engine() {
        Engine::Sqlite => sql!(sqlite claim!("SELECT value FROM json_each($5)")),
        Engine::Postgres => sql!(postgres claim!("SELECT value FROM jsonb_array_elements_text($5)")),
    };
    let mut taken: Vec<OutboxItem> = tx.all(claim, &[owner.into(), until.into(), now.into(), limit.into(), kinds.into()]).await?;
    // What a change returns comes in no order.
    taken.sort_by_key(|item| (item.priority, item.due_at, item.id));
    Ok(taken)
}

/// Drops what has become useless, and says how much.
pub(crate) async fn expire(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<u64> {
    let expire = sql!(
        "UPDATE outbox SET dropped_at = $1, last_error = 'expired', recipient = NULL WHERE expires_at <= $1 \
         AND sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL AND (lease_until IS NULL OR lease_until <= $1)"
    );
    tx.run(expire, &[now.into()]).await
}

/// Whether a worker that knows these kinds has anything to do. What has become useless is dropped by anybody.
pub(crate) async fn is_due(tx: &mut Tx<'_>, kinds: &Value, now: Timestamp) -> DbResult<bool> {
    macro_rules! find {
        ($kinds:literal) => {
            concat!(
                "SELECT 1 FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL \
                 AND (expires_at <= $1 OR (due_at <= $1 AND kind IN (",
                $kinds,
                "))) AND (lease_until IS NULL OR lease_until <= $1) LIMIT 1"
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
pub(crate) struct Held {
    pub(crate) id: MailId,
    pub(crate) owner: Uuid,
}

pub(crate) async fn sent(tx: &mut Tx<'_>, held: Held, now: Timestamp) -> DbResult<bool> {
    let mark = sql!(
        "UPDATE outbox SET sent_at = $3, recipient = NULL, last_error = NULL, lease_owner = NULL, lease_until = NULL, \
         attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, $3) WHERE id = $1 AND lease_owner = $2"
    );
    one(tx, mark, &[held.id.into(), held.owner.into(), now.into()]).await
}

/// Notes a try that did not work; the next is at `next`.
pub(crate) async fn deferred(tx: &mut Tx<'_>, held: Held, next: Timestamp, class: &str, now: Timestamp) -> DbResult<bool> {
    let mark = sql!(
        "UPDATE outbox SET due_at = $4, last_error = $5, lease_owner = NULL, lease_until = NULL, \
         attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, $3) WHERE id = $1 AND lease_owner = $2"
    );
    one(tx, mark, &[held.id.into(), held.owner.into(), now.into(), next.into(), class.into()]).await
}

pub(crate) async fn failed(tx: &mut Tx<'_>, held: Held, class: &str, now: Timestamp) -> DbResult<bool> {
    let mark = sql!(
        "UPDATE outbox SET failed_at = $3, last_error = $4, lease_owner = NULL, lease_until = NULL, \
         attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, $3) WHERE id = $1 AND lease_owner = $2"
    );
    one(tx, mark, &[held.id.into(), held.owner.into(), now.into(), class.into()]).await
}

pub(crate) async fn dropped(tx: &mut Tx<'_>, held: Held, class: &str, now: Timestamp) -> DbResult<bool> {
    let mark = sql!(
        "UPDATE outbox SET dropped_at = $3, last_error = $4, recipient = NULL, lease_owner = NULL, lease_until = NULL \
         WHERE id = $1 AND lease_owner = $2"
    );
    one(tx, mark, &[held.id.into(), held.owner.into(), now.into(), class.into()]).await
}

/// Gives back a mail that was not tried.
pub(crate) async fn released(tx: &mut Tx<'_>, held: Held) -> DbResult<bool> {
    let mark = sql!("UPDATE outbox SET lease_owner = NULL, lease_until = NULL WHERE id = $1 AND lease_owner = $2");
    one(tx, mark, &[held.id.into(), held.owner.into()]).await
}

pub(super) async fn retry(tx: &mut Tx<'_>, id: MailId, now: Timestamp) -> DbResult<bool> {
    let retry = sql!(
        "UPDATE outbox SET failed_at = NULL, due_at = $2, attempts = 0, first_tried_at = NULL \
         WHERE id = $1 AND sent_at IS NULL AND dropped_at IS NULL"
    );
    one(tx, retry, &[id.into(), now.into()]).await
}

pub(super) async fn retire(tx: &mut Tx<'_>, id: MailId, now: Timestamp) -> DbResult<bool> {
    let retire = sql!(
        "UPDATE outbox SET dropped_at = $2, failed_at = NULL, recipient = NULL, lease_owner = NULL, lease_until = NULL \
         WHERE id = $1 AND sent_at IS NULL AND dropped_at IS NULL"
    );
    one(tx, retire, &[id.into(), now.into()]).await
}

pub(super) async fn retire_all(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<u64> {
    let retire = sql!(
        "UPDATE outbox SET dropped_at = $1, failed_at = NULL, recipient = NULL, lease_owner = NULL, lease_until = NULL \
         WHERE sent_at IS NULL AND dropped_at IS NULL"
    );
    tx.run(retire, &[now.into()]).await
}

pub(super) async fn bounced(tx: &mut Tx<'_>, id: MailId, class: &str, now: Timestamp) -> DbResult<bool> {
    let mark = sql!(
        "UPDATE outbox SET last_error = CASE WHEN bounced_at IS NULL THEN $3 ELSE last_error END, bounced_at = coalesce(bounced_at, $2) \
         WHERE id = $1 AND sent_at IS NOT NULL"
    );
    one(tx, mark, &[id.into(), now.into(), class.into()]).await
}

pub(super) async fn forget(tx: &mut Tx<'_>, before: Timestamp) -> DbResult<u64> {
    let forget = sql!("DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE sent_at < $1 OR dropped_at < $1 LIMIT $2)");
    tx.run(forget, &[before.into(), PIECE.into()]).await
}

macro_rules! rows {
    ($where:literal) => {
        sql!(concat!(
            "SELECT id, kind, object_id, lang, priority, created_at, due_at, expires_at, attempts, sent_at, failed_at, dropped_at, \
             bounced_at, last_error FROM outbox WHERE ",
            $where
        ))
    };
}

pub(super) async fn waiting(tx: &mut Tx<'_>, before: MailId) -> DbResult<Vec<MailRow>> {
    let find = rows!("sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL AND id < $1 ORDER BY id DESC LIMIT $2");
    tx.all(find, &[before.into(), Leaf::<(), ()>::ASKED.into()]).await
}

pub(super) async fn given_up(tx: &mut Tx<'_>, before: MailId) -> DbResult<Vec<MailRow>> {
    let find = rows!("failed_at IS NOT NULL AND id < $1 ORDER BY id DESC LIMIT $2");
    tx.all(find, &[before.into(), Leaf::<(), ()>::ASKED.into()]).await
}

pub(super) async fn returned(tx: &mut Tx<'_>, before: MailId) -> DbResult<Vec<MailRow>> {
    let find = rows!("bounced_at IS NOT NULL AND id < $1 ORDER BY id DESC LIMIT $2");
    tx.all(find, &[before.into(), Leaf::<(), ()>::ASKED.into()]).await
}

pub(super) async fn gone(tx: &mut Tx<'_>, before: MailId) -> DbResult<Vec<MailRow>> {
    let find = rows!("(sent_at IS NOT NULL OR dropped_at IS NOT NULL) AND id < $1 ORDER BY id DESC LIMIT $2");
    tx.all(find, &[before.into(), Leaf::<(), ()>::ASKED.into()]).await
}

pub(super) async fn about(tx: &mut Tx<'_>, object: Uuid) -> DbResult<Vec<MailRow>> {
    tx.all(rows!("object_id = $1 ORDER BY id DESC LIMIT 200"), &[object.into()]).await
}

/// How many wait, the moment at which the longest overdue was due, and how many were given up.
pub(super) async fn counts(tx: &mut Tx<'_>) -> DbResult<(i64, Option<Timestamp>, i64)> {
    let count = sql!(
        "SELECT (SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL), \
                (SELECT min(due_at) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL), \
                (SELECT count(*) FROM outbox WHERE failed_at IS NOT NULL)"
    );
    tx.one(count, &[]).await
}

/// What was sent, given up and came back between two instants, by kind.
pub(super) async fn between(tx: &mut Tx<'_>, from: Timestamp, until: Timestamp) -> DbResult<Vec<OfKind>> {
    let count = sql!(
        "SELECT kind, CAST(SUM(sent) AS BIGINT), CAST(SUM(failed) AS BIGINT), CAST(SUM(bounced) AS BIGINT) FROM (\
           SELECT kind, count(*) AS sent, 0 AS failed, 0 AS bounced FROM outbox WHERE sent_at >= $1 AND sent_at < $2 GROUP BY kind \
           UNION ALL \
           SELECT kind, 0, count(*), 0 FROM outbox WHERE failed_at IS NOT NULL AND failed_at >= $1 AND failed_at < $2 GROUP BY kind \
           UNION ALL \
           SELECT kind, 0, 0, count(*) FROM outbox WHERE bounced_at IS NOT NULL AND bounced_at >= $1 AND bounced_at < $2 GROUP BY kind\
         ) AS mails GROUP BY kind ORDER BY kind LIMIT 500"
    );
    tx.all(count, &[from.into(), until.into()]).await
}

async fn one(tx: &mut Tx<'_>, stmt: &'static db::Stmt, args: &[Arg]) -> DbResult<bool> {
    Ok(tx.run(stmt, args).await? == 1)
}

/// Of which kinds those are that have these ids.
pub(super) async fn kinds_of(tx: &mut Tx<'_>, ids: &[Uuid]) -> DbResult<Vec<(Uuid, String)>> {
    let list = db::among!(tx, "SELECT id, kind FROM outbox WHERE id");
    tx.all(list, &[db::ids(ids)]).await
}

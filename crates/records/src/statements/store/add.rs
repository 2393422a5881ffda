use db::{DbResult, Engine, Tx, sql};
use kernel::{Timestamp, Uuid};
use serde_json::json;
use std::collections::{BTreeSet, HashMap};
use xapi::Index;

use super::look::as_statement;
use crate::Room;
use crate::engines::{list, one_of};
use crate::statements::keep::Kept;
use crate::statements::signs;

/// Takes so many moments that nobody else of the room has, at `now` or right behind the last that was taken, and says the last of
/// them. Until the commit others wait for the room.
pub(crate) async fn fill(tx: &mut Tx<'_>, room: Room, count: usize, now: Timestamp) -> DbResult<i64> {
    let fill = sql!(
        "INSERT INTO record_rooms (room, filled) VALUES ($1, CAST($2 AS BIGINT) + CAST($3 AS BIGINT))
         ON CONFLICT (room) DO UPDATE SET filled =
             CASE WHEN record_rooms.filled > CAST($2 AS BIGINT) THEN record_rooms.filled ELSE CAST($2 AS BIGINT) END + CAST($3 AS BIGINT)
         RETURNING filled"
    );
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    tx.one(fill, &[room.into(), (now.as_micros() - 1).into(), count.into()]).await
}

/// Adds statements: on PostgreSQL with one statement, since there the price is the way to the server; on SQLite a list that is written
/// and read as JSON costs more than as many steps.
pub(in crate::statements) async fn add(tx: &mut Tx<'_>, room: Room, client: &str, kept: &[Kept]) -> DbResult<()> {
    match tx.engine() {
        Engine::Sqlite => add_each(tx, room, client, kept).await,
        Engine::Postgres => add_all(tx, room, client, kept).await,
    }
}

async fn add_each(tx: &mut Tx<'_>, room: Room, client: &str, kept: &[Kept]) -> DbResult<()> {
    let add = sql!(sqlite
        "INSERT INTO record_statements (room, stored, id, rules, json, refers_to, voids, voided, client)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    );
    for one in kept {
        let args = [
            room.into(),
            one.stored.into(),
            one.id.into(),
            one.statement.version().header().into(),
            one.statement.json().to_string().into(),
            one.refers_to.into(),
            one.voids.into(),
            one.voided.into(),
            client.into(),
        ];
        tx.run(add, &args).await?;
    }
    Ok(())
}

async fn add_all(tx: &mut Tx<'_>, room: Room, client: &str, kept: &[Kept]) -> DbResult<()> {
    let add = sql!(postgres
        "INSERT INTO record_statements (room, stored, id, rules, json, refers_to, voids, voided, client)
         SELECT $2, stored, id, rules, json, refers_to, voids, voided, $3
         FROM jsonb_to_recordset($1) AS new (stored bigint, id uuid, rules text, json text, refers_to uuid, voids uuid, voided boolean)"
    );
    let rows = list(kept.iter().map(|one| {
        json!({
            "stored": one.stored, "id": one.id, "rules": one.statement.version().header(), "json": one.statement.json().to_string(),
            "refers_to": one.refers_to, "voids": one.voids, "voided": one.voided,
        })
    }));
    tx.run(add, &[rows, room.into(), client.into()]).await.map(|_| ())
}

/// Voids what these void, if it is there.
pub(in crate::statements) async fn void(tx: &mut Tx<'_>, room: Room, kept: &[Kept]) -> DbResult<()> {
    let voids: Vec<String> = kept.iter().filter_map(|one| one.voids).map(|id| id.to_string()).collect();
    if voids.is_empty() {
        return Ok(());
    }
    let void = one_of(
        tx,
        sql!(sqlite
            "UPDATE record_statements SET voided = 1
             WHERE room = $1 AND id IN (SELECT unhex(value, '-') FROM json_each($2)) AND voids IS NULL"
        ),
        sql!(postgres
            "UPDATE record_statements SET voided = true
             WHERE room = $1 AND id IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($2)) AND voids IS NULL"
        ),
    );
    tx.run(void, &[room.into(), list(voids)]).await.map(|_| ())
}

/// Adds what statements are found by: their own signs, then those of what they refer to, and for whatever refers to them theirs.
///
/// Chains of references are followed for eight steps.
pub(in crate::statements) async fn add_signs(tx: &mut Tx<'_>, room: Room, kept: &[Kept]) -> DbResult<()> {
    put(tx, kept.iter().flat_map(|one| one.signs.iter().map(|sign| (*sign, one.stored, one.stored)))).await?;
    // Most statements refer to none, and none to them.
    if kept.iter().all(|one| one.refers_to.is_none()) && !are_referred_to(tx, room, kept).await? {
        return Ok(());
    }
    let (first, last) = (kept.first().map_or(0, |one| one.stored), kept.last().map_or(0, |one| one.stored));
    let referring = referring(tx, room, first, last).await?;
    follow(tx, room, &referring).await
}

/// Puts rows into the index: the sign, which statement is found by it, and which says it. In the order of the index: neighbours are
/// written together.
async fn put(tx: &mut Tx<'_>, signs: impl Iterator<Item = (Uuid, i64, i64)>) -> DbResult<()> {
    let rows: BTreeSet<(Uuid, i64, i64)> = signs.collect();
    match tx.engine() {
        Engine::Sqlite => {
            let put = sql!(sqlite
                "INSERT INTO record_index (key, found, source) VALUES ($1, $2, $3) ON CONFLICT (key, found, source) DO NOTHING"
            );
            for (key, found, source) in rows {
                tx.run(put, &[key.into(), found.into(), source.into()]).await?;
            }
        }
        Engine::Postgres => {
            let put = sql!(postgres
                "INSERT INTO record_index (key, found, source)
                 SELECT CAST(value ->> 0 AS uuid), CAST(value ->> 1 AS bigint), CAST(value ->> 2 AS bigint)
                 FROM jsonb_array_elements($1) AS new (value)
                 ON CONFLICT (key, found, source) DO NOTHING"
            );
            tx.run(put, &[list(rows.iter().map(|row| json!(row)))]).await?;
        }
    }
    Ok(())
}

/// Whether a statement of the room refers to one of these: it may have come earlier than what it speaks of.
async fn are_referred_to(tx: &mut Tx<'_>, room: Room, kept: &[Kept]) -> DbResult<bool> {
    let find = one_of(
        tx,
        sql!(sqlite
            "SELECT 1 FROM record_statements
             WHERE room = $1 AND refers_to IN (SELECT unhex(value, '-') FROM json_each($2)) LIMIT 1"
        ),
        sql!(postgres
            "SELECT 1 FROM record_statements
             WHERE room = $1 AND refers_to IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($2)) LIMIT 1"
        ),
    );
    let found: Option<i64> = tx.opt(find, &[room.into(), list(kept.iter().map(|one| one.id.to_string()))]).await?;
    Ok(found.is_some())
}

/// Which statements are found by the signs of which others now that those of these moments are there: pairs of `found` and `source`.
///
/// A statement refers to one other at most: from each there is one chain down, while many may lead up to it. The order of the joins
/// is said: SQLite would else begin with all statements of the room that refer to any.
async fn referring(tx: &mut Tx<'_>, room: Room, first: i64, last: i64) -> DbResult<Vec<(i64, i64)>> {
    let find = sql!(
        "WITH RECURSIVE
         touched (stored, id, refers_to, level) AS (
             SELECT stored, id, refers_to, 0 FROM record_statements WHERE room = $1 AND stored BETWEEN $2 AND $3
             UNION
             SELECT s.stored, s.id, s.refers_to, t.level + 1 FROM touched t CROSS JOIN record_statements s
             WHERE s.room = $1 AND s.refers_to = t.id AND t.level < 8
         ),
         chain (found, source, next, level) AS (
             SELECT stored, stored, refers_to, 0 FROM touched WHERE refers_to IS NOT NULL
             UNION
             SELECT c.found, s.stored, s.refers_to, c.level + 1 FROM chain c CROSS JOIN record_statements s
             WHERE s.room = $1 AND s.id = c.next AND c.level < 8
         )
         SELECT DISTINCT found, source FROM chain WHERE level > 0"
    );
    tx.all(find, &[room.into(), first.into(), last.into()]).await
}

/// Lets statements be found by the signs of others. What a statement is found by stands in itself: an index from statements to their
/// signs would be written for each of them, and asked for the few that are referred to.
async fn follow(tx: &mut Tx<'_>, room: Room, referring: &[(i64, i64)]) -> DbResult<()> {
    if referring.is_empty() {
        return Ok(());
    }
    let find = one_of(
        tx,
        sql!(sqlite "SELECT stored, rules, json FROM record_statements WHERE room = $1 AND stored IN (SELECT value FROM json_each($2))"),
        sql!(postgres
            "SELECT stored, rules, json FROM record_statements
             WHERE room = $1 AND stored IN (SELECT CAST(value AS bigint) FROM jsonb_array_elements_text($2))"
        ),
    );
    let sources: BTreeSet<i64> = referring.iter().map(|(_, source)| *source).collect();
    let rows: Vec<(i64, String, String)> = tx.all(find, &[room.into(), list(sources)]).await?;
    let mut signs: HashMap<i64, BTreeSet<Uuid>> = HashMap::new();
    for (stored, rules, json) in rows {
        signs.insert(stored, signs::of(room, &Index::of(&as_statement(&rules, &json)?)));
    }
    let said = |(found, source): &(i64, i64)| {
        let (found, source) = (*found, *source);
        signs.get(&source).into_iter().flatten().map(move |sign| (*sign, found, source))
    };
    put(tx, referring.iter().flat_map(said)).await
}

/// Notes where what came with statements lies.
pub(in crate::statements) async fn add_attachments(tx: &mut Tx<'_>, room: Room, kept: &[Kept]) -> DbResult<()> {
    let rows: Vec<serde_json::Value> = kept
        .iter()
        .flat_map(|one| {
            one.attached.iter().map(|attached| {
                json!({
                    "stored": one.stored, "sha2": attached.sha2, "object": attached.object.to_string(),
                    "content_type": attached.content_type, "bytes": attached.bytes,
                })
            })
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let add = one_of(
        tx,
        sql!(sqlite
            "INSERT INTO record_attachments (room, stored, sha2, object, content_type, bytes)
             SELECT $2, value ->> 'stored', value ->> 'sha2', unhex(value ->> 'object'), value ->> 'content_type', value ->> 'bytes'
             FROM json_each($1)"
        ),
        sql!(postgres
            "INSERT INTO record_attachments (room, stored, sha2, object, content_type, bytes)
             SELECT $2, stored, sha2, decode(object, 'hex'), content_type, bytes
             FROM jsonb_to_recordset($1) AS new (stored bigint, sha2 text, object text, content_type text, bytes bigint)"
        ),
    );
    tx.run(add, &[list(rows), room.into()]).await.map(|_| ())
}

use db::{Arg, DbResult, Engine, Tx, row, sql};
use kernel::{Timestamp, Uuid};
use serde_json::{Value, json};

use super::{Entry, EntryId, Filter, Recorded};
use crate::Leaf;

macro_rules! columns {
    () => {
        "SELECT seq, id, at, actor, role, act, object_kind, object_id, reason, result, detail FROM audit "
    };
}

pub(super) async fn add(tx: &mut Tx<'_>, id: EntryId, entry: &Entry, now: Timestamp) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO audit (id, at, actor, role, act, object_kind, object_id, reason, result, detail) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    );
    let args = [
        id.into(),
        now.into(),
        (&entry.actor).into(),
        entry.role.clone().into(),
        entry.act.into(),
        entry.object.map(|(kind, _)| kind).into(),
        entry.object.and_then(|(_, id)| id).into(),
        entry.reason.clone().into(),
        entry.outcome.code().into(),
        entry.detail.clone().into(),
    ];
    tx.run(add, &args).await?;
    Ok(())
}

/// Adds many with one statement, in their order. For PostgreSQL.
pub(super) async fn add_all(tx: &mut Tx<'_>, entries: &[(EntryId, Entry)], now: Timestamp) -> DbResult<()> {
    let add = sql!(postgres
        "INSERT INTO audit (id, at, actor, role, act, object_kind, object_id, reason, result, detail) \
         SELECT id, $2, actor, role, act, object_kind, object_id, reason, result, CAST(detail AS json) \
         FROM jsonb_to_recordset($1) AS new (nth bigint, id uuid, actor text, role text, act text, object_kind text, \
             object_id uuid, reason text, result text, detail text) ORDER BY nth"
    );
    let rows = entries.iter().enumerate().map(|(nth, (id, entry))| {
        json!({
            "nth": nth, "id": id.uuid(), "actor": entry.actor, "role": entry.role, "act": entry.act,
            "object_kind": entry.object.map(|(kind, _)| kind), "object_id": entry.object.and_then(|(_, id)| id),
            // A text inside the document, since the detail is kept to the letter.
            "reason": entry.reason, "result": entry.outcome.code(), "detail": entry.detail.to_string(),
        })
    });
    tx.run(add, &[rows.collect::<serde_json::Value>().into(), now.into()]).await?;
    Ok(())
}

pub(super) async fn of_object(tx: &mut Tx<'_>, kind: &str, id: Uuid, before: i64) -> DbResult<Vec<Recorded>> {
    let find = sql!(concat!(columns!(), "WHERE object_kind = $1 AND object_id = $2 AND seq < $3 ORDER BY seq DESC LIMIT $4"));
    tx.all(find, &[kind.into(), id.into(), before.into(), Leaf::<(), ()>::ASKED.into()]).await
}

/// An actor or an act leads the search, since there are indexes for these two; the rest only sifts.
pub(super) async fn filtered(tx: &mut Tx<'_>, filter: &Filter, before: i64) -> DbResult<Vec<Recorded>> {
    macro_rules! sifted {
        ($first:literal) => {
            sql!(concat!(
                columns!(),
                "WHERE ",
                $first,
                " AND seq < $2 AND at >= $3 AND at < $4 AND (CAST($5 AS TEXT) IS NULL OR object_kind = $5) \
                  AND (CAST($6 AS TEXT) IS NULL OR act = $6) ORDER BY seq DESC LIMIT $7"
            ))
        };
    }
    let (find, first, act) = match (&filter.actor, &filter.act) {
        (Some(actor), act) => (sifted!("actor = $1"), Some(actor), act.as_ref()),
        (None, Some(act)) => (sifted!("act = $1"), Some(act), None),
        (None, None) => (sifted!("CAST($1 AS TEXT) IS NULL"), None, None),
    };
    let args: [Arg; 7] = [
        first.into(),
        before.into(),
        filter.since.unwrap_or(Timestamp::from_micros(i64::MIN)).into(),
        filter.until.unwrap_or(Timestamp::from_micros(i64::MAX)).into(),
        filter.object_kind.clone().into(),
        act.into(),
        Leaf::<(), ()>::ASKED.into(),
    ];
    tx.all(find, &args).await
}

row! {
    /// The last link, and up to which entry all are chained.
    pub(super) struct HeadRow { pub(super) seq: i64, pub(super) hash: [u8; 32], pub(super) settled: i64 }
}

pub(super) async fn head(tx: &mut Tx<'_>) -> DbResult<HeadRow> {
    tx.one(sql!("SELECT seq, hash, settled FROM audit_head WHERE one = 1"), &[]).await
}

/// The head, which nobody else can move until this transaction ends.
pub(super) async fn lock_head(tx: &mut Tx<'_>) -> DbResult<HeadRow> {
    tx.one(sql!("UPDATE audit_head SET seq = seq WHERE one = 1 RETURNING seq, hash, settled"), &[]).await
}

pub(super) async fn move_head(tx: &mut Tx<'_>, head: &HeadRow) -> DbResult<()> {
    let update = sql!("UPDATE audit_head SET seq = $1, hash = $2, settled = $3 WHERE one = 1");
    tx.run(update, &[head.seq.into(), head.hash.into(), head.settled.into()]).await?;
    Ok(())
}

row! {
    /// An entry as it is hashed, every byte of it.
    #[derive(Clone)]
    pub(super) struct HashedEntry {
        pub(super) seq: i64,
        pub(super) id: EntryId,
        pub(super) at: Timestamp,
        pub(super) actor: String,
        pub(super) role: Option<String>,
        pub(super) act: String,
        pub(super) object_kind: Option<String>,
        pub(super) object_id: Option<Uuid>,
        pub(super) reason: Option<String>,
        pub(super) result: String,
        pub(super) detail: String,
    }
}

/// Entries that no link names yet, oldest first.
pub(super) async fn unchained(tx: &mut Tx<'_>, settled: i64, limit: i64) -> DbResult<Vec<HashedEntry>> {
    let find = sql!(concat!(
        columns!(),
        "WHERE seq > $1 AND NOT EXISTS (SELECT 1 FROM audit_chain WHERE audit_chain.entry = audit.id) ORDER BY seq LIMIT $2"
    ));
    tx.all(find, &[settled.into(), limit.into()]).await
}

pub(super) async fn add_links(tx: &mut Tx<'_>, links: &[Link]) -> DbResult<()> {
    let add = match tx.engine() {
        Engine::Sqlite => sql!(sqlite
            "INSERT INTO audit_chain (seq, entry, hash) \
             SELECT value ->> 0, unhex(value ->> 1, '-'), unhex(value ->> 2) FROM json_each($1)"
        ),
        Engine::Postgres => sql!(postgres
            "INSERT INTO audit_chain (seq, entry, hash) \
             SELECT CAST(link ->> 0 AS bigint), CAST(link ->> 1 AS uuid), decode(link ->> 2, 'hex') \
             FROM jsonb_array_elements($1) AS links (link)"
        ),
    };
    let links: Value = links.iter().map(|link| json!([link.seq, link.entry.to_string(), hex::encode(link.hash)])).collect();
    tx.run(add, &[links.into()]).await?;
    Ok(())
}

/// The last entry written before `moment`.
pub(super) async fn last_before(tx: &mut Tx<'_>, moment: Timestamp) -> DbResult<Option<i64>> {
    tx.opt(sql!("SELECT seq FROM audit WHERE at < $1 ORDER BY at DESC, seq DESC LIMIT 1"), &[moment.into()]).await
}

row! {
    pub(super) struct Link { pub(super) seq: i64, pub(super) entry: EntryId, pub(super) hash: [u8; 32] }
}

/// The links after `after`, up to and with `last`.
pub(super) async fn links(tx: &mut Tx<'_>, after: i64, last: i64, limit: i64) -> DbResult<Vec<Link>> {
    let find = sql!("SELECT seq, entry, hash FROM audit_chain WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3");
    tx.all(find, &[after.into(), last.into(), limit.into()]).await
}

/// The entries that the links `after..=last` name; fewer than links if some are gone.
pub(super) async fn linked(tx: &mut Tx<'_>, after: i64, last: i64) -> DbResult<Vec<HashedEntry>> {
    let find = sql!(
        "SELECT a.seq, a.id, a.at, a.actor, a.role, a.act, a.object_kind, a.object_id, a.reason, a.result, a.detail \
         FROM audit_chain c JOIN audit a ON a.id = c.entry WHERE c.seq > $1 AND c.seq <= $2 ORDER BY c.seq"
    );
    tx.all(find, &[after.into(), last.into()]).await
}

row! {
    pub(super) struct Span { pub(super) entries: i64, pub(super) last: Option<i64> }
}

/// How many entries there are among `limit` after `after`, and the last of them.
pub(super) async fn stretch(tx: &mut Tx<'_>, after: i64, settled: i64, limit: i64) -> DbResult<Span> {
    let find = sql!("SELECT count(*), max(seq) FROM (SELECT seq FROM audit WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3) AS stretch");
    tx.one(find, &[after.into(), settled.into(), limit.into()]).await
}

/// The first entry after `after`, up to and with `last`, that no link names.
pub(super) async fn unlinked(tx: &mut Tx<'_>, after: i64, last: i64) -> DbResult<Option<EntryId>> {
    let find = sql!(
        "SELECT id FROM audit WHERE seq > $1 AND seq <= $2 \
         AND NOT EXISTS (SELECT 1 FROM audit_chain WHERE audit_chain.entry = audit.id) ORDER BY seq LIMIT 1"
    );
    tx.opt(find, &[after.into(), last.into()]).await
}

/// Entries that are not chained yet.
pub(super) async fn count_unchained(tx: &mut Tx<'_>, settled: i64) -> DbResult<i64> {
    let count =
        sql!("SELECT count(*) FROM audit WHERE seq > $1 AND NOT EXISTS (SELECT 1 FROM audit_chain WHERE audit_chain.entry = audit.id)");
    tx.one(count, &[settled.into()]).await
}

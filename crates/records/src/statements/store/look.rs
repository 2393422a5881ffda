use db::{Arg, DbError, DbResult, Stmt, Tx, row, sql};
use kernel::{Timestamp, Uuid};
use std::collections::{HashMap, HashSet};
use xapi::{Statement, Version};

use crate::Room;
use crate::engines::{list, one_of};
use crate::statements::keep::New;
use crate::statements::signs;

row! {
    /// A statement as it is returned.
    #[derive(Clone, Debug)]
    pub(in crate::statements) struct Line {
        pub stored: Timestamp,
        pub json: String,
    }
}

row! {
    /// What came with a statement.
    #[derive(Clone, Debug)]
    pub(crate) struct AttachmentRow {
        pub stored: Timestamp,
        pub sha2: String,
        pub object: [u8; 32],
        pub content_type: String,
        pub bytes: i64,
    }
}

row! {
    /// What a room holds, each counted to [`COUNTED`] and one more.
    #[derive(Clone, Copy, Debug, Default)]
    pub struct Held {
        pub statements: i64,
        pub attachments: i64,
        pub latest: Option<Timestamp>,
    }
}

/// No count goes further than this; more is "more than so many".
pub const COUNTED: i64 = 10_000;

/// What a room holds.
pub async fn held(tx: &mut Tx<'_>, room: Room) -> DbResult<Held> {
    let count = sql!(
        "SELECT
            (SELECT count(*) FROM (SELECT 1 FROM record_statements WHERE room = $1 LIMIT $2) AS s),
            (SELECT count(*) FROM (SELECT 1 FROM record_attachments WHERE room = $1 LIMIT $2) AS a),
            (SELECT filled FROM record_rooms WHERE room = $1)"
    );
    tx.one(count, &[room.into(), (COUNTED + 1).into()]).await
}

/// The statements of these ids that are there.
pub(in crate::statements) async fn same_ids(tx: &mut Tx<'_>, room: Room, new: &[New]) -> DbResult<HashMap<Uuid, Statement>> {
    let find = one_of(
        tx,
        sql!(sqlite
            "SELECT id, rules, json FROM record_statements WHERE room = $1 AND id IN (SELECT unhex(value, '-') FROM json_each($2))"
        ),
        sql!(postgres
            "SELECT id, rules, json FROM record_statements
             WHERE room = $1 AND id IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($2))"
        ),
    );
    let rows: Vec<(Uuid, String, String)> = tx.all(find, &[room.into(), list(new.iter().map(|one| one.id.to_string()))]).await?;
    rows.into_iter().map(|(id, rules, json)| Ok((id, as_statement(&rules, &json)?))).collect()
}

/// A stored statement, by the rules that it was taken by.
pub(crate) fn as_statement(rules: &str, json: &str) -> DbResult<Statement> {
    let version = if rules == Version::V1_0_3.header() { Version::V1_0_3 } else { Version::V2_0_0 };
    Statement::parse(json.as_bytes(), version)
        .map_err(|wrong| DbError::Unreadable { at: "record_statements".to_owned(), why: wrong.to_string() })
}

/// Those of these ids that a statement that is there voids.
pub(in crate::statements) async fn voided_before(tx: &mut Tx<'_>, room: Room, new: &[&New]) -> DbResult<HashSet<Uuid>> {
    let find = one_of(
        tx,
        sql!(sqlite
            "SELECT voids FROM record_statements WHERE room = $1 AND voids IN (SELECT unhex(value, '-') FROM json_each($2))"
        ),
        sql!(postgres
            "SELECT voids FROM record_statements
             WHERE room = $1 AND voids IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($2))"
        ),
    );
    let found: Vec<Uuid> = tx.all(find, &[room.into(), list(new.iter().map(|one| one.id.to_string()))]).await?;
    Ok(found.into_iter().collect())
}

/// Up to when the room is filled.
pub(in crate::statements) async fn filled(tx: &mut Tx<'_>, room: Room) -> DbResult<Option<Timestamp>> {
    tx.opt(sql!("SELECT filled FROM record_rooms WHERE room = $1"), &[room.into()]).await
}

/// A statement by its id, voided or not.
pub(in crate::statements) async fn by_id(tx: &mut Tx<'_>, room: Room, id: Uuid, voided: bool) -> DbResult<Option<Line>> {
    let find = sql!("SELECT stored, json FROM record_statements WHERE room = $1 AND id = $2 AND voided = $3");
    tx.opt(find, &[room.into(), id.into(), voided.into()]).await
}

/// A text for a number of conditions and an order. `$1` is the room, `$2` and `$3` the moments between which, `$4` how many,
/// the rest are keys of the index.
macro_rules! meeting {
    ($order:literal $(, $also:literal)*) => {
        sql!(concat!(
            "SELECT s.stored, s.json FROM (
                 SELECT DISTINCT i.found FROM record_index i WHERE i.key = $5 AND i.found > $2 AND i.found < $3 ",
            $("AND EXISTS (SELECT 1 FROM record_index j WHERE j.key = ", $also, " AND j.found = i.found AND j.source = i.source) ",)*
            "AND EXISTS (SELECT 1 FROM record_statements v WHERE v.room = $1 AND v.stored = i.found AND NOT v.voided)
                 ORDER BY i.found ", $order, " LIMIT $4
             ) AS f JOIN record_statements s ON s.room = $1 AND s.stored = f.found ORDER BY s.stored ", $order
        ))
    };
}

macro_rules! all_of {
    ($order:literal) => {
        sql!(concat!(
            "SELECT stored, json FROM record_statements WHERE room = $1 AND stored > $2 AND stored < $3 AND NOT voided ORDER BY stored ",
            $order,
            " LIMIT $4"
        ))
    };
}

fn text(conditions: usize, ascending: bool) -> &'static Stmt {
    match (conditions, ascending) {
        (0, true) => all_of!("ASC"),
        (0, false) => all_of!("DESC"),
        (1, true) => meeting!("ASC"),
        (1, false) => meeting!("DESC"),
        (2, true) => meeting!("ASC", "$6"),
        (2, false) => meeting!("DESC", "$6"),
        (3, true) => meeting!("ASC", "$6", "$7"),
        (3, false) => meeting!("DESC", "$6", "$7"),
        (_, true) => meeting!("ASC", "$6", "$7", "$8"),
        (_, false) => meeting!("DESC", "$6", "$7", "$8"),
    }
}

/// Statements that are not voided and meet all keys, stored between two moments and at neither.
pub(in crate::statements) async fn many(
    tx: &mut Tx<'_>,
    room: Room,
    keys: &[Uuid],
    (after, before): (i64, i64),
    ascending: bool,
    limit: i64,
) -> DbResult<Vec<Line>> {
    let mut args: Vec<Arg> = vec![room.into(), after.into(), before.into(), limit.into()];
    args.extend(keys.iter().map(|key| Arg::Uuid(*key)));
    tx.all(text(keys.len(), ascending), &args).await
}

/// What came with these statements, in their order.
pub(crate) async fn attachments(tx: &mut Tx<'_>, room: Room, stored: &[Timestamp]) -> DbResult<Vec<AttachmentRow>> {
    let find = one_of(
        tx,
        sql!(sqlite
            "SELECT stored, sha2, object, content_type, bytes FROM record_attachments
             WHERE room = $1 AND stored IN (SELECT value FROM json_each($2))"
        ),
        sql!(postgres
            "SELECT stored, sha2, object, content_type, bytes FROM record_attachments
             WHERE room = $1 AND stored IN (SELECT CAST(value AS bigint) FROM jsonb_array_elements_text($2))"
        ),
    );
    tx.all(find, &[room.into(), list(stored.iter().map(|moment| moment.as_micros()))]).await
}

/// What was said in a registration with one of these verbs and counts, what was stored last first, at most `most`.
pub(crate) async fn said(tx: &mut Tx<'_>, room: Room, registration: Uuid, verbs: &[&str], most: i64) -> DbResult<Vec<Statement>> {
    let find = one_of(
        tx,
        sql!(sqlite
            "SELECT s.rules, s.json FROM (
                 SELECT DISTINCT i.found FROM json_each($3) AS verb
                     JOIN record_index i ON i.key = $2 AND i.source = i.found
                     JOIN record_index v ON v.key = unhex(verb.value, '-') AND v.found = i.found AND v.source = i.source
                     JOIN record_statements x ON x.room = $1 AND x.stored = i.found AND NOT x.voided
                 ORDER BY i.found DESC LIMIT $4
             ) AS f JOIN record_statements s ON s.room = $1 AND s.stored = f.found ORDER BY s.stored DESC"
        ),
        sql!(postgres
            "SELECT s.rules, s.json FROM (
                 SELECT DISTINCT i.found FROM jsonb_array_elements_text($3) AS verb
                     JOIN record_index i ON i.key = $2 AND i.source = i.found
                     JOIN record_index v ON v.key = CAST(verb.value AS uuid) AND v.found = i.found AND v.source = i.source
                     JOIN record_statements x ON x.room = $1 AND x.stored = i.found AND NOT x.voided
                 ORDER BY i.found DESC LIMIT $4
             ) AS f JOIN record_statements s ON s.room = $1 AND s.stored = f.found ORDER BY s.stored DESC"
        ),
    );
    let verbs = list(verbs.iter().map(|verb| signs::verb(room, verb).to_string()));
    let key = signs::registration(room, registration);
    let rows: Vec<(String, String)> = tx.all(find, &[room.into(), key.into(), verbs, most.into()]).await?;
    rows.into_iter().map(|(rules, json)| as_statement(&rules, &json)).collect()
}

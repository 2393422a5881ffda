use db::{DbResult, Tx, row, sql};
use kernel::{Timestamp, Uuid};

use crate::Room;

row! {
    /// A statement that waits.
    #[derive(Clone, Debug)]
    pub(super) struct Waiting {
        pub stored: Timestamp,
        pub id: Uuid,
        pub rules: String,
        pub json: String,
    }
}

row! {
    /// How far forwarding is.
    #[derive(Clone, Debug)]
    pub(super) struct Progress {
        pub through: Timestamp,
        pub sent: i64,
        pub sent_at: Option<Timestamp>,
        pub failed_at: Option<Timestamp>,
        pub failed_why: String,
        pub failures: i64,
        pub next_at: Timestamp,
    }
}

row! {
    /// A statement that was not taken.
    #[derive(Clone, Debug)]
    pub(super) struct Refused {
        pub statement: Uuid,
        pub status: i64,
        pub at: Timestamp,
    }
}

/// How far it is, if anything was tried yet.
pub(super) async fn progress(tx: &mut Tx<'_>, target: &str) -> DbResult<Option<Progress>> {
    let find = sql!("SELECT through, sent, sent_at, failed_at, failed_why, failures, next_at FROM record_forwarding WHERE target = $1");
    tx.opt(find, &[target.into()]).await
}

/// The next statements of a room, in their order.
pub(super) async fn waiting(tx: &mut Tx<'_>, room: Room, through: Timestamp, most: i64) -> DbResult<Vec<Waiting>> {
    let list = sql!("SELECT stored, id, rules, json FROM record_statements WHERE room = $1 AND stored > $2 ORDER BY stored LIMIT $3");
    tx.all(list, &[room.into(), through.into(), most.into()]).await
}

/// How many wait, counted to `most`.
pub(super) async fn count_waiting(tx: &mut Tx<'_>, room: Room, through: Timestamp, most: i64) -> DbResult<i64> {
    let count = sql!("SELECT count(*) FROM (SELECT 1 FROM record_statements WHERE room = $1 AND stored > $2 LIMIT $3) AS w");
    tx.one(count, &[room.into(), through.into(), most.into()]).await
}

/// Notes that everything from there to here was taken, or put aside. False, and nothing is noted, if somebody else has gone on from
/// there meanwhile: of two at once each statement counts once, and nobody is sent back.
pub(super) async fn put_sent(
    tx: &mut Tx<'_>,
    target: &str,
    (from, through): (Timestamp, Timestamp),
    sent: i64,
    now: Timestamp,
) -> DbResult<bool> {
    let put = sql!(
        "INSERT INTO record_forwarding (target, through, sent, sent_at, next_at) VALUES ($1, $2, $3, $4, $4)
         ON CONFLICT (target) DO UPDATE SET through = excluded.through, sent = record_forwarding.sent + excluded.sent,
             sent_at = excluded.sent_at, failed_at = NULL, failed_why = '', failures = 0, next_at = excluded.next_at
         WHERE record_forwarding.through = $5"
    );
    Ok(tx.run(put, &[target.into(), through.into(), sent.into(), now.into(), from.into()]).await? == 1)
}

/// Notes that nothing from there on gets through, and when to try again; nothing if somebody else has got further meanwhile.
pub(super) async fn put_failed(tx: &mut Tx<'_>, target: &str, from: Timestamp, why: &str, next: Timestamp, now: Timestamp) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO record_forwarding (target, through, failed_at, failed_why, failures, next_at) VALUES ($1, $5, $4, $2, 1, $3)
         ON CONFLICT (target) DO UPDATE SET failed_at = COALESCE(record_forwarding.failed_at, excluded.failed_at),
             failed_why = excluded.failed_why, failures = record_forwarding.failures + 1, next_at = excluded.next_at
         WHERE record_forwarding.through = excluded.through"
    );
    tx.run(put, &[target.into(), why.into(), next.into(), now.into(), from.into()]).await.map(|_| ())
}

/// Puts a statement aside that was not taken.
pub(super) async fn put_refused(tx: &mut Tx<'_>, target: &str, statement: Uuid, status: i64, now: Timestamp) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO record_forwarding_refused (target, statement, status, refused_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (target, statement) DO UPDATE SET status = excluded.status, refused_at = excluded.refused_at"
    );
    tx.run(put, &[target.into(), statement.into(), status.into(), now.into()]).await.map(|_| ())
}

/// What was put aside, the latest first.
pub(super) async fn refused(tx: &mut Tx<'_>, target: &str, skip: i64, most: i64) -> DbResult<Vec<Refused>> {
    let list = sql!(
        "SELECT statement, status, refused_at FROM record_forwarding_refused WHERE target = $1
         ORDER BY refused_at DESC, statement LIMIT $2 OFFSET $3"
    );
    tx.all(list, &[target.into(), most.into(), skip.into()]).await
}

use db::{DbResult, Tx, sql};
use kernel::{Timestamp, Uuid, id};

use super::rule::Times;
use crate::cases::CaseId;

id!(
    /// One clock of a case.
    ClockId
);

db::row! {
    /// A clock as it stands.
    #[derive(Clone, Debug)]
    pub struct Clock {
        pub id: ClockId,
        pub case: CaseId,
        pub kind: String,
        pub round: i64,
        pub started_at: Timestamp,
        pub due_at: Option<Timestamp>,
        pub amber_at: Option<Timestamp>,
        pub stopped_at: Option<Timestamp>,
        pub ended: Option<String>,
        pub stopped_by: Option<String>,
        pub reason: Option<Vec<u8>>,
    }
}

db::row! {
    /// When the institution knew, as somebody said.
    #[derive(Clone, Debug)]
    pub struct KnownRow {
        pub id: Uuid,
        pub seq: i64,
        pub known_at: Timestamp,
        pub wrongful: bool,
        pub actor: String,
        pub said_at: Timestamp,
        pub reason: Option<Vec<u8>>,
    }
}

db::row! {
    /// A clock of any case that is due soon, for the queue and the roster.
    #[derive(Clone, Debug)]
    pub struct DueRow {
        pub number: crate::cases::CaseNumber,
        pub is_drill: bool,
        pub kind: String,
        pub due_at: Timestamp,
    }
}

/// Every clock of a case, the next due first.
pub async fn of_case(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<Clock>> {
    let list = sql!(
        "SELECT id, case_id, kind, round, started_at, due_at, amber_at, stopped_at, ended, stopped_by, reason FROM case_clocks
         WHERE case_id = $1 ORDER BY stopped_at IS NOT NULL, due_at IS NULL, due_at, id"
    );
    tx.all(list, &[case.into()]).await
}

/// The clock with this id.
pub async fn clock(tx: &mut Tx<'_>, id: ClockId) -> DbResult<Option<Clock>> {
    let find = sql!(
        "SELECT id, case_id, kind, round, started_at, due_at, amber_at, stopped_at, ended, stopped_by, reason FROM case_clocks WHERE id = $1"
    );
    tx.opt(find, &[id.into()]).await
}

/// The clocks of open and closed cases alike that are due before `until`, the next due first.
pub async fn due_before(tx: &mut Tx<'_>, until: Timestamp, limit: i64) -> DbResult<Vec<DueRow>> {
    let list = sql!(
        "SELECT cases.number, cases.is_drill, case_clocks.kind, case_clocks.due_at FROM case_clocks
         JOIN cases ON cases.id = case_clocks.case_id
         WHERE case_clocks.stopped_at IS NULL AND case_clocks.due_at IS NOT NULL AND case_clocks.due_at < $1
         ORDER BY case_clocks.due_at, case_clocks.id LIMIT $2"
    );
    tx.all(list, &[until.into(), limit.into()]).await
}

/// Adds a clock that runs, as one more round of its kind.
pub async fn add(tx: &mut Tx<'_>, case: CaseId, kind: &str, start: Timestamp, times: Times, by: &str, now: Timestamp) -> DbResult<Clock> {
    let add = sql!(
        "INSERT INTO case_clocks (id, case_id, kind, round, started_at, due_at, amber_at, made_by, made_at)
         VALUES ($1, $2, $3, (SELECT coalesce(max(round), 0) + 1 FROM case_clocks WHERE case_id = $2 AND kind = $3), $4, $5, $6, $7, $8)
         RETURNING id, case_id, kind, round, started_at, due_at, amber_at, stopped_at, ended, stopped_by, reason"
    );
    let id = ClockId::new(now);
    let args = [id.into(), case.into(), kind.into(), start.into(), times.due_at.into(), times.amber_at.into(), by.into(), now.into()];
    tx.one(add, &args).await
}

pub async fn set_times(tx: &mut Tx<'_>, id: ClockId, start: Timestamp, times: Times) -> DbResult<()> {
    let set = sql!("UPDATE case_clocks SET started_at = $2, due_at = $3, amber_at = $4 WHERE id = $1 AND stopped_at IS NULL");
    tx.run(set, &[id.into(), start.into(), times.due_at.into(), times.amber_at.into()]).await?;
    Ok(())
}

/// Stops a clock; false if it stands already.
pub async fn stop(tx: &mut Tx<'_>, id: ClockId, how: &str, by: &str, reason: Option<Vec<u8>>, now: Timestamp) -> DbResult<bool> {
    let stop =
        sql!("UPDATE case_clocks SET stopped_at = $2, ended = $3, stopped_by = $4, reason = $5 WHERE id = $1 AND stopped_at IS NULL");
    Ok(tx.run(stop, &[id.into(), now.into(), how.into(), by.into(), reason.into()]).await? == 1)
}

/// Notes that somebody is reminded of a moment; false if that was noted before.
pub async fn note_reminder(tx: &mut Tx<'_>, id: ClockId, moment: &str, at: Timestamp, late: bool, now: Timestamp) -> DbResult<bool> {
    let note = sql!(
        "INSERT INTO clock_reminders (clock_id, moment, for_at, told_at, late) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (clock_id, moment, for_at) DO NOTHING"
    );
    Ok(tx.run(note, &[id.into(), moment.into(), at.into(), now.into(), late.into()]).await? == 1)
}

/// When the institution knew, the last word first.
pub async fn known(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<KnownRow>> {
    let list =
        sql!("SELECT id, seq, known_at, wrongful, actor, said_at, reason FROM case_known WHERE case_id = $1 ORDER BY seq DESC LIMIT 100");
    tx.all(list, &[case.into()]).await
}

/// The place of the next word about when it was known.
pub async fn next_known(tx: &mut Tx<'_>, case: CaseId) -> DbResult<i64> {
    tx.one(sql!("SELECT coalesce(max(seq), 0) + 1 FROM case_known WHERE case_id = $1"), &[case.into()]).await
}

pub async fn add_known(tx: &mut Tx<'_>, case: CaseId, known: &KnownRow) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO case_known (id, case_id, seq, known_at, wrongful, actor, said_at, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    let args = [
        known.id.into(),
        case.into(),
        known.seq.into(),
        known.known_at.into(),
        known.wrongful.into(),
        known.actor.as_str().into(),
        known.said_at.into(),
        known.reason.clone().into(),
    ];
    tx.run(add, &args).await?;
    Ok(())
}

/// Whether a remote session or visit of the case was approved.
pub async fn was_dispatched(tx: &mut Tx<'_>, case: CaseId) -> DbResult<bool> {
    let find = sql!("SELECT id FROM case_supports WHERE case_id = $1 AND kind = 'visit' AND is_approved = $2 LIMIT 1");
    Ok(tx.opt::<Uuid>(find, &[case.into(), true.into()]).await?.is_some())
}

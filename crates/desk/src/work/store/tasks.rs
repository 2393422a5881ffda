use db::{DbResult, Tx, sql};
use kernel::{Timestamp, Uuid};

use crate::cases::{CaseId, Phase};
use crate::work::playbook::Who;

db::row! {
    /// A task of a case.
    #[derive(Clone)]
    pub struct TaskRow {
        pub id: Uuid,
        pub task: Option<String>,
        pub place: i64,
        pub phase: Phase,
        pub who: Who,
        pub words: Option<Vec<u8>>,
        pub done_at: Option<Timestamp>,
        pub done_by: Option<String>,
        pub dropped_at: Option<Timestamp>,
        pub dropped_by: Option<String>,
        pub note: Option<Vec<u8>>,
    }
}

/// The tasks of a case, in their order, with those that were dropped.
pub async fn tasks(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<TaskRow>> {
    let list = sql!(
        "SELECT id, task, place, phase, who, words, done_at, done_by, dropped_at, dropped_by, note FROM case_tasks
         WHERE case_id = $1 ORDER BY place, id LIMIT 500"
    );
    tx.all(list, &[case.into()]).await
}

/// A task that is about to be added.
pub struct NewTask<'a> {
    pub id: Uuid,
    pub task: Option<&'a str>,
    pub place: i64,
    pub phase: Phase,
    pub who: Who,
    pub words: Option<Vec<u8>>,
}

pub async fn add(tx: &mut Tx<'_>, case: CaseId, new: &NewTask<'_>, by: &str, now: Timestamp) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO case_tasks (id, case_id, task, place, phase, who, words, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (case_id, task) DO NOTHING"
    );
    let args = [
        new.id.into(),
        case.into(),
        new.task.into(),
        new.place.into(),
        new.phase.into(),
        new.who.into(),
        new.words.clone().into(),
        by.into(),
        now.into(),
    ];
    tx.run(add, &args).await?;
    Ok(())
}

pub async fn done(tx: &mut Tx<'_>, case: CaseId, id: Uuid, note: Option<Vec<u8>>, by: &str, now: Timestamp) -> DbResult<bool> {
    let done = sql!(
        "UPDATE case_tasks SET done_at = $3, done_by = $4, note = coalesce($5, note) WHERE id = $2 AND case_id = $1 AND done_at IS NULL"
    );
    Ok(tx.run(done, &[case.into(), id.into(), now.into(), by.into(), note.into()]).await? == 1)
}

pub async fn undone(tx: &mut Tx<'_>, case: CaseId, id: Uuid) -> DbResult<bool> {
    let undone = sql!("UPDATE case_tasks SET done_at = NULL, done_by = NULL WHERE id = $2 AND case_id = $1 AND done_at IS NOT NULL");
    Ok(tx.run(undone, &[case.into(), id.into()]).await? == 1)
}

pub async fn drop(tx: &mut Tx<'_>, case: CaseId, id: Uuid, by: &str, now: Timestamp) -> DbResult<bool> {
    let drop = sql!(
        "UPDATE case_tasks SET dropped_at = $3, dropped_by = $4 WHERE id = $2 AND case_id = $1 AND dropped_at IS NULL AND done_at IS NULL"
    );
    Ok(tx.run(drop, &[case.into(), id.into(), now.into(), by.into()]).await? == 1)
}

pub async fn restore(tx: &mut Tx<'_>, case: CaseId, id: Uuid) -> DbResult<bool> {
    let restore =
        sql!("UPDATE case_tasks SET dropped_at = NULL, dropped_by = NULL WHERE id = $2 AND case_id = $1 AND dropped_at IS NOT NULL");
    Ok(tx.run(restore, &[case.into(), id.into()]).await? == 1)
}

pub async fn reword(tx: &mut Tx<'_>, case: CaseId, id: Uuid, words: Vec<u8>) -> DbResult<bool> {
    let reword = sql!("UPDATE case_tasks SET words = $3 WHERE id = $2 AND case_id = $1");
    Ok(tx.run(reword, &[case.into(), id.into(), words.into()]).await? == 1)
}

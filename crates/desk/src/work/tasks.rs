//! The tasks of a case: those of the playbook, and those that somebody adds. Each tick stands in the chain.

use db::{DbResult, Tx};
use kernel::{Timestamp, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::playbook::{Who, playbooks};
use super::store::tasks::{self as store, NewTask, TaskRow};
use crate::cases::{self, Case, CaseId, Entry, Phase};
use crate::triage::{Grade, rules};

/// What somebody does to a task.
#[derive(Clone, Debug)]
pub enum Touch {
    /// It is done; with a note, if any.
    Done(String),
    /// It is not done after all.
    Undone,
    /// It does not apply here.
    Drop,
    /// It applies after all.
    Restore,
    /// It is worded for this case.
    Reword(String),
}

/// Why nothing became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotTouched {
    /// There is no such case or task.
    Unknown,
    /// It stands like that already.
    Already,
    /// Nothing was written.
    NoWords,
}

/// Brings the tasks of a case in line with what it is by now: what applies is added, what nobody has touched and does not apply any
/// more falls away. What a person has done or dropped stays.
pub async fn keep(tx: &mut Tx<'_>, id: CaseId, by: &str, now: Timestamp) -> DbResult<()> {
    let Some(case) = cases::store::case(tx, id).await?.filter(|case| case.closed_at.is_none()) else { return Ok(()) };
    let grade = Grade::of(case.stage, case.event.is_none() || rules().is_malware(case.event.as_deref()));
    let wanted = playbooks().tasks(case.event.as_deref(), grade);
    let rows = store::tasks(tx, id).await?;
    for row in rows.iter().filter(|row| row.is_of_playbook() && row.done_at.is_none()) {
        let applies = wanted.iter().any(|task| row.task.as_deref() == Some(task.id.as_str()));
        let fell_away = row.dropped_by.as_deref() == Some(journal::audit::SYSTEM);
        if applies && fell_away {
            store::restore(tx, id, row.id).await?;
        } else if !applies && row.dropped_at.is_none() {
            store::drop(tx, id, row.id, journal::audit::SYSTEM, now).await?;
        }
    }
    for (place, task) in (0_i64..).zip(&wanted) {
        if !rows.iter().any(|row| row.task.as_deref() == Some(task.id.as_str())) {
            let new = NewTask { id: now.uuid(), task: Some(&task.id), place: place * 10, phase: task.phase, who: task.who, words: None };
            store::add(tx, id, &new, by, now).await?;
        }
    }
    Ok(())
}

/// Adds a task that is of this case alone, at the end of its phase.
pub async fn add(
    tx: &mut Tx<'_>,
    id: CaseId,
    phase: Phase,
    who: Who,
    words: &str,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotTouched>> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(Err(NotTouched::Unknown)) };
    if words.is_empty() {
        return Ok(Err(NotTouched::NoWords));
    }
    let place = store::tasks(tx, id).await?.iter().filter(|row| row.phase <= phase).map(|row| row.place).max().unwrap_or(0) + 1;
    let row = now.uuid();
    let sealed = case.seal("case_tasks", row, "words", words.as_bytes());
    store::add(tx, id, &NewTask { id: row, task: None, place, phase, who, words: Some(sealed) }, by, now).await?;
    record(tx, &case, "task.added", row, None, None, by, now).await?;
    Ok(Ok(()))
}

/// Ticks a task of the playbook that was done by doing it: taking the case, calling. Nothing to do if the case has no such task, or
/// it is ticked.
pub async fn did(tx: &mut Tx<'_>, id: CaseId, task: &str, by: &str, now: Timestamp) -> DbResult<()> {
    let row = store::tasks(tx, id).await?.into_iter().find(|row| row.task.as_deref() == Some(task));
    if let Some(row) = row.filter(|row| row.dropped_at.is_none()) {
        store::done(tx, id, row.id, None, by, now).await?;
    }
    Ok(())
}

/// Ticks a task, takes the tick back, drops it, brings it back, or words it anew.
pub async fn touch(tx: &mut Tx<'_>, id: CaseId, task: Uuid, touch: &Touch, by: &str, now: Timestamp) -> DbResult<Result<(), NotTouched>> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(Err(NotTouched::Unknown)) };
    let Some(row) = store::tasks(tx, id).await?.into_iter().find(|row| row.id == task) else { return Ok(Err(NotTouched::Unknown)) };
    let (is_changed, action, words) = match touch {
        Touch::Done(note) => {
            let sealed = (!note.is_empty()).then(|| case.seal("case_tasks", task, "note", note.as_bytes()));
            (store::done(tx, id, task, sealed, by, now).await?, "task.done", Some(note))
        }
        Touch::Undone => (store::undone(tx, id, task).await?, "task.undone", None),
        Touch::Drop => (store::drop(tx, id, task, by, now).await?, "task.dropped", None),
        Touch::Restore => (store::restore(tx, id, task).await?, "task.restored", None),
        Touch::Reword(words) if words.is_empty() => return Ok(Err(NotTouched::NoWords)),
        Touch::Reword(words) => {
            let sealed = case.seal("case_tasks", task, "words", words.as_bytes());
            (store::reword(tx, id, task, sealed).await?, "task.reworded", Some(words))
        }
    };
    if !is_changed {
        return Ok(Err(NotTouched::Already));
    }
    record(tx, &case, action, task, row.task.as_deref(), words.map(String::as_str), by, now).await?;
    Ok(Ok(()))
}

#[expect(clippy::too_many_arguments, reason = "an entry of the chain, written from two places")]
async fn record(
    tx: &mut Tx<'_>,
    case: &Case,
    action: &'static str,
    row: Uuid,
    task: Option<&str>,
    words: Option<&str>,
    by: &str,
    now: Timestamp,
) -> DbResult<()> {
    let entry = Entry::by(by).did(action).about(row).with(json!({ "task": task }));
    let words = words.filter(|words| !words.is_empty());
    cases::record(tx, case, words.map_or_else(|| entry.clone(), |words| entry.clone().saying(words)), now).await?;
    Ok(())
}

impl TaskRow {
    const fn is_of_playbook(&self) -> bool {
        self.task.is_some()
    }
}

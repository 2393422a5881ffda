use db::{DbResult, Tx, sql};
use kernel::{Timestamp, Uuid};
use serde_json::json;

use crate::cases::CaseId;
use crate::work::note::{Kind, Tlp};
use crate::work::person::Side;

db::row! {
    /// A note, a decision, a word for the next shift, a lesson.
    #[derive(Clone)]
    pub struct NoteRow {
        pub id: Uuid,
        pub kind: Kind,
        pub tlp: Tlp,
        pub words: Vec<u8>,
        pub points: serde_json::Value,
        pub actor: String,
        pub written_at: Timestamp,
    }
}

db::row! {
    /// Somebody who has to do with a case.
    #[derive(Clone)]
    pub struct PersonRow {
        pub id: Uuid,
        pub side: Side,
        pub words: Vec<u8>,
        pub added_at: Timestamp,
        pub left_at: Option<Timestamp>,
    }
}

/// The notes of a case, the last first.
pub async fn notes(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<NoteRow>> {
    let list = sql!(
        "SELECT id, kind, tlp, words, points, actor, written_at FROM case_notes WHERE case_id = $1
         ORDER BY written_at DESC, id DESC LIMIT 500"
    );
    tx.all(list, &[case.into()]).await
}

/// How many lessons a case has.
pub async fn lessons(tx: &mut Tx<'_>, case: CaseId) -> DbResult<i64> {
    tx.one(sql!("SELECT count(*) FROM case_notes WHERE case_id = $1 AND kind = 'lesson'"), &[case.into()]).await
}

pub async fn add(tx: &mut Tx<'_>, case: CaseId, note: &NoteRow) -> DbResult<()> {
    let add =
        sql!("INSERT INTO case_notes (id, case_id, kind, tlp, words, points, actor, written_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    let args = [
        note.id.into(),
        case.into(),
        note.kind.into(),
        note.tlp.into(),
        note.words.clone().into(),
        json!(note.points).into(),
        note.actor.as_str().into(),
        note.written_at.into(),
    ];
    tx.run(add, &args).await?;
    Ok(())
}

/// Who has to do with a case, those who have left last.
pub async fn people(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<PersonRow>> {
    let list = sql!(
        "SELECT id, side, words, added_at, left_at FROM case_people WHERE case_id = $1
         ORDER BY left_at IS NOT NULL, side, added_at, id LIMIT 200"
    );
    tx.all(list, &[case.into()]).await
}

pub async fn add_person(tx: &mut Tx<'_>, case: CaseId, id: Uuid, side: Side, words: Vec<u8>, by: &str, now: Timestamp) -> DbResult<()> {
    let add = sql!("INSERT INTO case_people (id, case_id, side, words, added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6)");
    tx.run(add, &[id.into(), case.into(), side.into(), words.into(), by.into(), now.into()]).await?;
    Ok(())
}

pub async fn leave(tx: &mut Tx<'_>, case: CaseId, id: Uuid, now: Timestamp) -> DbResult<bool> {
    let leave = sql!("UPDATE case_people SET left_at = $3 WHERE id = $2 AND case_id = $1 AND left_at IS NULL");
    Ok(tx.run(leave, &[case.into(), id.into(), now.into()]).await? == 1)
}

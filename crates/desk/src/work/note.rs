//! Notes, decisions, words for the next shift, lessons; each with its colour of the Traffic Light Protocol 2.0.

use db::{DbResult, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::store::notes::{self as store, NoteRow};
use crate::cases::{self, CaseId, Entry};
use crate::words::words;

words! {
    /// To whom it may be passed on, by TLP 2.0; from free to not at all.
    Tlp {
        /// Everybody.
        Clear = "CLEAR",
        /// The community.
        Green = "GREEN",
        /// One's own organization and its clients, as needed.
        Amber = "AMBER",
        /// One's own organization alone.
        AmberStrict = "AMBER+STRICT",
        /// Those who read it here.
        Red = "RED",
    }
}

words! {
    /// What is written down.
    Kind {
        /// 所見・メモ
        Note = "note",
        /// 判断の記録
        Decision = "decision",
        /// 次の当番へ
        Handover = "handover",
        /// 教訓
        Lesson = "lesson",
    }
}

/// What is to be written down.
#[derive(Clone)]
pub struct NewNote {
    /// What it is.
    pub kind: Kind,
    /// To whom it may be passed on.
    pub tlp: Tlp,
    /// The words.
    pub words: String,
    /// Of a lesson: checklist items and slides that it leads to.
    pub points: Vec<String>,
}

/// Why nothing was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotWritten {
    /// There is no such case.
    Unknown,
    /// Nothing was written.
    NoWords,
    /// A lesson leads to nothing that the checklist or the trainings have.
    Points,
}

impl Tlp {
    /// How the style sheet draws it: the word itself, without the plus.
    pub fn shape(self) -> String {
        self.id().to_lowercase().replace('+', "-")
    }
}

/// Writes something down. A lesson leads to at least one item of the checklist (`r7-…`) or slide (`course/unit#slide`).
pub async fn write(tx: &mut Tx<'_>, id: CaseId, new: &NewNote, by: &str, now: Timestamp) -> DbResult<Result<(), NotWritten>> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(Err(NotWritten::Unknown)) };
    if new.words.is_empty() {
        return Ok(Err(NotWritten::NoWords));
    }
    let leads_somewhere = !new.points.is_empty() && new.points.iter().all(|point| is_point(point));
    if new.kind == Kind::Lesson && !leads_somewhere {
        return Ok(Err(NotWritten::Points));
    }
    let row = now.uuid();
    let words = case.seal("case_notes", row, "words", new.words.as_bytes());
    let points = if new.kind == Kind::Lesson { json!(new.points) } else { json!([]) };
    let note = NoteRow { id: row, kind: new.kind, tlp: new.tlp, words, points, actor: by.to_owned(), written_at: now };
    store::add(tx, id, &note).await?;
    let facts = json!({ "kind": new.kind, "tlp": new.tlp });
    cases::record(tx, &case, Entry::by(by).did("note.written").about(row).with(facts), now).await?;
    Ok(Ok(()))
}

/// Whether the text names an item of the checklist or a slide: ids of the shape that the playbooks use.
pub fn is_point(text: &str) -> bool {
    let is_slide = text.split_once('/').is_some_and(|(course, rest)| !course.is_empty() && rest.contains('#'));
    is_slide || text.starts_with("r7-")
}

//! Questions in and out: tables (Excel, CSV) and GIFT come in whole or not at all, each mistake named by its row; Excel goes out, and
//! comes in again as it was.
//!
//! Reading is a pure function of what was sent and of what the course has: no database, no page, no clock.

mod gift;
#[cfg(test)]
mod hostile;
mod merge;
mod sheet;
#[cfg(test)]
mod tests;
mod workbook;
mod wrong;

use intake::{Limits, NotRead, Table};

use crate::content::file::QuestionFile;
use crate::content::scene::Scene;
use kernel::Lang;

pub use merge::{Counts, merge};
pub use workbook::{template, workbook};
pub use wrong::{NotTaken, Wrong};

/// The most questions that a file brings.
pub const QUESTIONS_MAX: usize = 5_000;

/// What is read of a file before it is refused.
pub const LIMITS: Limits = Limits {
    bytes: 12 << 20,
    rows: 60_000,
    columns: 60,
    cell_characters: 4_000,
    text_bytes: 32 << 20,
    cells: 1_500_000,
    strings: 500_000,
    archive_entries: 200,
    unpacked_bytes: 128 << 20,
    unpacked_ratio: 250,
};

/// What of a course questions may name.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Its units: their addresses, and their titles.
    pub units: Vec<(String, String)>,
    /// Its slides, with their units.
    pub slides: Vec<(String, String)>,
    /// Its scenes.
    pub scenes: Vec<String>,
}

/// A question as it came, and the row where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub row: usize,
    pub question: QuestionFile,
}

/// What somebody has sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// A text in GIFT.
    Gift(String),
    /// A table.
    Table(Table),
}

/// The text of a file that is GIFT by what is in it; nothing of any other, which is a table or cannot be read.
pub fn gift_of(bytes: &[u8], name: &str) -> Result<Option<String>, NotTaken> {
    if bytes.len() > LIMITS.bytes {
        return Err(NotTaken::Unreadable(NotRead::TooLarge { bytes: bytes.len(), most: LIMITS.bytes }));
    }
    Ok(gift::text(bytes, name))
}

/// Reads questions. Nothing is taken of a file in which anything is wrong.
pub fn read(sent: &Sent, known: &Known) -> Result<Vec<QuestionFile>, NotTaken> {
    let found = match sent {
        Sent::Gift(text) => gift::read(text, known),
        Sent::Table(table) => sheet::read(table, known)?,
    };
    let (found, mut wrong) = match found {
        Ok(found) => (found, Vec::new()),
        Err((found, wrong)) => (found, wrong),
    };
    // The samples of the form are left in it by most.
    let found: Vec<Found> = found.into_iter().filter(|found| found.question.pool != workbook::SAMPLE).collect();
    if found.is_empty() && wrong.is_empty() {
        return Err(NotTaken::Nothing);
    }
    if found.len() > QUESTIONS_MAX {
        return Err(NotTaken::TooMany);
    }
    wrong.extend(judged(&found, known));
    if wrong.is_empty() {
        Ok(found.into_iter().map(|found| found.question).collect())
    } else {
        wrong.sort_by_key(|wrong| wrong.row);
        Err(NotTaken::Wrong(wrong))
    }
}

/// What the rules of questions say to them, and what they name that the course does not have.
fn judged(found: &[Found], known: &Known) -> Vec<Wrong> {
    let mut rows = std::collections::BTreeMap::new();
    let mut wrong = Vec::new();
    for Found { row, question } in found {
        let mut say = |column: &'static str, what: &'static str, about: &str| wrong.push(Wrong::new(*row, column, what, about));
        if let Some(first) = rows.insert(question.id().clone(), *row) {
            say("番号", "twice", &first.to_string());
        }
        if known.units.iter().all(|(slug, _)| *slug != question.pool) {
            say("単元", "no-unit", &question.pool);
        }
        if known.slides.iter().all(|(slide, _)| *slide != question.slide) {
            say("スライド", "no-slide", &question.slide);
        }
        let scene = |name: &str| known.scenes.iter().any(|scene| scene == name).then(Scene::default);
        match question.clone().question(&scene) {
            // What is missing in English is a fault of the draft, and does not keep the questions out.
            Ok(judged) => match judged.fault(&[Lang::Ja]) {
                Some("no-text") => say("", "no-text", question.id()),
                Some(_) => say("", shape_of(&question.kind), question.id()),
                None => {}
            },
            Err(("no-scene", about)) => say("場面", "no-scene", &about),
            Err((_, about)) => say("種類", "no-kind", &about),
        }
    }
    wrong
}

/// The key of what a kind of question needs.
fn shape_of(kind: &str) -> &'static str {
    match kind {
        "one" => "shape-one",
        "several" => "shape-several",
        "order" => "shape-order",
        "match" => "shape-match",
        _ => "shape-fill",
    }
}

/// Whether this is an id: small letters, digits and hyphens.
pub(crate) fn is_id(id: &str) -> bool {
    (1..=60).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The unit of this address or title; what was written if there is none, so that the mistake is named by it.
pub(crate) fn unit_of(written: &str, known: &Known) -> String {
    let folded = kernel::fold(written);
    let unit = known.units.iter().find(|(slug, title)| slug == written || kernel::fold(title) == folded);
    unit.map_or_else(|| written.to_owned(), |(slug, _)| slug.clone())
}

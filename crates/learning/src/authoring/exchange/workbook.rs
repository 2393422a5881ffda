//! Questions into Excel, in the form in which they come in again; and the empty form, with a sheet that says how it is filled in.

use intake::Column;
use intake::export::{Cell, NotWritten, Sheet, book, xlsx};
use web::Words;

use super::sheet::{COLUMNS, KINDS, Key};
use crate::content::file::QuestionFile;
use crate::content::question::{Choice, Pair, Step};
use crate::content::text::Text;

/// The name of the sheet.
const SHEET: &str = "問題";

/// The unit of the samples, which are passed over.
pub(super) const SAMPLE: &str = "sample";

/// A workbook of questions.
pub fn workbook(questions: &[QuestionFile]) -> Result<Vec<u8>, NotWritten> {
    xlsx(SHEET, None, &headings(), questions.iter().flat_map(rows))
}

/// The form to fill in: two questions as samples, and the rules on a sheet behind them.
pub fn template(w: Words) -> Result<Vec<u8>, NotWritten> {
    let text = |rows: Vec<Vec<String>>| rows.into_iter().map(|row| row.into_iter().map(Cell::Text).collect()).collect();
    let samples: Vec<Vec<String>> = samples(w).iter().flat_map(rows).collect();
    let headings: Vec<String> = headings().iter().map(|name| (*name).to_owned()).collect();
    let column = |key: &str, name: &str| vec![name.to_owned(), w.t(&format!("learning-template-{key}"))];
    let rules = NAMES.iter().zip(&headings).map(|(key, name)| column(key, name)).collect();
    book(&[
        Sheet { name: SHEET.to_owned(), note: String::new(), headings, rows: text(samples) },
        Sheet {
            name: w.t("learning-template-sheet"),
            note: w.t("learning-template-note"),
            headings: vec![w.t("learning-template-column"), w.t("learning-template-what")],
            rows: text(rules),
        },
    ])
}

/// By what the words of the rules are known, in the order of the columns.
const NAMES: [&str; 19] = [
    "id",
    "pool",
    "kind",
    "slide",
    "text",
    "english",
    "right",
    "mark",
    "choice",
    "english",
    "mate",
    "english",
    "why",
    "english",
    "tolerance",
    "unit",
    "english",
    "scene",
    "checklist",
];

/// The headings of a table of questions.
pub(super) fn headings() -> Vec<&'static str> {
    COLUMNS.iter().map(Column::name).collect()
}

/// Two questions by which the form shows itself.
fn samples(w: Words) -> [QuestionFile; 2] {
    let text = |key: &str| Text { ja: w.t(&format!("learning-template-{key}")), en: String::new() };
    let choice = |id: &str, right: bool| Choice {
        id: id.to_owned(),
        right,
        text: text(&format!("sample-{id}")),
        why: text(&format!("sample-{id}-why")),
    };
    let mut one = QuestionFile::new("sample-01", SAMPLE, "one");
    "sample-slide".clone_into(&mut one.slide);
    one.text = text("sample-text");
    one.choice = vec![choice("a", true), choice("b", false), choice("c", false)];
    let mut fill = QuestionFile::new("sample-02", SAMPLE, "fill");
    "sample-slide".clone_into(&mut fill.slide);
    fill.text = text("sample-fill");
    fill.why = text("sample-fill-why");
    fill.answers.ja = vec![w.t("learning-template-sample-fill-answer")];
    [one, fill]
}

/// The rows of a question: itself, and one for each of its choices.
pub(super) fn rows(question: &QuestionFile) -> Vec<Vec<String>> {
    let mut first = Cells::default();
    first.put(Key::Id, question.id());
    first.put(Key::Pool, &question.pool);
    first.put(Key::Kind, KINDS.iter().find(|(kind, _)| *kind == question.kind).map_or(question.kind.as_str(), |(_, word)| word));
    first.put(Key::Slide, &question.slide);
    first.put(Key::Checklist, &question.checklist);
    first.put(Key::Scene, &question.scene);
    first.texts((Key::Text, Key::TextEn), &question.text);
    first.texts((Key::Why, Key::WhyEn), &question.why);
    first.texts((Key::Unit, Key::UnitEn), &question.unit);
    if question.kind == "number" {
        first.put(Key::Tolerance, &question.tolerance.to_string());
    }
    let mut rows = vec![first];
    for Choice { id, right, text, why } in &question.choice {
        let mut row = Cells::default();
        row.put(Key::Right, if *right { "○" } else { "×" });
        row.put(Key::Mark, id);
        row.texts((Key::Choice, Key::ChoiceEn), text);
        row.texts((Key::Why, Key::WhyEn), why);
        rows.push(row);
    }
    for Step { id, text } in &question.step {
        let mut row = Cells::default();
        row.put(Key::Mark, id);
        row.texts((Key::Choice, Key::ChoiceEn), text);
        rows.push(row);
    }
    for Pair { id, left, right, why } in &question.pair {
        let mut row = Cells::default();
        row.put(Key::Mark, id);
        row.texts((Key::Choice, Key::ChoiceEn), left);
        row.texts((Key::Mate, Key::MateEn), right);
        row.texts((Key::Why, Key::WhyEn), why);
        rows.push(row);
    }
    let (ja, en) = (&question.answers.ja, &question.answers.en);
    for n in 0..ja.len().max(en.len()) {
        let mut row = Cells::default();
        let of = |answers: &[String]| answers.get(n).cloned().unwrap_or_default();
        row.texts((Key::Choice, Key::ChoiceEn), &Text { ja: of(ja), en: of(en) });
        rows.push(row);
    }
    if question.kind == "number" {
        let mut row = Cells::default();
        row.put(Key::Choice, &question.answer.to_string());
        rows.push(row);
    }
    rows.into_iter().map(|row| row.0).collect()
}

/// A row by its columns.
struct Cells(Vec<String>);

impl Default for Cells {
    fn default() -> Self {
        Self(vec![String::new(); COLUMNS.len()])
    }
}

impl Cells {
    fn put(&mut self, key: Key, words: &str) {
        if let Some(at) = COLUMNS.iter().position(|column| column.key() == key) {
            words.clone_into(&mut self.0[at]);
        }
    }

    fn texts(&mut self, (ja, en): (Key, Key), text: &Text) {
        self.put(ja, &text.ja);
        self.put(en, &text.en);
    }
}

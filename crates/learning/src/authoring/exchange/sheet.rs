//! Questions from a table: a row for each question, with its number, and below it a row for each of its choices.

use intake::{Column, Line, NoHeadings, Source, Table};

use super::{Found, Known, Wrong, is_id, unit_of};
use crate::content::file::QuestionFile;
use crate::content::question::{Choice, Pair, Step, number};
use crate::content::text::Text;

/// A column of a table of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Id,
    Pool,
    Kind,
    Slide,
    Text,
    TextEn,
    Right,
    Mark,
    Choice,
    ChoiceEn,
    Mate,
    MateEn,
    Why,
    WhyEn,
    Tolerance,
    Unit,
    UnitEn,
    Scene,
    Checklist,
}

/// Every column, in the order in which they are written.
pub(super) const COLUMNS: [Column<Key>; 19] = [
    Column::required(Key::Id, &["番号", "問題番号", "id"]),
    Column::required(Key::Pool, &["単元", "pool"]),
    Column::required(Key::Kind, &["種類", "kind"]),
    Column::required(Key::Slide, &["スライド", "slide"]),
    Column::required(Key::Text, &["問題文", "問題", "text"]),
    Column::optional(Key::TextEn, &["英語の問題文", "text in English"]),
    Column::required(Key::Right, &["正誤", "right"]),
    Column::optional(Key::Mark, &["記号", "mark"]),
    Column::required(Key::Choice, &["選択肢・答え", "選択肢", "答え", "choice"]),
    Column::optional(Key::ChoiceEn, &["英語の選択肢・答え", "英語の選択肢", "choice in English"]),
    Column::optional(Key::Mate, &["組になる言葉", "mate"]),
    Column::optional(Key::MateEn, &["英語の組になる言葉", "mate in English"]),
    Column::required(Key::Why, &["解説", "why"]),
    Column::optional(Key::WhyEn, &["英語の解説", "why in English"]),
    Column::optional(Key::Tolerance, &["許す差", "tolerance"]),
    Column::optional(Key::Unit, &["単位", "unit"]),
    Column::optional(Key::UnitEn, &["英語の単位", "unit in English"]),
    Column::optional(Key::Scene, &["場面", "scene"]),
    Column::optional(Key::Checklist, &["確認項目", "checklist"]),
];

/// The words for kinds of questions, beside their identifiers.
pub(super) const KINDS: [(&str, &str); 7] = [
    ("one", "一つ選ぶ"),
    ("several", "すべて選ぶ"),
    ("order", "並べ替え"),
    ("match", "組み合わせ"),
    ("fill", "記入"),
    ("number", "数値"),
    ("scene", "場面"),
];

/// What was found, and what is wrong with the rest.
pub(super) type Read = Result<Vec<Found>, (Vec<Found>, Vec<Wrong>)>;

/// Reads a table.
pub(super) fn read(table: &Table, known: &Known) -> Result<Read, NoHeadings> {
    let headed = table.headed(&COLUMNS)?;
    let is_guarded = matches!(table.source(), Source::Delimited { .. });
    let mut reader = Reader { known, is_guarded, found: Vec::new(), wrong: Vec::new() };
    for line in headed.lines() {
        reader.take(&line);
    }
    Ok(if reader.wrong.is_empty() { Ok(reader.found) } else { Err((reader.found, reader.wrong)) })
}

struct Reader<'k> {
    known: &'k Known,
    /// Whether the file may have apostrophes before what looks like a formula, as our own CSV has.
    is_guarded: bool,
    found: Vec<Found>,
    wrong: Vec<Wrong>,
}

impl Reader<'_> {
    fn cell(&self, line: &Line<'_, Key>, key: Key) -> String {
        if self.is_guarded { line.text(key).to_owned() } else { line.raw(key).trim().to_owned() }
    }

    fn text(&self, line: &Line<'_, Key>, ja: Key, en: Key) -> Text {
        Text { ja: self.cell(line, ja), en: self.cell(line, en) }
    }

    fn say(&mut self, line: &Line<'_, Key>, key: Key, what: &'static str, about: &str) {
        let column = COLUMNS.iter().find(|column| column.key() == key).map_or("", Column::name);
        self.wrong.push(Wrong::new(line.number(), column, what, about));
    }

    fn take(&mut self, line: &Line<'_, Key>) {
        if self.cell(line, Key::Id).is_empty() { self.choice(line) } else { self.question(line) }
    }

    fn question(&mut self, line: &Line<'_, Key>) {
        let (id, kind) = (self.cell(line, Key::Id), self.cell(line, Key::Kind));
        if !is_id(&id) {
            self.say(line, Key::Id, "bad-id", &id);
        }
        let folded = kernel::fold(&kind);
        let known = KINDS.iter().find(|(known, word)| *known == kind || kernel::fold(word) == folded);
        let mut question = QuestionFile::new(&id, &unit_of(&self.cell(line, Key::Pool), self.known), known.map_or(&kind, |known| known.0));
        question.slide = self.cell(line, Key::Slide);
        question.checklist = self.cell(line, Key::Checklist);
        question.text = self.text(line, Key::Text, Key::TextEn);
        question.why = self.text(line, Key::Why, Key::WhyEn);
        question.unit = self.text(line, Key::Unit, Key::UnitEn);
        question.scene = self.cell(line, Key::Scene);
        let tolerance = self.cell(line, Key::Tolerance);
        match (tolerance.is_empty(), whole(&tolerance)) {
            (true, _) => {}
            (false, Some(tolerance)) if tolerance >= 0 => question.tolerance = tolerance,
            (false, _) => self.say(line, Key::Tolerance, "no-number", &tolerance),
        }
        for key in [Key::Right, Key::Mark, Key::Choice, Key::ChoiceEn, Key::Mate, Key::MateEn] {
            if !self.cell(line, key).is_empty() {
                let about = self.cell(line, key);
                self.say(line, key, "choice-beside-question", &about);
            }
        }
        self.found.push(Found { row: line.number(), question });
    }

    fn choice(&mut self, line: &Line<'_, Key>) {
        for key in [Key::Pool, Key::Kind, Key::Slide, Key::Text, Key::TextEn] {
            let about = self.cell(line, key);
            if !about.is_empty() {
                return self.say(line, key, "question-without-id", &about);
            }
        }
        let Some(mut found) = self.found.pop() else { return self.say(line, Key::Id, "choice-without-question", "") };
        let question = &mut found.question;
        let (text, why) = (self.text(line, Key::Choice, Key::ChoiceEn), self.text(line, Key::Why, Key::WhyEn));
        let mark = self.cell(line, Key::Mark);
        let count = question.choice.len() + question.step.len() + question.pair.len();
        let id = if mark.is_empty() { letter(count) } else { mark };
        if !is_id(&id) {
            self.say(line, Key::Mark, "bad-id", &id);
        }
        match question.kind.as_str() {
            "one" | "several" => {
                let right = self.cell(line, Key::Right);
                match truth(&right) {
                    Some(right) => question.choice.push(Choice { id: id.clone(), right, text, why }),
                    None => self.say(line, Key::Right, "no-truth", &right),
                }
            }
            "order" => question.step.push(Step { id: id.clone(), text }),
            "match" => {
                let right = self.text(line, Key::Mate, Key::MateEn);
                question.pair.push(Pair { id: id.clone(), left: text, right, why });
            }
            "fill" => {
                question.answers.ja.extend(Some(text.ja).filter(|ja| !ja.is_empty()));
                question.answers.en.extend(Some(text.en).filter(|en| !en.is_empty()));
            }
            "number" => match whole(&text.ja) {
                Some(answer) => question.answer = answer,
                None => self.say(line, Key::Choice, "no-number", &text.ja),
            },
            "scene" => self.say(line, Key::Choice, "choice-of-scene", &text.ja),
            // That there is no such kind is said of the question.
            _ => {}
        }
        let ids = || {
            let question = &found.question;
            question
                .choice
                .iter()
                .map(|one| &one.id)
                .chain(question.step.iter().map(|one| &one.id))
                .chain(question.pair.iter().map(|one| &one.id))
        };
        if ids().filter(|other| **other == id).count() > 1 {
            self.say(line, Key::Mark, "mark-twice", &id);
        }
        self.found.push(found);
    }
}

/// The mark of a choice that has none: `a`, `b`, … `z`, `c26`.
fn letter(place: usize) -> String {
    u8::try_from(place).ok().filter(|place| *place < 26).map_or_else(|| format!("c{place}"), |place| char::from(b'a' + place).to_string())
}

/// ○ or ×, however it is typed.
fn truth(typed: &str) -> Option<bool> {
    match kernel::fold(typed).trim() {
        "○" | "〇" | "◯" | "正" | "正解" | "true" | "yes" | "1" | "right" => Some(true),
        "×" | "✕" | "✗" | "x" | "誤" | "false" | "no" | "0" | "wrong" => Some(false),
        _ => None,
    }
}

/// A whole number, and nothing behind it.
pub(super) fn whole(typed: &str) -> Option<i64> {
    let folded = kernel::fold(typed);
    let is_whole = folded.chars().all(|c| c.is_ascii_digit() || c == '-' || c == ',' || c.is_whitespace());
    if is_whole { number(typed).filter(|number| number.abs() < 1_000_000_000_000) } else { None }
}

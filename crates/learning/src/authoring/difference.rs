//! What differs between two versions of a course, in the words of those who wrote them: fields, slides and questions, and no lines of
//! files.

use std::collections::{BTreeMap, BTreeSet};
use web::Words;

use super::bundle::{Bundle, COURSE, QUESTIONS, heading, slides};
use super::names::{Names, called};
use crate::content::file::{CourseFile, QuestionFile};
use crate::content::text::Text;
use crate::content::{Exam, course::Draw};

/// Something that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is.
    pub label: String,
    /// As it was; empty if it is new.
    pub before: String,
    /// As it is; empty if it is gone.
    pub after: String,
}

/// Everything that differs, as the course is read: the course itself, slides, questions, scenes.
pub fn difference(before: &Bundle, after: &Bundle, w: Words) -> Vec<Change> {
    let mut changes = Vec::new();
    // One name for each part on both sides: a slide with another heading makes no difference to the questions that lead to it.
    let names = Names::of(after, w.lang).or(Names::of(before, w.lang));
    let of = |bundle: &Bundle| bundle.course().map(|file| facts(&file, &names, w)).unwrap_or_default();
    compare(&mut changes, of(before), of(after));
    let files: BTreeSet<&str> = before.files().chain(after.files()).map(|(name, _)| name).collect();
    let is_lesson = |name: &str| name.starts_with("units/") && name.strip_suffix(".md").is_some();
    for name in files.iter().filter(|name| is_lesson(name)) {
        compare(&mut changes, of_lesson(name, before.text(name), w), of_lesson(name, after.text(name), w));
    }
    compare(&mut changes, of_questions(before, &names, w), of_questions(after, &names, w));
    for name in files.iter().filter(|name| !is_lesson(name) && ![COURSE, QUESTIONS].contains(name)) {
        let of = |bundle: &Bundle| vec![Fact::new(*name, file_words(name, &names, w), bundle.text(name))];
        compare(&mut changes, of(before), of(after));
    }
    changes
}

/// A part of a course: by what it is found again in another version, what it is called, and what it says.
struct Fact {
    key: String,
    label: String,
    text: String,
}

impl Fact {
    fn new(key: impl Into<String>, label: String, text: impl Into<String>) -> Self {
        Self { key: key.into(), label, text: text.into() }
    }
}

/// Notes what differs, in the order of what there is now, and behind it what is gone.
fn compare(changes: &mut Vec<Change>, before: Vec<Fact>, after: Vec<Fact>) {
    let mut was: BTreeMap<&str, &str> = before.iter().map(|fact| (fact.key.as_str(), fact.text.as_str())).collect();
    let is: BTreeSet<String> = after.iter().map(|fact| fact.key.clone()).collect();
    for fact in after {
        let before = was.remove(fact.key.as_str()).unwrap_or_default();
        if before != fact.text {
            changes.push(Change { label: fact.label, before: before.to_owned(), after: fact.text });
        }
    }
    let gone = before.into_iter().filter(|fact| !is.contains(&fact.key) && !fact.text.is_empty());
    changes.extend(gone.map(|fact| Change { label: fact.label, before: fact.text, after: String::new() }));
}

fn facts(file: &CourseFile, names: &Names, w: Words) -> Vec<Fact> {
    let fact = |key: &str, text: String| Fact::new(key, w.t(&format!("authoring-field-{key}")), text);
    let exam = |exam: &Exam| {
        let draws: Vec<String> = exam.draw.iter().map(|Draw { pool, count }| format!("{} {count}", names.unit(pool))).collect();
        format!("{}%　{}", exam.pass_percent, draws.join(w.lang.pick("、", ", ")))
    };
    let mut facts = vec![
        fact("version", file.version.clone()),
        fact("title", both(&file.title)),
        fact("summary", both(&file.summary)),
        fact("objectives", [file.objectives.ja.join("\n"), file.objectives.en.join("\n")].join("\n").trim().to_owned()),
        fact("sources", file.sources.join("\n")),
        fact("from", file.available_from.get_ref().clone()),
        fact("until", file.available_until.get_ref().clone()),
        fact("minutes", file.minutes.get_ref().to_string()),
        fact("test", exam(file.test.get_ref())),
        fact("test-out", exam(file.test_out.get_ref())),
    ];
    for unit in &file.units {
        let (slug, text) = (unit.slug.get_ref(), format!("{}\n{}", both(&unit.title), w.count("learning-minutes", unit.minutes)));
        facts.push(Fact::new(format!("unit {slug}"), w.one("authoring-unit", "unit", names.unit(slug)), text));
    }
    facts
}

fn both(text: &Text) -> String {
    if text.en.is_empty() { text.ja.clone() } else { format!("{}\n{}", text.ja, text.en) }
}

/// `units/habits/lesson.ja.md`: each slide by itself.
fn of_lesson(name: &str, text: &str, w: Words) -> Vec<Fact> {
    let lang = w.t(if name.ends_with(".en.md") { "learning-in-en" } else { "learning-in-ja" });
    let label = |id: &str, slide: &str| {
        let called = heading(slide).filter(|heading| !heading.is_empty()).unwrap_or(id);
        w.with("authoring-slide", &[("slide", called), ("lang", &lang)])
    };
    slides(text).into_iter().map(|(id, slide)| Fact::new(id, label(id, slide), slide)).collect()
}

fn of_questions(bundle: &Bundle, names: &Names, w: Words) -> Vec<Fact> {
    let label = |question: &QuestionFile| w.one("authoring-question", "question", &called(question, w.lang));
    let fact = |question: &QuestionFile| Fact::new(question.id(), label(question), said(question, names, w));
    bundle.questions().unwrap_or_default().iter().map(fact).collect()
}

/// A scene by its title, any other file by its name.
fn file_words(name: &str, names: &Names, w: Words) -> String {
    match name.strip_prefix("scenes/").and_then(|name| name.strip_suffix(".toml")) {
        Some(scene) => w.one("authoring-scene", "scene", names.scene(scene)),
        None => w.one("authoring-file", "name", name),
    }
}

/// A question as people read it.
fn said(question: &QuestionFile, names: &Names, w: Words) -> String {
    let kind = w.t(&format!("authoring-kind-{}", question.kind));
    let mut lines = vec![format!("{kind}　{}　{}", names.unit(&question.pool), names.slide(&question.slide)), both(&question.text)];
    for choice in &question.choice {
        lines.push(format!("{} {}\n　{}", if choice.right { "○" } else { "×" }, both(&choice.text), both(&choice.why)));
    }
    lines.extend((1..).zip(&question.step).map(|(place, step)| format!("{place}. {}", both(&step.text))));
    for pair in &question.pair {
        lines.push(format!("{} ― {}\n　{}", both(&pair.left), both(&pair.right), both(&pair.why)));
    }
    lines.extend(question.answers.ja.iter().chain(&question.answers.en).map(|answer| format!("○ {answer}")));
    if question.kind == "number" {
        lines.push(format!("○ {}±{} {}", question.answer, question.tolerance, both(&question.unit)));
    }
    lines.extend(Some(names.scene(&question.scene).to_owned()).filter(|scene| !scene.is_empty()));
    lines.extend(Some(both(&question.why)).filter(|why| !why.is_empty()));
    lines.join("\n")
}

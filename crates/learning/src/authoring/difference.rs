//! What differs between two versions of a course, in the words of those who wrote them: fields, slides and questions, and no lines of
//! files.

use std::collections::{BTreeMap, BTreeSet};
use web::Words;

use super::bundle::{Bundle, COURSE, QUESTIONS, slides};
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
    let (was, is) = (before.course().map(|file| facts(&file, w)), after.course().map(|file| facts(&file, w)));
    compare(&mut changes, was.unwrap_or_default(), is.unwrap_or_default());
    let names: BTreeSet<&str> = before.files().chain(after.files()).map(|(name, _)| name).collect();
    let is_lesson = |name: &str| name.starts_with("units/") && name.strip_suffix(".md").is_some();
    for name in names.iter().filter(|name| is_lesson(name)) {
        compare(&mut changes, of_lesson(name, before.text(name), w), of_lesson(name, after.text(name), w));
    }
    compare(&mut changes, of_questions(before, w), of_questions(after, w));
    for name in names.iter().filter(|name| !is_lesson(name) && ![COURSE, QUESTIONS].contains(name)) {
        let of = |bundle: &Bundle| vec![(w.one("authoring-file", "name", *name), bundle.text(name).to_owned())];
        compare(&mut changes, of(before), of(after));
    }
    changes
}

type Facts = Vec<(String, String)>;

/// Notes what differs, in the order of what there is now, and behind it what is gone.
fn compare(changes: &mut Vec<Change>, before: Facts, after: Facts) {
    let mut was: BTreeMap<String, String> = before.iter().cloned().collect();
    let is: BTreeSet<&String> = after.iter().map(|(label, _)| label).collect();
    let gone: Vec<Change> = before
        .iter()
        .filter(|(label, before)| !is.contains(label) && !before.is_empty())
        .map(|(label, before)| Change { label: label.clone(), before: before.clone(), after: String::new() })
        .collect();
    for (label, after) in after {
        let before = was.remove(&label).unwrap_or_default();
        if before != after {
            changes.push(Change { label, before, after });
        }
    }
    changes.extend(gone);
}

fn facts(file: &CourseFile, w: Words) -> Facts {
    let label = |key: &str| w.t(&format!("authoring-field-{key}"));
    let exam = |exam: &Exam| {
        let draws: Vec<String> = exam.draw.iter().map(|Draw { pool, count }| format!("{pool} {count}")).collect();
        format!("{}%　{}", exam.pass_percent, draws.join(w.lang.pick("、", ", ")))
    };
    let mut facts = vec![
        (label("version"), file.version.clone()),
        (label("title"), both(&file.title)),
        (label("summary"), both(&file.summary)),
        (label("objectives"), [file.objectives.ja.join("\n"), file.objectives.en.join("\n")].join("\n").trim().to_owned()),
        (label("sources"), file.sources.join("\n")),
        (label("from"), file.available_from.get_ref().clone()),
        (label("until"), file.available_until.get_ref().clone()),
        (label("minutes"), file.minutes.get_ref().to_string()),
        (label("test"), exam(file.test.get_ref())),
        (label("test-out"), exam(file.test_out.get_ref())),
    ];
    for unit in &file.units {
        let text = format!("{}\n{}", both(&unit.title), w.count("learning-minutes", unit.minutes));
        facts.push((w.one("authoring-unit", "unit", unit.slug.get_ref()), text));
    }
    facts
}

fn both(text: &Text) -> String {
    if text.en.is_empty() { text.ja.clone() } else { format!("{}\n{}", text.ja, text.en) }
}

/// `units/habits/lesson.ja.md`: each slide by itself.
fn of_lesson(name: &str, text: &str, w: Words) -> Facts {
    let lang = w.t(if name.ends_with(".en.md") { "learning-in-en" } else { "learning-in-ja" });
    let label = |id: &str| w.with("authoring-slide", &[("slide", id), ("lang", &lang)]);
    slides(text).into_iter().map(|(id, slide)| (label(id), slide.to_owned())).collect()
}

fn of_questions(bundle: &Bundle, w: Words) -> Facts {
    let label = |question: &QuestionFile| w.one("authoring-question", "id", question.id());
    bundle.questions().unwrap_or_default().iter().map(|question| (label(question), said(question, w))).collect()
}

/// A question as people read it.
pub fn said(question: &QuestionFile, w: Words) -> String {
    let mut lines =
        vec![format!("{}　{}　{}", w.t(&format!("authoring-kind-{}", question.kind)), question.pool, question.slide), both(&question.text)];
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
    lines.extend(Some(question.scene.clone()).filter(|scene| !scene.is_empty()));
    lines.extend(Some(both(&question.why)).filter(|why| !why.is_empty()));
    lines.join("\n")
}

//! What a course is made of, line by line.

use cmi5::{Course, Node, Part, Registration, Unit};
use web::Words;

/// A line of a course: a block or a unit, as deep as it lies.
pub(super) struct Line {
    /// A unit's place; nothing for a block.
    pub unit: Option<usize>,
    /// From 0; deeper than 3 looks like 3.
    pub depth: usize,
    pub title: String,
    pub description: String,
    /// What has to happen, and the score that passes.
    pub rule: String,
    /// How far somebody is; empty where nobody is asked about, or nothing happened.
    pub state: String,
    pub is_done: bool,
}

/// All lines of a course, in order.
pub(super) fn lines(course: &Course, progress: Option<&Registration>, w: Words) -> Vec<Line> {
    let mut lines = Vec::new();
    add(&course.children, 0, progress, w, &mut lines);
    lines
}

fn add(nodes: &[Node], depth: usize, progress: Option<&Registration>, w: Words, lines: &mut Vec<Line>) {
    let language = w.lang.code();
    for node in nodes {
        match node {
            Node::Block(block) => {
                let is_done = progress.is_some_and(|progress| progress.is_satisfied(Part::Block(block.position)));
                lines.push(Line {
                    unit: None,
                    depth: depth.min(3),
                    title: named(block.title.get(language), &block.id),
                    description: block.description.get(language).to_owned(),
                    rule: String::new(),
                    state: if is_done { w.t("packages-state-done") } else { String::new() },
                    is_done,
                });
                add(&block.children, depth + 1, progress, w, lines);
            }
            Node::Unit(unit) => lines.push(of_unit(unit, depth, progress, w)),
        }
    }
}

fn of_unit(unit: &Unit, depth: usize, progress: Option<&Registration>, w: Words) -> Line {
    let language = w.lang.code();
    let rule = w.t(&format!("packages-move-on-{}", unit.move_on.id().to_lowercase()));
    let rule = match &unit.mastery_score {
        Some(score) => format!("{rule}{}", w.one("packages-mastery", "percent", &percent(score))),
        None => rule,
    };
    let achieved = progress.map(|progress| progress.achieved(unit.position)).unwrap_or_default();
    let is_done = progress.is_some() && achieved.satisfies(unit.move_on);
    let state = match (is_done, achieved) {
        (true, _) => w.t("packages-state-done"),
        (false, achieved) if achieved.completed => w.t("packages-state-completed"),
        (false, achieved) if achieved.passed => w.t("packages-state-passed"),
        _ => String::new(),
    };
    Line {
        unit: Some(unit.position),
        depth: depth.min(3),
        title: named(unit.title.get(language), &unit.id),
        description: unit.description.get(language).to_owned(),
        rule,
        state,
        is_done,
    }
}

/// A title may be empty; an id is not.
fn named(title: &str, id: &str) -> String {
    if title.is_empty() { id.to_owned() } else { title.to_owned() }
}

/// 85, or 87.5: hundredths of a percent are all that a score has.
fn percent(score: &cmi5::MasteryScore) -> String {
    let percent = format!("{:.2}", score.value() * 100.0);
    percent.trim_end_matches('0').trim_end_matches('.').to_owned()
}

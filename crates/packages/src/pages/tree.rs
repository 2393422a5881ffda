//! What a course is made of, line by line, and how far somebody is in it.

use cmi5::{Course, MoveOn, Node, Part, Reason, Unit, Waiver};
use kernel::{Timestamp, short_date};
use web::Words;

use crate::standing::{Standing, State};

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
    /// Where somebody stands, in a word; empty where nobody is asked about.
    pub state: String,
    /// The look of that word.
    pub shape: &'static str,
    /// When and with which score, or why they do not have to.
    pub facts: String,
    /// What is left; empty where nothing is.
    pub left: String,
    pub is_done: bool,
}

impl Line {
    /// The level of its heading on a page whose own heading and that of its list stand above.
    pub fn level(&self) -> usize {
        self.depth + 3
    }
}

/// All lines of a course, in order.
pub(super) fn lines(course: &Course, standing: Option<&Standing>, w: Words) -> Vec<Line> {
    let mut lines = Vec::new();
    add(&course.children, 0, standing, w, &mut lines);
    lines
}

/// What a unit is called.
pub(super) fn title_of(unit: &Unit, w: Words) -> String {
    named(unit.title.get(w.lang.code()), &unit.id)
}

/// The word of a reason.
pub(super) fn reason_word(reason: Reason, w: Words) -> String {
    w.t(&format!("packages-why-{}", reason.id().to_lowercase().replace(' ', "-")))
}

/// Why somebody does not have to do a unit: the word of the reason, and what was written to it.
fn reason_of(waiver: &Waiver, w: Words) -> String {
    let reason = reason_word(waiver.reason, w);
    if waiver.note.is_empty() { reason } else { format!("{reason}{}{}", w.lang.pick("：", ": "), waiver.note) }
}

fn add(nodes: &[Node], depth: usize, standing: Option<&Standing>, w: Words, lines: &mut Vec<Line>) {
    let language = w.lang.code();
    for node in nodes {
        match node {
            Node::Block(block) => {
                let is_done = standing.is_some_and(|standing| standing.progress.is_satisfied(Part::Block(block.position)));
                lines.push(Line {
                    unit: None,
                    depth: depth.min(3),
                    title: named(block.title.get(language), &block.id),
                    description: block.description.get(language).to_owned(),
                    rule: String::new(),
                    state: match standing {
                        Some(_) if is_done => w.t("packages-unit-met"),
                        Some(_) => w.t("packages-unit-open"),
                        None => String::new(),
                    },
                    shape: shape(is_done, None),
                    facts: String::new(),
                    left: String::new(),
                    is_done,
                });
                add(&block.children, depth + 1, standing, w, lines);
            }
            Node::Unit(unit) => lines.push(of_unit(unit, depth, standing, w)),
        }
    }
}

fn of_unit(unit: &Unit, depth: usize, standing: Option<&Standing>, w: Words) -> Line {
    let state = standing.map(|standing| standing.state(unit));
    let is_done = standing.is_some_and(|standing| standing.is_done(unit));
    Line {
        unit: Some(unit.position),
        depth: depth.min(3),
        title: title_of(unit, w),
        description: unit.description.get(w.lang.code()).to_owned(),
        rule: rule(unit, w),
        state: state.map_or_else(String::new, |state| w.t(&format!("packages-unit-{}", state.id()))),
        shape: shape(is_done, state),
        facts: standing.map_or_else(String::new, |standing| facts(unit, standing, w)),
        left: standing.filter(|_| !is_done).map_or_else(String::new, |standing| left(unit, standing, w)),
        is_done,
    }
}

const fn shape(is_done: bool, state: Option<State>) -> &'static str {
    match (is_done, state) {
        (true, _) => "done",
        (false, None | Some(State::Untouched)) => "later",
        (false, Some(_)) => "open",
    }
}

/// What has to happen for a unit to be done.
fn rule(unit: &Unit, w: Words) -> String {
    let rule = w.t(&format!("packages-move-on-{}", unit.move_on.id().to_lowercase()));
    match &unit.mastery_score {
        Some(score) => format!("{rule}{}", w.one("packages-mastery", "percent", &percent(score.value()))),
        None => rule,
    }
}

/// When what happened, with the score behind what was judged; of a unit that was waived, why.
fn facts(unit: &Unit, standing: &Standing, w: Words) -> String {
    let day = |at: Timestamp| short_date(at.day(), w.lang);
    let (told, mut facts) = (standing.told(unit.position), Vec::new());
    if let Some(waiver) = standing.waiver(unit.position) {
        facts.push(reason_of(waiver, w));
        facts.push(w.one("packages-when-waived", "day", &day(Timestamp::from_micros(waiver.at))));
    }
    facts.extend(told.completed_at.map(|at| w.one("packages-when-completed", "day", &day(at))));
    match (told.passed_at, told.failed_at) {
        (Some(at), _) => facts.push(w.one("packages-when-passed", "day", &day(at))),
        (None, Some(at)) => facts.push(w.one("packages-when-failed", "day", &day(at))),
        (None, None) => {}
    }
    facts.extend(told.score.map(|score| w.one("packages-score", "percent", &percent(score))));
    let launched = standing.launched_at(unit.position).filter(|_| facts.is_empty());
    facts.extend(launched.map(|at| w.one("packages-when-opened", "day", &day(at))));
    facts.join(w.lang.pick("、", ", "))
}

/// What is left of a unit that is not done, and why it is not.
fn left(unit: &Unit, standing: &Standing, w: Words) -> String {
    let (achieved, told) = (standing.achieved(unit.position), standing.told(unit.position));
    let rest = match (achieved.completed, achieved.passed) {
        (true, _) => w.t("packages-state-completed"),
        (false, true) => w.t("packages-state-passed"),
        (false, false) => w.t(&format!("packages-left-{}", unit.move_on.id().to_lowercase())),
    };
    if achieved.passed || told.failed_at.is_none() || unit.move_on == MoveOn::Completed {
        return rest;
    }
    let failed = match told.score {
        Some(score) => w.one("packages-left-failed-score", "percent", &percent(score)),
        None => w.t("packages-left-failed"),
    };
    format!("{failed}{}{rest}", w.lang.pick("", " "))
}

/// A title may be empty; an id is not.
fn named(title: &str, id: &str) -> String {
    if title.is_empty() { id.to_owned() } else { title.to_owned() }
}

/// 85, or 87.5: hundredths of a percent are all that a score has.
fn percent(score: f64) -> String {
    let percent = format!("{:.2}", score * 100.0);
    percent.trim_end_matches('0').trim_end_matches('.').to_owned()
}

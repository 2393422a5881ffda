use serde::Serialize;
use std::collections::BTreeMap;
use web::{Settings, Words};

use super::part::Part;
use super::structure::title;
use crate::carried::{self, Figures, QuestionData, SlideData};
use crate::content::Course;
use crate::content::course::Draw;
use crate::content::question::Question;

/// Texts of the page, beside those of slides and questions.
const WORDS: [&str; 28] = [
    "language",
    "connecting",
    "no_launch",
    "unreachable",
    "connect_again",
    "spent",
    "looking",
    "unsent",
    "send_again",
    "refused",
    "stop",
    "stopped_title",
    "stopped",
    "leave",
    "left_title",
    "left",
    "to_questions",
    "back_to_slides",
    "from_the_start",
    "done_title",
    "done",
    "done_unrecorded",
    "test_lead",
    "test_begin",
    "passed_before",
    "recorded_passed",
    "recorded_failed",
    "again",
];

/// What the page of a part needs to know.
#[derive(Serialize)]
pub(super) struct Data<'c> {
    kind: &'static str,
    version: &'c str,
    languages: Vec<&'static str>,
    /// The part in each language.
    faces: BTreeMap<&'static str, Face<'c>>,
    draw: &'c [Draw],
    pass_percent: i64,
}

#[derive(Serialize)]
struct Face<'c> {
    course: &'c str,
    title: String,
    terms: Vec<String>,
    words: BTreeMap<&'static str, String>,
    slides: Vec<SlideData>,
    questions: Vec<QuestionData>,
}

/// What the page of a part needs to know; its drawings are added to those that are there.
pub(super) fn data<'c>(course: &'c Course, part: Part<'c>, settings: &Settings, figures: &mut Figures) -> Data<'c> {
    let (kind, draw): (_, &[Draw]) = match part {
        Part::Unit(_) => ("unit", &[]),
        Part::Test => ("test", &course.test.draw),
    };
    Data {
        kind,
        version: &course.version,
        languages: course.languages.iter().map(|lang| lang.code()).collect(),
        faces: course.languages.iter().map(|lang| (lang.code(), face(course, part, settings, figures, Words::of(*lang)))).collect(),
        draw,
        pass_percent: course.test.pass_percent,
    }
}

fn face<'c>(course: &'c Course, part: Part<'c>, settings: &Settings, figures: &mut Figures, w: Words) -> Face<'c> {
    let slides = match part {
        Part::Unit(unit) => carried::slides(course, [unit], figures, w),
        Part::Test => Vec::new(),
    };
    let shared = carried::texts(&carried::WORDS, w, |name| format!("kit-page-{name}"));
    let words = shared.into_iter().chain(carried::texts(&WORDS, w, |name| format!("export-page-{name}")));
    Face {
        course: course.title.get(w.lang),
        title: title(part, w),
        terms: crate::kit::terms(&course.version, settings, w),
        words: words.collect(),
        slides,
        questions: asked(course, part).into_iter().map(|question| carried::question(question, figures, w)).collect(),
    }
}

/// The questions of a unit that have to be answered; of the test, whatever may be drawn.
fn asked<'c>(course: &'c Course, part: Part<'c>) -> Vec<&'c Question> {
    match part {
        Part::Unit(unit) => course.asked_in(&unit.slug).collect(),
        Part::Test => course.questions.iter().filter(|question| course.test.draw.iter().any(|draw| draw.pool == question.pool)).collect(),
    }
}

//! A course as the page of a kit reads it.

use serde::Serialize;
use std::collections::BTreeMap;
use web::{Keys, Words};

use super::kit::{Kit, key};
use crate::carried::{self, Figures, QuestionData, SlideData};
use crate::content::Course;
use crate::content::course::Draw;
use crate::content::photo::Photos;
use crate::kit::Session;

/// Texts of the page, beside those of slides and questions.
const WORDS: [&str; 31] = [
    "lead",
    "begin_title",
    "begin_hint",
    "name",
    "name_empty",
    "department",
    "required",
    "optional",
    "begin",
    "contacts",
    "results_title",
    "results_none",
    "results_count",
    "results_unsaved",
    "results_hint",
    "passed",
    "not_passed",
    "save",
    "saved",
    "clear",
    "clear_title",
    "clear_lead",
    "clear_unsaved",
    "clear_do",
    "back",
    "stop",
    "to_test",
    "kept",
    "not_kept",
    "next_person",
    "again",
];

/// What the page needs to know.
#[derive(Serialize)]
pub struct Data<'k> {
    id: String,
    key: String,
    course: &'k str,
    version: &'k str,
    period: &'k str,
    title: &'k str,
    organization: &'k str,
    facts: Vec<(String, String)>,
    contacts: Vec<(String, String)>,
    terms: Vec<String>,
    words: BTreeMap<&'static str, String>,
    units: Vec<&'k str>,
    slides: Vec<SlideData>,
    questions: Vec<QuestionData>,
    draw: &'k [Draw],
    pass_percent: i64,
}

/// What the page of a kit needs to know, and its drawings.
pub fn data<'k>(
    kit: &'k Kit,
    course: &'k Course,
    (session, organization): (&Session, &'k str),
    keys: &Keys,
    (terms, photos): (Vec<String>, Photos),
    w: Words,
) -> (Data<'k>, Figures) {
    let mut figures = Figures::with(photos);
    let lang = w.lang;
    let slides = carried::slides(course, &course.units, &mut figures, w);
    let questions = course.questions.iter().map(|question| carried::question(question, &mut figures, w)).collect();
    let mut facts = vec![(w.t("in-house-label"), kit.label.clone())];
    facts.extend(session.facts(w));
    facts.push((w.t("learning-record-version"), kit.version.clone()));
    let data = Data {
        id: kit.id.to_string(),
        key: hex::encode(key(keys, kit.organization, kit.id)),
        course: &kit.course,
        version: &kit.version,
        period: &kit.period,
        title: course.title.get(lang),
        organization,
        facts,
        contacts: session.contacts(w),
        terms,
        words: carried::texts(&[&carried::WORDS[..], &WORDS[..]].concat(), w, |name| format!("kit-page-{name}")),
        units: course.units.iter().map(|unit| unit.title.get(lang)).collect(),
        slides,
        questions,
        draw: &course.test.draw,
        pass_percent: course.test.pass_percent,
    };
    (data, figures)
}

//! A course as the page of a kit reads it: everything in one object, since nothing can be fetched from a disk.

use serde::Serialize;
use std::collections::BTreeMap;
use web::{Keys, Words};

use super::kit::{Kit, key};
use crate::content::Course;
use crate::content::course::Draw;
use crate::content::lesson::Part;
use crate::content::photo::Photos;
use crate::content::question::{Kind, Question};
use crate::content::scene::Scene;
use crate::kit::{Session, drawing, scene_rows};

/// Texts of the page, by the names that its script knows.
const WORDS: [&str; 55] = [
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
    "slide_of",
    "notes",
    "previous",
    "next",
    "stop",
    "to_test",
    "question_of",
    "answer",
    "answer_empty",
    "answer_label",
    "hand_in",
    "choose",
    "place",
    "passed_title",
    "not_passed_title",
    "score",
    "kept",
    "not_kept",
    "next_person",
    "again",
    "told",
    "right",
    "wrong",
    "right_answer",
    "how_one",
    "how_several",
    "how_order",
    "how_match",
    "how_fill",
    "how_number",
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

#[derive(Serialize)]
struct SlideData {
    unit: usize,
    heading: String,
    parts: Vec<PartData>,
    notes: String,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
enum PartData {
    Prose { html: String },
    Figure { src: String, alt: String },
    Aside { role: &'static str, label: String, html: String },
    Scene { scene: SceneData },
    Contacts,
}

#[derive(Serialize)]
struct SceneData {
    title: String,
    situation: String,
    rows: Vec<(String, String)>,
    src: String,
    alt: String,
}

#[derive(Serialize)]
struct QuestionData {
    id: String,
    pool: String,
    kind: &'static str,
    text: String,
    choices: Vec<(String, String)>,
    lefts: Vec<(String, String)>,
    right: serde_json::Value,
    unit: String,
    right_words: String,
    whys: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scene: Option<SceneData>,
}

/// The drawings of a kit: each once, under a name of its own.
#[derive(Default)]
pub struct Figures {
    drawings: Vec<String>,
    photos: Photos,
}

impl Figures {
    fn name(&mut self, svg: &str) -> String {
        let svg = drawing(svg);
        let at = self.drawings.iter().position(|known| *known == svg).unwrap_or_else(|| {
            self.drawings.push(svg);
            self.drawings.len() - 1
        });
        format!("figures/{:03}.svg", at + 1)
    }

    /// Their names and what they are.
    pub fn files(&self) -> impl Iterator<Item = (String, &str)> {
        (1..).zip(&self.drawings).map(|(n, svg): (usize, _)| (format!("figures/{n:03}.svg"), svg.as_str()))
    }
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
    let mut figures = Figures { drawings: Vec::new(), photos };
    let lang = w.lang;
    let mut slides = Vec::new();
    for (unit, of) in course.units.iter().enumerate() {
        for slide in &of.slides {
            let face = slide.face(lang);
            let parts = face.parts.iter().filter_map(|part| set(course, part, &mut figures, w)).collect();
            slides.push(SlideData { unit, heading: face.heading.clone(), parts, notes: face.notes.clone() });
        }
    }
    let questions = course.questions.iter().map(|question| ask(question, &mut figures, w)).collect();
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
        words: WORDS.into_iter().chain(["how_scene"]).map(|name| (name, w.t(&format!("kit-page-{}", name.replace('_', "-"))))).collect(),
        units: course.units.iter().map(|unit| unit.title.get(lang)).collect(),
        slides,
        questions,
        draw: &course.test.draw,
        pass_percent: course.test.pass_percent,
    };
    (data, figures)
}

fn set(course: &Course, part: &Part, figures: &mut Figures, w: Words) -> Option<PartData> {
    let aside = |role, label: String, html: &String| PartData::Aside { role, label, html: html.clone() };
    Some(match part {
        Part::Prose(html) => PartData::Prose { html: html.clone() },
        Part::Figure { svg, alt } => PartData::Figure { src: figures.name(svg), alt: alt.clone() },
        Part::Photo { photo, alt } => {
            let svg = figures.photos.drawing(photo);
            PartData::Figure { src: figures.name(&svg), alt: alt.clone() }
        }
        Part::Term { word, html } => aside("term", word.clone(), html),
        Part::Do(html) => aside("do", w.t("learning-do"), html),
        Part::Dont(html) => aside("dont", w.t("learning-dont"), html),
        Part::Dated { when, html } => aside("dated", when.clone(), html),
        Part::Scene(name) => PartData::Scene { scene: look(course.scene(name)?, figures, w) },
        Part::Contacts => PartData::Contacts,
    })
}

fn look(scene: &Scene, figures: &mut Figures, w: Words) -> SceneData {
    let (src, alt) = match &scene.picture {
        Some((svg, alt)) => (figures.name(svg), alt.get(w.lang).to_owned()),
        None => (String::new(), String::new()),
    };
    let (title, situation) = (scene.title.get(w.lang).to_owned(), scene.situation.get(w.lang).to_owned());
    SceneData { title, situation, rows: scene_rows(scene, w), src, alt }
}

fn ask(question: &Question, figures: &mut Figures, w: Words) -> QuestionData {
    let text = |text: &crate::content::text::Text| text.get(w.lang).to_owned();
    let joined = |words: Vec<String>| words.join(w.lang.pick("、", "; "));
    let why = || vec![text(&question.why)];
    let mut asked = QuestionData {
        id: question.id.clone(),
        pool: question.pool.clone(),
        kind: question.kind.id(),
        text: text(&question.text),
        choices: Vec::new(),
        lefts: Vec::new(),
        right: serde_json::Value::Null,
        unit: String::new(),
        right_words: String::new(),
        whys: Vec::new(),
        scene: None,
    };
    match &question.kind {
        Kind::One(choices) | Kind::Several(choices) => {
            asked.choices = choices.iter().map(|choice| (choice.id.clone(), text(&choice.text))).collect();
            asked.right = choices.iter().filter(|choice| choice.right).map(|choice| choice.id.as_str()).collect();
            asked.right_words = joined(choices.iter().filter(|choice| choice.right).map(|choice| text(&choice.text)).collect());
            asked.whys = choices.iter().map(|choice| told(&text(&choice.text), &text(&choice.why), w)).collect();
        }
        Kind::Order(steps) => {
            asked.choices = steps.iter().map(|step| (step.id.clone(), text(&step.text))).collect();
            asked.right = steps.iter().map(|step| step.id.as_str()).collect();
            asked.right_words = steps.iter().map(|step| text(&step.text)).collect::<Vec<_>>().join(" → ");
            asked.whys = why();
        }
        Kind::Match(pairs) => {
            asked.lefts = pairs.iter().map(|pair| (pair.id.clone(), text(&pair.left))).collect();
            asked.choices = pairs.iter().map(|pair| (pair.id.clone(), text(&pair.right))).collect();
            asked.right = pairs.iter().map(|pair| pair.id.as_str()).collect();
            asked.right_words = joined(pairs.iter().map(|pair| format!("{} － {}", text(&pair.left), text(&pair.right))).collect());
            asked.whys = pairs.iter().map(|pair| told(&text(&pair.left), &text(&pair.why), w)).collect();
        }
        Kind::Fill(answers) => {
            asked.right = answers.ja.iter().chain(&answers.en).map(String::as_str).collect();
            asked.right_words = answers.get(w.lang).first().cloned().unwrap_or_default();
            asked.whys = why();
        }
        Kind::Number { answer, tolerance, unit } => {
            asked.right = [*answer, *tolerance].into_iter().collect();
            asked.unit = text(unit);
            asked.right_words = format!("{answer}{}", text(unit));
            asked.whys = why();
        }
        Kind::Scene(scene) => {
            asked.choices = scene.spots.iter().map(|spot| (spot.id.clone(), text(&spot.label))).collect();
            asked.right = scene.spots.iter().filter(|spot| spot.right).map(|spot| spot.id.as_str()).collect();
            asked.right_words = joined(scene.spots.iter().filter(|spot| spot.right).map(|spot| text(&spot.label)).collect());
            asked.whys = scene.spots.iter().map(|spot| told(&text(&spot.label), &text(&spot.why), w)).collect();
            asked.scene = Some(look(scene, figures, w));
        }
    }
    asked
}

/// 「…」：…
fn told(what: &str, why: &str, w: Words) -> String {
    w.with("kit-page-why", &[("what", what), ("why", why)])
}

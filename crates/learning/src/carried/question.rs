use serde::Serialize;
use web::Words;

use super::look::{Figures, SceneData, look};
use crate::content::question::{Kind, Question};
use crate::content::text::Text;

/// A question in one language, with what is right and why: it is judged where it is asked.
#[derive(Serialize)]
pub(crate) struct QuestionData {
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

/// A question as it is asked.
pub(crate) fn question(question: &Question, figures: &mut Figures, w: Words) -> QuestionData {
    let text = |text: &Text| text.get(w.lang).to_owned();
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

//! The files of a course as they are read and written: one form for `data/courses` and for what is edited in the browser.

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::course::Exam;
use super::question::{Choice, Kind, Pair, Question, Step};
use super::scene::Scene;
use super::text::{Text, Texts};

/// `course.toml`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CourseFile {
    /// Its address; the folder's name.
    pub slug: Spanned<String>,
    /// Which edition of its texts this is.
    pub version: String,
    /// For whom it is.
    pub audience: String,
    /// The languages in which it is written.
    pub languages: Vec<String>,
    /// The sum of the units.
    pub minutes: Spanned<i64>,
    /// The first day of 公開期間.
    pub available_from: Spanned<String>,
    /// The last day of 公開期間.
    pub available_until: Spanned<String>,
    /// On what its facts rest.
    pub sources: Vec<String>,
    /// Its title.
    pub title: Text,
    /// For whom, and what one can do afterwards.
    pub summary: Text,
    /// What one can do afterwards, point by point.
    pub objectives: Texts,
    /// Its units, in order.
    pub units: Vec<UnitFile>,
    /// 確認テスト
    pub test: Spanned<Exam>,
    /// 事前確認
    pub test_out: Spanned<Exam>,
    /// What has to be done.
    pub completion: Completion,
}

/// A unit in `course.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitFile {
    /// Its address within the course.
    pub slug: Spanned<String>,
    /// How long it takes.
    pub minutes: i64,
    /// Its title.
    pub title: Text,
    /// The items of checklists that it serves.
    pub checklist: Vec<String>,
}

/// All units and the test: nothing else is offered yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Completion {
    /// `all`
    pub units: Spanned<String>,
    /// Whether the test has to be passed.
    pub test: bool,
}

/// `questions.toml`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionsFile {
    /// Every question.
    pub question: Vec<QuestionFile>,
}

/// A question in `questions.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionFile {
    /// Never given to another question.
    pub id: Spanned<String>,
    /// The unit whose pool it belongs to.
    pub pool: String,
    /// `one`, `several`, `order`, `match`, `fill`, `number` or `scene`.
    pub kind: String,
    /// The slide that teaches it.
    pub slide: String,
    /// The item of a checklist that it is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub checklist: String,
    /// The scene that is looked at.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scene: String,
    /// The number that is right.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub answer: i64,
    /// How far from it is right as well.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub tolerance: i64,
    /// What is asked.
    pub text: Text,
    /// Why the answer is right.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub why: Text,
    /// What a number counts.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub unit: Text,
    /// The words that are right.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub answers: Texts,
    /// What may be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choice: Vec<Choice>,
    /// What is put into an order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub step: Vec<Step>,
    /// What is joined.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pair: Vec<Pair>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
const fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// A value that stands nowhere yet.
pub fn unplaced<T>(value: T) -> Spanned<T> {
    Spanned::new(0..0, value)
}

impl QuestionFile {
    /// The identifiers of all kinds.
    pub const KINDS: [&str; 7] = ["one", "several", "order", "match", "fill", "number", "scene"];

    /// A question without any words.
    pub fn new(id: &str, pool: &str, kind: &str) -> Self {
        Self {
            id: unplaced(id.to_owned()),
            pool: pool.to_owned(),
            kind: kind.to_owned(),
            slide: String::new(),
            checklist: String::new(),
            scene: String::new(),
            answer: 0,
            tolerance: 0,
            text: Text::default(),
            why: Text::default(),
            unit: Text::default(),
            answers: Texts::default(),
            choice: Vec::new(),
            step: Vec::new(),
            pair: Vec::new(),
        }
    }

    /// Its id.
    pub fn id(&self) -> &String {
        self.id.get_ref()
    }

    /// The question; or the key of what is wrong with it, and what that is about. `scene` gives the scene of a name.
    pub fn question(self, scene: &dyn Fn(&str) -> Option<Scene>) -> Result<Question, (&'static str, String)> {
        let kind = match self.kind.as_str() {
            "one" => Kind::One(self.choice),
            "several" => Kind::Several(self.choice),
            "order" => Kind::Order(self.step),
            "match" => Kind::Match(self.pair),
            "fill" => Kind::Fill(self.answers),
            "number" => Kind::Number { answer: self.answer, tolerance: self.tolerance, unit: self.unit },
            "scene" => Kind::Scene(scene(&self.scene).ok_or(("no-scene", self.scene))?),
            _ => return Err(("unknown-kind", self.kind)),
        };
        Ok(Question { id: self.id.into_inner(), pool: self.pool, slide: self.slide, text: self.text, why: self.why, kind })
    }
}

//! Questions, and when an answer is right.

use kernel::{Lang, fold};
use serde::{Deserialize, Serialize};

use super::scene::Scene;
use super::text::{Text, Texts};

/// A question of a course's pool.
#[derive(Clone, Debug)]
pub struct Question {
    /// Never given to another question.
    pub id: String,
    /// The unit whose pool it belongs to.
    pub pool: String,
    /// The slide that teaches it.
    pub slide: String,
    /// What is asked.
    pub text: Text,
    /// Why the answer is right, for kinds whose choices do not say it themselves.
    pub why: Text,
    /// How it is answered.
    pub kind: Kind,
}

/// How a question is answered.
#[derive(Clone, Debug)]
pub enum Kind {
    /// One of several.
    One(Vec<Choice>),
    /// All that are right.
    Several(Vec<Choice>),
    /// Put into an order.
    Order(Vec<Step>),
    /// Joined in pairs.
    Match(Vec<Pair>),
    /// A word typed.
    Fill(Texts),
    /// A number typed.
    Number {
        /// The number.
        answer: i64,
        /// How far from it is right as well.
        tolerance: i64,
        /// What it counts.
        unit: Text,
    },
    /// Something to look at and decide.
    Scene(Scene),
}

/// A choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its id within the question.
    pub id: String,
    /// Whether it is right.
    pub right: bool,
    /// Its words.
    pub text: Text,
    /// Why it is right or wrong.
    pub why: Text,
}

/// A step of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its id within the question.
    pub id: String,
    /// Its words.
    pub text: Text,
}

/// Two that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// Its id within the question.
    pub id: String,
    /// What is given.
    pub left: Text,
    /// What belongs to it.
    pub right: Text,
    /// Why.
    pub why: Text,
}

/// What somebody answered: ids of choices, steps in their order, pairs in the order of what is given, or what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given(pub Vec<String>);

impl Given {
    /// Whether this choice, step or text is in it.
    pub fn has(&self, id: &str) -> bool {
        self.0.iter().any(|given| given == id)
    }

    /// What was typed.
    pub fn typed(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    /// As it is stored.
    pub fn stored(&self) -> String {
        serde_json::to_string(&self.0).expect("texts can be written as JSON")
    }
}

/// What stands there and is no answer cannot be read: it is not taken for an empty one.
impl db::FromColumn for Given {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        Ok(Self(serde_json::from_str(value.text()?)?))
    }
}

/// By what an answer is judged: enough to do it again where the words of the question have changed since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    /// What has to be chosen, and what must not be.
    Chosen {
        /// Ids of what is right.
        right: Vec<String>,
        /// Ids of what is not.
        wrong: Vec<String>,
    },
    /// Ids in their order.
    InOrder(Vec<String>),
    /// One of these words.
    Typed(Vec<String>),
    /// A number.
    Number {
        /// The number.
        answer: i64,
        /// How far from it is right as well.
        tolerance: i64,
    },
}

impl Key {
    fn of<'c>(choices: impl Iterator<Item = (&'c String, bool)>) -> Self {
        let (right, wrong): (Vec<_>, Vec<_>) = choices.partition(|(_, right)| *right);
        let ids = |choices: Vec<(&String, bool)>| choices.into_iter().map(|(id, _)| id.clone()).collect();
        Self::Chosen { right: ids(right), wrong: ids(wrong) }
    }

    /// Whether the answer is right.
    pub fn judge(&self, given: &Given) -> bool {
        match self {
            Self::Chosen { right, wrong } => right.iter().all(|id| given.has(id)) && !wrong.iter().any(|id| given.has(id)),
            Self::InOrder(ids) => *ids == given.0,
            Self::Typed(answers) => {
                let typed = bare(given.typed());
                answers.iter().any(|answer| bare(answer) == typed)
            }
            Self::Number { answer, tolerance } => number(given.typed()).is_some_and(|typed| (typed - answer).abs() <= *tolerance),
        }
    }
}

impl Kind {
    /// As files and keys of words name it.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::One(_) => "one",
            Self::Several(_) => "several",
            Self::Order(_) => "order",
            Self::Match(_) => "match",
            Self::Fill(_) => "fill",
            Self::Number { .. } => "number",
            Self::Scene(_) => "scene",
        }
    }
}

impl Question {
    /// Whether the answer is right.
    pub fn judge(&self, given: &Given) -> bool {
        self.key().judge(given)
    }

    /// By what an answer is judged, without the words.
    pub fn key(&self) -> Key {
        match &self.kind {
            Kind::One(choices) | Kind::Several(choices) => Key::of(choices.iter().map(|choice| (&choice.id, choice.right))),
            Kind::Scene(scene) => Key::of(scene.spots.iter().map(|spot| (&spot.id, spot.right))),
            Kind::Order(steps) => Key::InOrder(steps.iter().map(|step| step.id.clone()).collect()),
            Kind::Match(pairs) => Key::InOrder(pairs.iter().map(|pair| pair.id.clone()).collect()),
            Kind::Fill(answers) => Key::Typed(answers.ja.iter().chain(&answers.en).cloned().collect()),
            Kind::Number { answer, tolerance, .. } => Key::Number { answer: *answer, tolerance: *tolerance },
        }
    }

    /// The right answer, as samples and tests give it.
    pub fn right_answer(&self) -> Given {
        Given(match &self.kind {
            Kind::One(choices) | Kind::Several(choices) => {
                choices.iter().filter(|choice| choice.right).map(|choice| choice.id.clone()).collect()
            }
            Kind::Scene(scene) => scene.spots.iter().filter(|spot| spot.right).map(|spot| spot.id.clone()).collect(),
            Kind::Order(steps) => steps.iter().map(|step| step.id.clone()).collect(),
            Kind::Match(pairs) => pairs.iter().map(|pair| pair.id.clone()).collect(),
            Kind::Fill(answers) => answers.ja.first().cloned().into_iter().collect(),
            Kind::Number { answer, .. } => vec![answer.to_string()],
        })
    }

    /// What is wrong with it, if anything: every text has to be there in these languages, and as much of everything as its kind needs.
    pub fn fault(&self, languages: &[Lang]) -> Option<&'static str> {
        let right = |choices: &[Choice]| choices.iter().filter(|choice| choice.right).count();
        let (is_shaped, mut texts): (bool, Vec<&Text>) = match &self.kind {
            Kind::One(choices) => (right(choices) == 1 && choices.len() > 2, choice_texts(choices)),
            Kind::Several(choices) => (right(choices) > 1 && right(choices) < choices.len(), choice_texts(choices)),
            Kind::Order(steps) => (steps.len() > 2, steps.iter().map(|step| &step.text).chain([&self.why]).collect()),
            Kind::Match(pairs) => (pairs.len() > 2, pairs.iter().flat_map(|pair| [&pair.left, &pair.right, &pair.why]).collect()),
            Kind::Fill(answers) => (languages.iter().all(|lang| !answers.get(*lang).is_empty()), vec![&self.why]),
            Kind::Number { unit, .. } => (true, vec![unit, &self.why]),
            Kind::Scene(_) => (true, vec![&self.why]),
        };
        texts.push(&self.text);
        match () {
            () if !is_shaped => Some("bad-question"),
            () if texts.iter().any(|text| !text.is_in(languages)) => Some("no-text"),
            () => None,
        }
    }
}

fn choice_texts(choices: &[Choice]) -> Vec<&Text> {
    choices.iter().flat_map(|choice| [&choice.text, &choice.why]).collect()
}

/// A word without what depends on the keyboard: width, case, kana, spaces and hyphens.
fn bare(typed: &str) -> String {
    fold(typed).chars().filter(|c| !c.is_whitespace() && !"-‐–—・、。「」".contains(*c)).collect()
}

/// The number in what was typed: `13`, `１３文字`, `6,000`.
pub fn number(typed: &str) -> Option<i64> {
    let digits: String = fold(typed).chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(digits.len());
    digits[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: Kind) -> Question {
        Question { id: "q".into(), pool: "p".into(), slide: "s".into(), text: Text::plain("？"), why: Text::plain("理由"), kind }
    }

    fn given(ids: &[&str]) -> Given {
        Given(ids.iter().map(ToString::to_string).collect())
    }

    fn choice(id: &str, right: bool) -> Choice {
        Choice { id: id.into(), right, text: Text::plain(id), why: Text::plain(id) }
    }

    #[test]
    fn all_that_is_right_and_nothing_else_is_right() {
        let several = question(Kind::Several(vec![choice("a", true), choice("b", false), choice("c", true)]));
        assert!(several.judge(&given(&["c", "a"])));
        for wrong in [&["a"][..], &["a", "b", "c"], &[], &["b"]] {
            assert!(!several.judge(&given(wrong)), "{wrong:?}");
        }
    }

    #[test]
    fn a_word_is_taken_however_it_is_typed() {
        let fill =
            question(Kind::Fill(Texts { ja: vec!["二要素認証".into(), "2要素認証".into()], en: vec!["two-factor".into()] }));
        for right in ["二要素認証", " ２要素認証 ", "「２要素認証」", "Two Factor"] {
            assert!(fill.judge(&given(&[right])), "{right}");
        }
        assert!(!fill.judge(&given(&["三要素認証"])) && !fill.judge(&given(&[""])));
    }

    #[test]
    fn a_number_is_taken_however_it_is_typed() {
        let many = question(Kind::Number { answer: 6000, tolerance: 0, unit: Text::plain("台") });
        for right in ["6000", "６，０００", "6,000台", " 6000 "] {
            assert!(many.judge(&given(&[right])), "{right}");
        }
        assert!(!many.judge(&given(&["600"])) && !many.judge(&given(&["たくさん"])));
    }

    #[test]
    fn an_order_is_right_as_a_whole() {
        let step = |id: &str| Step { id: id.into(), text: Text::plain(id) };
        let order = question(Kind::Order(vec![step("a"), step("b"), step("c")]));
        assert!(order.judge(&given(&["a", "b", "c"])) && !order.judge(&given(&["b", "a", "c"])));
    }
}

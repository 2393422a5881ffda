//! Questionnaires: what is asked after a session, from `data/questionnaires`.

use kernel::{Lang, Text};
use serde::Deserialize;
use std::sync::LazyLock;
use web::{data_names, data_text};

/// The questionnaire of a session that names none.
pub const STANDARD: &str = "standard";

/// How far a scale goes.
pub const SCALE: usize = 5;

/// The longest free answer.
pub const LONGEST: usize = 1_000;

/// What is asked after a session.
#[derive(Debug, Deserialize)]
pub struct Questionnaire {
    /// The name of its file.
    #[serde(skip)]
    pub id: String,
    name_ja: String,
    name_en: String,
    /// What is asked, in order.
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Debug, Deserialize)]
pub struct Question {
    /// Under which its answers are stored.
    pub id: String,
    /// How it is answered.
    pub kind: Kind,
    ja: String,
    en: String,
    #[serde(default)]
    low_ja: String,
    #[serde(default)]
    low_en: String,
    #[serde(default)]
    high_ja: String,
    #[serde(default)]
    high_en: String,
    /// Whether it has to be answered.
    #[serde(default)]
    pub required: bool,
    /// What can be chosen.
    #[serde(default)]
    pub choices: Vec<Choice>,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 1 to 5.
    Scale,
    /// One of the choices.
    One,
    /// As many of the choices as one likes.
    Several,
    /// In words.
    Text,
}

/// What can be chosen.
#[derive(Debug, Deserialize)]
pub struct Choice {
    /// As it is stored.
    pub id: String,
    ja: String,
    en: String,
}

/// The file is no questionnaire.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnswered {
    /// A question that has to be answered was not.
    #[error("{0} is not answered")]
    Missing(String),
    /// More than so many characters.
    #[error("{0} is too long")]
    TooLong(String),
}

static ALL: LazyLock<Vec<Questionnaire>> = LazyLock::new(|| {
    let names = data_names("questionnaires");
    let ids = names.iter().filter_map(|name| name.strip_prefix("questionnaires/")?.strip_suffix(".toml"));
    ids.filter_map(|id| match toml::from_str::<Questionnaire>(&data_text(&format!("questionnaires/{id}.toml"))) {
        Ok(questionnaire) => Some(Questionnaire { id: id.to_owned(), ..questionnaire }),
        Err(error) => {
            tracing::error!(id, %error, "a questionnaire cannot be read");
            None
        }
    })
    .collect()
});

/// Every questionnaire.
pub fn all() -> &'static [Questionnaire] {
    &ALL
}

/// The questionnaire with this id.
pub fn find(id: &str) -> Option<&'static Questionnaire> {
    ALL.iter().find(|questionnaire| questionnaire.id == id)
}

impl Questionnaire {
    /// Its name.
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.name_ja, &self.name_en)
    }

    /// The answers as they are stored, question and value; what was not asked or cannot be chosen falls away.
    pub fn check<'a>(&'a self, given: impl Fn(&str) -> Vec<&'a str>) -> Result<Vec<(&'a str, String)>, NotAnswered> {
        let mut answers = Vec::new();
        for question in &self.questions {
            let before = answers.len();
            for value in given(&question.id) {
                match question.kind {
                    Kind::Text => match Text::<LONGEST>::new(value) {
                        Ok(text) => answers.push((question.id.as_str(), text.into_string())),
                        Err(kernel::NotText::Empty) => {}
                        Err(kernel::NotText::TooLong { .. }) => return Err(NotAnswered::TooLong(question.id.clone())),
                    },
                    _ if question.can_be(value) && !answers[before..].iter().any(|(_, known)| known == value) => {
                        answers.push((question.id.as_str(), value.to_owned()));
                    }
                    _ => {}
                }
                if question.kind != Kind::Several && answers.len() > before {
                    break;
                }
            }
            if question.required && answers.len() == before {
                return Err(NotAnswered::Missing(question.id.clone()));
            }
        }
        Ok(answers)
    }
}

impl Question {
    /// What is asked.
    pub fn words(&self, lang: Lang) -> &str {
        lang.pick(&self.ja, &self.en)
    }

    /// What can be chosen: value and words. A scale says its ends.
    pub fn options(&self, lang: Lang) -> Vec<(String, String)> {
        match self.kind {
            Kind::Text => Vec::new(),
            Kind::One | Kind::Several => {
                self.choices.iter().map(|choice| (choice.id.clone(), lang.pick(&choice.ja, &choice.en).clone())).collect()
            }
            Kind::Scale => (1..=SCALE)
                .map(|step| {
                    let end = match step {
                        1 => lang.pick(&self.low_ja, &self.low_en).as_str(),
                        SCALE => lang.pick(&self.high_ja, &self.high_en).as_str(),
                        _ => "",
                    };
                    let words = if end.is_empty() { step.to_string() } else { format!("{step}{}{end}", lang.pick("　", " ")) };
                    (step.to_string(), words)
                })
                .collect(),
        }
    }

    fn can_be(&self, value: &str) -> bool {
        match self.kind {
            Kind::Scale => value.parse::<usize>().is_ok_and(|step| (1..=SCALE).contains(&step)) && value.len() == 1,
            Kind::One | Kind::Several => self.choices.iter().any(|choice| choice.id == value),
            Kind::Text => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_questionnaire_can_be_read_and_asked() {
        assert_eq!(all().len(), data_names("questionnaires").len());
        assert!(find(STANDARD).is_some());
        for questionnaire in all() {
            let mut ids: Vec<_> = questionnaire.questions.iter().map(|question| &question.id).collect();
            ids.dedup();
            assert_eq!(ids.len(), questionnaire.questions.len(), "{}", questionnaire.id);
            for question in &questionnaire.questions {
                assert_eq!(question.choices.is_empty(), matches!(question.kind, Kind::Scale | Kind::Text), "{}", question.id);
                assert_eq!(question.options(Lang::En).is_empty(), question.kind == Kind::Text, "{}", question.id);
            }
        }
    }

    #[test]
    fn what_cannot_be_chosen_is_no_answer() {
        let standard = find(STANDARD).unwrap();
        let given = |id: &str| match id {
            "satisfaction" | "understanding" => vec!["5"],
            "usefulness" => vec!["9", "4"],
            "pace" => vec!["right", "fast"],
            "next" => vec!["mail", "nonsense", "backup", "mail"],
            "unclear" => vec!["  "],
            _ => vec![],
        };
        let answers = standard.check(given).unwrap();
        let values: Vec<_> = answers.iter().map(|(id, value)| format!("{id}={value}")).collect();
        assert_eq!(values, ["satisfaction=5", "understanding=5", "usefulness=4", "pace=right", "next=mail", "next=backup"]);
        assert_eq!(standard.check(|_| vec![]), Err(NotAnswered::Missing("satisfaction".into())));
    }
}

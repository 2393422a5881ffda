//! `questions.toml`: the doors, who reports, the seven questions and the small choices under the pictures.

use kernel::Lang;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::cases::{Axes, Door, Move, Role};
use crate::contents::{self, Both, ContentFault};

const FILE: &str = "questions.toml";

/// What an answer may say besides the axes; it is sealed with the answer.
const ASIDES: [&str; 2] = ["chart", "demand"];

/// The questions as shipped. The program checks them at its start.
pub fn questions() -> &'static Questions {
    static QUESTIONS: LazyLock<Questions> = LazyLock::new(|| Questions::shipped().expect("data/desk was checked at the start"));
    &QUESTIONS
}

/// Everything that is asked.
#[derive(Debug, Deserialize)]
pub struct Questions {
    door: Vec<DoorWords>,
    role: Vec<RoleWords>,
    /// Words that stand under every question.
    pub common: Common,
    question: Vec<Question>,
    detail: Vec<Detail>,
    event: Vec<EventId>,
    /// What a responder reads out before and after.
    pub telephone: Telephone,
}

/// One of the two doors.
#[derive(Debug, Deserialize)]
pub struct DoorWords {
    pub id: Door,
    pub title: Both,
    pub lead: Both,
    pub say: Both,
}

/// Who reports.
#[derive(Debug, Deserialize)]
pub struct RoleWords {
    pub id: Role,
    pub title: Both,
    pub lead: Both,
    pub then: Both,
}

/// Words that stand under every question.
#[derive(Debug, Deserialize)]
pub struct Common {
    pub unknown_hint: Both,
    pub later: Both,
    pub stop: Both,
}

/// One of the seven.
#[derive(Debug, Deserialize)]
pub struct Question {
    pub n: u8,
    pub id: String,
    #[serde(default)]
    pub kind: Kind,
    pub title: Both,
    pub hint: Both,
    pub say: Both,
    #[serde(default)]
    pub fields: Vec<Field>,
    pub note: Option<Both>,
    #[serde(default)]
    asked_when: Vec<String>,
    pub answers: Vec<Answer>,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// By one of a few sentences.
    #[default]
    Sentences,
    /// By a picture.
    Pictures,
    /// By where to call.
    Phone,
}

/// Something to type in.
#[derive(Debug, Deserialize)]
pub struct Field {
    pub id: String,
    #[serde(flatten)]
    pub label: Both,
    pub hint_ja: String,
    pub hint_en: String,
}

/// One answer.
#[derive(Debug, Deserialize)]
pub struct Answer {
    pub id: String,
    #[serde(flatten)]
    pub words: Both,
    #[serde(default)]
    pub picture: String,
    event: Option<String>,
    #[serde(default)]
    sets: BTreeMap<String, String>,
    #[serde(default)]
    at_least: BTreeMap<String, String>,
    #[serde(default)]
    default: BTreeMap<String, String>,
    first_steps: Option<String>,
    detail: Option<String>,
}

/// The small choice under a picture.
#[derive(Debug, Deserialize)]
pub struct Detail {
    pub id: String,
    pub title: Both,
    pub answers: Vec<Answer>,
}

#[derive(Debug, Deserialize)]
struct EventId {
    id: String,
}

/// What a responder reads out.
#[derive(Debug, Deserialize)]
pub struct Telephone {
    pub open: Both,
    pub first_steps: Both,
    pub slow: Both,
    pub number: Both,
    pub words: Both,
    pub repeat: Both,
    pub callback: Both,
    pub close: Both,
}

impl Questions {
    /// The questions of `data/desk`.
    pub fn shipped() -> Result<Self, ContentFault> {
        Self::parse(&contents::text(FILE))
    }

    /// Reads and checks the questions.
    pub fn parse(text: &str) -> Result<Self, ContentFault> {
        let questions: Self = contents::parse(FILE, text)?;
        let events: BTreeSet<&str> = questions.event.iter().map(|event| event.id.as_str()).collect();
        let details = questions.detail.iter().flat_map(|detail| &detail.answers);
        for answer in questions.question.iter().flat_map(|question| &question.answers).chain(details) {
            let fault = |what: String| contents::fault(FILE, text, &answer.id, what);
            if let Some(event) = answer.event.as_deref().filter(|event| !events.contains(event)) {
                return Err(fault(format!("there is no event {event}")));
            }
            if let Some(detail) = answer.detail.as_deref().filter(|detail| questions.detail(detail).is_none()) {
                return Err(fault(format!("there is no detail {detail}")));
            }
            let mut axes = Axes::UNANSWERED;
            for (how, axis, value) in answer.moves() {
                axes.shift(axis, value, how).map_err(|_| fault(format!("{axis} = {value} is no value of an axis")))?;
            }
        }
        for (n, question) in (1..).zip(&questions.question) {
            let fault = |what: &str| contents::fault(FILE, text, &question.id, what);
            if question.n != n {
                return Err(fault("the questions stand in their order"));
            }
            if question.answer("unknown").is_none() {
                return Err(fault("every question can be answered by わからない"));
            }
        }
        Ok(questions)
    }

    /// The doors, the urgent one first.
    pub fn doors(&self) -> &[DoorWords] {
        &self.door
    }

    /// Who may report.
    pub fn roles(&self) -> &[RoleWords] {
        &self.role
    }

    /// The questions, in their order.
    pub fn all(&self) -> &[Question] {
        &self.question
    }

    /// The first question, whose answer makes the case.
    pub fn first(&self) -> &Question {
        &self.question[0]
    }

    /// The question with this id.
    pub fn find(&self, id: &str) -> Option<&Question> {
        self.question.iter().find(|question| question.id == id)
    }

    /// The question that follows on this one for an incident of this kind.
    pub fn after(&self, question: &Question, event: Option<&str>) -> Option<&Question> {
        self.question.iter().find(|next| next.n > question.n && next.is_asked(event))
    }

    /// The question that comes before this one.
    pub fn before(&self, question: &Question, event: Option<&str>) -> Option<&Question> {
        self.question.iter().rev().find(|earlier| earlier.n < question.n && earlier.is_asked(event))
    }

    /// The small choice with this id.
    pub fn detail(&self, id: &str) -> Option<&Detail> {
        self.detail.iter().find(|detail| detail.id == id)
    }
}

impl Question {
    /// Whether it is asked about an incident of this kind. While the kind is not known, everything is.
    pub fn is_asked(&self, event: Option<&str>) -> bool {
        self.asked_when.is_empty() || event.is_none_or(|event| self.asked_when.iter().any(|asked| asked == event))
    }

    /// The answer with this id.
    pub fn answer(&self, id: &str) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.id == id)
    }
}

impl Answer {
    /// The small choice that follows on it.
    pub fn detail(&self) -> Option<&'static Detail> {
        self.detail.as_deref().and_then(|id| questions().detail(id))
    }

    /// The kind of incident that it tells.
    pub fn event(&self) -> Option<&str> {
        self.event.as_deref()
    }

    /// The sheet of first steps that it leads to.
    pub fn first_steps(&self) -> Option<&str> {
        self.first_steps.as_deref()
    }

    /// How it moves the axes.
    pub fn moves(&self) -> impl Iterator<Item = (Move, &str, &str)> {
        type Moves<'m> = &'m BTreeMap<String, String>;
        fn each(how: Move, moves: Moves<'_>) -> impl Iterator<Item = (Move, &str, &str)> {
            moves.iter().map(move |(axis, value)| (how, axis.as_str(), value.as_str()))
        }
        each(Move::Set, &self.sets)
            .chain(each(Move::AtLeast, &self.at_least))
            .chain(each(Move::Default, &self.default))
            .filter(|(_, axis, _)| !ASIDES.contains(axis))
    }
}

impl Detail {
    /// The answer with this id.
    pub fn answer(&self, id: &str) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.id == id)
    }
}

impl Field {
    /// What helps to fill it in.
    pub fn hint(&self, lang: Lang) -> &str {
        lang.pick(&self.hint_ja, &self.hint_en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_questions_are_seven_and_the_first_makes_the_case() {
        let questions = Questions::shipped().unwrap();
        assert_eq!(questions.all().len(), 7);
        assert_eq!(questions.first().id, "care");
        let pictures = questions.find("seen").unwrap();
        assert_eq!((pictures.kind, pictures.answers.len()), (Kind::Pictures, 7), "six pictures, and わからない");
    }

    #[test]
    fn a_changed_web_site_is_not_asked_about_backups() {
        let questions = questions();
        let seen = questions.find("seen").unwrap();
        assert_eq!(questions.after(seen, Some("web-defacement")).unwrap().id, "chart");
        assert_eq!(questions.after(seen, Some("ransomware")).unwrap().id, "spread");
        assert_eq!(questions.before(questions.find("demand").unwrap(), Some("leak")).unwrap().id, "chart");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let text = contents::text(FILE).replace("event = \"ransomware\", sets", "event = \"ransom\", sets");
        let fault = Questions::parse(&text).unwrap_err();
        assert!(fault.line > 100 && fault.what.contains("no event ransom"), "{fault}");
    }
}

//! What was answered, and what follows from all of it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vault::Zeroizing;

use super::questions::{Answer, Question, questions};
use crate::cases::Axes;
use crate::triage;

/// The answer to one question, as it is sealed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Given {
    /// Which answer.
    pub answer: String,
    /// Which of the small choices under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What was typed with it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub typed: BTreeMap<String, String>,
}

/// Every answer so far, by question.
#[derive(Clone, Default)]
pub struct AllGiven(BTreeMap<String, Given>);

/// What follows from the answers: what the queue goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// The axes.
    pub axes: Axes,
    /// What kind of incident.
    pub event: Option<String>,
    /// The stage, if there is one.
    pub stage: Option<i64>,
    /// The urgency: 1 is the highest.
    pub urgency: i64,
}

impl Given {
    /// An answer without anything typed.
    pub fn of(answer: &str) -> Self {
        Self { answer: answer.to_owned(), ..Self::default() }
    }

    /// As it is sealed.
    pub fn to_words(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(serde_json::to_vec(self).expect("texts can be written as JSON"))
    }

    /// As it was sealed.
    pub fn from_words(words: &[u8]) -> Option<Self> {
        serde_json::from_slice(words).ok()
    }

    /// What was typed in a field.
    pub fn typed(&self, field: &str) -> &str {
        self.typed.get(field).map_or("", String::as_str)
    }

    fn answers(&self, question: &'static Question) -> impl Iterator<Item = &'static Answer> + use<'_> {
        let answer = question.answer(&self.answer);
        let detail = answer.and_then(Answer::detail).zip(self.detail.as_deref()).and_then(|(detail, chosen)| detail.answer(chosen));
        answer.into_iter().chain(detail)
    }
}

/// Names and numbers stay out of logs.
impl std::fmt::Debug for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Given(***)")
    }
}

impl AllGiven {
    /// Puts an answer in place of the one that was given before.
    pub fn put(&mut self, question: &str, given: Given) {
        self.0.insert(question.to_owned(), given);
    }

    /// The answer to a question.
    pub fn get(&self, question: &str) -> Option<&Given> {
        self.0.get(question)
    }

    /// The answers, by question.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Given)> {
        self.0.iter().map(|(question, given)| (question.as_str(), given))
    }

    /// The first question that was not answered yet.
    pub fn next(&self) -> Option<&'static Question> {
        let event = self.event();
        questions().all().iter().find(|question| question.is_asked(event) && !self.0.contains_key(&question.id))
    }

    /// The kind of incident.
    pub fn event(&self) -> Option<&'static str> {
        self.answers().filter_map(Answer::event).last()
    }

    /// The sheet of first steps that fits best.
    pub fn first_steps(&self) -> Option<&'static str> {
        self.answers().filter_map(Answer::first_steps).last()
    }

    /// What follows from all answers together, each in its place, however often one was changed.
    pub fn weighed(&self) -> Weighed {
        let mut axes = Axes::UNANSWERED;
        for (how, axis, value) in self.answers().flat_map(Answer::moves) {
            axes.shift(axis, value, how).expect("the moves were checked when the file was read");
        }
        let event = self.event();
        let judged = triage::rules().judge(event, &axes, &self.named());
        Weighed { axes, event: event.map(str::to_owned), stage: judged.grade.stage(), urgency: judged.urgency.rank() }
    }

    /// The small choices by name, such as `account/money`: some keep the urgency from falling.
    fn named(&self) -> Vec<String> {
        let details = questions().all().iter().filter_map(|question| {
            let given = self.0.get(&question.id)?;
            let detail = question.answer(&given.answer)?.detail()?;
            Some(format!("{}/{}", detail.id, given.detail.as_deref()?))
        });
        details.collect()
    }

    fn answers(&self) -> impl Iterator<Item = &'static Answer> {
        questions()
            .all()
            .iter()
            .filter_map(|question| Some((question, self.0.get(&question.id)?)))
            .flat_map(|(question, given)| given.answers(question))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::{Backup, CareImpact, Product, Spread};

    fn given(answers: &[(&str, &str)]) -> AllGiven {
        let mut all = AllGiven::default();
        for (question, answer) in answers {
            let (answer, detail) = answer.split_once('/').map_or((*answer, None), |(answer, detail)| (answer, Some(detail.to_owned())));
            all.put(question, Given { detail, ..Given::of(answer) });
        }
        all
    }

    #[test]
    fn nothing_works_and_a_note_demands_money_is_the_worst_stage() {
        let all = given(&[("care", "emergency"), ("seen", "ransom/note"), ("spread", "wide"), ("backup", "encrypted"), ("demand", "pay")]);
        let weighed = all.weighed();
        assert_eq!((weighed.stage, weighed.urgency), (Some(4), 1));
        assert_eq!(weighed.event.as_deref(), Some("ransomware"));
        assert_eq!((weighed.axes.spread, weighed.axes.backup), (Spread::Wide, Backup::Gone));
    }

    #[test]
    fn unknown_counts_as_worse_and_what_was_never_asked_gives_no_stage() {
        let first = given(&[("care", "unknown")]).weighed();
        assert_eq!((first.stage, first.urgency), (None, 1));
        assert_eq!((first.axes.care_impact, first.axes.spread), (CareImpact::Unknown, Spread::Unanswered));
        let more = given(&[("care", "none"), ("seen", "ransom"), ("spread", "unknown"), ("backup", "unknown")]).weighed();
        assert_eq!(more.stage, Some(3));
    }

    #[test]
    fn a_detail_replaces_what_its_picture_said() {
        let mail = given(&[("care", "none"), ("seen", "mail/password")]);
        assert_eq!((mail.event(), mail.first_steps()), (Some("mail-account"), Some("password")));
        assert_eq!(given(&[("seen", "strange/contained")]).weighed().axes.product, Product::Contained);
        let money = given(&[("care", "none"), ("seen", "account/money")]).weighed();
        assert_eq!((money.stage, money.urgency), (None, 2), "money can be stopped only for a short time");
    }

    #[test]
    fn a_slip_of_the_finger_leaves_nothing_behind() {
        let mut all = given(&[("care", "emergency"), ("seen", "ransom"), ("spread", "wide")]);
        all.put("care", Given::of("none"));
        all.put("spread", Given::of("one"));
        let weighed = all.weighed();
        assert_eq!((weighed.axes.spread, weighed.axes.care_impact), (Spread::One, CareImpact::None));
    }

    #[test]
    fn questions_that_do_not_fit_are_passed_over() {
        let all = given(&[("care", "none"), ("phone", "given"), ("seen", "website")]);
        assert_eq!(all.next().unwrap().id, "chart");
        let mut all = all;
        all.put("chart", Given::of("works"));
        all.put("demand", Given::of("none"));
        assert!(all.next().is_none());
    }
}

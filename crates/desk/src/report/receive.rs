//! Receiving a report: the case and its answers, sealed before any transaction.

use db::{DbResult, Tx};
use kernel::{Timestamp, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::given::{AllGiven, Given, Weighed};
use super::store;
use crate::cases::{self, Case, CaseId, CaseNumber, Entry, NewCase, REPORTER, open_case, record};
use crate::follow;

/// The column of an answer.
const SEALED: (&str, &str) = ("case_answers", "sealed");

/// A report as it is stored or spooled: nothing in it can be read without a key of the case.
#[derive(Clone, Serialize, Deserialize)]
pub struct Report {
    /// The case.
    pub new: NewCase,
    /// The answers so far.
    pub answers: Vec<SealedAnswer>,
}

/// An answer, sealed to its case.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedAnswer {
    /// Its row.
    pub id: Uuid,
    /// To which question.
    pub question: String,
    /// What was answered.
    #[serde(with = "crate::as_base64")]
    pub sealed: Vec<u8>,
    /// When.
    pub answered_at: Timestamp,
}

/// A report that was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: CaseNumber,
}

impl Report {
    /// A report with these answers; what follows from them stands in the case.
    pub fn new(mut new: NewCase, given: &AllGiven, now: Timestamp) -> Self {
        weigh(&mut new, given.weighed());
        let answers = given.iter().map(|(question, given)| {
            let id = now.uuid();
            let sealed = new.seal(SEALED.0, id, SEALED.1, &given.to_words());
            SealedAnswer { id, question: question.to_owned(), sealed, answered_at: now }
        });
        let answers = answers.collect();
        Self { new, answers }
    }

    /// The same case with more answers, as while there is no database.
    #[must_use]
    pub fn again(self, given: &AllGiven, now: Timestamp) -> Self {
        let before = self.answers;
        let mut report = Self::new(self.new, given, now);
        let kept = before.into_iter().filter(|answer| given.get(&answer.question).is_none());
        report.answers.extend(kept);
        report
    }

    /// Whether it says the same of the same case. How many answers there are does not tell: a later one takes the place of an earlier.
    pub fn is_same(&self, other: &Self) -> bool {
        self.new.id == other.new.id && self.answers == other.answers
    }
}

fn weigh(new: &mut NewCase, weighed: Weighed) {
    Weighed { axes: new.axes, event: new.event, stage: new.stage, urgency: new.urgency } = weighed;
}

/// Receives a report. The same one that comes again changes nothing; one with more answers adds these to its case.
pub async fn receive(tx: &mut Tx<'_>, report: &Report, now: Timestamp) -> DbResult<Received> {
    let before = cases::store::case(tx, report.new.id).await?;
    let case = match &before {
        Some(case) => case.clone(),
        None => open_case(tx, &report.new, now).await?,
    };
    let mut is_changed = false;
    for answer in &report.answers {
        if store::put_answer(tx, case.id, answer, REPORTER).await? {
            let facts = json!({ "question": answer.question });
            let entry = Entry::by(REPORTER).did("report.answered").about(answer.id).happened(answer.answered_at).with(facts);
            record(tx, &case, entry, now).await?;
            is_changed = true;
        }
    }
    if is_changed && before.is_some() {
        let NewCase { axes, event, stage, urgency, .. } = &report.new;
        cases::store::weigh(tx, case.id, axes, event.as_deref(), *stage, *urgency).await?;
        follow::answered(tx, &case, REPORTER, now).await?;
    }
    if before.is_none() {
        follow::opened(tx, &case, REPORTER, now).await?;
    }
    Ok(Received { case: case.id, number: case.number })
}

/// An answer that is about to be kept.
#[derive(Clone)]
pub struct NewAnswer {
    /// To which question.
    pub question: String,
    /// What was answered.
    pub given: Given,
    /// What follows from all answers together.
    pub weighed: Weighed,
    /// Who answered: the reporter, or the responder who typed for them.
    pub actor: String,
}

/// Keeps an answer in place of the one before. Both stand in the chain, and the institution alone cannot make its case lighter once
/// the desk works on it: the heavier of what each axis says counts until a responder says otherwise.
pub async fn answer(tx: &mut Tx<'_>, case: &Case, new: &NewAnswer, now: Timestamp) -> DbResult<()> {
    let id = now.uuid();
    let sealed = case.seal(SEALED.0, id, SEALED.1, &new.given.to_words());
    let answer = SealedAnswer { id, question: new.question.clone(), sealed, answered_at: now };
    store::put_answer(tx, case.id, &answer, &new.actor).await?;
    let mut weighed = new.weighed.clone();
    if case.taken_at.is_some() {
        weighed.axes = case.axes().heavier(&weighed.axes);
        let judged = crate::triage::rules().judge(weighed.event.as_deref(), &weighed.axes, &[]);
        weighed.stage = judged.grade.stage().max(case.stage);
        weighed.urgency = judged.urgency.rank().min(case.urgency);
    }
    cases::store::weigh(tx, case.id, &weighed.axes, weighed.event.as_deref(), weighed.stage, weighed.urgency).await?;
    cases::store::heard(tx, case.id, now).await?;
    let facts = json!({ "question": new.question, "axes": weighed.axes, "stage": weighed.stage, "urgency": weighed.urgency });
    let entry = Entry::by(&new.actor).did("report.answered").about(id).with(facts);
    // What was said stands in the chain too, so that an answer that is changed later is still there.
    let words = String::from_utf8_lossy(&new.given.to_words()).into_owned();
    record(tx, case, entry.saying(words), now).await?;
    follow::answered(tx, case, &new.actor, now).await
}

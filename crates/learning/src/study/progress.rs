//! How far somebody has come, and why a course is not completed yet.

use access::AccountId;
use db::{DbResult, Tx};
use std::collections::BTreeSet;

use super::exam::{Outcome, TestKind};
use super::store::{self, Completion};
use super::way::Study;
use crate::content::{Course, Unit};

/// How far somebody has come in a course.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The course.
    pub course: &'static Course,
    /// Their way, if they have begun.
    pub study: Option<Study>,
    /// The slides that they have read.
    pub read: BTreeSet<String>,
    /// The questions of units that they have answered.
    pub answered: BTreeSet<String>,
    /// Their tests that were handed in, the latest first.
    pub outcomes: Vec<Outcome>,
    /// The first completion.
    pub completion: Option<Completion>,
}

/// Why a course is not completed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Slides of a unit are not read, or its questions not answered.
    Unit {
        /// The unit.
        unit: String,
        /// How many slides are left.
        slides: usize,
        /// How many questions are left.
        questions: usize,
    },
    /// The test is not passed.
    Test {
        /// The best that was reached, if it was taken: so many right, of so many, and so many needed.
        best: Option<(i64, i64, i64)>,
    },
}

/// Where to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// A slide of a unit.
    Slide(String, String),
    /// A question of a unit, counted from 1.
    Question(String, usize),
    /// The test.
    Test,
    /// Nothing is left.
    Nothing,
}

/// How an account stands in a course.
pub async fn progress(tx: &mut Tx<'_>, account: AccountId, course: &'static Course) -> DbResult<Progress> {
    let study = store::study(tx, account, course).await?;
    of_study(tx, course, study).await
}

/// How a way stands.
pub(super) async fn of_study(tx: &mut Tx<'_>, course: &'static Course, study: Option<Study>) -> DbResult<Progress> {
    let mut progress = Progress { course, study, read: BTreeSet::new(), answered: BTreeSet::new(), outcomes: Vec::new(), completion: None };
    if let Some(study) = &progress.study {
        progress.read = store::read_slides(tx, study.id).await?.into_iter().collect();
        progress.answered = store::answered(tx, study.id).await?.into_iter().collect();
        progress.outcomes = store::outcomes(tx, study.id).await?;
        progress.completion = store::completion(tx, study.id).await?;
    }
    Ok(progress)
}

impl Progress {
    /// How many slides of a unit are not read, and how many of its questions not answered.
    pub fn left_of(&self, unit: &Unit) -> (usize, usize) {
        let slides = unit.slides.iter().filter(|slide| !self.read.contains(&slide.id)).count();
        let questions = self.course.asked_in(&unit.slug).filter(|question| !self.answered.contains(&question.id)).count();
        (slides, questions)
    }

    /// Whether a unit is done.
    pub fn is_done(&self, unit: &Unit) -> bool {
        self.left_of(unit) == (0, 0)
    }

    /// Whether something of a unit was done.
    pub fn is_begun(&self, unit: &Unit) -> bool {
        let (slides, questions) = self.left_of(unit);
        slides < unit.slides.len() || questions < self.course.asked_in(&unit.slug).count()
    }

    /// How many units are done.
    pub fn units_done(&self) -> usize {
        self.course.units.iter().filter(|unit| self.is_done(unit)).count()
    }

    /// How many minutes the units take that are not done.
    pub fn minutes_left(&self) -> i64 {
        self.course.units.iter().filter(|unit| !self.is_done(unit)).map(|unit| unit.minutes).sum()
    }

    /// The best of the tests of a kind.
    pub fn best(&self, kind: TestKind) -> Option<&Outcome> {
        self.outcomes.iter().filter(|outcome| outcome.kind == kind).max_by_key(|outcome| (outcome.is_passed(), outcome.right))
    }

    /// Why the course is not completed yet: nothing, if it is or could be now.
    pub fn reasons(&self) -> Vec<Reason> {
        if self.completion.is_some() {
            return Vec::new();
        }
        let units = self.course.units.iter().filter_map(|unit| match self.left_of(unit) {
            (0, 0) => None,
            (slides, questions) => Some(Reason::Unit { unit: unit.slug.clone(), slides, questions }),
        });
        let best = self.best(TestKind::Test);
        let test = match best {
            Some(outcome) if outcome.is_passed() => None,
            best => Some(Reason::Test { best: best.map(|outcome| (outcome.right, outcome.asked, outcome.needed)) }),
        };
        units.chain(test).collect()
    }

    /// Where to go on: where they were, if something is left there, else at the first that is left.
    pub fn next(&self) -> Next {
        let here = self.study.as_ref().and_then(|study| self.course.slide(&study.slide)).map(|(unit, _)| unit);
        let left = self.course.units.iter().filter(|unit| !self.is_done(unit));
        let Some(unit) = here.into_iter().filter(|unit| !self.is_done(unit)).chain(left).next() else {
            let is_passed = self.best(TestKind::Test).is_some_and(Outcome::is_passed);
            return if is_passed || self.completion.is_some() { Next::Nothing } else { Next::Test };
        };
        self.next_in(unit)
    }

    /// Where to go on in a unit.
    pub fn next_in(&self, unit: &Unit) -> Next {
        if let Some(slide) = unit.slides.iter().find(|slide| !self.read.contains(&slide.id)) {
            return Next::Slide(unit.slug.clone(), slide.id.clone());
        }
        match self.course.asked_in(&unit.slug).position(|question| !self.answered.contains(&question.id)) {
            Some(n) => Next::Question(unit.slug.clone(), n + 1),
            None => unit.slides.first().map_or(Next::Nothing, |slide| Next::Slide(unit.slug.clone(), slide.id.clone())),
        }
    }
}

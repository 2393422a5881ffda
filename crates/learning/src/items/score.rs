//! What is counted of questions.

use kernel::Timestamp;
use std::collections::{BTreeMap, HashMap};

use super::store::{First, Tested};
use crate::content::Course;
use crate::content::question::{Given, Kind, Question, number};
use crate::study::StudyId;

/// Of fewer people nothing is shown.
pub const FEWEST: usize = 10;
/// Below this share right at the first time, a question is hard, or not taught well.
const HARD_PERCENT: usize = 40;
/// Above it, a question tells nobody apart.
const EASY_PERCENT: usize = 97;
/// Below this, whoever knows more answers it hardly better than others.
const DULL: f64 = 0.1;

/// How a question does.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// How many have answered it.
    pub people: usize,
    /// How many of them right, when they first met it.
    pub right: usize,
    /// Point-biserial correlation of a right answer in the test with the share of the other questions that were right.
    pub discrimination: Option<f64>,
    /// What was chosen instead, the most frequent first: an id or a number, and how many have chosen it.
    pub wrong: Vec<(String, usize)>,
}

/// What an author should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// Those who know less answer it better: perhaps the wrong answer counts as right.
    Reversed,
    /// Few know it.
    Hard,
    /// It does not tell those who know from those who do not.
    Dull,
    /// Everybody knows it.
    Easy,
    /// Nothing stands out.
    Nothing,
    /// Too few have answered.
    TooFew,
}

impl Item {
    /// How many of a hundred were right at the first time; nothing of too few.
    pub fn percent(&self) -> Option<usize> {
        (self.people >= FEWEST).then(|| (self.right * 100 + self.people / 2) / self.people)
    }

    /// What an author should look at.
    pub fn concern(&self) -> Concern {
        match (self.percent(), self.discrimination) {
            (None, _) => Concern::TooFew,
            (_, Some(r)) if r < 0.0 => Concern::Reversed,
            (Some(percent), _) if percent < HARD_PERCENT => Concern::Hard,
            (Some(percent), _) if percent > EASY_PERCENT => Concern::Easy,
            (_, Some(r)) if r < DULL => Concern::Dull,
            _ => Concern::Nothing,
        }
    }
}

#[derive(Default)]
struct Tally {
    people: usize,
    right: usize,
    points: Vec<(bool, f64)>,
    wrong: BTreeMap<String, usize>,
}

/// How each question of a course does, by its id. Questions that nobody has answered are not in it.
pub fn items(course: &Course, firsts: Vec<First>, tested: &[Tested]) -> HashMap<String, Item> {
    let mut tallies: HashMap<String, Tally> = HashMap::new();
    let mut met: HashMap<(StudyId, String), (Timestamp, Given)> = HashMap::new();
    for first in firsts {
        met.insert((first.study, first.question), (first.answered_at, first.given));
    }
    for test in tested.chunk_by(|one, other| one.study == other.study) {
        let answers: Vec<(&Question, Given, bool)> = test
            .iter()
            .filter_map(|line| {
                let id = line.drawn.split(' ').nth(usize::try_from(line.place - 1).ok()?)?;
                let (question, given) = (course.question(id)?, line.given.clone());
                let is_right = question.judge(&given);
                Some((question, given, is_right))
            })
            .collect();
        let right = answers.iter().filter(|(.., is_right)| *is_right).count();
        for (question, given, is_right) in &answers {
            if answers.len() > 1 {
                let rest = share(right - usize::from(*is_right), answers.len() - 1);
                tallies.entry(question.id.clone()).or_default().points.push((*is_right, rest));
            }
            let (study, at) = (test[0].study, test[0].handed_in_at);
            let known = met.entry((study, question.id.clone())).or_insert_with(|| (at, given.clone()));
            if at < known.0 {
                *known = (at, given.clone());
            }
        }
    }
    for ((_, id), (_, given)) in met {
        let Some(question) = course.question(&id) else { continue };
        let tally = tallies.entry(id).or_default();
        tally.people += 1;
        if question.judge(&given) {
            tally.right += 1;
        } else {
            for wrong in chosen_instead(question, &given) {
                *tally.wrong.entry(wrong).or_default() += 1;
            }
        }
    }
    tallies.into_iter().map(|(id, tally)| (id, tally.item())).collect()
}

impl Tally {
    fn item(self) -> Item {
        let mut wrong: Vec<(String, usize)> = self.wrong.into_iter().collect();
        wrong.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
        Item { people: self.people, right: self.right, discrimination: point_biserial(&self.points), wrong }
    }
}

/// The ids of what was chosen and is wrong. What was typed as a word stays unseen: people type anything.
fn chosen_instead(question: &Question, given: &Given) -> Vec<String> {
    let wrong_of = |ids: Vec<(&str, bool)>| -> Vec<String> {
        ids.into_iter().filter(|(id, is_right)| !is_right && given.has(id)).map(|(id, _)| id.to_owned()).collect()
    };
    match &question.kind {
        Kind::One(choices) | Kind::Several(choices) => wrong_of(choices.iter().map(|choice| (choice.id.as_str(), choice.right)).collect()),
        Kind::Scene(scene) => wrong_of(scene.spots.iter().map(|spot| (spot.id.as_str(), spot.right)).collect()),
        Kind::Number { .. } => number(given.typed()).map(|typed| typed.to_string()).into_iter().collect(),
        Kind::Order(_) | Kind::Match(_) | Kind::Fill(_) => Vec::new(),
    }
}

/// The correlation of being right with the rest of the test: nothing for too few, or where all are alike.
pub fn point_biserial(points: &[(bool, f64)]) -> Option<f64> {
    if points.len() < FEWEST {
        return None;
    }
    let right: Vec<f64> = points.iter().filter(|(is_right, _)| *is_right).map(|(_, rest)| *rest).collect();
    let wrong: Vec<f64> = points.iter().filter(|(is_right, _)| !is_right).map(|(_, rest)| *rest).collect();
    if right.is_empty() || wrong.is_empty() {
        return None;
    }
    let all: Vec<f64> = points.iter().map(|(_, rest)| *rest).collect();
    let middle = mean(&all);
    let spread = mean(&all.iter().map(|rest| (rest - middle).powi(2)).collect::<Vec<_>>()).sqrt();
    let p = share(right.len(), points.len());
    (spread > f64::EPSILON).then(|| (mean(&right) - mean(&wrong)) / spread * (p * (1.0 - p)).sqrt())
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / float(values.len())
}

fn share(part: usize, whole: usize) -> f64 {
    float(part) / float(whole)
}

fn float(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content;
    use kernel::Uuid;
    use proptest::prelude::*;

    fn study(n: u128) -> StudyId {
        StudyId::from_uuid(Uuid::from_u128(n))
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    #[test]
    fn the_first_meeting_counts_and_few_people_are_not_shown() {
        let course = content::course("beginner").unwrap();
        let question = course.questions.iter().find(|question| matches!(question.kind, Kind::One(_))).unwrap();
        let Kind::One(choices) = &question.kind else { unreachable!("it is one") };
        let slip = choices.iter().find(|choice| !choice.right).unwrap();
        let wrong = Given(vec![slip.id.clone()]);
        let first =
            |n: u128, given: &Given| First { study: study(n), question: question.id.clone(), given: given.clone(), answered_at: at(100) };
        let tested = |n: u128, when: i64, given: &Given| Tested {
            study: study(n),
            drawn: question.id.clone(),
            place: 1,
            given: given.clone(),
            handed_in_at: at(when),
        };
        let right = question.right_answer();
        let firsts: Vec<First> = (0..10).map(|n| first(n, if n < 4 { &wrong } else { &right })).collect();
        // Whoever was right in a test before counts as right, whoever was in one afterwards does not.
        let item = &items(course, firsts, &[tested(0, 50, &right), tested(1, 200, &right)])[&question.id];
        assert_eq!((item.people, item.right, item.percent()), (10, 7, Some(70)));
        assert_eq!(item.wrong, [(slip.id.clone(), 3)]);
        let few = &items(course, (0..9).map(|n| first(n, &right)).collect(), &[])[&question.id];
        assert_eq!((few.percent(), few.concern()), (None, Concern::TooFew));
    }

    #[test]
    fn a_question_that_tells_apart_is_told_from_one_that_does_not() {
        let told: Vec<(bool, f64)> = (0..20).map(|n| (n >= 10, if n >= 10 { 0.9 } else { 0.3 })).collect();
        assert!((point_biserial(&told).unwrap() - 1.0).abs() < 1e-9);
        let reversed: Vec<(bool, f64)> = told.iter().map(|(is_right, rest)| (!is_right, *rest)).collect();
        assert!((point_biserial(&reversed).unwrap() + 1.0).abs() < 1e-9);
        let nothing: Vec<(bool, f64)> = (0..20).map(|n| (n % 2 == 0, if n < 10 { 0.2 } else { 0.8 })).collect();
        assert!(point_biserial(&nothing).unwrap().abs() < 1e-9);
        assert_eq!(point_biserial(&told[..9]), None, "too few");
        assert_eq!(point_biserial(&told[..10]), None, "all are wrong");
        let item = |right, discrimination| Item { people: 20, right, discrimination, wrong: Vec::new() };
        assert_eq!(item(12, Some(-0.2)).concern(), Concern::Reversed);
        assert_eq!(item(7, Some(0.4)).concern(), Concern::Hard);
        assert_eq!(item(20, None).concern(), Concern::Easy);
        assert_eq!(item(12, Some(0.05)).concern(), Concern::Dull);
        assert_eq!(item(12, Some(0.35)).concern(), Concern::Nothing);
    }

    proptest! {
        #[test]
        fn a_correlation_is_one(points in proptest::collection::vec((any::<bool>(), 0.0..1.0_f64), 0..60)) {
            if let Some(r) = point_biserial(&points) {
                prop_assert!((-1.0 - 1e-9..=1.0 + 1e-9).contains(&r), "{r}");
                let turned: Vec<(bool, f64)> = points.iter().map(|(is_right, rest)| (!is_right, *rest)).collect();
                prop_assert!((point_biserial(&turned).unwrap() + r).abs() < 1e-9);
            }
        }
    }
}

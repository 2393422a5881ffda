//! What statistics of questions are made from. The tables belong to learning.

use db::{DbResult, Tx, sql};
use kernel::Timestamp;

use crate::content::Course;
use crate::content::question::Given;
use crate::study::StudyId;

/// As many answers to questions of units are looked at.
const ANSWERS: i64 = 40_000;
/// As many tests are looked at.
const TESTS: i64 = 2_000;

db::row! {
    /// The first answer that somebody gave to a question of a unit.
    pub struct First {
        pub study: StudyId,
        pub question: String,
        pub given: Given,
        pub answered_at: Timestamp,
    }
}

db::row! {
    /// An answer of the first test that somebody handed in.
    pub struct Tested {
        pub study: StudyId,
        pub drawn: String,
        pub place: i64,
        pub given: Given,
        pub handed_in_at: Timestamp,
    }
}

/// The first answers to questions of units, the latest of them.
pub async fn firsts(tx: &mut Tx<'_>, course: &Course) -> DbResult<Vec<First>> {
    let list = sql!(
        "SELECT a.study, a.question, a.given, a.answered_at FROM study_answers a
         WHERE a.course = $1 AND a.version = $2 AND NOT EXISTS (
             SELECT 1 FROM study_answers e WHERE e.study = a.study AND e.question = a.question AND (e.answered_at, e.id) < (a.answered_at, a.id))
         ORDER BY a.answered_at DESC LIMIT $3"
    );
    tx.all(list, &[course.slug.clone().into(), course.version.clone().into(), ANSWERS.into()]).await
}

/// The answers of everybody's first test, the latest of them.
pub async fn tested(tx: &mut Tx<'_>, course: &Course) -> DbResult<Vec<Tested>> {
    let list = sql!(
        "SELECT l.study, l.drawn, g.place, g.given, l.handed_in_at FROM (
             SELECT t.id, t.study, t.drawn, r.handed_in_at
             FROM study_results r JOIN study_tests t ON t.id = r.test JOIN studies s ON s.id = t.study
             WHERE s.course = $1 AND s.period = $2 AND t.version = $3 AND NOT EXISTS (
                 SELECT 1 FROM study_results e WHERE e.study = r.study AND (e.handed_in_at, e.test) < (r.handed_in_at, r.test))
             ORDER BY r.handed_in_at DESC LIMIT $4
         ) AS l JOIN study_test_answers g ON g.test = l.id ORDER BY l.id, g.place"
    );
    tx.all(list, &[course.slug.clone().into(), course.period().into(), course.version.clone().into(), TESTS.into()]).await
}

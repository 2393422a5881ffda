//! The tables of learning.

use access::AccountId;
use db::{Arg, DbResult, Tx, sql};
use kernel::{Timestamp, Uuid};
use std::fmt;
use std::str::FromStr;

use super::exam::{Drawn, Outcome, Test, TestId, TestKind};
use super::way::{Study, StudyId};
use crate::content::Course;
use crate::content::question::Given;

/// The way of an account through a course in its present period.
pub async fn study(tx: &mut Tx<'_>, account: AccountId, course: &Course) -> DbResult<Option<Study>> {
    let find = sql!(
        "SELECT id, course, period, begun_at, seen_at, slide, seconds FROM studies WHERE account = $1 AND course = $2 AND period = $3"
    );
    tx.opt(find, &[account.into(), course.slug.clone().into(), course.period().into()]).await
}

/// A way by its id.
pub async fn study_of(tx: &mut Tx<'_>, study: StudyId) -> DbResult<Option<Study>> {
    let find = sql!("SELECT id, course, period, begun_at, seen_at, slide, seconds FROM studies WHERE id = $1");
    tx.opt(find, &[study.into()]).await
}

/// Whose way it is, and through which course.
pub async fn owner(tx: &mut Tx<'_>, study: StudyId) -> DbResult<Option<(AccountId, String)>> {
    tx.opt(sql!("SELECT account, course FROM studies WHERE id = $1"), &[study.into()]).await
}

/// On which way a test was taken.
pub async fn study_of_test(tx: &mut Tx<'_>, test: TestId) -> DbResult<Option<StudyId>> {
    tx.opt(sql!("SELECT study FROM study_tests WHERE id = $1"), &[test.into()]).await
}

/// Begins a way, unless it is begun.
pub async fn add_study(tx: &mut Tx<'_>, id: StudyId, account: AccountId, course: &Course, now: Timestamp) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO studies (id, account, course, period, begun_at, seen_at, slide) VALUES ($1, $2, $3, $4, $5, $5, '')
         ON CONFLICT (account, course, period) DO NOTHING"
    );
    let args = [id.into(), account.into(), course.slug.clone().into(), course.period().into(), now.into()];
    tx.run(add, &args).await.map(|_| ())
}

/// Where to go on, and how much learning time is added.
pub async fn go_on(tx: &mut Tx<'_>, study: StudyId, slide: &str, seconds: i64, now: Timestamp) -> DbResult<()> {
    let go = sql!("UPDATE studies SET slide = $2, seconds = seconds + $3, seen_at = $4 WHERE id = $1");
    tx.run(go, &[study.into(), slide.into(), seconds.into(), now.into()]).await.map(|_| ())
}

/// Puts down that a slide was read; the first time stays.
pub async fn add_slide(tx: &mut Tx<'_>, study: StudyId, slide: &str, now: Timestamp) -> DbResult<()> {
    let add = sql!("INSERT INTO study_slides (study, slide, first_at) VALUES ($1, $2, $3) ON CONFLICT (study, slide) DO NOTHING");
    tx.run(add, &[study.into(), slide.into(), now.into()]).await.map(|_| ())
}

/// The slides that were read.
pub async fn read_slides(tx: &mut Tx<'_>, study: StudyId) -> DbResult<Vec<String>> {
    tx.all(sql!("SELECT slide FROM study_slides WHERE study = $1"), &[study.into()]).await
}

/// Adds an answer to a question of a unit; false if it is there.
#[expect(clippy::too_many_arguments, reason = "a row has these columns")]
pub async fn add_answer(
    tx: &mut Tx<'_>,
    id: Uuid,
    study: StudyId,
    course: &Course,
    question: &str,
    given: &Given,
    is_right: bool,
    now: Timestamp,
) -> DbResult<bool> {
    let add = sql!(
        "INSERT INTO study_answers (id, study, course, question, version, given, is_right, answered_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING"
    );
    let args: [Arg; 8] = [
        id.into(),
        study.into(),
        course.slug.clone().into(),
        question.into(),
        course.version.clone().into(),
        given.stored().into(),
        is_right.into(),
        now.into(),
    ];
    Ok(tx.run(add, &args).await? == 1)
}

db::row! {
    /// An answer that was put down.
    #[derive(Clone, Debug)]
    pub struct Kept {
        pub question: String,
        pub given: Given,
        pub answered_at: Timestamp,
    }
}

/// An answer of an account in a course.
pub async fn answer_of(tx: &mut Tx<'_>, id: Uuid, account: AccountId, course: &Course) -> DbResult<Option<Kept>> {
    let find = sql!(
        "SELECT a.question, a.given, a.answered_at FROM study_answers a JOIN studies s ON s.id = a.study
         WHERE a.id = $1 AND s.account = $2 AND s.course = $3"
    );
    tx.opt(find, &[id.into(), account.into(), course.slug.clone().into()]).await
}

/// The questions of units that were answered.
pub async fn answered(tx: &mut Tx<'_>, study: StudyId) -> DbResult<Vec<String>> {
    tx.all(sql!("SELECT DISTINCT question FROM study_answers WHERE study = $1"), &[study.into()]).await
}

/// Adds a test.
pub async fn add_test(
    tx: &mut Tx<'_>,
    id: TestId,
    study: StudyId,
    kind: TestKind,
    course: &Course,
    drawn: &Drawn,
    now: Timestamp,
) -> DbResult<()> {
    let add = sql!("INSERT INTO study_tests (id, study, kind, version, drawn, begun_at) VALUES ($1, $2, $3, $4, $5, $6)");
    let args = [id.into(), study.into(), kind.id().into(), course.version.clone().into(), drawn.stored().into(), now.into()];
    tx.run(add, &args).await.map(|_| ())
}

/// The test of a kind that was begun last and not handed in.
pub async fn open_test(tx: &mut Tx<'_>, study: StudyId, kind: TestKind) -> DbResult<Option<Test>> {
    let find = sql!(
        "SELECT t.id, t.study, t.kind, t.version, t.drawn, t.begun_at FROM study_tests t
         WHERE t.study = $1 AND t.kind = $2 AND NOT EXISTS (SELECT 1 FROM study_results r WHERE r.test = t.id)
         ORDER BY t.begun_at DESC, t.id DESC LIMIT 1"
    );
    tx.opt(find, &[study.into(), kind.id().into()]).await
}

/// A test of an account in a course, and the way that it belongs to.
pub async fn test_of(tx: &mut Tx<'_>, test: TestId, account: AccountId, course: &Course) -> DbResult<Option<(Test, Study)>> {
    let Some(study) = study(tx, account, course).await? else { return Ok(None) };
    let find = sql!("SELECT id, study, kind, version, drawn, begun_at FROM study_tests WHERE id = $1 AND study = $2");
    let test = tx.opt(find, &[test.into(), study.id.into()]).await?;
    Ok(test.map(|test| (test, study)))
}

/// Keeps an answer of a test in place of an earlier one.
pub async fn put_test_answer(tx: &mut Tx<'_>, test: TestId, place: usize, given: &Given, now: Timestamp) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO study_test_answers (test, place, given, saved_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (test, place) DO UPDATE SET given = excluded.given, saved_at = excluded.saved_at"
    );
    let place = i64::try_from(place).unwrap_or(i64::MAX);
    tx.run(put, &[test.into(), place.into(), given.stored().into(), now.into()]).await.map(|_| ())
}

/// The answers of a test by their places, counted from 1.
pub async fn test_answers(tx: &mut Tx<'_>, test: TestId) -> DbResult<Vec<(i64, Given)>> {
    tx.all(sql!("SELECT place, given FROM study_test_answers WHERE test = $1 ORDER BY place"), &[test.into()]).await
}

/// Puts down what came of a test.
pub async fn add_outcome(tx: &mut Tx<'_>, study: StudyId, outcome: &Outcome) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO study_results (test, study, right_ones, asked, needed, handed_in_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (test) DO NOTHING"
    );
    let args =
        [outcome.test.into(), study.into(), outcome.right.into(), outcome.asked.into(), outcome.needed.into(), outcome.handed_in_at.into()];
    tx.run(add, &args).await.map(|_| ())
}

/// What came of a test, if it was handed in.
pub async fn outcome(tx: &mut Tx<'_>, test: TestId) -> DbResult<Option<Outcome>> {
    let find = sql!(
        "SELECT r.test, t.kind, r.right_ones, r.asked, r.needed, r.handed_in_at FROM study_results r
         JOIN study_tests t ON t.id = r.test WHERE r.test = $1"
    );
    tx.opt(find, &[test.into()]).await
}

/// What came of the tests of a way, the latest first, as far as a page shows them.
pub async fn outcomes(tx: &mut Tx<'_>, study: StudyId) -> DbResult<Vec<Outcome>> {
    let list = sql!(
        "SELECT r.test, t.kind, r.right_ones, r.asked, r.needed, r.handed_in_at FROM study_results r
         JOIN study_tests t ON t.id = r.test WHERE r.study = $1 ORDER BY r.handed_in_at DESC, r.test DESC LIMIT 200"
    );
    tx.all(list, &[study.into()]).await
}

/// How a course was completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// All units, and the test.
    Learned,
    /// By the test before.
    TestedOut,
}

/// What is no way of completing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no way of completing")]
pub struct NotAWay;

impl FromStr for How {
    type Err = NotAWay;
    fn from_str(id: &str) -> Result<Self, NotAWay> {
        [Self::Learned, Self::TestedOut].into_iter().find(|how| how.to_string() == id).ok_or(NotAWay)
    }
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Learned => "learned",
            Self::TestedOut => "tested_out",
        })
    }
}

impl db::FromColumn for How {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

db::row! {
    /// The first completion of a course.
    #[derive(Clone, Debug)]
    pub struct Completion {
        pub how: How,
        pub version: String,
        pub seconds: i64,
        pub right: i64,
        pub asked: i64,
        pub completed_at: Timestamp,
    }
}

/// Adds a completion; false if there is one, which stays.
pub async fn add_completion(tx: &mut Tx<'_>, study: StudyId, completion: &Completion) -> DbResult<bool> {
    let add = sql!(
        "INSERT INTO study_completions (study, how, version, seconds, right_ones, asked, completed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (study) DO NOTHING"
    );
    let args = [
        study.into(),
        completion.how.to_string().into(),
        completion.version.clone().into(),
        completion.seconds.into(),
        completion.right.into(),
        completion.asked.into(),
        completion.completed_at.into(),
    ];
    Ok(tx.run(add, &args).await? == 1)
}

/// The completion of a way.
pub async fn completion(tx: &mut Tx<'_>, study: StudyId) -> DbResult<Option<Completion>> {
    let find = sql!("SELECT how, version, seconds, right_ones, asked, completed_at FROM study_completions WHERE study = $1");
    tx.opt(find, &[study.into()]).await
}

db::row! {
    /// A way in the list of one's own.
    #[derive(Clone, Debug)]
    pub struct Mine {
        pub id: StudyId,
        pub course: String,
        pub period: String,
        pub slides: i64,
        pub completed_at: Option<Timestamp>,
    }
}

/// The ways of an account, the last one that was gone first.
pub async fn mine(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Vec<Mine>> {
    let list = sql!(
        "SELECT s.id, s.course, s.period, (SELECT COUNT(*) FROM study_slides r WHERE r.study = s.id), c.completed_at FROM studies s
         LEFT JOIN study_completions c ON c.study = s.id WHERE s.account = $1 ORDER BY s.seen_at DESC, s.id DESC LIMIT 50"
    );
    tx.all(list, &[account.into()]).await
}

db::row! {
    /// How many learn a course.
    #[derive(Clone, Debug)]
    pub struct Counts {
        pub course: String,
        pub period: String,
        pub begun: i64,
        pub learned: i64,
        pub tested_out: i64,
    }
}

/// How many have begun and completed each course in each period.
pub async fn counts(tx: &mut Tx<'_>) -> DbResult<Vec<Counts>> {
    let count = sql!(
        "SELECT s.course, s.period, COUNT(*), COUNT(CASE WHEN c.how = 'learned' THEN 1 END), COUNT(CASE WHEN c.how = 'tested_out' THEN 1 END)
         FROM studies s LEFT JOIN study_completions c ON c.study = s.id GROUP BY s.course, s.period ORDER BY s.course, s.period LIMIT 200"
    );
    tx.all(count, &[]).await
}

db::row! {
    /// How a question of units was answered.
    #[derive(Clone, Debug)]
    pub struct Asked {
        pub question: String,
        pub answers: i64,
        pub right: i64,
    }
}

/// How the questions of a course's units were answered.
pub async fn asked(tx: &mut Tx<'_>, course: &str) -> DbResult<Vec<Asked>> {
    let count = sql!(
        "SELECT question, COUNT(*), COUNT(CASE WHEN is_right THEN 1 END) FROM study_answers WHERE course = $1
         GROUP BY question ORDER BY question LIMIT 500"
    );
    tx.all(count, &[course.into()]).await
}

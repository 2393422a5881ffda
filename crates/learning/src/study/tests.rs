use access::AccountId;
use both_engines::both_engines;
use db::testing::TestDatabase;
use db::{DbResult, Engine, Lane, Tx};
use kernel::{Clock, Day, Lang, Span, Timestamp, Uuid};

use super::exam::{TestId, TestKind};
use super::progress::{Next, Progress, Reason};
use super::store::{self, How};
use super::time::LONGEST_STEP;
use super::{NotLearned, Turn, answer, begin, hand_in, keep, progress, turn};
use crate::content::question::{Given, Question};
use crate::content::{self, Course};

/// Somebody who learns, on a database of the test's own, on 22 November 2026.
struct Ward {
    db: TestDatabase,
    clock: Clock,
    nurse: AccountId,
}

impl Ward {
    async fn on(engine: Engine) -> Self {
        let clock = Clock::standing_at(Timestamp::in_japan(Day::constant(2026, 11, 22), 9, 0));
        let db = TestDatabase::with_clock(engine, clock.clone()).await;
        let nurse = account(&db, "hanako@example.jp").await;
        Self { db, clock, nurse }
    }

    async fn write<T, F>(&self, work: F) -> T
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
        F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<T> + Send + 'static,
    {
        self.clock.advance(Span::seconds(1));
        self.db.write(Lane::Public, None, work).await.unwrap()
    }

    async fn progress(&self) -> Progress {
        let nurse = self.nurse;
        self.db.read(async move |tx| progress(tx, nurse, course()).await).await.unwrap()
    }

    async fn turns(&self, slide: &str) -> Result<(), NotLearned> {
        let (nurse, read) = (self.nurse, Turn { slide: slide.to_owned(), shown: None, focus: None });
        self.write(async move |tx: &mut Tx<'_>, now| turn(tx, nurse, course(), &read, now).await).await
    }

    async fn answers(&self, question: &Question, given: Given, id: u128) -> Result<bool, NotLearned> {
        let (nurse, question) = (self.nurse, question.id.clone());
        let id = Uuid::from_u128(id);
        self.write(async move |tx: &mut Tx<'_>, now| answer(tx, nurse, course(), &question, &given, (id, None), now).await).await
    }

    async fn begins(&self, kind: TestKind) -> TestId {
        let nurse = self.nurse;
        self.write(async move |tx: &mut Tx<'_>, now| begin(tx, nurse, course(), kind, now).await).await.unwrap()
    }

    async fn drawn(&self, test: TestId) -> Vec<String> {
        let nurse = self.nurse;
        self.db.read(async move |tx| store::test_of(tx, test, nurse, course()).await).await.unwrap().unwrap().0.drawn.0
    }

    async fn keeps(&self, test: TestId, place: usize, given: Given) -> Result<(), NotLearned> {
        let nurse = self.nurse;
        self.write(async move |tx: &mut Tx<'_>, now| keep(tx, nurse, course(), (test, place), &given, None, now).await).await
    }

    async fn hands_in(&self, test: TestId) -> Result<super::exam::Outcome, NotLearned> {
        let nurse = self.nurse;
        self.write(async move |tx: &mut Tx<'_>, now| hand_in(tx, nurse, course(), test, now).await).await
    }

    /// Takes a test with so many wrong answers.
    async fn takes(&self, kind: TestKind, wrong: usize) -> super::exam::Outcome {
        let test = self.begins(kind).await;
        for (n, id) in self.drawn(test).await.iter().enumerate() {
            let given = if n < wrong { Given(vec!["?".to_owned()]) } else { course().question(id).unwrap().right_answer() };
            self.keeps(test, n + 1, given).await.unwrap();
        }
        self.hands_in(test).await.unwrap()
    }

    async fn does_every_unit(&self) {
        for (n, unit) in course().units.iter().enumerate() {
            for slide in &unit.slides {
                self.turns(&slide.id).await.unwrap();
            }
            for (m, question) in course().asked_in(&unit.slug).enumerate() {
                self.answers(question, question.right_answer(), (n * 100 + m + 1) as u128).await.unwrap();
            }
        }
    }
}

async fn account(db: &TestDatabase, email: &'static str) -> AccountId {
    let ensure =
        async move |tx: &mut Tx<'_>, now| Ok(people::accounts::ensure(tx, &email.parse().unwrap(), Lang::Ja, now).await?.id.uuid());
    AccountId::from_uuid(db.write(Lane::Public, None, ensure).await.unwrap())
}

fn course() -> &'static Course {
    content::course("beginner").unwrap()
}

#[both_engines]
async fn a_course_is_completed_by_every_unit_and_the_test_and_the_first_time_stays(ward: Ward) {
    assert_eq!(ward.progress().await.reasons().len(), course().units.len() + 1);
    ward.does_every_unit().await;
    let before = ward.progress().await;
    assert_eq!(before.reasons(), [Reason::Test { best: None }]);
    assert_eq!((before.next(), before.minutes_left()), (Next::Test, 0));

    let failed = ward.takes(TestKind::Test, 4).await;
    assert!(!failed.is_passed());
    assert_eq!(ward.progress().await.reasons(), [Reason::Test { best: Some((11, 15, 12)) }]);
    let passed = ward.takes(TestKind::Test, 3).await;
    assert!(passed.is_passed());
    let done = ward.progress().await;
    let first = done.completion.clone().unwrap();
    assert_eq!((first.how, first.right, first.asked, first.version.as_str()), (How::Learned, 12, 15, "2026.1"));
    assert!(done.reasons().is_empty());
    assert_eq!(done.next(), Next::Nothing);

    ward.clock.advance(Span::days(3));
    ward.does_every_unit().await;
    ward.takes(TestKind::Test, 0).await;
    let later = ward.progress().await;
    assert_eq!(later.completion.unwrap().completed_at, first.completed_at, "the first completion stays");
    assert_eq!(later.outcomes.len(), 3, "tests are kept, all of them");
}

#[both_engines]
async fn what_comes_twice_is_there_once(ward: Ward) {
    let unit = &course().units[0];
    ward.turns(&unit.slides[0].id).await.unwrap();
    ward.clock.advance(Span::seconds(40));
    ward.turns(&unit.slides[1].id).await.unwrap();
    let once = ward.progress().await.study.unwrap().seconds;
    assert!((40..45).contains(&once), "{once}");
    ward.turns(&unit.slides[1].id).await.unwrap();
    let study = ward.progress().await.study.unwrap();
    assert!(study.seconds <= once + 1, "{}", study.seconds);
    assert_eq!(study.slide, unit.slides[2].id, "going on is where it was");
    ward.clock.advance(Span::hours(9));
    ward.turns(&unit.slides[2].id).await.unwrap();
    assert!(ward.progress().await.study.unwrap().seconds <= once + 1 + LONGEST_STEP, "nobody learns all night");

    let question = course().asked_in(&unit.slug).next().unwrap();
    for _ in 0..3 {
        assert_eq!(ward.answers(question, question.right_answer(), 7).await, Ok(true));
    }
    assert_eq!(ward.answers(question, Given::default(), 8).await, Ok(false));
    let counts = ward.db.read(async |tx| store::asked(tx, "beginner").await).await.unwrap();
    assert_eq!(counts.iter().map(|line| (line.answers, line.right)).collect::<Vec<_>>(), [(2, 1)]);

    let test = ward.begins(TestKind::Test).await;
    assert_eq!(ward.begins(TestKind::Test).await, test, "a test that is open is gone on with");
    let drawn = ward.drawn(test).await;
    assert_eq!(ward.hands_in(test).await, Err(NotLearned::Unanswered(drawn.len())));
    for (n, id) in drawn.iter().enumerate() {
        ward.keeps(test, n + 1, Given::default()).await.unwrap();
        ward.keeps(test, n + 1, course().question(id).unwrap().right_answer()).await.unwrap();
    }
    let outcome = ward.hands_in(test).await.unwrap();
    assert_eq!((outcome.right, ward.hands_in(test).await.unwrap()), (15, outcome), "the same result again");
    assert_eq!(ward.keeps(test, 1, Given::default()).await, Err(NotLearned::HandedIn));
    assert_ne!(ward.begins(TestKind::Test).await, test);
}

#[both_engines]
async fn who_knows_it_already_passes_before_the_course(ward: Ward) {
    let asked = course().test_out.asked();
    let failed = ward.takes(TestKind::TestOut, asked / 5).await;
    assert!(!failed.is_passed());
    assert!(ward.progress().await.completion.is_none());
    assert!(ward.takes(TestKind::TestOut, 1).await.is_passed());
    let done = ward.progress().await;
    assert_eq!(done.completion.as_ref().unwrap().how, How::TestedOut);
    assert!(done.reasons().is_empty());
    let counts = ward.db.read(async |tx| store::counts(tx).await).await.unwrap();
    assert_eq!(counts.iter().map(|line| (line.begun, line.learned, line.tested_out)).collect::<Vec<_>>(), [(1, 0, 1)]);
}

#[both_engines]
async fn outside_its_time_nothing_is_put_down_and_nobody_sees_anothers_test(ward: Ward) {
    let test = ward.begins(TestKind::Test).await;
    let other = Ward { nurse: account(&ward.db, "taro@example.jp").await, clock: ward.clock.clone(), db: ward.db };
    assert_eq!(other.hands_in(test).await, Err(NotLearned::Unknown));
    assert_eq!(other.keeps(test, 1, Given::default()).await, Err(NotLearned::Unknown));
    assert_eq!(other.turns("nowhere").await, Err(NotLearned::Unknown));
    other.clock.set(Timestamp::in_japan(Day::constant(2027, 3, 31), 23, 59));
    assert_eq!(other.turns(&course().units[0].slides[0].id).await, Ok(()));
    other.clock.set(Timestamp::in_japan(Day::constant(2027, 4, 1), 0, 0));
    assert_eq!(other.turns(&course().units[0].slides[1].id).await, Err(NotLearned::Closed));
}

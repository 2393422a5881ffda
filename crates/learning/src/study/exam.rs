//! Tests: which questions are drawn, and what comes of them.

use kernel::{Timestamp, Uuid, id};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

use super::shuffle::order;
use super::way::StudyId;
use crate::content::{Course, Exam};

id!(
    /// One test of one learner.
    TestId
);

/// Which of a course's two tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TestKind {
    /// 確認テスト
    Test,
    /// 事前確認
    TestOut,
}

/// What is no kind of test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no kind of test")]
pub struct NotAKind;

impl TestKind {
    /// The identifier, as in the database and in forms.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::TestOut => "test_out",
        }
    }

    /// How this test of a course is put together.
    pub const fn of(self, course: &Course) -> &Exam {
        match self {
            Self::Test => &course.test,
            Self::TestOut => &course.test_out,
        }
    }
}

impl FromStr for TestKind {
    type Err = NotAKind;
    fn from_str(id: &str) -> Result<Self, NotAKind> {
        [Self::Test, Self::TestOut].into_iter().find(|kind| kind.id() == id).ok_or(NotAKind)
    }
}

impl fmt::Display for TestKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl db::FromColumn for TestKind {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

db::row! {
    /// A test that was begun.
    #[derive(Clone, Debug)]
    pub struct Test {
        pub id: TestId,
        pub study: StudyId,
        pub kind: TestKind,
        pub version: String,
        pub drawn: Drawn,
        pub begun_at: Timestamp,
    }
}

db::row! {
    /// What came of a test.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Outcome {
        pub test: TestId,
        pub kind: TestKind,
        pub right: i64,
        pub asked: i64,
        pub needed: i64,
        pub handed_in_at: Timestamp,
    }
}

impl Outcome {
    /// Whether it was passed.
    pub const fn is_passed(&self) -> bool {
        self.right >= self.needed
    }
}

/// The questions of one test, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn(pub Vec<String>);

impl Drawn {
    /// Draws for a test: from each pool as many as it asks for, all in another order each time.
    pub fn of(course: &Course, exam: &Exam, seed: Uuid) -> Self {
        let mut drawn: Vec<&str> = Vec::new();
        for draw in &exam.draw {
            let pool: Vec<&str> = course.pool(&draw.pool).map(|question| question.id.as_str()).collect();
            drawn.extend(order(seed, &draw.pool, pool.len()).into_iter().take(draw.count).map(|n| pool[n]));
        }
        Self(order(seed, "all", drawn.len()).into_iter().map(|n| drawn[n].to_owned()).collect())
    }

    /// The places, counted from 1, of the questions that the course still has: a version that came while a test was open may have
    /// taken some away, which then count for nothing.
    pub fn places<'d>(&'d self, course: &'d Course) -> impl Iterator<Item = usize> + 'd {
        (1..).zip(&self.0).filter(|(_, id)| course.question(id).is_some()).map(|(place, _)| place)
    }

    /// As it is stored.
    pub fn stored(&self) -> String {
        self.0.join(" ")
    }
}

impl db::FromColumn for Drawn {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        Ok(Self(value.text()?.split(' ').map(str::to_owned).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::courses;
    use std::collections::BTreeSet;

    #[test]
    fn a_draw_takes_from_every_pool_what_the_course_says() {
        for course in courses() {
            for (kind, n) in [(TestKind::Test, 1), (TestKind::TestOut, 2)] {
                let exam = kind.of(course);
                let drawn = Drawn::of(course, exam, Uuid::from_u128(n));
                assert_eq!(drawn.0.iter().collect::<BTreeSet<_>>().len(), exam.asked(), "{} asks nothing twice", course.slug);
                for draw in &exam.draw {
                    let of_the_pool = drawn.0.iter().filter(|id| course.question(id).unwrap().pool == draw.pool).count();
                    assert_eq!(of_the_pool, draw.count, "{}", draw.pool);
                }
                assert_ne!(drawn, Drawn::of(course, exam, Uuid::from_u128(99)));
            }
        }
    }
}

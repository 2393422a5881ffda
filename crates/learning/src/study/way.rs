use access::AccountId;
use db::{DbResult, Tx};
use kernel::{Timestamp, id};
use serde::{Deserialize, Serialize};

use super::store;
use crate::content::Course;

id!(
    /// One account's way through one course in one period.
    StudyId
);

db::row! {
    /// One account's way through one course.
    #[derive(Clone, Debug)]
    pub struct Study {
        pub id: StudyId,
        pub course: String,
        pub period: String,
        pub begun_at: Timestamp,
        pub seen_at: Timestamp,
        pub slide: String,
        pub seconds: i64,
    }
}

/// Why nothing was put down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotLearned {
    /// The course is not open today.
    Closed,
    /// There is no such slide, question or test.
    Unknown,
    /// The test was handed in already.
    HandedIn,
    /// Not every question of the test is answered; so many are left.
    Unanswered(usize),
}

/// The way through a course, begun now if it was not yet.
pub(super) async fn way(tx: &mut Tx<'_>, account: AccountId, course: &Course, now: Timestamp) -> DbResult<Result<Study, NotLearned>> {
    if !course.is_open(now.day()) {
        return Ok(Err(NotLearned::Closed));
    }
    if let Some(study) = store::study(tx, account, course).await? {
        return Ok(Ok(study));
    }
    store::add_study(tx, StudyId::new(now), account, course, now).await?;
    // Two devices may begin at once: whoever comes second goes on with the first.
    Ok(store::study(tx, account, course).await?.ok_or(NotLearned::Unknown))
}

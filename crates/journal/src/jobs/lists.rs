use db::{DbResult, Tx};
use kernel::{Timestamp, Uuid};

use super::{JobId, store};
use crate::Leaf;

db::row! {
    /// A job as the people who look after the portal see it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct JobRow {
        /// The job.
        pub id: JobId,
        /// Its kind.
        pub kind: String,
        /// What it is about.
        pub object: Option<Uuid>,
        /// When it was queued.
        pub created_at: Timestamp,
        /// When it is tried, or was last to be tried.
        pub run_at: Timestamp,
        /// How often it was tried.
        pub attempts: u32,
        /// When it was done.
        pub done_at: Option<Timestamp>,
        /// When it was given up.
        pub dead_at: Option<Timestamp>,
        /// When a person decided that it need not be done.
        pub retired_at: Option<Timestamp>,
        /// The class of what went wrong last.
        pub last_error: Option<String>,
    }
}

/// Which jobs a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Not done yet, but to be.
    Waiting,
    /// Given up; a person decides.
    Dead,
    /// Done, or retired.
    Gone,
}

/// How many jobs there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobCounts {
    /// Jobs that are to be done, now or later.
    pub waiting: i64,
    /// Since when the longest waiting of them is due; in the future if none is.
    pub due_since: Option<Timestamp>,
    /// Jobs that were given up.
    pub dead: i64,
}

/// A page of the jobs, newest first; `before` is where the page before ended.
pub async fn list(tx: &mut Tx<'_>, shelf: Shelf, before: Option<JobId>) -> DbResult<Leaf<JobRow, JobId>> {
    let before = before.unwrap_or(JobId::from_uuid(Uuid::max()));
    let rows = match shelf {
        Shelf::Waiting => store::waiting(tx, before).await?,
        Shelf::Dead => store::given_up(tx, before).await?,
        Shelf::Gone => store::gone(tx, before).await?,
    };
    Ok(Leaf::of(rows, |row| row.id))
}

/// How many jobs there are.
pub async fn counts(tx: &mut Tx<'_>) -> DbResult<JobCounts> {
    let (waiting, due_since, dead) = store::counts(tx).await?;
    Ok(JobCounts { waiting, due_since, dead })
}

/// Of which kinds those of these jobs are that there still are.
pub async fn kinds_of(tx: &mut Tx<'_>, ids: &[Uuid]) -> DbResult<Vec<(Uuid, String)>> {
    store::kinds_of(tx, ids).await
}

use db::{DbResult, Engine, Tx};
use kernel::{Timestamp, Uuid, id};
use serde::{Deserialize, Serialize};

use super::store;

id!(
    /// One job.
    JobId
);

/// Work that is to be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    pub(super) kind: &'static str,
    pub(super) object: Option<Uuid>,
    pub(super) payload: serde_json::Value,
    pub(super) once: Option<String>,
    pub(super) at: Option<Timestamp>,
}

impl Job {
    /// A job of this kind on this thing.
    pub fn of(kind: &'static str, object: impl Into<Uuid>) -> Self {
        Self { object: Some(object.into()), ..Self::general(kind) }
    }

    /// A job that is about no thing in particular: the nightly erasing.
    pub const fn general(kind: &'static str) -> Self {
        Self { kind, object: None, payload: serde_json::Value::Null, once: None, at: None }
    }

    /// Not before this moment.
    #[must_use]
    pub const fn at(mut self, moment: Timestamp) -> Self {
        self.at = Some(moment);
        self
    }

    /// Queued once under this key, however often and by however many processes it is asked for: `erase/2026-11-22`.
    #[must_use]
    pub fn once(mut self, key: impl Into<String>) -> Self {
        self.once = Some(key.into());
        self
    }

    /// What the thing itself will not tell.
    #[must_use]
    pub fn with(mut self, payload: serde_json::Value) -> Self {
        self.payload = payload;
        self
    }
}

/// Queues a job. Nothing is queued, and nothing given back, if a job has had its key.
pub async fn job(tx: &mut Tx<'_>, job: Job, now: Timestamp) -> DbResult<Option<JobId>> {
    let id = JobId::new(now);
    Ok(store::add(tx, id, &job, now).await?.then_some(id))
}

/// Queues many jobs, but for those whose key a job has had: on PostgreSQL with one statement, since there the price is the way to the
/// server.
pub async fn job_all(tx: &mut Tx<'_>, jobs: Vec<Job>, now: Timestamp) -> DbResult<()> {
    let jobs: Vec<_> = jobs.into_iter().map(|job| (JobId::new(now), job)).collect();
    match tx.engine() {
        Engine::Postgres if !jobs.is_empty() => store::add_all(tx, &jobs, now).await?,
        _ => {
            for (id, job) in &jobs {
                store::add(tx, *id, job, now).await?;
            }
        }
    }
    Ok(())
}

db::row! {
    /// A job that is being done: what its handler is given.
    #[derive(Clone, Debug, Serialize, Deserialize)]
    pub struct JobItem {
        /// The job itself.
        pub id: JobId,
        /// Its kind.
        pub kind: String,
        /// What it is about.
        pub object: Option<Uuid>,
        /// What the thing itself will not tell.
        pub payload: serde_json::Value,
        /// When it was queued.
        pub created_at: Timestamp,
        /// When it was to be done.
        pub run_at: Timestamp,
        /// How often it was tried before.
        pub attempts: u32,
        pub(super) first_tried_at: Option<Timestamp>,
    }
}

impl JobItem {
    /// The thing it is about, for a job made with [`Job::of`].
    pub fn object_id<I: From<Uuid>>(&self) -> Result<I, super::JobError> {
        self.object.map(I::from).ok_or(super::JobError::Never("no-object"))
    }
}

/// Does a job now that was given up or waits for its time. False if it is no longer there to be done.
pub async fn retry(tx: &mut Tx<'_>, id: JobId, now: Timestamp) -> DbResult<bool> {
    store::retry(tx, id, now).await
}

/// Gives up a job for good: a person decided that it need not be done. False if it is done or retired already.
pub async fn retire(tx: &mut Tx<'_>, id: JobId, now: Timestamp) -> DbResult<bool> {
    store::retire(tx, id, now).await
}

/// Forgets jobs that were done or retired before `before`, with their keys, at most [`db::PIECE`], and says how many.
pub async fn forget(tx: &mut Tx<'_>, before: Timestamp) -> DbResult<u64> {
    store::forget(tx, before).await
}

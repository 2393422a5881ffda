use db::{Db, DbError, Lane, WriteError};
use futures_util::future::BoxFuture;
use std::collections::BTreeMap;

use super::JobItem;
use crate::worker::known;

pub(super) type Handler = Box<dyn Fn(Db, JobItem) -> BoxFuture<'static, Result<(), JobError>> + Send + Sync>;

/// Which jobs are done beside one another, so that none of one pace waits for one of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// What an incident waits for: an alarm, a telephone call.
    Urgent,
    /// Seconds at most, several at a time.
    Quick,
    /// Minutes, one after the other.
    Slow,
}

impl Pace {
    pub(super) const ALL: [Self; 3] = [Self::Urgent, Self::Quick, Self::Slow];

    /// Where a worker's own writes about such jobs stand.
    pub(super) const fn lane(self) -> Lane {
        match self {
            Self::Urgent => Lane::Incident,
            Self::Quick | Self::Slow => Lane::Staff,
        }
    }
}

/// Who does which kind of job.
#[derive(Default)]
pub struct Handlers {
    by_kind: BTreeMap<&'static str, (Pace, Handler)>,
}

/// Why a job is not done.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// It may work later. The word is the class that the list of jobs shows, not a sentence, and holds no personal data.
    #[error("later: {0}")]
    Later(&'static str),
    /// It will never work; a person has to look. The word is the class that the list of jobs shows.
    #[error("never: {0}")]
    Never(&'static str),
    /// The database could not read.
    #[error("a read: {0}")]
    Storage(#[from] DbError),
    /// The database could not write, or it is not known whether it did.
    #[error("a write: {0}")]
    Write(#[from] WriteError),
}

impl Handlers {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets `handler` do the jobs of this kind.
    #[must_use]
    pub fn on<F, Fut>(self, kind: &'static str, handler: F) -> Self
    where
        F: Fn(Db, JobItem) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        self.at(Pace::Quick, kind, handler)
    }

    /// Lets `handler` do the jobs of this kind, for which an incident waits: they have workers of their own, and are claimed and noted
    /// in the lane for incidents.
    #[must_use]
    pub fn urgently_on<F, Fut>(self, kind: &'static str, handler: F) -> Self
    where
        F: Fn(Db, JobItem) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        self.at(Pace::Urgent, kind, handler)
    }

    /// Lets `handler` do the jobs of this kind, each of which may take minutes: they are done one after the other and keep no
    /// others waiting. A worker that is to stop drops the one it is at; it is begun anew, by whoever comes next.
    #[must_use]
    pub fn slowly_on<F, Fut>(self, kind: &'static str, handler: F) -> Self
    where
        F: Fn(Db, JobItem) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        self.at(Pace::Slow, kind, handler)
    }

    fn at<F, Fut>(mut self, pace: Pace, kind: &'static str, handler: F) -> Self
    where
        F: Fn(Db, JobItem) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let handler: Handler = Box::new(move |db, item| Box::pin(handler(db, item)));
        let before = self.by_kind.insert(kind, (pace, handler));
        assert!(before.is_none(), "two handlers for jobs of the kind {kind}");
        self
    }

    /// These and those of another capability.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        for (kind, handler) in others.by_kind {
            let before = self.by_kind.insert(kind, handler);
            assert!(before.is_none(), "two handlers for jobs of the kind {kind}");
        }
        self
    }

    /// The kinds that are done, in order.
    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.by_kind.keys().copied()
    }

    /// The kinds that are done at this pace, as a statement takes them.
    pub(super) fn kinds_at(&self, pace: Pace) -> serde_json::Value {
        known(self.by_kind.iter().filter(|(_, (of, _))| *of == pace).map(|(kind, _)| *kind))
    }

    /// Whether anything is done at this pace.
    pub(super) fn has(&self, pace: Pace) -> bool {
        self.by_kind.values().any(|(of, _)| *of == pace)
    }

    /// Who does the jobs of this kind.
    pub(super) fn of(&self, kind: &str) -> Option<&Handler> {
        self.by_kind.get(kind).map(|(_, handler)| handler)
    }
}

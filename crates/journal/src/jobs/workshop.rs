use db::{Db, DbError, Lane, WriteError};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, join, join_all};
use kernel::{Clock, Timestamp, Uuid};
use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use super::store::{self, Held, Kinds, Pace, SLOW_KINDS};
use super::{JobItem, counts};
use crate::Bell;
use crate::retry::next_try;
use crate::worker::{Bag, LEASE, mark};

type Handler = Box<dyn Fn(Db, JobItem) -> BoxFuture<'static, Result<(), JobError>> + Send + Sync>;

/// Who does which kind of job.
#[derive(Default)]
pub struct Handlers {
    by_kind: BTreeMap<&'static str, Handler>,
    slow: Vec<&'static str>,
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
    pub fn on<F, Fut>(mut self, kind: &'static str, handler: F) -> Self
    where
        F: Fn(Db, JobItem) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let before = self.by_kind.insert(kind, Box::new(move |db, item| Box::pin(handler(db, item))));
        assert!(before.is_none(), "two handlers for jobs of the kind {kind}");
        self
    }

    /// Lets `handler` do the jobs of this kind, each of which may take minutes: they are done one after the other and keep no
    /// others waiting. A worker that is to stop drops the one it is at; it is begun anew, by whoever comes next.
    #[must_use]
    pub fn slowly_on<F, Fut>(self, kind: &'static str, handler: F) -> Self
    where
        F: Fn(Db, JobItem) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let mut handlers = self.on(kind, handler);
        handlers.slow.push(kind);
        assert!(handlers.slow.len() <= SLOW_KINDS, "at most {SLOW_KINDS} kinds of slow jobs");
        handlers
    }

    /// These and those of another capability.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.slow.extend(&others.slow);
        assert!(self.slow.len() <= SLOW_KINDS, "at most {SLOW_KINDS} kinds of slow jobs");
        for (kind, handler) in others.by_kind {
            let before = self.by_kind.insert(kind, handler);
            assert!(before.is_none(), "two handlers for jobs of the kind {kind}");
        }
        self
    }
}

/// The worker that does the jobs. Any number of processes may have one.
pub struct Workshop {
    db: Db,
    handlers: Handlers,
    bell: Bell,
    lanes: usize,
}

/// What became of the jobs that were due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Worked {
    /// Done.
    pub done: u64,
    /// To be tried again.
    pub deferred: u64,
    /// Given up.
    pub dead: u64,
}

/// Jobs taken at once.
const BATCH: i64 = 16;

/// How often the gauges are read at most.
const MEASURE: Duration = Duration::from_secs(1);

/// How long one job may take.
const LIMIT: Duration = Duration::from_mins(10);

impl Workshop {
    /// A worker with these handlers.
    pub fn new(db: Db, handlers: Handlers) -> Self {
        Self { db, handlers, bell: Bell::default(), lanes: 4 }
    }

    /// How many jobs are done at a time; 4 unless said otherwise.
    #[must_use]
    pub const fn lanes(mut self, lanes: usize) -> Self {
        self.lanes = lanes;
        self
    }

    /// What to ring after a commit that may have queued something.
    pub fn bell(&self) -> Bell {
        self.bell.clone()
    }

    /// Does everything that is due at `now`.
    pub async fn run_due(&self, now: Timestamp) -> Result<Worked, WriteError> {
        let mut worked = Worked::default();
        loop {
            let quick = self.batch(Pace::Quick, now.uuid(), now).await?;
            let slow = self.batch(Pace::Slow, now.uuid(), now).await?;
            if quick.is_none() && slow.is_none() {
                return Ok(worked);
            }
            worked = quick.into_iter().chain(slow).fold(worked, Worked::and);
        }
    }

    /// Does what is due whenever it is, until `until` comes; what was begun is finished first, unless it is slow.
    pub async fn run(&self, clock: Clock, until: impl Future<Output = ()>) {
        let until = until.shared();
        join(self.run_quick(&clock, until.clone()), self.run_slow(&clock, until)).await;
    }

    /// What takes minutes, apart from what does not.
    async fn run_slow(&self, clock: &Clock, mut until: impl Future<Output = ()> + Unpin) {
        if self.handlers.slow.is_empty() {
            return;
        }
        let bell = Bell::default();
        loop {
            let now = clock.now();
            let owner = now.uuid();
            let worked = tokio::select! {
                biased;
                () = &mut until => {
                    mark(&self.db, owner, async move |tx, _| store::left(tx, owner).await).await;
                    return;
                }
                worked = self.batch(Pace::Slow, owner, now) => worked,
            };
            match worked {
                Ok(Some(_)) => continue,
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "slow jobs could not be looked for"),
            }
            if !bell.goes_on(&mut until).await {
                return;
            }
        }
    }

    async fn run_quick(&self, clock: &Clock, mut until: impl Future<Output = ()> + Unpin) {
        let mut measured = None;
        loop {
            let now = clock.now();
            match self.batch(Pace::Quick, now.uuid(), now).await {
                // An end that has come is not asked for again.
                Ok(Some(_)) if Bell::has_ended(&mut until).await => return,
                Ok(Some(_)) => continue,
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "jobs could not be looked for"),
            }
            // Rung at every change, it looks often; the gauges need not.
            if measured.is_none_or(|at: Instant| at.elapsed() >= MEASURE) {
                self.measure().await;
                measured = Some(Instant::now());
            }
            if !self.bell.goes_on(&mut until).await {
                return;
            }
        }
    }

    /// Does some of what is due at this pace, as this owner; nothing if nothing is.
    async fn batch(&self, pace: Pace, owner: Uuid, now: Timestamp) -> Result<Option<Worked>, WriteError> {
        let (lanes, limit) = match pace {
            Pace::Quick => (self.lanes, BATCH),
            Pace::Slow => (1, 1),
        };
        let mut slow = [""; SLOW_KINDS];
        slow[..self.handlers.slow.len()].copy_from_slice(&self.handlers.slow);
        let kinds = Kinds { slow, pace };
        if !self.db.read(async move |tx| store::is_due(tx, kinds, now).await).await? {
            return Ok(None);
        }
        let claim = async move |tx: &mut db::Tx<'_>, _| store::claim(tx, owner, kinds, now.plus(LEASE), limit, now).await;
        if self.db.write(Lane::Staff, None, claim).await? == 0 {
            return Ok(None);
        }
        let items = self.db.read(async move |tx| store::held_by(tx, owner).await).await?;
        let bag = Bag::of(items);
        let worked = join_all((0..lanes).map(|_| self.lane(&bag, owner, now))).await;
        for item in bag.rest() {
            let held = Held { id: item.id, owner };
            mark(&self.db, item.id.into(), async move |tx, _| store::released(tx, held).await).await;
        }
        Ok(Some(worked.into_iter().fold(Worked::default(), Worked::and)))
    }

    async fn lane(&self, bag: &Bag<JobItem>, owner: Uuid, now: Timestamp) -> Worked {
        let mut worked = Worked::default();
        while let Some(item) = bag.next() {
            worked = worked.and(self.one(item, owner, now).await);
        }
        worked
    }

    async fn one(&self, item: JobItem, owner: Uuid, now: Timestamp) -> Worked {
        let held = Held { id: item.id, owner };
        let id = item.id.uuid();
        let first = item.first_tried_at.unwrap_or(now);
        let next = next_try(id, item.attempts + 1, first, now);
        let kind = item.kind.clone();
        match (self.attempt(item).await, next) {
            (Ok(()), _) => {
                metrics::counter!("jobs_done_total").increment(1);
                mark(&self.db, id, async move |tx, _| store::done(tx, held, now).await).await;
                Worked { done: 1, ..Worked::default() }
            }
            (Err(Trouble { class, passing: true }), Some(next)) => {
                tracing::warn!(%id, kind, class, "a job did not work; it is tried again");
                metrics::counter!("jobs_deferred_total").increment(1);
                mark(&self.db, id, async move |tx, _| store::deferred(tx, held, next, class, now).await).await;
                Worked { deferred: 1, ..Worked::default() }
            }
            (Err(Trouble { class, .. }), _) => {
                tracing::error!(%id, kind, class, "a job was given up; a person has to look");
                metrics::counter!("jobs_dead_total").increment(1);
                mark(&self.db, id, async move |tx, _| store::dead(tx, held, class, now).await).await;
                Worked { dead: 1, ..Worked::default() }
            }
        }
    }

    async fn attempt(&self, item: JobItem) -> Result<(), Trouble> {
        let id = item.id;
        let Some(handler) = self.handlers.by_kind.get(item.kind.as_str()) else {
            return Err(Trouble { class: "no-handler", passing: false });
        };
        // A panic, even one before the first await, costs this job one try and nobody else anything.
        let work = AssertUnwindSafe(async { handler(self.db.clone(), item).await }).catch_unwind();
        match tokio::time::timeout(LIMIT, work).await {
            Err(_) => Err(Trouble { class: "timeout", passing: true }),
            Ok(Err(_)) => Err(Trouble { class: "panic", passing: true }),
            Ok(Ok(Ok(()))) => Ok(()),
            Ok(Ok(Err(JobError::Later(class)))) => Err(Trouble { class, passing: true }),
            Ok(Ok(Err(JobError::Never(class)))) => Err(Trouble { class, passing: false }),
            Ok(Ok(Err(error))) => {
                tracing::error!(%id, %error, "a job met the database in trouble");
                Err(Trouble { class: "storage", passing: true })
            }
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a gauge need not be exact beyond 2^52 jobs")]
    async fn measure(&self) {
        match self.db.read(async |tx| counts(tx).await).await {
            Ok(counts) => {
                metrics::gauge!("jobs_waiting").set(counts.waiting as f64);
                metrics::gauge!("jobs_dead").set(counts.dead as f64);
            }
            Err(error) => tracing::error!(%error, "jobs could not be counted"),
        }
    }
}

/// Why a try did not work, in one word, and whether another may.
struct Trouble {
    class: &'static str,
    passing: bool,
}

impl Worked {
    fn and(self, other: Self) -> Self {
        Self { done: self.done + other.done, deferred: self.deferred + other.deferred, dead: self.dead + other.dead }
    }
}

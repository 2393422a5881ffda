use db::{Db, WriteError};
use futures_util::FutureExt;
use futures_util::future::{join_all, join4};
use kernel::{Clock, Timestamp, Uuid};
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use super::handlers::{Handlers, JobError, Pace};
use super::store::{self, Held};
use super::{JobItem, counts};
use crate::Bell;
use crate::retry::next_try;
use crate::worker::{lease, mark, overdue};

/// The worker that does the jobs. Any number of processes may have one.
///
/// It has lanes of three paces, and each lane takes one job, does it, and takes the next: a job waits for those that its own lanes are
/// at, and for nothing else. What an incident waits for has lanes of its own.
pub struct Workshop {
    db: Db,
    handlers: Handlers,
    urgent: Bell,
    quick: Bell,
    slow: Bell,
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

/// How long one job may take.
const LIMIT: Duration = Duration::from_mins(10);

impl Workshop {
    /// A worker with these handlers. It takes only jobs of kinds that have one: in an upgrade, what the newer program has queued is
    /// left to the newer program.
    pub fn new(db: Db, handlers: Handlers) -> Self {
        Self { db, handlers, urgent: Bell::default(), quick: Bell::default(), slow: Bell::default(), lanes: 4 }
    }

    /// How many urgent and how many quick jobs are done at a time; 4 unless said otherwise. Of the slow ones it is always one.
    #[must_use]
    pub const fn lanes(mut self, lanes: usize) -> Self {
        self.lanes = lanes;
        self
    }

    /// What to ring after a commit that may have queued something. Nobody waits for a slow job so much that it could not be looked for
    /// every second.
    pub fn bells(&self) -> [Bell; 2] {
        [self.urgent.clone(), self.quick.clone()]
    }

    /// Does everything that is due at `now`.
    pub async fn run_due(&self, now: Timestamp) -> Result<Worked, WriteError> {
        let mut worked = Worked::default();
        loop {
            let mut round = Worked::default();
            for pace in Pace::ALL {
                let lanes = match pace {
                    _ if !self.handlers.has(pace) => 0,
                    Pace::Slow => 1,
                    Pace::Urgent | Pace::Quick => self.lanes,
                };
                for of_lane in join_all((0..lanes).map(|_| self.all_due(pace, now))).await {
                    round = round.and(of_lane?);
                }
            }
            if round == Worked::default() {
                return Ok(worked);
            }
            worked = worked.and(round);
        }
    }

    async fn all_due(&self, pace: Pace, now: Timestamp) -> Result<Worked, WriteError> {
        let mut worked = Worked::default();
        while let Some(more) = self.next(pace, now.uuid(), now).await? {
            worked = worked.and(more);
        }
        Ok(worked)
    }

    /// Does what is due whenever it is, until `until` comes; what was begun is finished first, unless it is slow.
    pub async fn run(&self, clock: Clock, until: impl Future<Output = ()>) {
        let until = until.shared();
        let paces = [Pace::Urgent, Pace::Quick].into_iter().flat_map(|pace| std::iter::repeat_n(pace, self.lanes));
        let lanes = join_all(paces.map(|pace| self.lane(pace, &clock, until.clone())));
        join4(lanes, self.slow_lane(&clock, until.clone()), self.look_out(&clock, until.clone()), self.keep_measuring(until.clone())).await;
    }

    /// One job after the other.
    async fn lane(&self, pace: Pace, clock: &Clock, mut until: impl Future<Output = ()> + Unpin) {
        if !self.handlers.has(pace) {
            return;
        }
        let bell = self.bell(pace);
        loop {
            let now = clock.now();
            match self.next(pace, now.uuid(), now).await {
                // An end that has come is not asked for again.
                Ok(Some(_)) if Bell::has_ended(&mut until).await => return,
                Ok(Some(_)) => continue,
                Ok(None) => {}
                Err(error) => tracing::error!(%error, ?pace, "jobs could not be looked for"),
            }
            if !bell.is_rung(&mut until).await {
                return;
            }
        }
    }

    /// One job after the other, each of which is dropped when the end comes.
    async fn slow_lane(&self, clock: &Clock, mut until: impl Future<Output = ()> + Unpin) {
        if !self.handlers.has(Pace::Slow) {
            return;
        }
        let bell = self.bell(Pace::Slow);
        loop {
            let now = clock.now();
            let owner = now.uuid();
            let worked = tokio::select! {
                biased;
                () = &mut until => {
                    mark(&self.db, Pace::Slow.lane(), owner, async move |tx, _| store::left(tx, owner).await).await;
                    return;
                }
                worked = self.next(Pace::Slow, owner, now) => worked,
            };
            match worked {
                Ok(Some(_)) => continue,
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "slow jobs could not be looked for"),
            }
            if !bell.is_rung(&mut until).await {
                return;
            }
        }
    }

    /// Looks every second for all lanes, most of which have nothing to do for hours, and rings for one of those that have.
    async fn look_out(&self, clock: &Clock, mut until: impl Future<Output = ()> + Unpin) {
        let paces: Vec<(Pace, serde_json::Value)> =
            Pace::ALL.into_iter().filter(|pace| self.handlers.has(*pace)).map(|pace| (pace, self.handlers.kinds_at(pace))).collect();
        loop {
            let (now, wanted) = (clock.now(), paces.clone());
            let due = self.db.read(async move |tx| {
                let mut due = Vec::new();
                for (pace, kinds) in &wanted {
                    if store::is_due(tx, kinds, now).await? {
                        due.push(*pace);
                    }
                }
                Ok(due)
            });
            match due.await {
                Ok(due) => due.into_iter().for_each(|pace| self.bell(pace).ring()),
                Err(error) => tracing::error!(%error, "jobs could not be looked for"),
            }
            if !Bell::a_second_passes(&mut until).await {
                return;
            }
        }
    }

    const fn bell(&self, pace: Pace) -> &Bell {
        match pace {
            Pace::Urgent => &self.urgent,
            Pace::Quick => &self.quick,
            Pace::Slow => &self.slow,
        }
    }

    /// Takes one job of this pace that is due, as this owner, and does it; nothing if none is.
    async fn next(&self, pace: Pace, owner: Uuid, now: Timestamp) -> Result<Option<Worked>, WriteError> {
        let kinds = self.handlers.kinds_at(pace);
        let wanted = kinds.clone();
        if !self.db.read(async move |tx| store::is_due(tx, &wanted, now).await).await? {
            return Ok(None);
        }
        let until = now.plus(lease(LIMIT));
        let claim = async move |tx: &mut db::Tx<'_>, _| store::claim(tx, owner, &kinds, until, now).await;
        let Some(item) = self.db.write(pace.lane(), None, claim).await? else {
            // Another was faster, and there may be more.
            return Ok(Some(Worked::default()));
        };
        // A ring wakes one lane: it has the next one look whether there is more.
        self.bell(pace).ring();
        Ok(Some(self.one(item, pace, owner, now).await))
    }

    async fn one(&self, item: JobItem, pace: Pace, owner: Uuid, now: Timestamp) -> Worked {
        let (held, lane) = (Held { id: item.id, owner }, pace.lane());
        let id = item.id.uuid();
        let first = item.first_tried_at.unwrap_or(now);
        let next = next_try(id, item.attempts + 1, first, now);
        let kind = item.kind.clone();
        match (self.attempt(item).await, next) {
            (Ok(()), _) => {
                metrics::counter!("jobs_done_total").increment(1);
                mark(&self.db, lane, id, async move |tx, _| store::done(tx, held, now).await).await;
                Worked { done: 1, ..Worked::default() }
            }
            (Err(Trouble { class, passing: true }), Some(next)) => {
                tracing::warn!(%id, kind, class, "a job did not work; it is tried again");
                metrics::counter!("jobs_deferred_total").increment(1);
                mark(&self.db, lane, id, async move |tx, _| store::deferred(tx, held, next, class, now).await).await;
                Worked { deferred: 1, ..Worked::default() }
            }
            (Err(Trouble { class, .. }), _) => {
                tracing::error!(%id, kind, class, "a job was given up; a person has to look");
                metrics::counter!("jobs_dead_total").increment(1);
                mark(&self.db, lane, id, async move |tx, _| store::dead(tx, held, class, now).await).await;
                Worked { dead: 1, ..Worked::default() }
            }
        }
    }

    async fn attempt(&self, item: JobItem) -> Result<(), Trouble> {
        let id = item.id;
        // Only what has a handler is taken.
        let Some(handler) = self.handlers.of(&item.kind) else {
            return Err(Trouble { class: "no-handler", passing: true });
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

    async fn keep_measuring(&self, mut until: impl Future<Output = ()> + Unpin) {
        loop {
            self.measure().await;
            if !Bell::a_second_passes(&mut until).await {
                return;
            }
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a gauge need not be exact beyond 2^52 jobs")]
    async fn measure(&self) {
        match self.db.read(async |tx| counts(tx).await).await {
            Ok(counts) => {
                metrics::gauge!("jobs_waiting").set(counts.waiting as f64);
                metrics::gauge!("jobs_dead").set(counts.dead as f64);
                metrics::gauge!("jobs_overdue_seconds").set(overdue(counts.due_since, self.db.now()));
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

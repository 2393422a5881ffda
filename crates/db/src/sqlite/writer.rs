//! The writer: one thread, many jobs to a commit.
//!
//! A commit waits for the disk, which costs more than hundreds of statements. So the jobs that wait share one, each inside a
//! savepoint of its own, and all are answered after it.

use futures_util::FutureExt;
use kernel::Timestamp;
use rusqlite::hooks::Wal;
use rusqlite::{Connection, ErrorCode};
use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use tokio::sync::watch;

use super::{UNDO, connect, refused_by_sqlite};
use crate::effects::Effects;
use crate::lanes::{Lane, Shares};
use crate::present::Present;
use crate::write::{Job, panic_message};
use crate::{DbError, DbResult, Tx, WriteError};

/// The most jobs that share a commit.
const BATCH: usize = 100;
/// How long a batch takes in further jobs. Nobody waits for it when nobody else is there.
const BATCH_TIME: Duration = Duration::from_millis(5);
/// How many pages the log has when it is folded into the database.
const LOG_PAGES: i32 = 1000;

/// The one thread that writes, and what waits for it.
pub(crate) struct Writer {
    desk: Arc<Desk>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Opens the file, making it if need be, and begins to serve.
    pub(crate) fn open(path: &Path, durable: bool, room: usize, present: Arc<Present>) -> DbResult<Self> {
        Self::serve(connect(path, durable)?, room, present)
    }

    fn serve(mut connection: Connection, room: usize, present: Arc<Present>) -> DbResult<Self> {
        // In place of SQLite's own folding, which happens inside a commit and keeps to itself what the disk said.
        let log_pages = Arc::new(AtomicI32::new(0));
        let pages = Arc::clone(&log_pages);
        let note = move |_: &mut Wal, count| {
            pages.store(count, Ordering::Relaxed);
            Ok(())
        };
        connection.wal_hook(Some(note)).map_err(refused_by_sqlite("opening the writer"))?;
        let desk = Arc::new(Desk { room, state: Mutex::default(), wake: Condvar::new(), broken: watch::Sender::new(false) });
        let hand = Hand { connection, log_pages, desk: Arc::clone(&desk), present };
        let thread = thread::Builder::new()
            .name("db-writer".to_owned())
            .spawn(move || hand.work())
            .map_err(|error| DbError::Settings(error.to_string()))?;
        Ok(Self { desk, thread: Mutex::new(Some(thread)) })
    }

    /// Puts a job into its lane's queue, unless that is full.
    pub(crate) fn submit(&self, lane: Lane, job: Box<dyn Job>) -> DbResult<()> {
        self.desk.submit(lane, job)
    }

    /// Whether writes are still taken.
    pub(crate) fn is_open(&self) -> bool {
        !self.desk.lock().closed
    }

    /// Whether the disk has failed.
    pub(crate) fn is_broken(&self) -> bool {
        *self.desk.broken.borrow()
    }

    /// Waits until the disk fails.
    pub(crate) async fn breaks(&self) {
        // The desk has the sender, so it is not gone before the writer is.
        let _ = self.desk.broken.subscribe().wait_for(|broken| *broken).await;
    }

    /// Takes no more jobs; those accepted are still done.
    pub(crate) fn close(&self) {
        self.desk.lock().closed = true;
        self.desk.wake.notify_all();
    }

    /// Waits until the last accepted job is done, after [`Writer::close`].
    pub(crate) fn join(&self) {
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if thread.is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the writer ended by a panic");
        }
    }
}

/// Where the jobs wait.
struct Desk {
    room: usize,
    state: Mutex<Waiting>,
    wake: Condvar,
    /// Whether the disk has failed.
    broken: watch::Sender<bool>,
}

#[derive(Default)]
struct Waiting {
    lanes: [VecDeque<Box<dyn Job>>; 3],
    closed: bool,
}

impl Desk {
    fn submit(&self, lane: Lane, job: Box<dyn Job>) -> DbResult<()> {
        let mut waiting = self.lock();
        if waiting.closed {
            return Err(DbError::Closed);
        }
        let queue = &mut waiting.lanes[lane.index()];
        if queue.len() >= self.room {
            return Err(DbError::Full);
        }
        queue.push_back(job);
        self.wake.notify_one();
        Ok(())
    }

    /// The first job of a batch; waits for one. Nothing once the desk is closed and empty.
    fn first(&self, shares: &mut Shares) -> Option<Box<dyn Job>> {
        let mut waiting = self.lock();
        loop {
            if let Some(job) = waiting.take(shares) {
                return Some(job);
            }
            if waiting.closed {
                return None;
            }
            waiting = self.wake.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn next(&self, shares: &mut Shares) -> Option<Box<dyn Job>> {
        self.lock().take(shares)
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // The lock is never held while foreign code runs, so its content is whole even if a thread has panicked.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn take(&mut self, shares: &mut Shares) -> Option<Box<dyn Job>> {
        let waiting = [0, 1, 2].map(|lane| !self.lanes[lane].is_empty());
        let lane = shares.next(waiting)?;
        self.lanes[lane.index()].pop_front()
    }
}

/// The thread's own: nobody else has the connection that writes.
struct Hand {
    connection: Connection,
    /// How many pages the log had after the last commit.
    log_pages: Arc<AtomicI32>,
    desk: Arc<Desk>,
    present: Arc<Present>,
}

/// What a job came to inside its savepoint.
struct Done {
    job: Box<dyn Job>,
    outcome: Result<(), WriteError>,
    effects: Effects,
}

/// What a commit came to.
enum Committed {
    Yes,
    /// Nothing is written, and the reason may lie in any one of the jobs.
    Refused(DbError),
    /// Nothing is written: the disk is full.
    Full,
    /// Nobody knows.
    Unknown(DbError),
}

impl Hand {
    fn work(self) {
        loop {
            let mut shares = Shares::default();
            let Some(first) = self.desk.first(&mut shares) else { break };
            self.batch(first, || self.desk.next(&mut shares));
        }
        if *self.desk.broken.borrow() {
            // Closing would write, to a disk that keeps nothing. The file is taken up again by the next start, as after a crash.
            std::mem::forget(self.connection);
            return;
        }
        // The file is left whole by itself; this only folds the log into it. A reader that is still there may prevent that.
        if let Err(error) = super::script(&self.connection, "PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)") {
            tracing::warn!(%error, "the log was not folded into the database");
        }
    }

    /// Runs a job and those that `next` gives, commits them together, and answers.
    fn batch(&self, first: Box<dyn Job>, mut next: impl FnMut() -> Option<Box<dyn Job>>) {
        if let Err(error) = self.begin() {
            first.settle(Err(error.into()));
            return;
        }
        let started = Instant::now();
        let now = self.present.now();
        let mut done = Vec::new();
        let mut waiting = Some(first);
        while let Some(mut job) = waiting {
            let (outcome, effects) = self.attempt(&mut *job, now);
            if self.connection.is_autocommit() {
                // Some errors, such as a full disk, undo the whole transaction and not the statement alone.
                let error = outcome.err().unwrap_or(WriteError::Storage(DbError::Failed));
                tracing::warn!(%error, "a job has undone its batch of {}", done.len() + 1);
                job.settle(Err(error));
                return self.each_alone(done);
            }
            done.push(Done { job, outcome, effects });
            waiting = if done.len() < BATCH && started.elapsed() < BATCH_TIME { next() } else { None };
        }
        self.finish(done);
    }

    fn finish(&self, mut done: Vec<Done>) {
        match self.commit(done.iter().map(|done| done.effects).fold(Effects::default(), Effects::and)) {
            Committed::Yes => {
                for Done { job, outcome, .. } in done {
                    job.settle(outcome);
                }
                self.fold_log();
            }
            Committed::Refused(error) if done.len() == 1 => {
                if let Some(Done { job, outcome, .. }) = done.pop() {
                    job.settle(outcome.and(Err(error.into())));
                }
            }
            Committed::Refused(_) => self.each_alone(done),
            Committed::Full => {
                for Done { job, outcome, .. } in done {
                    job.settle(outcome.and(Err(WriteError::Full)));
                }
            }
            Committed::Unknown(error) => {
                tracing::error!(%error, "a commit failed");
                for Done { job, outcome, .. } in done {
                    job.settle(outcome.and(Err(WriteError::Unknown)));
                }
                self.stop_if_broken(&error);
            }
        }
    }

    /// Folds a log that has become long into the database, after everybody has their answer.
    fn fold_log(&self) {
        if self.log_pages.load(Ordering::Relaxed) < LOG_PAGES {
            return;
        }
        // Readers may hold some of it back; then the rest is for the next time. So it is where the disk is full.
        if let Err(error) = super::script(&self.connection, "PRAGMA wal_checkpoint(PASSIVE)") {
            tracing::warn!(%error, "the log was not folded into the database");
            self.stop_if_broken(&error);
        }
    }

    fn stop_if_broken(&self, error: &DbError) {
        if matches!(error, DbError::Sqlite { said, .. } if said.sqlite_error_code() == Some(ErrorCode::SystemIoFailure)) {
            self.stop();
        }
    }

    /// Runs the jobs of a batch that was undone again, each with a commit of its own.
    fn each_alone(&self, done: Vec<Done>) {
        for Done { job, .. } in done {
            self.batch(job, || None);
        }
    }

    /// Once the disk has failed to keep what it was given, nothing it says is worth anything: no more is promised.
    fn stop(&self) {
        tracing::error!("the disk failed: nothing more is written until the program is started again");
        let mut waiting = self.desk.lock();
        waiting.closed = true;
        let left: Vec<_> = waiting.lanes.iter_mut().flat_map(std::mem::take).collect();
        drop(waiting);
        self.desk.broken.send_replace(true);
        for job in left {
            job.settle(Err(DbError::Closed.into()));
        }
    }

    fn begin(&self) -> DbResult<()> {
        self.step("BEGIN IMMEDIATE")
    }

    /// Does a job's work inside a savepoint, so that its failure costs nobody else.
    fn attempt(&self, job: &mut dyn Job, now: Timestamp) -> (Result<(), WriteError>, Effects) {
        if let Err(error) = self.step("SAVEPOINT job") {
            return (Err(error.into()), Effects::default());
        }
        let mut tx = Tx::on_sqlite(&self.connection, job.limit());
        let attempt = AssertUnwindSafe(|| job.attempt(&mut tx, now).now_or_never());
        let outcome = match std::panic::catch_unwind(attempt) {
            Ok(Some(outcome)) => outcome,
            Ok(None) => Err(DbError::Awaited.into()),
            Err(panic) => Err(DbError::Panicked(panic_message(&*panic)).into()),
        };
        let effects = if outcome.is_ok() { tx.effects() } else { Effects::default() };
        if self.connection.is_autocommit() {
            return (outcome, Effects::default());
        }
        let undone = if outcome.is_err() { self.step(UNDO) } else { Ok(()) };
        let outcome = outcome.and_then(|()| Ok(undone.and_then(|()| self.step("RELEASE job"))?));
        (outcome, effects)
    }

    fn commit(&self, effects: Effects) -> Committed {
        let version = if effects.public { self.raise_public_version().map(Some) } else { Ok(None) };
        let version = match version {
            Ok(version) => version,
            Err(error) => return self.undo(error),
        };
        match self.step("COMMIT") {
            Ok(()) => {
                self.present.is_committed(effects, version);
                Committed::Yes
            }
            Err(error) => self.undo(error),
        }
    }

    fn undo(&self, error: DbError) -> Committed {
        if !self.connection.is_autocommit()
            && let Err(error) = self.step("ROLLBACK")
        {
            return Committed::Unknown(error);
        }
        match &error {
            error if error.is_full() => Committed::Full,
            // A deferred foreign key is looked at when committing.
            DbError::Sqlite { said: rusqlite::Error::SqliteFailure(failure, _), .. }
                if failure.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY =>
            {
                Committed::Refused(error)
            }
            _ => Committed::Unknown(error),
        }
    }

    fn raise_public_version(&self) -> DbResult<i64> {
        let raise = "UPDATE public_version SET version = version + 1 RETURNING version";
        let raised = self.connection.prepare_cached(raise).and_then(|mut statement| statement.query_row([], |row| row.get(0)));
        raised.map_err(refused_by_sqlite(raise))
    }

    fn step(&self, sql: &'static str) -> DbResult<()> {
        let run = self.connection.prepare_cached(sql).and_then(|mut statement| statement.execute([]));
        run.map(|_| ()).map_err(refused_by_sqlite(sql))
    }
}

#[cfg(test)]
mod tests;

//! Readers: threads whose connections can only look.

use futures_util::FutureExt;
use rusqlite::Connection;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::connect;
use crate::crew::Crew;
use crate::present::Present;
use crate::write::{Job, panic_message};
use crate::{DbError, DbResult, Tx, WriteError};

/// How many steps of SQLite's machine pass between two looks at the clock.
const STEPS: std::ffi::c_int = 10_000;

/// The pool of readers of one file.
pub(crate) fn readers(path: PathBuf, durable: bool, hands: usize, room: usize, present: Arc<Present>) -> Arc<Crew<Box<dyn Job>>> {
    Crew::new("db-reader", hands, room, move |crew: &Crew<Box<dyn Job>>| {
        let mut reader = None;
        while let Some(mut job) = crew.take() {
            let outcome = match reader.take().map_or_else(|| Reader::open(&path, durable), Ok) {
                Ok(opened) => {
                    let limit = job.limit();
                    reader.insert(opened).read(&mut *job, limit, &present)
                }
                Err(error) => Err(error.into()),
            };
            job.settle(outcome);
        }
    })
}

/// How long a glance may keep the thread that asks; whatever takes longer is begun again by a reader.
const GLANCE: Duration = Duration::from_millis(20);

/// Connections for reads that are over before another thread would have woken up.
pub(crate) struct Glances {
    path: PathBuf,
    durable: bool,
    present: Arc<Present>,
    /// Those that nobody uses; nothing once there are to be no glances any more.
    idle: Mutex<Option<Vec<Reader>>>,
}

impl Glances {
    /// Connections to one file, opened as they are needed: never more than there are threads that ask.
    pub(crate) const fn at(path: PathBuf, durable: bool, present: Arc<Present>) -> Self {
        Self { path, durable, present, idle: Mutex::new(Some(Vec::new())) }
    }

    /// Does the job on this thread. Gives it back if it takes too long or no connection can be had.
    pub(crate) fn serve(&self, mut job: Box<dyn Job>) -> Option<Box<dyn Job>> {
        let idle = match &mut *self.idle() {
            Some(idle) => idle.pop(),
            None => return Some(job),
        };
        let Ok(reader) = idle.map_or_else(|| Reader::open(&self.path, self.durable), Ok) else { return Some(job) };
        let outcome = reader.read(&mut *job, Some(GLANCE), &self.present);
        if let Some(idle) = &mut *self.idle() {
            idle.push(reader);
        }
        if matches!(outcome, Err(WriteError::Storage(DbError::Late))) {
            return Some(job);
        }
        job.settle(outcome)
    }

    /// No more glances: whatever is asked from now on goes to the readers, which say that the database is closed.
    pub(crate) fn close(&self) {
        *self.idle() = None;
    }

    fn idle(&self) -> MutexGuard<'_, Option<Vec<Reader>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Reader {
    connection: Connection,
    started: Instant,
    /// Microseconds after `started` at which the statement that runs is stopped.
    stop_at: Arc<AtomicU64>,
}

impl Reader {
    fn open(path: &std::path::Path, durable: bool) -> DbResult<Self> {
        let mut connection = connect(path, durable)?;
        super::script(&connection, "PRAGMA query_only = ON")?;
        let started = Instant::now();
        let stop_at = Arc::new(AtomicU64::new(u64::MAX));
        let stop = Arc::clone(&stop_at);
        connection
            .progress_handler(STEPS, Some(move || started.elapsed().as_micros() > u128::from(stop.load(Ordering::Relaxed))))
            .map_err(super::refused_by_sqlite("opening a reader"))?;
        Ok(Self { connection, started, stop_at })
    }

    /// Runs all queries of one caller on one state of the data.
    fn read(&self, job: &mut dyn Job, limit: Option<Duration>, present: &Present) -> Result<(), WriteError> {
        let stop_at = limit.map(|limit| self.started.elapsed() + limit);
        self.stop_at.store(stop_at.map_or(u64::MAX, micros), Ordering::Relaxed);
        super::script(&self.connection, "BEGIN")?;
        let mut tx = Tx::on_sqlite(&self.connection, limit).sharing(present);
        let attempt = AssertUnwindSafe(|| job.attempt(&mut tx, present.now()).now_or_never());
        let outcome = match std::panic::catch_unwind(attempt) {
            Ok(Some(outcome)) => outcome,
            Ok(None) => Err(DbError::Awaited.into()),
            Err(panic) => Err(DbError::Panicked(panic_message(&*panic)).into()),
        };
        self.stop_at.store(u64::MAX, Ordering::Relaxed);
        if !self.connection.is_autocommit() {
            super::script(&self.connection, "ROLLBACK")?;
        }
        outcome.map_err(|error| if is_interrupted(&error) { DbError::Late.into() } else { error })
    }
}

fn micros(span: Duration) -> u64 {
    u64::try_from(span.as_micros()).unwrap_or(u64::MAX)
}

fn is_interrupted(error: &WriteError) -> bool {
    matches!(error, WriteError::Storage(DbError::Sqlite { said, .. })
        if said.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted))
}

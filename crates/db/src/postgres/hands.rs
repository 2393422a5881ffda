//! The threads that hold connections: some only look, the others write.

use futures_util::FutureExt;
use kernel::Timestamp;
use rand::Rng;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime;
use tokio_postgres::error::SqlState;

use super::{Connection, Server};
use crate::crew::Crew;
use crate::effects::Effects;
use crate::present::Present;
use crate::write::{Job, panic_message};
use crate::{DbError, DbResult, Tx, WriteError};

/// How often a transaction is tried that the server undid for the sake of another.
const TRIES: u32 = 8;

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Reading,
    Glancing,
    Writing,
}

impl Kind {
    const fn only_looks(self) -> bool {
        matches!(self, Self::Reading | Self::Glancing)
    }
}

/// The pool of connections that look.
pub(crate) fn readers(server: Arc<Server>, hands: usize, room: usize, present: Arc<Present>) -> Arc<Crew<Box<dyn Job>>> {
    crew("db-reader", Kind::Reading, server, hands, room, present)
}

/// The connections for a few rows that are found by their keys. To plan such a statement anew each time costs the server more than
/// to run it, and the plan is the same whatever the keys are: here each is planned once.
pub(crate) fn glancers(server: Arc<Server>, hands: usize, room: usize, present: Arc<Present>) -> Arc<Crew<Box<dyn Job>>> {
    crew("db-glancer", Kind::Glancing, server, hands, room, present)
}

/// The connections of one lane.
pub(crate) fn writers(server: Arc<Server>, hands: usize, room: usize, present: Arc<Present>) -> Arc<Crew<Box<dyn Job>>> {
    crew("db-writer", Kind::Writing, server, hands, room, present)
}

fn crew(name: &'static str, kind: Kind, server: Arc<Server>, hands: usize, room: usize, present: Arc<Present>) -> Arc<Crew<Box<dyn Job>>> {
    Crew::new(name, hands, room, move |crew: &Crew<Box<dyn Job>>| {
        let runtime = runtime::Builder::new_current_thread().enable_all().build();
        let mut hand = Hand { kind, server: Arc::clone(&server), present: Arc::clone(&present), connection: None };
        while let Some(job) = crew.take() {
            match &runtime {
                Ok(runtime) => {
                    let mut todo = Some(job);
                    while let Some(job) = todo {
                        todo = runtime.block_on(hand.serve(job));
                    }
                }
                Err(error) => drop(job.settle(Err(DbError::Settings(error.to_string()).into()))),
            }
        }
    })
}

struct Hand {
    kind: Kind,
    server: Arc<Server>,
    present: Arc<Present>,
    connection: Option<Connection>,
}

/// The row at which all who change public pages meet: written last, so that they wait for each other only that long.
const RAISE_PUBLIC_VERSION: &str = "UPDATE public_version SET version = version + 1 RETURNING version";

/// What became of a try.
enum Tried {
    Settled(Result<(), WriteError>),
    /// Nothing is written for certain; it may well succeed when tried again.
    Passing(DbError),
}

impl Tried {
    /// Nothing was written. A lost connection is as good a reason to try again as a deadlock.
    fn undone(error: WriteError, is_lost: bool) -> Self {
        match error {
            WriteError::Storage(error) if is_lost || error.is_passing() => Self::Passing(error),
            error => Self::Settled(Err(error)),
        }
    }
}

impl Hand {
    /// Does a job, as often as it takes, and answers.
    async fn serve(&mut self, mut job: Box<dyn Job>) -> Option<Box<dyn Job>> {
        for tries in 1.. {
            match self.attempt(&mut *job).await {
                Tried::Settled(outcome) => return job.settle(outcome),
                Tried::Passing(error) if tries == TRIES => return job.settle(Err(error.into())),
                Tried::Passing(error) => {
                    tracing::debug!(%error, tries, "a transaction is tried again");
                    // Those who got into each other's way must not meet again at once.
                    let most = 2_u64.pow(tries);
                    let pause = rand::rng().random_range(0..=most);
                    tokio::time::sleep(Duration::from_millis(pause)).await;
                }
            }
        }
        None
    }

    async fn attempt(&mut self, job: &mut dyn Job) -> Tried {
        let (mut connection, now) = match self.begin(job.limit()).await {
            Ok(begun) => begun,
            Err(error) => return Tried::undone(error.into(), false),
        };
        let tx = Tx::on_postgres(&mut connection, job.limit());
        let mut tx = if self.kind.only_looks() { tx.sharing(&self.present) } else { tx };
        let attempt = AssertUnwindSafe(job.attempt(&mut tx, now)).catch_unwind().await;
        let effects = tx.effects();
        match attempt.unwrap_or_else(|panic| Err(DbError::Panicked(panic_message(&*panic)).into())) {
            Ok(()) => self.commit(connection, effects).await,
            Err(error) => self.undo(connection, error).await,
        }
    }

    /// Begins a transaction, on a new connection if the old one is gone, and says what time it is.
    async fn begin(&mut self, limit: Option<Duration>) -> DbResult<(Connection, Timestamp)> {
        if let Some(mut connection) = self.connection.take().filter(|connection| !connection.is_lost())
            && let Ok(now) = self.begin_on(&mut connection, limit).await
        {
            return Ok((connection, now));
        }
        let mut connection = self.server.connect().await?;
        if self.kind == Kind::Glancing {
            connection.script("SET plan_cache_mode = force_generic_plan").await?;
        }
        let now = self.begin_on(&mut connection, limit).await?;
        Ok((connection, now))
    }

    async fn begin_on(&self, connection: &mut Connection, limit: Option<Duration>) -> DbResult<Timestamp> {
        if self.kind.only_looks() {
            connection.begin_with_the_first("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", limit).await?;
            return Ok(self.present.now());
        }
        let begin = "BEGIN ISOLATION LEVEL READ COMMITTED";
        if !self.present.is_system() {
            connection.script(begin).await?;
            return Ok(self.present.now());
        }
        // Both are sent at once and answered in their order.
        let clock = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)";
        let ((), micros) = futures_util::future::try_join(connection.script(begin), connection.number(clock)).await?;
        Ok(self.present.not_before(Timestamp::from_micros(micros.unwrap_or(i64::MIN))))
    }

    /// Commits, and keeps the connection unless it is lost.
    async fn commit(&mut self, mut connection: Connection, effects: Effects) -> Tried {
        let raised = if effects.public { connection.number(RAISE_PUBLIC_VERSION).await } else { Ok(None) };
        let version = match raised {
            Ok(version) => version,
            Err(error) => return self.undo(connection, error.into()).await,
        };
        match connection.commit().await {
            Ok(()) => {
                self.present.is_committed(effects, version);
                self.connection = Some(connection);
                Tried::Settled(Ok(()))
            }
            Err(error) if undid_it(&error) => {
                self.connection = Some(connection);
                Tried::undone(DbError::postgres("COMMIT", &error).into(), false)
            }
            Err(error) if self.kind.only_looks() => Tried::undone(DbError::postgres("COMMIT", &error).into(), true),
            Err(error) => {
                tracing::error!(%error, "a commit failed");
                Tried::Settled(Err(WriteError::Unknown))
            }
        }
    }

    /// Rolls back, and keeps the connection. Where that fails it is lost, and the transaction with it.
    async fn undo(&mut self, connection: Connection, error: WriteError) -> Tried {
        let is_lost = connection.script("ROLLBACK").await.is_err();
        if !is_lost {
            self.connection = Some(connection);
        }
        Tried::undone(error, is_lost)
    }
}

/// Whether the server, alive, said that it did not commit. All else, such as a connection that ends, leaves it open.
fn undid_it(error: &tokio_postgres::Error) -> bool {
    let undone = |state: &SqlState| matches!(&state.code()[..2], "23" | "40");
    error.code().is_some_and(undone) && !error.is_closed()
}

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
use crate::present::Present;
use crate::write::{Job, panic_message};
use crate::{DbError, DbResult, Tx, WriteError};

/// How often a transaction is tried that the server undid for the sake of another.
const TRIES: u32 = 8;

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Reading,
    Writing,
}

/// The pool of connections that look.
pub(crate) fn readers(server: Arc<Server>, hands: usize, room: usize, present: Arc<Present>) -> Arc<Crew<Box<dyn Job>>> {
    crew("db-reader", Kind::Reading, server, hands, room, present)
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
        let now = match self.begin(job.limit()).await {
            Ok(now) => now,
            Err(error) => return self.give_up(error.into()),
        };
        let Some(connection) = &mut self.connection else { return Tried::Passing(DbError::Closed) };
        let mut tx = Tx::on_postgres(connection, job.limit());
        let attempt = AssertUnwindSafe(job.attempt(&mut tx, now)).catch_unwind().await;
        let changed_public = tx.changed_public();
        let outcome = attempt.unwrap_or_else(|panic| Err(DbError::Panicked(panic_message(&*panic)).into()));
        match outcome {
            Ok(()) => self.commit(changed_public).await,
            Err(error) => {
                if let Some(connection) = &self.connection
                    && connection.script("ROLLBACK").await.is_err()
                {
                    self.connection = None;
                    return self.give_up(error);
                }
                self.give_up(error)
            }
        }
    }

    /// Begins a transaction, on a new connection if the old one is gone, and says what time it is.
    async fn begin(&mut self, limit: Option<Duration>) -> DbResult<Timestamp> {
        if let Some(connection) = self.connection.take_if(|connection| !connection.is_lost())
            && let Ok(now) = self.begin_on(&connection, limit).await
        {
            self.connection = Some(connection);
            return Ok(now);
        }
        let connection = self.server.connect().await?;
        let now = self.begin_on(&connection, limit).await?;
        self.connection = Some(connection);
        Ok(now)
    }

    async fn begin_on(&self, connection: &Connection, limit: Option<Duration>) -> DbResult<Timestamp> {
        if self.kind == Kind::Reading {
            let limit = limit.map_or(0, |limit| limit.as_millis());
            let begin = format!("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL statement_timeout = {limit}");
            connection.script(&begin).await?;
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

    async fn commit(&mut self, changed_public: bool) -> Tried {
        let Some(connection) = &self.connection else { return Tried::Settled(Err(WriteError::Unknown)) };
        let raised = if changed_public { connection.number(RAISE_PUBLIC_VERSION).await } else { Ok(None) };
        let version = match raised {
            Ok(version) => version,
            Err(error) => {
                // Without its connection the transaction is over as well.
                self.connection = None;
                return self.give_up(error.into());
            }
        };
        match connection.commit().await {
            Ok(()) => {
                if let Some(version) = version {
                    self.present.public_version_is(version);
                }
                Tried::Settled(Ok(()))
            }
            Err(source) if undid_it(&source) => self.give_up(DbError::Postgres { at: "COMMIT".to_owned(), source }.into()),
            Err(error) => {
                tracing::error!(%error, "a commit failed");
                self.connection = None;
                Tried::Settled(Err(if self.kind == Kind::Reading { DbError::Closed.into() } else { WriteError::Unknown }))
            }
        }
    }

    /// Nothing was written. A lost connection is as good a reason to try again as a deadlock.
    fn give_up(&mut self, error: WriteError) -> Tried {
        let lost = self.connection.take_if(|connection| connection.is_lost()).is_some();
        match error {
            WriteError::Storage(error) if lost || error.is_passing() => Tried::Passing(error),
            error => Tried::Settled(Err(error)),
        }
    }
}

/// Whether the server, alive, said that it did not commit. All else, such as a connection that ends, leaves it open.
fn undid_it(error: &tokio_postgres::Error) -> bool {
    let undone = |state: &SqlState| matches!(&state.code()[..2], "23" | "40");
    error.code().is_some_and(undone) && !error.is_closed()
}

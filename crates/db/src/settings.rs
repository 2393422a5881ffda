//! Where the data lies and how it is served.

use kernel::Clock;
use std::path::PathBuf;
use std::time::Duration;

use crate::{DbError, DbResult};

/// What keeps the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// A file, served by this process alone.
    Sqlite,
    /// A server, for any number of processes.
    Postgres,
}

/// How a database is opened.
///
/// There is no `Debug`: an address may carry a password.
#[derive(Clone)]
#[non_exhaustive]
pub struct Settings {
    /// `sqlite:PATH`, or a `postgres://…` address.
    pub url: String,
    /// Whose time writes are given.
    pub clock: Clock,
    /// How many reads run at once.
    pub readers: usize,
    /// On PostgreSQL, how many writes of each lane run at once.
    pub writers: usize,
    /// How many may wait for their turn, in each lane and among the readers.
    pub room: usize,
    /// How long a write may take; it is looked at before each statement.
    pub write_limit: Duration,
    /// How long a read may take.
    pub read_limit: Duration,
    /// Whether a commit waits for the disk. Only tests and throw-away demos may say no.
    pub durable: bool,
    /// On PostgreSQL, a file that holds the password, which has no place in an address.
    pub password_file: Option<PathBuf>,
    /// On PostgreSQL, a PEM file with the certificates the server's is checked against, instead of the public ones.
    pub authorities: Option<PathBuf>,
}

impl Settings {
    /// The usual settings for the database at `url`.
    pub fn new(url: impl Into<String>, clock: Clock) -> Self {
        Self {
            url: url.into(),
            clock,
            readers: 8,
            writers: 6,
            room: 10_000,
            write_limit: Duration::from_secs(5),
            read_limit: Duration::from_secs(10),
            durable: true,
            password_file: None,
            authorities: None,
        }
    }

    /// Which engine the address names.
    pub fn engine(&self) -> DbResult<Engine> {
        if self.url.starts_with("sqlite:") {
            Ok(Engine::Sqlite)
        } else if self.url.starts_with("postgres:") || self.url.starts_with("postgresql:") {
            Ok(Engine::Postgres)
        } else {
            Err(DbError::Settings("a database's address begins with sqlite: or postgres:".to_owned()))
        }
    }
}

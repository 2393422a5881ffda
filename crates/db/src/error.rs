//! What can go wrong below the portal's rules.

use crate::Stmt;

/// The answer of everything that talks to the database.
pub type DbResult<T> = Result<T, DbError>;

/// The database could not do what it was asked. A refusal by a rule is not among these: it is an answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DbError {
    /// SQLite said no.
    #[error("{at}: {source}")]
    Sqlite {
        /// The statement or the step.
        at: String,
        /// What it said.
        source: rusqlite::Error,
    },
    /// PostgreSQL said no.
    #[error("{at}: {source}{}", detail(source))]
    Postgres {
        /// The statement or the step.
        at: String,
        /// What it said.
        source: tokio_postgres::Error,
    },
    /// A row could not become what the program wanted of it.
    #[error("{at}: {why}")]
    Unreadable {
        /// The statement.
        at: String,
        /// Which column, and why.
        why: String,
    },
    /// A row that has to exist was not there.
    #[error("{at}: no row")]
    NoRow {
        /// The statement.
        at: String,
    },
    /// The work took longer than its limit, and was undone.
    #[error("the work took too long and was undone")]
    Late,
    /// The work panicked, and was undone.
    #[error("the work panicked and was undone: {0}")]
    Panicked(String),
    /// The work waited for something other than its transaction.
    #[error("a verb awaits nothing but its transaction")]
    Awaited,
    /// A statement followed one that had failed; its transaction is undone.
    #[error("an earlier statement of this transaction failed")]
    Failed,
    /// A statement followed [`Tx::refuse`](crate::Tx::refuse); the transaction is undone.
    #[error("the transaction was refused; nothing follows that")]
    Rollback,
    /// Too much is waiting already, or the disk is full.
    #[error("too much is waiting, or the disk is full")]
    Full,
    /// The database was closed, or writing stopped since the disk failed.
    #[error("the database is closed")]
    Closed,
    /// The outcome kept under a key is not what this write answers.
    #[error("a kept outcome does not fit: {0}")]
    Outcome(#[from] serde_json::Error),
    /// The address or a file it names is of no use.
    #[error("{0}")]
    Settings(String),
    /// A migration cannot be applied.
    #[error("migration {name}: {why}")]
    Migration {
        /// The name of its file.
        name: String,
        /// What is wrong.
        why: String,
    },
    /// The work for a crowd did not answer each of its inputs.
    #[error("{inputs} inputs got {answers} answers")]
    Uneven {
        /// How many asked.
        inputs: usize,
        /// How many were answered.
        answers: usize,
    },
    /// Another process holds this key in an unfinished write; the attempt is repeated.
    #[error("the same request is being written by another")]
    Contended,
}

fn detail(source: &tokio_postgres::Error) -> String {
    source.as_db_error().map_or_else(String::new, |error| format!(": {}", error.message()))
}

impl DbError {
    pub(crate) fn unreadable(stmt: &Stmt, why: &impl ToString) -> Self {
        Self::Unreadable { at: stmt.place(), why: why.to_string() }
    }

    /// Whether the same transaction may well succeed when it is tried again.
    pub(crate) fn is_passing(&self) -> bool {
        use tokio_postgres::error::SqlState;
        match self {
            Self::Contended => true,
            Self::Postgres { source, .. } => {
                matches!(source.code(), Some(&(SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED)))
            }
            _ => false,
        }
    }

    /// Whether the disk, or what was set aside of it, is full.
    pub(crate) fn is_full(&self) -> bool {
        match self {
            Self::Full => true,
            Self::Sqlite { source, .. } => source.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull),
            Self::Postgres { source, .. } => source.code() == Some(&tokio_postgres::error::SqlState::DISK_FULL),
            _ => false,
        }
    }
}

/// Why a write gave no answer of its own.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Whether it was written is not known: look the key up with [`Db::outcome`](crate::Db::outcome), never repeat blindly.
    #[error("whether this was written is not known")]
    Unknown,
    /// Nothing was written: too much is waiting, or the disk is full. Try again later.
    #[error("nothing was written: too much is waiting, or the disk is full")]
    Full,
    /// Nothing was written: the key belongs to another request.
    #[error("nothing was written: this key belongs to another request")]
    KeyReused,
    /// Nothing was written: the database said no.
    #[error("nothing was written: {0}")]
    Storage(#[source] DbError),
}

impl From<DbError> for WriteError {
    fn from(error: DbError) -> Self {
        if error.is_full() { Self::Full } else { Self::Storage(error) }
    }
}

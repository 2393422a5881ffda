//! What can go wrong below the portal's rules.

use std::error::Error;
use tokio_postgres::error::SqlState;

use crate::Stmt;

/// The answer of everything that talks to the database.
pub type DbResult<T> = Result<T, DbError>;

/// The database could not do what it was asked. A refusal by a rule is not among these: it is an answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DbError {
    /// SQLite said no.
    #[error("{at}: {said}")]
    Sqlite {
        /// The statement or the step.
        at: String,
        /// What it said.
        said: rusqlite::Error,
    },
    /// PostgreSQL said no.
    #[error("{at}: {said}")]
    Postgres {
        /// The statement or the step.
        at: String,
        /// What it said, without the details: those quote rows, and this goes to the log.
        said: String,
        /// Its name for what it said, if it was the server that spoke.
        code: Option<SqlState>,
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

impl DbError {
    pub(crate) fn postgres(at: impl Into<String>, error: &tokio_postgres::Error) -> Self {
        let said = match (error.as_db_error(), error.source()) {
            (Some(server), _) => server.message().to_owned(),
            (None, Some(cause)) => format!("{error}: {cause}"),
            (None, None) => error.to_string(),
        };
        Self::Postgres { at: at.into(), said, code: error.code().cloned() }
    }

    pub(crate) fn unreadable(stmt: &Stmt, why: &impl ToString) -> Self {
        Self::Unreadable { at: stmt.place(), why: why.to_string() }
    }

    /// Whether the same transaction may well succeed when it is tried again.
    pub(crate) fn is_passing(&self) -> bool {
        match self {
            Self::Contended => true,
            Self::Postgres { code, .. } => {
                matches!(code, Some(SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED))
            }
            _ => false,
        }
    }

    /// Whether the database cannot be used just now: it is gone, locked, read-only, or answers nothing. Nothing was written.
    pub fn is_outage(&self) -> bool {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseBusy, DatabaseCorrupt, DatabaseLocked, FileLockingProtocolFailed, NotADatabase, PermissionDenied, ReadOnly,
            SystemIoFailure,
        };
        match self {
            // Without a code it was not the server that spoke: the line is broken, or there is none.
            Self::Late | Self::Closed | Self::Contended | Self::Postgres { code: None, .. } => true,
            Self::Sqlite { said, .. } => matches!(
                said.sqlite_error_code(),
                Some(
                    CannotOpen
                        | DatabaseBusy
                        | DatabaseCorrupt
                        | DatabaseLocked
                        | FileLockingProtocolFailed
                        | NotADatabase
                        | PermissionDenied
                        | ReadOnly
                        | SystemIoFailure
                )
            ),
            Self::Postgres { code: Some(code), .. } => {
                let class = code.code().get(..2).unwrap_or("");
                // No connection; not enough of something; ended by an operator; the machine's own trouble.
                let others = [SqlState::LOCK_NOT_AVAILABLE, SqlState::READ_ONLY_SQL_TRANSACTION, SqlState::UNDEFINED_DATABASE];
                matches!(class, "08" | "53" | "57" | "58") || others.contains(code) || self.is_passing()
            }
            _ => false,
        }
    }

    /// Whether the disk, or what was set aside of it, is full.
    pub(crate) fn is_full(&self) -> bool {
        match self {
            Self::Full => true,
            Self::Sqlite { said, .. } => said.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull),
            Self::Postgres { code, .. } => *code == Some(SqlState::DISK_FULL),
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
    Storage(DbError),
}

impl From<DbError> for WriteError {
    fn from(error: DbError) -> Self {
        if error.is_full() { Self::Full } else { Self::Storage(error) }
    }
}

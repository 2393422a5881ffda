//! The portal's storage: one [`Tx`] for SQLite and PostgreSQL, and one way to write.
//!
//! Everything a verb does happens in one transaction, or not at all. A write is answered after it is durable; what its
//! idempotency key answered is kept in the same transaction, so that a request that comes twice changes things once. On SQLite
//! one thread writes and many writes share a commit; on PostgreSQL each lane has connections of its own.

mod arg;
pub mod copy;
mod crew;
mod database;
mod effects;
mod error;
mod gather;
mod idempotency;
mod kept;
mod lanes;
mod migrate;
mod pattern;
mod postgres;
mod present;
mod row;
mod schema;
mod settings;
mod sqlite;
mod stmt;
mod tx;
mod write;

pub mod testing;

pub use arg::Arg;
pub use database::Db;
pub use effects::Queue;
pub use error::{DbError, DbResult, WriteError};
pub use idempotency::{PIECE, forget_keys};
pub use lanes::{HotKey, Lane};
pub use pattern::holding;
pub use row::{FromColumn, FromRow, Json, Row, Unreadable, Value};
pub use schema::{Column, Holds};
pub use settings::{Engine, Settings};
pub use stmt::{Broken, Stmt, ids, statements};
pub use tx::{Tx, statements_asked};
pub use write::Key;

// The attribute of the tests says `::db`, in this crate too.
#[cfg(test)]
extern crate self as db;

#[doc(hidden)]
pub mod reexport {
    pub use crate::stmt::Registered;
    pub use inventory;
}

//! Statements of many rows are written differently for the two engines.

use db::{Arg, Engine, Stmt, Tx};
use serde_json::Value;

/// The one for the engine that answers.
pub fn one_of(tx: &Tx<'_>, sqlite: &'static Stmt, postgres: &'static Stmt) -> &'static Stmt {
    match tx.engine() {
        Engine::Sqlite => sqlite,
        Engine::Postgres => postgres,
    }
}

/// A list of values as one argument.
pub fn list<T: Into<Value>>(values: impl IntoIterator<Item = T>) -> Arg {
    Value::Array(values.into_iter().map(Into::into).collect()).into()
}

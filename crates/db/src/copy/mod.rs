//! The whole of a database, out of one and into another, in a form that both engines share.
//!
//! A row is its values: nothing, whole numbers, texts and bytes. Yes or no is a whole number, an id is bytes, a JSON document is a
//! text. So what was copied out of a file goes into a server, and the other way round.

mod into;
mod out;
pub(crate) mod postgres;
pub(crate) mod sqlite;

pub use into::{copy_in, is_empty};

use std::io;

use crate::migrate::{Migration, migrations};
use crate::{Arg, DbError, DbResult, Engine, Tx, Value, row, sql};

/// The table that says which migrations were applied. Each database writes its own.
const MIGRATIONS: &str = "migrations";

/// A table as it was copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of a row's values.
    pub columns: Vec<String>,
}

/// What a database looked like when it was copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Which engine kept it.
    pub engine: Engine,
    /// Which migrations it had, in their order.
    pub steps: Vec<Step>,
    /// Its tables, in the order of their names.
    pub tables: Vec<Table>,
}

row! {
    /// A migration that was applied.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Step {
        /// Its name.
        pub name: String,
        /// The hash of its text, which differs between the engines.
        pub checksum: [u8; 32],
    }
}

/// Takes what is copied out.
pub trait Receiver: Send + 'static {
    /// The rows of this table follow.
    fn table(&mut self, table: &Table) -> io::Result<()>;
    /// One row of the table that was named last.
    fn row(&mut self, values: &[Value<'_>]) -> io::Result<()>;
}

/// Gives what is copied in.
pub trait Giver: Send + 'static {
    /// The rows of this table are asked for next.
    fn table(&mut self, name: &str) -> io::Result<()>;
    /// The next row of that table, until there is none.
    fn row(&mut self) -> io::Result<Option<Vec<Arg>>>;
}

/// The next row to put into a table, until there is none.
pub(crate) type Next<'n> = dyn FnMut() -> io::Result<Option<Vec<Arg>>> + 'n;

/// Why nothing was copied.
#[derive(Debug, thiserror::Error)]
pub enum NotCopied {
    /// The database that was to be filled has tables already.
    #[error("the database is not empty")]
    NotEmpty,
    /// The copy is of a later version of the program.
    #[error("the copy has the later migration {0}")]
    Newer(String),
    /// A migration of the copy is another than the program's of the same name.
    #[error("the copy has another migration {0}")]
    Foreign(String),
    /// Whoever takes or gives the rows said no.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The database said no.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Shape {
    /// The program's own migrations of this engine that the copy has, or why it has more than the program knows.
    fn known_steps(&self, engine: Engine) -> Result<Vec<Migration>, NotCopied> {
        let ours = migrations(engine)?;
        for step in &self.steps {
            let Some(known) = ours.iter().find(|known| known.name() == step.name) else {
                return Err(NotCopied::Newer(step.name.clone()));
            };
            if engine == self.engine && known.checksum() != step.checksum {
                return Err(NotCopied::Foreign(step.name.clone()));
            }
        }
        Ok(ours.into_iter().filter(|known| self.steps.iter().any(|step| step.name == known.name())).collect())
    }

    /// Whether the program can take this copy into a database of its own.
    pub fn check(&self, engine: Engine) -> Result<(), NotCopied> {
        self.known_steps(engine).map(|_| ())
    }
}

/// The copy does not know the table, or not its columns, as the migrations make them.
fn uneven(table: &Table) -> NotCopied {
    NotCopied::Io(io::Error::new(io::ErrorKind::InvalidData, format!("{}: the table of the copy is another", table.name)))
}

/// A name as it stands in a statement.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Waits for a transaction on a thread that has nothing else to do.
fn block_on<T>(work: impl Future<Output = T>) -> DbResult<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    Ok(runtime.map_err(|error| DbError::Settings(error.to_string()))?.block_on(work))
}

fn listed(columns: &[String]) -> String {
    columns.iter().map(|column| quoted(column)).collect::<Vec<_>>().join(", ")
}

/// The tables of this database, but for the one of its migrations.
async fn tables(tx: &mut Tx<'_>) -> DbResult<Vec<Table>> {
    let sqlite = sql!(sqlite
        "SELECT tables.name, columns.name FROM pragma_table_list AS tables JOIN pragma_table_info(tables.name) AS columns
         WHERE tables.schema = 'main' AND tables.type = 'table' AND substr(tables.name, 1, 7) <> 'sqlite_'
         ORDER BY tables.name, columns.cid"
    );
    let postgres = sql!(postgres
        "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT)
         FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
         WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
         ORDER BY CAST(table_name AS TEXT) COLLATE \"C\", ordinal_position"
    );
    let columns: Vec<(String, String)> = tx.all(if tx.engine() == Engine::Sqlite { sqlite } else { postgres }, &[]).await?;
    let mut tables: Vec<Table> = Vec::new();
    for (table, column) in columns {
        match tables.last_mut() {
            Some(last) if last.name == table => last.columns.push(column),
            _ => tables.push(Table { name: table, columns: vec![column] }),
        }
    }
    Ok(tables)
}

#[cfg(test)]
mod tests;

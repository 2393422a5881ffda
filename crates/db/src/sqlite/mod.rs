//! SQLite: one writer, several readers, statements that finish at once.

mod readers;
mod writer;

pub(crate) use readers::{Glances, readers};
pub(crate) use writer::Writer;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Statement};
use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::time::Duration;

use crate::row::Columns;
use crate::{Arg, DbError, DbResult, Row, Stmt, Unreadable};

/// Undoes a job's part of the batch and keeps its savepoint.
pub(crate) const UNDO: &str = "ROLLBACK TO job";

/// How many statements each connection keeps prepared: more than the portal has.
const KEPT_STATEMENTS: usize = 1024;

/// Opens a connection with the settings that every connection has.
fn connect(path: &Path, durable: bool) -> DbResult<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let unreadable = |error| DbError::Settings(format!("{}: {error}", path.display()));
    keep_private(path).map_err(unreadable)?;
    let open = || {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.set_prepared_statement_cache_capacity(KEPT_STATEMENTS);
        // Else a statement whose plan might be better for other values (a partial index, LIKE) is planned anew at each binding,
        // which cost a quarter of a signed-in page.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.execute_batch(&format!(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = {};
             PRAGMA foreign_keys = ON;
             PRAGMA trusted_schema = OFF;
             PRAGMA secure_delete = ON;
             PRAGMA temp_store = MEMORY;",
            if durable { "FULL" } else { "OFF" },
        ))?;
        Ok(connection)
    };
    open().map_err(|said| DbError::Sqlite { at: format!("opening {}", path.display()), said })
}

/// A connection that only looks.
pub(crate) fn looking_at(path: &Path) -> DbResult<Connection> {
    let connection = connect(path, true)?;
    script(&connection, "PRAGMA query_only = ON")?;
    Ok(connection)
}

/// A connection that fills a new file: what belongs together is looked at when all of it is there.
pub(crate) fn filling(path: &Path) -> DbResult<Connection> {
    let connection = connect(path, true)?;
    script(&connection, "PRAGMA foreign_keys = OFF")?;
    Ok(connection)
}

/// Makes the file, if need be, so that only its owner reads it; what SQLite puts beside it is made alike.
///
/// One that is there is left alone: to open it and close it again would take away every lock that this process has on it, and
/// another process would take the log of what was committed for its own to clear away.
fn keep_private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn refused_by_sqlite(at: impl Into<String>) -> impl FnOnce(rusqlite::Error) -> DbError {
    let at = at.into();
    |said| DbError::Sqlite { at, said }
}

pub(crate) fn script(connection: &Connection, text: &str) -> DbResult<()> {
    connection.execute_batch(text).map_err(refused_by_sqlite("a script"))
}

pub(crate) fn prepare(connection: &Connection, stmt: &Stmt) -> DbResult<()> {
    connection.prepare(stmt.text()).map(|_| ()).map_err(refused_by_sqlite(stmt.place()))
}

pub(crate) fn run(connection: &Connection, stmt: &Stmt, args: &[Arg]) -> DbResult<u64> {
    let run = || {
        let mut statement = connection.prepare_cached(stmt.text())?;
        bind(&mut statement, args)?;
        Ok(statement.raw_execute()? as u64)
    };
    run().map_err(|said| DbError::Sqlite { at: stmt.place(), said })
}

pub(crate) fn query(
    connection: &Connection,
    stmt: &Stmt,
    args: &[Arg],
    each: &mut dyn FnMut(&mut Row<'_>) -> Result<(), Unreadable>,
) -> DbResult<()> {
    let refused = |said| DbError::Sqlite { at: stmt.place(), said };
    let mut statement = connection.prepare_cached(stmt.text()).map_err(refused)?;
    bind(&mut statement, args).map_err(refused)?;
    let count = statement.column_count();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(refused)? {
        each(&mut Row::new(Columns::Sqlite { row, count })).map_err(|why| DbError::unreadable(stmt, &why))?;
    }
    Ok(())
}

pub(crate) fn stream(connection: &Connection, text: &str, each: &mut dyn FnMut(&Row<'_>) -> Result<(), Unreadable>) -> DbResult<()> {
    let refused = |said| DbError::Sqlite { at: text.to_owned(), said };
    let mut statement = connection.prepare(text).map_err(refused)?;
    let count = statement.column_count();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(refused)? {
        each(&Row::new(Columns::Sqlite { row, count })).map_err(|why| DbError::Unreadable { at: text.to_owned(), why: why.to_string() })?;
    }
    Ok(())
}

/// To SQLite `$1` is a name, numbered by where it first stands, so each is bound by what its name says.
fn bind(statement: &mut Statement<'_>, args: &[Arg]) -> rusqlite::Result<()> {
    let count = statement.parameter_count();
    if count != args.len() {
        return Err(rusqlite::Error::InvalidParameterCount(args.len(), count));
    }
    for index in 1..=count {
        let named = statement.parameter_name(index).and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok());
        let arg = named.and_then(|number| args.get(number.checked_sub(1)?));
        let arg = arg.ok_or(rusqlite::Error::InvalidParameterCount(args.len(), count))?;
        statement.raw_bind_parameter(index, arg)?;
    }
    Ok(())
}

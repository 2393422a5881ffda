//! What filling a file needs.

use rusqlite::Connection;

use super::{Next, NotCopied, Table, quoted, uneven};
use crate::{DbError, DbResult, Tx, sql, sqlite};

/// Takes the triggers away, which count and forbid, and says how they are made again.
pub(super) async fn open_up(tx: &mut Tx<'_>) -> DbResult<String> {
    let triggers: Vec<(String, String)> =
        tx.all(sql!(sqlite "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name"), &[]).await?;
    let (mut away, mut again) = (Vec::new(), Vec::new());
    for (name, text) in triggers {
        away.push(format!("DROP TRIGGER {};", quoted(&name)));
        again.push(format!("{text};"));
    }
    tx.script(&away.join("\n")).await?;
    Ok(again.join("\n"))
}

/// Names a row that refers to one that is not there.
pub(super) async fn check(tx: &mut Tx<'_>) -> DbResult<()> {
    let broken: Option<(String, String)> =
        tx.opt(sql!(sqlite "SELECT \"table\", \"parent\" FROM pragma_foreign_key_check LIMIT 1"), &[]).await?;
    match broken {
        Some((table, parent)) => Err(DbError::Unreadable { at: table, why: format!("a row refers to one of {parent} that is not there") }),
        None => Ok(()),
    }
}

/// Puts rows into a table.
pub(crate) fn pour(connection: &Connection, table: &Table, next: &mut Next<'_>) -> Result<(), NotCopied> {
    let at = || format!("filling {}", table.name);
    let places: Vec<String> = (1..=table.columns.len()).map(|n| format!("?{n}")).collect();
    let text = format!("INSERT INTO {} ({}) VALUES ({})", quoted(&table.name), super::listed(&table.columns), places.join(", "));
    let refused = |said| DbError::Sqlite { at: at(), said };
    let mut statement = connection.prepare(&text).map_err(refused)?;
    while let Some(row) = next()? {
        if row.len() != table.columns.len() {
            return Err(uneven(table));
        }
        for (index, value) in row.iter().enumerate() {
            statement.raw_bind_parameter(index + 1, value).map_err(refused)?;
        }
        statement.raw_execute().map_err(refused)?;
    }
    Ok(())
}

/// Gives everything to the file itself, so that it can be moved alone.
pub(super) fn settle(connection: Connection) -> DbResult<()> {
    sqlite::script(&connection, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE")?;
    connection.close().map_err(|(_, said)| DbError::Sqlite { at: "closing a filled file".to_owned(), said })
}

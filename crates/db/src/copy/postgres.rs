//! What filling a server's database needs.

use bytes::{BufMut as _, BytesMut};
use futures_util::SinkExt as _;
use kernel::Uuid;
use std::fmt::Write as _;
use std::pin::pin;

use super::{Next, NotCopied, Table, listed, quoted, uneven};
use crate::postgres::Connection;
use crate::{Arg, DbError, DbResult, Tx, sql};

/// How many bytes of lines are sent at a time.
const PIECE: usize = 64 * 1024;

/// Takes away what looks at each row (triggers, and references between tables), and says how it comes back.
pub(super) async fn open_up(tx: &mut Tx<'_>, tables: &[Table]) -> DbResult<String> {
    let references: Vec<(String, String, String)> = tx
        .all(
            sql!(postgres
                "SELECT CAST(relname AS TEXT), CAST(conname AS TEXT), pg_get_constraintdef(pg_constraint.oid)
                 FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
                 WHERE contype = 'f' AND connamespace = CAST(current_schema() AS regnamespace) ORDER BY 1, 2"
            ),
            &[],
        )
        .await?;
    let (mut away, mut again) = (Vec::new(), Vec::new());
    for (table, name, definition) in references {
        let (table, name) = (quoted(&table), quoted(&name));
        away.push(format!("ALTER TABLE {table} DROP CONSTRAINT {name};"));
        again.push(format!("ALTER TABLE {table} ADD CONSTRAINT {name} {definition};"));
    }
    for table in tables {
        let name = quoted(&table.name);
        away.push(format!("ALTER TABLE {name} DISABLE TRIGGER USER;"));
        again.push(format!("ALTER TABLE {name} ENABLE TRIGGER USER;"));
    }
    tx.script(&away.join("\n")).await?;
    Ok(again.join("\n"))
}

/// Columns that count by themselves go on after the last number that was copied.
pub(super) async fn go_on_counting(tx: &mut Tx<'_>) -> DbResult<()> {
    let counting: Vec<(String, String)> = tx
        .all(
            sql!(postgres
                "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns
                 WHERE table_schema = current_schema() AND is_identity = 'YES' ORDER BY 1, 2"
            ),
            &[],
        )
        .await?;
    let mut set = Vec::new();
    for (table, column) in counting {
        let (name, counted) = (quoted(&table), quoted(&column));
        set.push(format!(
            "SELECT setval(pg_get_serial_sequence('{}', '{}'), coalesce(max({counted}), 1), max({counted}) IS NOT NULL) FROM {name};",
            name.replace('\'', "''"),
            column.replace('\'', "''"),
        ));
    }
    tx.script(&set.join("\n")).await
}

/// Puts rows into a table.
pub(crate) async fn pour(connection: &Connection, table: &Table, next: &mut Next<'_>) -> Result<(), NotCopied> {
    let kinds = kinds(connection, table).await?;
    let text = format!("COPY {} ({}) FROM STDIN", quoted(&table.name), listed(&table.columns));
    let refused = |error| DbError::postgres(format!("filling {}", table.name), &error);
    let mut sink = pin!(connection.copy_in(&text).await?);
    let mut lines = BytesMut::with_capacity(2 * PIECE);
    while let Some(row) = next()? {
        if row.len() != kinds.len() {
            return Err(uneven(table));
        }
        for (at, (value, kind)) in row.iter().zip(&kinds).enumerate() {
            if at > 0 {
                lines.put_u8(b'\t');
            }
            put(&mut lines, value, *kind).ok_or_else(|| {
                let why = format!("the value of {} does not fit", table.columns[at]);
                DbError::Unreadable { at: table.name.clone(), why }
            })?;
        }
        lines.put_u8(b'\n');
        if lines.len() >= PIECE {
            sink.send(lines.split().freeze()).await.map_err(refused)?;
        }
    }
    sink.send(lines.freeze()).await.map_err(refused)?;
    sink.finish().await.map_err(refused)?;
    Ok(())
}

/// What a column takes, as far as it matters to how a value is written.
#[derive(Clone, Copy)]
enum Kind {
    Bool,
    Bytes,
    Uuid,
    Other,
}

async fn kinds(connection: &Connection, table: &Table) -> Result<Vec<Kind>, NotCopied> {
    let ask = format!(
        "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name = '{}'",
        table.name.replace('\'', "''")
    );
    let mut found = std::collections::HashMap::new();
    connection
        .stream(&ask, &mut |row| {
            let kind = match row.value(1)?.text()? {
                "boolean" => Kind::Bool,
                "bytea" => Kind::Bytes,
                "uuid" => Kind::Uuid,
                _ => Kind::Other,
            };
            found.insert(row.value(0)?.text()?.to_owned(), kind);
            Ok(())
        })
        .await?;
    let known = |column: &String| found.get(column).copied().ok_or_else(|| uneven(table));
    table.columns.iter().map(known).collect()
}

/// Writes a value as a `COPY` reads it; nothing if the column takes no such value.
fn put(line: &mut BytesMut, value: &Arg, kind: Kind) -> Option<()> {
    match (value, kind) {
        (Arg::Null, _) => line.put_slice(b"\\N"),
        (Arg::Int(yes @ (0 | 1)), Kind::Bool) => line.put_u8(if *yes == 1 { b't' } else { b'f' }),
        (Arg::Int(number), Kind::Other) => write!(line, "{number}").ok()?,
        (Arg::Text(text), Kind::Other) => {
            for byte in text.bytes() {
                match byte {
                    b'\\' => line.put_slice(b"\\\\"),
                    b'\n' => line.put_slice(b"\\n"),
                    b'\r' => line.put_slice(b"\\r"),
                    b'\t' => line.put_slice(b"\\t"),
                    byte => line.put_u8(byte),
                }
            }
        }
        (Arg::Bytes(bytes), Kind::Uuid) => write!(line, "{}", Uuid::from_slice(bytes).ok()?).ok()?,
        (Arg::Bytes(bytes), Kind::Bytes) => {
            line.put_slice(b"\\\\x");
            line.put_slice(hex::encode(bytes).as_bytes());
        }
        _ => return None,
    }
    Some(())
}

//! Out of a database, while others read and write it.

use super::{MIGRATIONS, NotCopied, Receiver, Shape, Step, listed, quoted, tables};
use crate::postgres::Server;
use crate::{Db, DbError, DbResult, Engine, Tx, Value, sql, sqlite};

/// Nobody else's change is seen from the first statement to the last.
const ONE_STATE: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";

impl Db {
    /// Gives every row of every table, as they all were at one moment, and says what the database looked like then.
    ///
    /// It has a connection and a thread of its own: nobody waits for it.
    pub async fn copy_out<R: Receiver>(&self, mut receiver: R) -> Result<(Shape, R), NotCopied> {
        let settings = self.settings().clone();
        let engine = self.engine();
        let copied = tokio::task::spawn_blocking(move || {
            let shape = match engine {
                Engine::Sqlite => {
                    let connection = sqlite::looking_at(settings.url.trim_start_matches("sqlite:").as_ref())?;
                    sqlite::script(&connection, "BEGIN")?;
                    super::block_on(copy(&mut Tx::on_sqlite(&connection, None), engine, &mut receiver))??
                }
                Engine::Postgres => super::block_on(async {
                    let mut connection = Server::at(&settings)?.connect().await?;
                    connection.script("SET statement_timeout = 0").await?;
                    connection.script(ONE_STATE).await?;
                    copy(&mut Tx::on_postgres(&mut connection, None), engine, &mut receiver).await
                })??,
            };
            Ok((shape, receiver))
        });
        copied.await.map_err(|_| DbError::Closed)?
    }
}

async fn copy<R: Receiver>(tx: &mut Tx<'_>, engine: Engine, receiver: &mut R) -> Result<Shape, NotCopied> {
    let tables: Vec<_> = tables(tx).await?.into_iter().filter(|table| table.name != MIGRATIONS).collect();
    let steps = steps(tx).await?;
    for table in &tables {
        receiver.table(table)?;
        let select = format!("SELECT {} FROM {}", listed(&table.columns), quoted(&table.name));
        let mut refused = None;
        let copied = tx
            .stream(&select, &mut |row| {
                let values: Result<Vec<Value<'_>>, _> = (0..table.columns.len()).map(|at| row.value(at)).collect();
                receiver.row(&values?).map_err(|error| {
                    let why = error.to_string();
                    refused = Some(error);
                    why.into()
                })
            })
            .await;
        if let Some(error) = refused {
            return Err(error.into());
        }
        copied?;
    }
    Ok(Shape { engine, steps, tables })
}

async fn steps(tx: &mut Tx<'_>) -> DbResult<Vec<Step>> {
    tx.all(sql!("SELECT name, checksum FROM migrations ORDER BY name"), &[]).await
}

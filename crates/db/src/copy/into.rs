//! Into an empty database: all of it, or nothing.

use kernel::Timestamp;

use super::{Giver, MIGRATIONS, NotCopied, Shape, postgres, quoted, sqlite, tables, uneven};
use crate::migrate::{self, migrations};
use crate::postgres::Server;
use crate::{DbError, DbResult, Engine, Settings, Tx};

/// Fills the empty database of these settings with the rows of a copy, brings its tables up to date, and lets `finish` do what a
/// database needs that was away for a while. Everything is one transaction.
///
/// On SQLite the file is whole when this returns, with nothing beside it.
pub async fn copy_in<G, F>(settings: &Settings, shape: &Shape, mut giver: G, finish: F) -> Result<(), NotCopied>
where
    G: Giver,
    F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<()> + Send + 'static,
{
    let engine = settings.engine()?;
    shape.check(engine)?;
    let (settings, shape, now) = (settings.clone(), shape.clone(), settings.clock.now());
    let copied = tokio::task::spawn_blocking(move || match engine {
        Engine::Sqlite => {
            let connection = crate::sqlite::filling(settings.url.trim_start_matches("sqlite:").as_ref())?;
            crate::sqlite::script(&connection, "BEGIN IMMEDIATE")?;
            super::block_on(fill(&mut Tx::on_sqlite(&connection, None), &shape, &mut giver, finish, now))??;
            crate::sqlite::script(&connection, "COMMIT")?;
            Ok(sqlite::settle(connection)?)
        }
        Engine::Postgres => super::block_on(async {
            let mut connection = Server::at(&settings)?.connect().await?;
            connection.script("SET statement_timeout = 0").await?;
            connection.script("BEGIN").await?;
            fill(&mut Tx::on_postgres(&mut connection, None), &shape, &mut giver, finish, now).await?;
            Ok(connection.script("COMMIT").await?)
        })?,
    });
    copied.await.map_err(|_| DbError::Closed)?
}

/// Whether there is no table yet in the database of these settings.
pub async fn is_empty(settings: &Settings) -> DbResult<bool> {
    let settings = settings.clone();
    let asked = tokio::task::spawn_blocking(move || match settings.engine()? {
        Engine::Sqlite => {
            let path = std::path::PathBuf::from(settings.url.trim_start_matches("sqlite:"));
            if !path.exists() {
                return Ok(true);
            }
            let connection = crate::sqlite::looking_at(&path)?;
            super::block_on(has_no_tables(&mut Tx::on_sqlite(&connection, None)))?
        }
        Engine::Postgres => super::block_on(async {
            let mut connection = Server::at(&settings)?.connect().await?;
            has_no_tables(&mut Tx::on_postgres(&mut connection, None)).await
        })?,
    });
    asked.await.map_err(|_| DbError::Closed)?
}

async fn has_no_tables(tx: &mut Tx<'_>) -> DbResult<bool> {
    Ok(tables(tx).await?.is_empty())
}

async fn fill<F>(tx: &mut Tx<'_>, shape: &Shape, giver: &mut dyn Giver, finish: F, now: Timestamp) -> Result<(), NotCopied>
where
    F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<()>,
{
    if !has_no_tables(tx).await? {
        return Err(NotCopied::NotEmpty);
    }
    let engine = tx.engine();
    for step in shape.known_steps(engine)? {
        migrate::step(tx, &step, now).await?;
    }
    let own: Vec<_> = tables(tx).await?.into_iter().filter(|table| table.name != MIGRATIONS).collect();
    let again = match engine {
        Engine::Sqlite => sqlite::open_up(tx).await?,
        Engine::Postgres => postgres::open_up(tx, &own).await?,
    };
    for table in &own {
        // What a migration puts in at once stands in the copy too.
        tx.script(&format!("DELETE FROM {}", quoted(&table.name))).await?;
    }
    for table in &shape.tables {
        if !own.iter().any(|own| own.name == table.name) {
            return Err(uneven(table));
        }
        giver.table(&table.name)?;
        tx.pour(table, &mut || giver.row()).await?;
    }
    tx.script(&again).await?;
    match engine {
        Engine::Sqlite => sqlite::check(tx).await?,
        Engine::Postgres => postgres::go_on_counting(tx).await?,
    }
    for step in migrations(engine)? {
        migrate::step(tx, &step, now).await?;
    }
    finish(tx, now).await?;
    Ok(tx.is_sound()?)
}

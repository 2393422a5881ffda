//! Migrations: the steps that bring a database's tables up to date, each once.

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

use crate::{Db, DbError, DbResult, Engine, Lane, Tx, WriteError, row, sql};

#[derive(RustEmbed)]
#[folder = "../../migrations/sqlite"]
struct Sqlite;

#[derive(RustEmbed)]
#[folder = "../../migrations/postgres"]
struct Postgres;

/// One file: its name without the ending, and its text.
#[derive(Clone, Debug)]
pub(crate) struct Migration {
    name: String,
    text: Cow<'static, str>,
}

row! {
    struct Applied { name: String, checksum: [u8; 32] }
}

impl Migration {
    /// Its name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The hash of its text.
    pub(crate) fn checksum(&self) -> [u8; 32] {
        Sha256::digest(self.text.as_bytes()).into()
    }
}

/// The migrations of an engine, in the order of their names.
pub(crate) fn migrations(engine: Engine) -> DbResult<Vec<Migration>> {
    let names: Vec<_> = match engine {
        Engine::Sqlite => Sqlite::iter().collect(),
        Engine::Postgres => Postgres::iter().collect(),
    };
    let mut migrations = Vec::new();
    for file in names {
        let Some(name) = file.strip_suffix(".sql") else { continue };
        let embedded = match engine {
            Engine::Sqlite => Sqlite::get(&file),
            Engine::Postgres => Postgres::get(&file),
        };
        let unreadable = |why: &str| DbError::Migration { name: name.to_owned(), why: why.to_owned() };
        let text = match embedded.ok_or_else(|| unreadable("the file is gone"))?.data {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| unreadable("not UTF-8"))?,
            Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).map_err(|_| unreadable("not UTF-8"))?,
        };
        migrations.push(Migration { name: name.to_owned(), text });
    }
    migrations.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(migrations)
}

impl Db {
    /// Applies the migrations that this database does not have yet, in the order of their names, and says which.
    ///
    /// Each is one transaction, so it may be stopped at any moment and started again. A file that has changed since it was
    /// applied is refused.
    pub async fn migrate(&self) -> DbResult<Vec<String>> {
        let applied = self.apply(migrations(self.engine())?).await?;
        self.catch_up().await?;
        Ok(applied)
    }

    pub(crate) async fn apply(&self, migrations: Vec<Migration>) -> DbResult<Vec<String>> {
        let mut applied = Vec::new();
        for migration in migrations {
            let name = migration.name.clone();
            // A migration takes the time it needs.
            let step = self.write_within(None, Lane::Incident, None, async move |tx, now| step(tx, &migration, now).await);
            match step.await {
                Ok(true) => applied.push(name),
                Ok(false) => {}
                Err(WriteError::Storage(error @ DbError::Migration { .. })) => return Err(error),
                Err(error) => return Err(DbError::Migration { name, why: error.to_string() }),
            }
        }
        Ok(applied)
    }
}

/// Whether this crate's own tables are there.
pub(crate) async fn is_migrated(tx: &mut Tx<'_>) -> DbResult<bool> {
    let find = match tx.engine() {
        Engine::Sqlite => sql!(sqlite "SELECT count(*) > 0 FROM sqlite_schema WHERE name = 'public_version'"),
        Engine::Postgres => sql!(postgres "SELECT to_regclass('public_version') IS NOT NULL"),
    };
    tx.one(find, &[]).await
}

/// Applies one migration, unless it was. Of several processes that start at once, one does it and the others wait.
pub(crate) async fn step(tx: &mut Tx<'_>, migration: &Migration, now: kernel::Timestamp) -> DbResult<bool> {
    let (lock, table) = match tx.engine() {
        Engine::Sqlite => {
            ("", "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, checksum BLOB NOT NULL, at INTEGER NOT NULL) STRICT")
        }
        Engine::Postgres => (
            // Any number will do that nobody else uses.
            "SELECT pg_advisory_xact_lock(7365745); ",
            "CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, checksum bytea NOT NULL, at bigint NOT NULL)",
        ),
    };
    tx.script(&format!("{lock}{table}")).await?;
    let checksum = migration.checksum();
    let find = sql!("SELECT name, checksum FROM migrations WHERE name = $1");
    match tx.opt::<Applied>(find, &[(&migration.name).into()]).await? {
        Some(applied) if applied.checksum == checksum => return Ok(false),
        Some(applied) => {
            let why = "the file has changed since it was applied; a new step is a new file".to_owned();
            return Err(DbError::Migration { name: applied.name, why });
        }
        None => {}
    }
    tx.script(&migration.text).await?;
    let add = sql!("INSERT INTO migrations (name, checksum, at) VALUES ($1, $2, $3)");
    tx.run(add, &[(&migration.name).into(), checksum.into(), now.into()]).await?;
    Ok(true)
}

#[cfg(test)]
mod tests;

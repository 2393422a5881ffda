//! One connection and the statements that are prepared on it.

use futures_util::TryStreamExt;
use std::collections::HashMap;
use std::pin::pin;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Statement};

use crate::row::Columns;
use crate::{Arg, DbError, DbResult, Row, Stmt, Unreadable};

/// A connection, served by the runtime of the thread that holds it.
pub(crate) struct Connection {
    client: Client,
    prepared: HashMap<&'static str, Statement>,
}

impl Connection {
    pub(super) fn new(client: Client) -> Self {
        Self { client, prepared: HashMap::new() }
    }

    pub(super) fn is_lost(&self) -> bool {
        self.client.is_closed()
    }

    pub(crate) async fn script(&self, text: &str) -> DbResult<()> {
        self.client.batch_execute(text).await.map_err(|error| DbError::postgres("a script", &error))
    }

    /// A statement of this crate's own, asked once and answered with a number, if with anything.
    pub(crate) async fn number(&self, text: &str) -> DbResult<Option<i64>> {
        let refused = |error| DbError::postgres(text, &error);
        let rows = self.client.query_typed(text, &[]).await.map_err(refused)?;
        rows.first().map(|row| row.try_get(0)).transpose().map_err(refused)
    }

    pub(crate) async fn commit(&self) -> Result<(), tokio_postgres::Error> {
        self.client.batch_execute("COMMIT").await
    }

    pub(crate) async fn prepare(&mut self, stmt: &'static Stmt) -> DbResult<Statement> {
        if let Some(statement) = self.prepared.get(stmt.text()) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(stmt.text()).await.map_err(refused(stmt))?;
        self.prepared.insert(stmt.text(), statement.clone());
        Ok(statement)
    }

    pub(crate) async fn run(&mut self, stmt: &'static Stmt, args: &[Arg]) -> DbResult<u64> {
        let statement = self.prepare(stmt).await?;
        check_count(stmt, &statement, args)?;
        self.client.execute_raw(&statement, args).await.map_err(refused(stmt))
    }

    pub(crate) async fn query(
        &mut self,
        stmt: &'static Stmt,
        args: &[Arg],
        each: &mut dyn FnMut(&mut Row<'_>) -> Result<(), Unreadable>,
    ) -> DbResult<()> {
        let statement = self.prepare(stmt).await?;
        check_count(stmt, &statement, args)?;
        let mut rows = pin!(self.client.query_raw(&statement, args).await.map_err(refused(stmt))?);
        while let Some(row) = rows.try_next().await.map_err(refused(stmt))? {
            each(&mut Row::new(Columns::Postgres(&row))).map_err(|why| DbError::unreadable(stmt, &why))?;
        }
        Ok(())
    }
}

fn refused(stmt: &Stmt) -> impl FnOnce(tokio_postgres::Error) -> DbError {
    |error| match error.code() {
        // The limit of a read, kept by the server.
        Some(&SqlState::QUERY_CANCELED) => DbError::Late,
        _ => DbError::postgres(stmt.place(), &error),
    }
}

/// The driver panics on a wrong number of values; a mistake in a statement is no reason for that.
fn check_count(stmt: &Stmt, statement: &Statement, args: &[Arg]) -> DbResult<()> {
    if statement.params().len() == args.len() {
        return Ok(());
    }
    let why = format!("{} values are bound, {} are wanted", args.len(), statement.params().len());
    Err(DbError::Unreadable { at: stmt.place(), why })
}

//! One connection and the statements that are prepared on it.

use bytes::Bytes;
use futures_util::TryStreamExt;
use futures_util::future::try_join;
use std::collections::HashMap;
use std::pin::pin;
use std::time::Duration;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, CopyInSink, Statement};

use crate::row::Columns;
use crate::{Arg, DbError, DbResult, Row, Stmt, Unreadable};

/// A connection, served by the runtime of the thread that holds it.
pub(crate) struct Connection {
    client: Client,
    prepared: HashMap<&'static str, Prepared>,
    /// What begins a transaction in which nothing was asked yet.
    begin: Option<&'static str>,
    /// How many milliseconds the server gives a statement, 0 being without end; unknown on a new connection.
    limit: Option<u128>,
}

/// A statement as the server knows it.
struct Prepared {
    statement: Statement,
    uses: u32,
}

/// At which use a statement is prepared anew: seldom enough that the five plans which follow weigh nothing.
///
/// After its fifth use the server keeps one plan for a statement, made for the tables as they are then, until it next counts their
/// rows, a minute or two later. When a window opens, a table that held a few rows holds thousands within seconds, and the plan for
/// a few reads all of them for each applicant.
const RENEWED_AT: [u32; 9] = [16, 128, 1_024, 8_192, 65_536, 524_288, 4_194_304, 33_554_432, 268_435_456];

impl Prepared {
    /// Counts a use, and says whether the statement has to be prepared anew for it.
    fn wears_out(&mut self) -> bool {
        self.uses = self.uses.saturating_add(1);
        RENEWED_AT.contains(&self.uses)
    }
}

impl Connection {
    pub(super) fn new(client: Client) -> Self {
        Self { client, prepared: HashMap::new(), begin: None, limit: None }
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

    /// Begins a transaction whose statements have this limit. The beginning goes out together with the first of them: a page
    /// asks a few small things, and each way there and back costs the server as much as one.
    pub(super) async fn begin_with_the_first(&mut self, begin: &'static str, limit: Option<Duration>) -> DbResult<()> {
        let limit = limit.map_or(0, |limit| limit.as_millis());
        if self.limit != Some(limit) {
            self.script(&format!("SET statement_timeout = {limit}")).await?;
            self.limit = Some(limit);
        }
        self.begin = Some(begin);
        Ok(())
    }

    pub(crate) async fn commit(&mut self) -> Result<(), tokio_postgres::Error> {
        // Where nothing was asked, nothing has begun.
        if self.begin.take().is_some() { Ok(()) } else { self.client.batch_execute("COMMIT").await }
    }

    pub(crate) async fn prepare(&mut self, stmt: &'static Stmt) -> DbResult<Statement> {
        let mut uses = 0;
        if let Some(known) = self.prepared.get_mut(stmt.text()) {
            if !known.wears_out() {
                return Ok(known.statement.clone());
            }
            uses = known.uses;
        }
        let begun = begun(&self.client, self.begin.take());
        let ((), statement) = try_join(begun, self.client.prepare(stmt.text())).await.map_err(refused(stmt))?;
        self.prepared.insert(stmt.text(), Prepared { statement: statement.clone(), uses });
        Ok(statement)
    }

    pub(crate) async fn run(&mut self, stmt: &'static Stmt, args: &[Arg]) -> DbResult<u64> {
        let statement = self.prepare(stmt).await?;
        check_count(stmt, &statement, args)?;
        let begun = begun(&self.client, self.begin.take());
        try_join(begun, self.client.execute_raw(&statement, args)).await.map(|((), rows)| rows).map_err(refused(stmt))
    }

    pub(crate) async fn query(
        &mut self,
        stmt: &'static Stmt,
        args: &[Arg],
        each: &mut dyn FnMut(&mut Row<'_>) -> Result<(), Unreadable>,
    ) -> DbResult<()> {
        let statement = self.prepare(stmt).await?;
        check_count(stmt, &statement, args)?;
        let begun = begun(&self.client, self.begin.take());
        let ((), rows) = try_join(begun, self.client.query_raw(&statement, args)).await.map_err(refused(stmt))?;
        let mut rows = pin!(rows);
        while let Some(row) = rows.try_next().await.map_err(refused(stmt))? {
            each(&mut Row::new(Columns::Postgres(&row))).map_err(|why| DbError::unreadable(stmt, &why))?;
        }
        Ok(())
    }
}

impl Connection {
    /// The rows of a text without parameters, one after the other.
    pub(crate) async fn stream(&self, text: &str, each: &mut dyn FnMut(&Row<'_>) -> Result<(), Unreadable>) -> DbResult<()> {
        let refused = |error| DbError::postgres(text, &error);
        let statement = self.client.prepare(text).await.map_err(refused)?;
        let nothing: [&Arg; 0] = [];
        let mut rows = pin!(self.client.query_raw(&statement, nothing).await.map_err(refused)?);
        while let Some(row) = rows.try_next().await.map_err(refused)? {
            each(&Row::new(Columns::Postgres(&row))).map_err(|why| DbError::Unreadable { at: text.to_owned(), why: why.to_string() })?;
        }
        Ok(())
    }

    /// Where the lines of a `COPY … FROM STDIN` go.
    pub(crate) async fn copy_in(&self, text: &str) -> DbResult<CopyInSink<Bytes>> {
        self.client.copy_in(text).await.map_err(|error| DbError::postgres(text, &error))
    }
}

/// Sends what begins a transaction, if it has not begun. The answer need not be waited for: all is answered in its order.
async fn begun(client: &Client, begin: Option<&'static str>) -> Result<(), tokio_postgres::Error> {
    match begin {
        Some(begin) => client.batch_execute(begin).await,
        None => Ok(()),
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

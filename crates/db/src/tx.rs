//! One transaction, the same for both engines.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::effects::{Effects, Queue};
use crate::present::Present;
use crate::{Arg, DbError, DbResult, Engine, FromRow, Row, Stmt, copy, postgres, sqlite};

/// Statements of all transactions of this process.
static STATEMENTS: AtomicU64 = AtomicU64::new(0);

/// How many statements this process has asked of its databases so far.
pub fn statements_asked() -> u64 {
    STATEMENTS.load(Ordering::Relaxed)
}

/// What a verb is given: the transaction in which everything it does happens, or nothing.
///
/// On SQLite a statement finishes at once; on PostgreSQL it waits for the server. A verb awaits nothing else.
pub struct Tx<'c> {
    link: Link<'c>,
    deadline: Option<Instant>,
    state: State,
    effects: Effects,
    /// For a transaction that only looks: what others have read, and the version that was known when this one began.
    shared: Option<(&'c Present, u64)>,
}

enum Link<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(&'c mut postgres::Connection),
}

/// A verb that swallows an error must not commit half of what it does, so the transaction remembers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Refused,
    Failed,
}

impl<'c> Tx<'c> {
    pub(crate) fn on_sqlite(connection: &'c rusqlite::Connection, limit: Option<Duration>) -> Self {
        Self::new(Link::Sqlite(connection), limit)
    }

    pub(crate) fn on_postgres(connection: &'c mut postgres::Connection, limit: Option<Duration>) -> Self {
        Self::new(Link::Postgres(connection), limit)
    }

    fn new(link: Link<'c>, limit: Option<Duration>) -> Self {
        Self { link, deadline: limit.map(|limit| Instant::now() + limit), state: State::Open, effects: Effects::default(), shared: None }
    }

    /// For a transaction that only looks, before its first statement: it may answer with what others have read.
    pub(crate) fn sharing(mut self, present: &'c Present) -> Self {
        self.shared = Some((present, present.public_version()));
        self
    }
}

impl Tx<'_> {
    /// Which engine answers, for the few statements that must differ.
    pub fn engine(&self) -> Engine {
        match self.link {
            Link::Sqlite(_) => Engine::Sqlite,
            Link::Postgres(_) => Engine::Postgres,
        }
    }

    /// Every row of the answer.
    pub async fn all<T: FromRow>(&mut self, stmt: &'static Stmt, args: &[Arg]) -> DbResult<Vec<T>> {
        let mut rows = Vec::new();
        self.query(stmt, args, &mut |row| {
            rows.push(T::from_row(row)?);
            Ok(())
        })
        .await?;
        Ok(rows)
    }

    /// The first row of the answer, if there is one.
    pub async fn opt<T: FromRow>(&mut self, stmt: &'static Stmt, args: &[Arg]) -> DbResult<Option<T>> {
        Ok(self.all(stmt, args).await?.into_iter().next())
    }

    /// The first row of an answer that always has one.
    pub async fn one<T: FromRow>(&mut self, stmt: &'static Stmt, args: &[Arg]) -> DbResult<T> {
        self.opt(stmt, args).await?.ok_or_else(|| DbError::NoRow { at: stmt.place() })
    }

    /// What `ask` answers, shared by all reads of this process until something public changes: for rows that pages show again and
    /// again and that change with the public pages alone. A transaction that may write always asks.
    pub async fn kept<T, F>(&mut self, name: String, ask: F) -> DbResult<T>
    where
        T: Clone + Send + Sync + 'static,
        F: for<'a> AsyncFnOnce(&'a mut Self) -> DbResult<T>,
    {
        let Some((present, version)) = self.shared else { return ask(self).await };
        self.may_go_on()?;
        if let Some(known) = present.kept.get(&name, version) {
            return Ok(known);
        }
        let answer: T = ask(self).await?;
        present.kept.put(name, version, answer.clone());
        Ok(answer)
    }

    /// Changes rows and says how many.
    pub async fn run(&mut self, stmt: &'static Stmt, args: &[Arg]) -> DbResult<u64> {
        self.may_go_on()?;
        STATEMENTS.fetch_add(1, Ordering::Relaxed);
        let outcome = match &mut self.link {
            Link::Sqlite(connection) => sqlite::run(connection, stmt, args),
            Link::Postgres(connection) => connection.run(stmt, args).await,
        };
        self.remember(outcome)
    }

    /// Says that something a public page shows has changed, so that kept pages are made anew after the commit.
    #[expect(clippy::unused_async, reason = "a step of the transaction like the others, whose row is written at the commit")]
    pub async fn public_changed(&mut self) -> DbResult<()> {
        self.may_go_on()?;
        self.effects.public = true;
        Ok(())
    }

    /// Says that something was put into this queue, so that whoever works it off is woken after the commit.
    pub const fn queued(&mut self, queue: Queue) {
        self.effects.queued(queue);
    }

    /// Undoes everything this transaction has done, and answers nevertheless: `return tx.refuse(Err(NotApplied::Full))`.
    ///
    /// No statement may follow. The answer is kept under the idempotency key like any other.
    pub fn refuse<T>(&mut self, answer: T) -> DbResult<T> {
        self.may_go_on()?;
        self.state = State::Refused;
        Ok(answer)
    }

    /// Runs a text of several statements: a migration.
    pub(crate) async fn script(&mut self, text: &str) -> DbResult<()> {
        self.may_go_on()?;
        let outcome = match &mut self.link {
            Link::Sqlite(connection) => sqlite::script(connection, text),
            Link::Postgres(connection) => connection.script(text).await,
        };
        self.remember(outcome)
    }

    /// Gives the rows of a text that is put together from what the database says of itself, one after the other.
    pub(crate) async fn stream(&mut self, text: &str, each: &mut dyn FnMut(&Row<'_>) -> Result<(), crate::Unreadable>) -> DbResult<()> {
        self.may_go_on()?;
        let outcome = match &mut self.link {
            Link::Sqlite(connection) => sqlite::stream(connection, text, each),
            Link::Postgres(connection) => connection.stream(text, each).await,
        };
        self.remember(outcome)
    }

    /// Puts the rows that `next` gives into an empty table.
    pub(crate) async fn pour(&mut self, table: &copy::Table, next: &mut copy::Next<'_>) -> Result<(), copy::NotCopied> {
        self.may_go_on()?;
        let outcome = match &mut self.link {
            Link::Sqlite(connection) => copy::sqlite::pour(connection, table, next),
            Link::Postgres(connection) => copy::postgres::pour(connection, table, next).await,
        };
        if outcome.is_err() {
            self.state = State::Failed;
        }
        outcome
    }

    /// Asks the engine whether it takes the statement, and does nothing with it.
    pub(crate) async fn prepare(&mut self, stmt: &'static Stmt) -> DbResult<()> {
        self.may_go_on()?;
        match &mut self.link {
            Link::Sqlite(connection) => sqlite::prepare(connection, stmt),
            Link::Postgres(connection) => connection.prepare(stmt).await.map(|_| ()),
        }
    }

    /// Undoes what was done since the transaction, or its savepoint, began, and stays open.
    pub(crate) async fn start_over(&mut self) -> DbResult<()> {
        self.state = State::Open;
        self.effects = Effects::default();
        match &mut self.link {
            Link::Sqlite(connection) => sqlite::script(connection, sqlite::UNDO),
            Link::Postgres(connection) => connection.script("ROLLBACK; BEGIN").await,
        }
    }

    pub(crate) fn was_refused(&self) -> bool {
        self.state == State::Refused
    }

    pub(crate) const fn effects(&self) -> Effects {
        self.effects
    }

    /// An error that a verb has swallowed stops its commit all the same.
    pub(crate) fn is_sound(&self) -> DbResult<()> {
        if self.state == State::Failed { Err(DbError::Failed) } else { Ok(()) }
    }

    async fn query(
        &mut self,
        stmt: &'static Stmt,
        args: &[Arg],
        each: &mut dyn FnMut(&mut Row<'_>) -> Result<(), crate::Unreadable>,
    ) -> DbResult<()> {
        self.may_go_on()?;
        STATEMENTS.fetch_add(1, Ordering::Relaxed);
        let mut checked = |row: &mut Row<'_>| {
            each(row)?;
            row.is_read_to_its_end()
        };
        let outcome = match &mut self.link {
            Link::Sqlite(connection) => sqlite::query(connection, stmt, args, &mut checked),
            Link::Postgres(connection) => connection.query(stmt, args, &mut checked).await,
        };
        self.remember(outcome)
    }

    fn may_go_on(&mut self) -> DbResult<()> {
        match self.state {
            State::Refused => return Err(DbError::Rollback),
            State::Failed => return Err(DbError::Failed),
            State::Open => {}
        }
        if self.deadline.is_some_and(|deadline| Instant::now() > deadline) {
            self.state = State::Failed;
            return Err(DbError::Late);
        }
        Ok(())
    }

    fn remember<T>(&mut self, outcome: DbResult<T>) -> DbResult<T> {
        if outcome.is_err() {
            self.state = State::Failed;
        }
        outcome
    }
}

//! One transaction, the same for both engines.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::{Arg, DbError, DbResult, Engine, FromRow, Row, Stmt, postgres, sqlite};

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
    public_changed: bool,
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
        Self { link, deadline: limit.map(|limit| Instant::now() + limit), state: State::Open, public_changed: false }
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
        self.public_changed = true;
        Ok(())
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
        self.public_changed = false;
        match &mut self.link {
            Link::Sqlite(connection) => sqlite::script(connection, sqlite::UNDO),
            Link::Postgres(connection) => connection.script("ROLLBACK; BEGIN").await,
        }
    }

    pub(crate) fn was_refused(&self) -> bool {
        self.state == State::Refused
    }

    pub(crate) const fn changed_public(&self) -> bool {
        self.public_changed
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

//! The database as the portal sees it.

use kernel::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::sync::oneshot;

use crate::crew::Crew;
use crate::gather::{Asking, Crowds, Gather};
use crate::present::Present;
use crate::write::{Job, Read, Write};
use crate::{
    Broken, DbError, DbResult, Engine, HotKey, Key, Lane, Queue, Settings, Tx, WriteError, idempotency, migrate, postgres, sql, sqlite,
    statements,
};

/// How soon a change of public pages by another process is seen.
const POLL: Duration = Duration::from_secs(1);

/// A database. Clones are the same one.
#[derive(Clone)]
pub struct Db {
    shared: Arc<Shared>,
}

struct Shared {
    settings: Settings,
    engine: Engine,
    present: Arc<Present>,
    readers: Arc<Crew<Box<dyn Job>>>,
    glances: Glances,
    writers: Writers,
    crowds: Crowds,
}

enum Glances {
    Sqlite(sqlite::Glances),
    Postgres(Arc<Crew<Box<dyn Job>>>),
}

enum Writers {
    Sqlite(sqlite::Writer),
    Postgres([Arc<Crew<Box<dyn Job>>>; 3]),
}

impl Db {
    /// Opens the database. On SQLite the file is made if it is not there.
    pub async fn open(settings: Settings) -> DbResult<Self> {
        let engine = settings.engine()?;
        let present = Arc::new(Present::new(settings.clock.clone()));
        let Settings { readers, writers, room, durable, .. } = settings;
        let (readers, glances, writers) = match engine {
            Engine::Sqlite => {
                let path = PathBuf::from(settings.url.trim_start_matches("sqlite:"));
                let writer = sqlite::Writer::open(&path, durable, room, Arc::clone(&present))?;
                let glances = sqlite::Glances::at(path.clone(), durable, Arc::clone(&present));
                (sqlite::readers(path, durable, readers, room, Arc::clone(&present)), Glances::Sqlite(glances), Writers::Sqlite(writer))
            }
            Engine::Postgres => {
                let server = Arc::new(postgres::Server::at(&settings)?);
                let lanes = Lane::ALL.map(|_| postgres::writers(Arc::clone(&server), writers, room, Arc::clone(&present)));
                // A glance is over soon, so half as many do.
                let glancers = postgres::glancers(Arc::clone(&server), readers.div_ceil(2), room, Arc::clone(&present));
                let readers = postgres::readers(server, readers, room, Arc::clone(&present));
                (readers, Glances::Postgres(glancers), Writers::Postgres(lanes))
            }
        };
        let db = Self { shared: Arc::new(Shared { settings, engine, present, readers, glances, writers, crowds: Crowds::default() }) };
        db.catch_up().await?;
        if engine == Engine::Postgres {
            tokio::spawn(follow(Arc::downgrade(&db.shared)));
        }
        Ok(db)
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        self.shared.engine
    }

    /// How it was opened.
    pub(crate) fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    /// Runs all queries of `work` on one state of the data: `db.read(async move |tx| store::find(tx, id).await)`.
    pub async fn read<T, F>(&self, work: F) -> DbResult<T>
    where
        T: Send + 'static,
        F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>) -> DbResult<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Read { limit: Some(self.shared.settings.read_limit), work, answer: None, reply };
        self.shared.readers.submit(Box::new(job))?;
        answer.await.unwrap_or(Err(DbError::Closed))
    }

    /// [`Db::read`] for what every page of a person asks: a few rows, each found by its key.
    ///
    /// On SQLite such a read is over before a reader would have woken up, so it is done at once, on the thread that asks. What
    /// takes longer than some milliseconds is begun again by a reader. On PostgreSQL its statements are planned once.
    pub async fn glance<T, F>(&self, work: F) -> DbResult<T>
    where
        T: Send + 'static,
        F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>) -> DbResult<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Read { limit: Some(self.shared.settings.read_limit), work, answer: None, reply });
        match &self.shared.glances {
            Glances::Sqlite(glances) => {
                if let Some(job) = glances.serve(job) {
                    self.shared.readers.submit(job)?;
                }
            }
            Glances::Postgres(glancers) => glancers.submit(job)?,
        }
        answer.await.unwrap_or(Err(DbError::Closed))
    }

    /// Does `work` in one transaction, and answers after it is durable.
    ///
    /// With a key it is done once: when the same request comes again, it gets the answer of the first time. `work` may be
    /// called again, so it takes what it needs by reference and changes nothing but the database.
    pub async fn write<T, F>(&self, lane: Lane, key: Option<Key>, work: F) -> Result<T, WriteError>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<T> + Send + 'static,
    {
        self.write_within(Some(self.shared.settings.write_limit), lane, key, work).await
    }

    pub(crate) async fn write_within<T, F>(&self, limit: Option<Duration>, lane: Lane, key: Option<Key>, work: F) -> Result<T, WriteError>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.submit(lane, Box::new(Write { key, limit, work, answer: None, reply }))?;
        // A thread that is gone has taken its knowledge with it.
        answer.await.unwrap_or(Err(WriteError::Unknown))
    }

    /// Does `work` for all who want the same row at once, in one transaction: each gives an input and gets its own answer.
    ///
    /// `work` answers the inputs in their order. One caller's `work` serves them all, so it takes nothing but `input` with it.
    pub async fn gather<I, T, F>(&self, lane: Lane, hot: HotKey, key: Option<Key>, input: I, work: F) -> Result<T, WriteError>
    where
        I: Clone + Send + 'static,
        T: Serialize + DeserializeOwned + Send + 'static,
        F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp, Vec<I>) -> DbResult<Vec<T>> + Send + 'static,
    {
        let Writers::Postgres(lanes) = &self.shared.writers else {
            // The writer already serves all who wait with one commit.
            let alone = async move |tx: &mut Tx<'_>, now| {
                let mut answers = work(tx, now, vec![input.clone()]).await?;
                answers.pop().ok_or(DbError::Uneven { inputs: 1, answers: 0 })
            };
            return self.write(lane, key, alone).await;
        };
        let Settings { room, write_limit, .. } = self.shared.settings;
        let crowd = self.shared.crowds.at::<I, T, F>(lane, hot);
        let (reply, answer) = oneshot::channel();
        crowd.join(Asking { key, input, reply }, room, || {
            lanes[lane.index()].submit(Box::new(Gather::new(Arc::clone(&crowd), write_limit, work)))
        })?;
        drop(crowd);
        answer.await.unwrap_or(Err(WriteError::Unknown))
    }

    fn submit(&self, lane: Lane, job: Box<dyn Job>) -> DbResult<()> {
        match &self.shared.writers {
            Writers::Sqlite(writer) => writer.submit(lane, job),
            Writers::Postgres(lanes) => lanes[lane.index()].submit(job),
        }
    }

    /// What the write under this key answered, if it was committed: the question to ask after [`WriteError::Unknown`].
    pub async fn outcome<T: DeserializeOwned + Send + 'static>(&self, key: &Key) -> DbResult<Option<T>> {
        let key = key.clone();
        self.read(async move |tx| idempotency::outcome(tx, &key).await).await
    }

    /// The present moment. It never runs backwards, even if the machine's clock does: what has expired stays expired.
    pub fn now(&self) -> Timestamp {
        self.shared.present.now()
    }

    /// Calls `wake` after every commit of this process that has put something into `queue`. What another process has put there is for
    /// whoever looks by the clock.
    pub fn when_queued(&self, queue: Queue, wake: impl Fn() + Send + Sync + 'static) {
        self.shared.present.woken.add(queue, Box::new(wake));
    }

    /// Rises after every commit that called [`Tx::public_changed`], in this process or, within a second, in another.
    pub fn public_version(&self) -> u64 {
        self.shared.present.public_version()
    }

    /// Whether writes are taken: no longer once the disk has failed or the database is closed.
    pub fn is_writable(&self) -> bool {
        match &self.shared.writers {
            Writers::Sqlite(writer) => writer.is_open(),
            Writers::Postgres(_) => true,
        }
    }

    /// Whether the disk has failed: then whoever runs the program has to start it again.
    pub fn is_broken(&self) -> bool {
        match &self.shared.writers {
            Writers::Sqlite(writer) => writer.is_broken(),
            Writers::Postgres(_) => false,
        }
    }

    /// Waits until the disk fails. A server looks after its own.
    pub async fn breaks(&self) {
        match &self.shared.writers {
            Writers::Sqlite(writer) => writer.breaks().await,
            Writers::Postgres(_) => std::future::pending().await,
        }
    }

    /// Asks the engine whether it takes every statement of the program, and names those that it does not.
    pub async fn prepare_all(&self) -> DbResult<Vec<Broken>> {
        let mut broken = Vec::new();
        for stmt in statements().filter(|stmt| stmt.only().is_none_or(|only| only == self.engine())) {
            // Each in a transaction of its own, since on PostgreSQL a refusal ends it.
            let refusal = self.read(async move |tx| Ok(tx.prepare(stmt).await.err().map(|error| error.to_string()))).await?;
            broken.extend(refusal.map(|why| Broken { stmt, why }));
        }
        Ok(broken)
    }

    /// Finishes what was accepted, then stops.
    pub async fn close(self) {
        self.shared.close();
        // A thread waits for threads, so that this task's thread need not.
        let shared = self.shared;
        let waited = tokio::task::spawn_blocking(move || shared.join()).await;
        if let Err(error) = waited {
            tracing::error!(%error, "the database was not closed in order");
        }
    }

    /// Learns from the data how late it is and how often the public pages have changed.
    pub(crate) async fn catch_up(&self) -> DbResult<()> {
        let found = self.read(async |tx| {
            if !migrate::is_migrated(tx).await? {
                return Ok(None);
            }
            Ok(Some((idempotency::newest(tx).await?, public_version(tx).await?)))
        });
        if let Some((newest, version)) = found.await? {
            if let Some(newest) = newest {
                self.shared.present.not_before(newest);
            }
            self.shared.present.public_version_is(version);
        }
        Ok(())
    }
}

impl Shared {
    fn close(&self) {
        match &self.writers {
            Writers::Sqlite(writer) => writer.close(),
            Writers::Postgres(lanes) => lanes.iter().for_each(|lane| lane.close()),
        }
        self.readers.close();
        match &self.glances {
            Glances::Sqlite(glances) => glances.close(),
            Glances::Postgres(glancers) => glancers.close(),
        }
    }

    fn join(&self) {
        self.readers.join();
        if let Glances::Postgres(glancers) = &self.glances {
            glancers.join();
        }
        match &self.writers {
            Writers::Sqlite(writer) => writer.join(),
            Writers::Postgres(lanes) => lanes.iter().for_each(|lane| lane.join()),
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.close();
    }
}

/// Sees what other processes changed, as long as the database is open.
async fn follow(shared: Weak<Shared>) {
    loop {
        tokio::time::sleep(POLL).await;
        let Some(shared) = shared.upgrade() else { return };
        let db = Db { shared };
        match db.read(async |tx| public_version(tx).await).await {
            Ok(version) => db.shared.present.public_version_is(version),
            Err(DbError::Closed) => return,
            Err(error) => tracing::warn!(%error, "whether public pages have changed elsewhere is not known"),
        }
    }
}

async fn public_version(tx: &mut Tx<'_>) -> DbResult<i64> {
    tx.one(sql!("SELECT version FROM public_version"), &[]).await
}

//! The world of these tests: halls with seats.

use db::testing::TestDatabase;
use db::{Arg, Db, DbResult, Engine, Key, Lane, Tx, sql};
use kernel::{Clock, Timestamp, Uuid};
use std::ops::Deref;
use std::sync::mpsc;

/// A database with one hall, whose clock the test moves.
pub struct Venue {
    pub clock: Clock,
    database: TestDatabase,
}

pub const SEATS: i64 = 100;

impl Venue {
    pub async fn on(engine: Engine) -> Self {
        let clock = Clock::standing_at("2026-04-01T09:00+09:00".parse().unwrap());
        let database = TestDatabase::filled(engine, clock.clone(), "venue", async |db| build(db).await).await;
        Self { clock, database }
    }

    /// The same database, opened once more.
    pub async fn again(&self, change: impl FnOnce(&mut db::Settings)) -> Db {
        let mut settings = self.database.settings(self.clock.clone());
        change(&mut settings);
        Db::open(settings).await.unwrap()
    }

    pub async fn taken(&self) -> i64 {
        self.read(async |tx| tx.one(sql!("SELECT taken FROM halls"), &[]).await).await.unwrap()
    }

    /// How many notes say `text`.
    pub async fn notes(&self, text: &str) -> i64 {
        let text = text.to_owned();
        self.read(async move |tx| tx.one(sql!("SELECT count(*) FROM remarks WHERE text = $1"), &[(&text).into()]).await).await.unwrap()
    }
}

impl Deref for Venue {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.database
    }
}

async fn build(db: &Db) {
    let tables = match db.engine() {
        Engine::Sqlite => [
            sql!(sqlite "CREATE TABLE halls (id INTEGER PRIMARY KEY, seats INTEGER NOT NULL, taken INTEGER NOT NULL, CHECK (taken <= seats)) STRICT"),
            sql!(sqlite "CREATE TABLE remarks (text TEXT PRIMARY KEY, hall INTEGER REFERENCES halls (id) DEFERRABLE INITIALLY DEFERRED) STRICT"),
            sql!(sqlite "CREATE TABLE oddments (id BLOB, number INTEGER, small INTEGER, truth INTEGER, text TEXT, bytes BLOB, instant INTEGER, day TEXT, document TEXT, lang TEXT, absent TEXT) STRICT"),
        ],
        Engine::Postgres => [
            sql!(postgres "CREATE TABLE halls (id integer PRIMARY KEY, seats bigint NOT NULL, taken bigint NOT NULL, CHECK (taken <= seats))"),
            sql!(postgres "CREATE TABLE remarks (text text PRIMARY KEY, hall integer REFERENCES halls (id) DEFERRABLE INITIALLY DEFERRED)"),
            sql!(postgres "CREATE TABLE oddments (id uuid, number bigint, small integer, truth boolean, text text, bytes bytea, instant bigint, day text, document jsonb, lang text, absent text)"),
        ],
    };
    db.write(Lane::Staff, None, async move |tx, _| {
        for table in tables {
            tx.run(table, &[]).await?;
        }
        tx.run(sql!("INSERT INTO halls (id, seats, taken) VALUES (1, $1, 0)"), &[SEATS.into()]).await
    })
    .await
    .unwrap();
}

/// Writes a note; the same note twice is an error.
pub async fn note(tx: &mut Tx<'_>, text: &str) -> DbResult<()> {
    tx.run(sql!("INSERT INTO remarks (text) VALUES ($1)"), &[text.into()]).await?;
    Ok(())
}

/// Takes a seat, if one is left.
pub async fn take_seat(tx: &mut Tx<'_>) -> DbResult<bool> {
    let take = sql!("UPDATE halls SET taken = taken + 1 WHERE id = 1 AND taken < seats");
    Ok(tx.run(take, &[]).await? == 1)
}

/// Takes as many seats as are left, for so many at once.
pub async fn take_seats(tx: &mut Tx<'_>, wanted: usize) -> DbResult<Vec<bool>> {
    let left: i64 = tx.one(sql!("SELECT seats - taken FROM halls WHERE id = 1"), &[]).await?;
    let given = left.min(i64::try_from(wanted).unwrap());
    let take = sql!("UPDATE halls SET taken = taken + $1 WHERE id = 1");
    tx.run(take, &[Arg::from(given)]).await?;
    Ok((0..wanted).map(|place| i64::try_from(place).unwrap() < given).collect())
}

/// The key of a request that says `request`.
pub fn key(number: u128, request: u8) -> Key {
    Key::new(Uuid::from_u128(number), "見本 太郎", [request; 32])
}

/// A write that holds its thread until the sender is dropped, so that others have to wait behind it.
pub fn hold(db: &Db) -> (mpsc::Sender<()>, tokio::task::JoinHandle<()>) {
    let (release, held) = mpsc::channel::<()>();
    let (begun, has_begun) = mpsc::channel();
    let db = db.clone();
    let write = tokio::spawn(async move {
        let wait = async move |_: &mut Tx<'_>, _: Timestamp| {
            // The writer may call this once more; then nobody listens, or nobody holds it.
            let _ = begun.send(());
            let _ = held.recv();
            Ok(())
        };
        db.write(Lane::Public, None, wait).await.unwrap();
    });
    has_begun.recv().unwrap();
    (release, write)
}

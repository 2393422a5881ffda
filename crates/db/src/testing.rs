//! Databases for tests: each test has its own, copied from one that was migrated once.
//!
//! SQLite databases are files in memory. For PostgreSQL, `MIST_TEST_POSTGRES` names a server whose data may be thrown away,
//! which `crates/db/test-postgres` starts; without it such a test fails, since a test that is passed over promises nothing.

use kernel::{Clock, Timestamp};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use std::{env, fs, process, thread};

use crate::postgres::Server;
use crate::{Db, DbResult, Engine, Settings};

/// How long what an earlier run has left behind is kept.
const LEFT_BEHIND: Duration = Duration::from_hours(1);

/// A database of one test, gone when the test is over.
pub struct TestDatabase {
    db: Db,
    place: Place,
}

enum Place {
    File(PathBuf),
    Server(String),
}

impl TestDatabase {
    /// A migrated, empty database whose clock stands at the beginning of April 2026 in Japan.
    pub async fn on(engine: Engine) -> Self {
        Self::with_clock(engine, Clock::standing_at(Timestamp::from_micros(1_774_969_200_000_000))).await
    }

    /// A migrated, empty database with a clock of the test's own.
    pub async fn with_clock(engine: Engine, clock: Clock) -> Self {
        Self::filled(engine, clock, "empty", async |_| {}).await
    }

    /// A database that `fill` has filled: once for each run of the tests, as long as `name` is the same.
    pub async fn filled(engine: Engine, clock: Clock, name: &str, fill: impl AsyncFn(&Db)) -> Self {
        let place = match engine {
            Engine::Sqlite => {
                let template = sqlite_template(&clock, name, fill).await;
                let path = template.with_file_name(format!("{}.sqlite", unique()));
                fs::copy(&template, &path).expect("the template is copied");
                Place::File(path)
            }
            Engine::Postgres => {
                let template = postgres_template(&clock, name, fill).await;
                let name = unique();
                on_server(&[&format!("CREATE DATABASE {name} TEMPLATE {template}")]).await.expect("the template is copied");
                Place::Server(name)
            }
        };
        let db = open(place.url(), clock).await;
        Self { db, place }
    }

    /// A place where there is no table yet.
    pub async fn vacant(engine: Engine) -> Vacant {
        let name = unique();
        Vacant(match engine {
            Engine::Sqlite => Place::File(sqlite_folder().join(format!("{name}.sqlite"))),
            Engine::Postgres => {
                on_server(&[&format!("CREATE DATABASE {name} ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0")])
                    .await
                    .expect("a place is made");
                Place::Server(name)
            }
        })
    }

    /// The settings that open it once more, as a second process would.
    pub fn settings(&self, clock: Clock) -> Settings {
        settings(self.place.url(), clock)
    }
}

impl Deref for TestDatabase {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

/// A place for a database of a test, gone when the test is over.
pub struct Vacant(Place);

impl Vacant {
    /// The settings that open it.
    pub fn settings(&self, clock: Clock) -> Settings {
        settings(self.0.url(), clock)
    }

    /// What was put there, as the database of a test.
    pub async fn open(self, clock: Clock) -> TestDatabase {
        TestDatabase { db: open(self.0.url(), clock).await, place: self.0 }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        match self {
            Self::File(path) => {
                for suffix in ["", "-wal", "-shm"] {
                    // The log's files are not always there.
                    let _ = fs::remove_file(format!("{}{suffix}", path.display()));
                }
            }
            Self::Server(name) => {
                let drop = format!("DROP DATABASE {name} WITH (FORCE)");
                let dropped = thread::spawn(move || run(async move { on_server(&[&drop]).await })).join();
                if !matches!(dropped, Ok(Ok(()))) {
                    eprintln!("a database of a test was left behind");
                }
            }
        }
    }
}

impl Place {
    fn url(&self) -> String {
        match self {
            Self::File(path) => format!("sqlite:{}", path.display()),
            Self::Server(name) => server_url(name),
        }
    }
}

/// Runs a test's future on a runtime like the portal's.
pub fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime can be made").block_on(test)
}

fn settings(url: String, clock: Clock) -> Settings {
    Settings { durable: false, ..Settings::new(url, clock) }
}

/// The test server itself, where databases are made and dropped.
fn server() -> Settings {
    settings(server_url("postgres"), Clock::system())
}

async fn open(url: String, clock: Clock) -> Db {
    Db::open(settings(url, clock)).await.expect("a test's database opens")
}

async fn migrate_and_fill(url: String, clock: &Clock, fill: impl AsyncFn(&Db)) {
    let db = open(url, clock.clone()).await;
    db.migrate().await.expect("the migrations apply");
    fill(&db).await;
    db.close().await;
}

/// The templates of one run are not another's, so that none is older than the program and its data.
fn this_run() -> String {
    env::var("NEXTEST_RUN_ID").map_or_else(|_| process::id().to_string(), |id| id.replace('-', ""))
}

fn unique() -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    format!("mist_test_{}_{}", process::id(), MADE.fetch_add(1, Ordering::Relaxed))
}

/// Where the files of one run lie.
fn sqlite_folder() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() { memory.to_owned() } else { env::temp_dir() };
    let folder = parent.join(format!("mist-test-{}", this_run()));
    fs::create_dir_all(&folder).expect("the folder of the templates is made");
    folder
}

async fn sqlite_template(clock: &Clock, name: &str, fill: impl AsyncFn(&Db)) -> PathBuf {
    let folder = sqlite_folder();
    let template = folder.join(format!("template-{name}.sqlite"));
    if template.exists() {
        return template;
    }
    folder.parent().into_iter().for_each(remove_what_is_left_behind);
    // Of several tests that make it at once, one is the last, and its file as good as the others'.
    let fresh = folder.join(format!("{}.sqlite", unique()));
    migrate_and_fill(format!("sqlite:{}", fresh.display()), clock, fill).await;
    fs::rename(&fresh, &template).expect("the template is put in its place");
    template
}

fn remove_what_is_left_behind(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with("mist-test-")) {
        let age = entry.metadata().and_then(|metadata| metadata.modified()).map(|time| time.elapsed().unwrap_or_default());
        if age.is_ok_and(|age| age > LEFT_BEHIND) {
            // Another run may be faster at this.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

async fn postgres_template(clock: &Clock, name: &str, fill: impl AsyncFn(&Db)) -> String {
    let template = format!("mist_template_{}_{name}", this_run());
    let server = Server::at(&server()).expect("the server's address is one");
    let admin = server.connect().await.expect("the server of MIST_TEST_POSTGRES answers");
    let count = format!("SELECT count(*) FROM pg_database WHERE datname = '{template}'");
    let is_there = async || admin.number(&count).await.expect("the databases are listed") == Some(1);
    if is_there().await {
        return template;
    }
    // The lock goes with the connection.
    admin.script("SELECT pg_advisory_lock(7365746)").await.expect("a lock is given");
    if !is_there().await {
        let fresh = unique();
        admin.script(&format!("CREATE DATABASE {fresh} ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0")).await.expect("a database is made");
        migrate_and_fill(server_url(&fresh), clock, fill).await;
        admin.script(&format!("ALTER DATABASE {fresh} RENAME TO {template}")).await.expect("the template is put in its place");
    }
    template
}

async fn on_server(scripts: &[&str]) -> DbResult<()> {
    let connection = Server::at(&server())?.connect().await?;
    for script in scripts {
        connection.script(script).await?;
    }
    Ok(())
}

/// The address of a database on the test server.
fn server_url(database: &str) -> String {
    let url = env::var("MIST_TEST_POSTGRES")
        .expect("MIST_TEST_POSTGRES names a server for the tests on PostgreSQL: start one with crates/db/test-postgres");
    let (server, query) = url.split_once('?').unwrap_or((&url, ""));
    let (host, _) = server.rsplit_once('/').expect("the address names a database");
    format!("{host}/{database}?{query}")
}

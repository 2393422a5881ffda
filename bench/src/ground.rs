//! What every bench stands on: a demo that has been filled once for each engine, and copies of it.

use rusqlite::Connection;
use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

use crate::Outcome;
use crate::house::{self, House};
use crate::people::{FILLED_AT, NOW};
use crate::postgres::{self, Server};

/// The session for which everybody applies, as a condition.
const THE_SESSION: &str = "(SELECT s.id FROM sessions s JOIN courses c ON c.id = s.course JOIN programmes p ON p.id = c.programme \
     WHERE p.year = 'R8' AND c.slug = 'executive' AND s.number = 3)";

/// The database of the demo on the server, of which the others are copies.
const FILLED: &str = "filled";

pub struct Ground {
    /// Ends before its folder is removed.
    server: OnceCell<Server>,
    folder: TempDir,
    pub program: PathBuf,
    pub rounds: usize,
    pub commit: String,
}

/// Where the data of one measurement lies.
pub enum Store {
    Sqlite(PathBuf),
    Postgres(PathBuf, String),
}

impl Ground {
    /// Builds the program and fills a demo.
    pub fn prepare(rounds: usize) -> Outcome<Self> {
        let program = house::program()?;
        let folder = tempfile::Builder::new().prefix("mist-bench-").tempdir()?;
        // The server's user has to get through.
        fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
        let ground = Self { folder, program, rounds, commit: commit(), server: OnceCell::new() };
        let data = ground.folder(FILLED)?;
        House::demo(&ground.program, &data, None, FILLED_AT)?.stop()?;
        Store::Sqlite(data).empty_the_session()?;
        Ok(ground)
    }

    /// An empty folder.
    pub fn folder(&self, name: &str) -> Outcome<PathBuf> {
        let path = self.folder.path().join(name);
        if path.exists() {
            fs::remove_dir_all(&path)?;
        }
        fs::create_dir_all(&path)?;
        Ok(path)
    }

    /// A copy of the filled demo in a file.
    pub fn sqlite(&self, name: &str) -> Outcome<Store> {
        let (from, to) = (self.folder.path().join(FILLED), self.folder(name)?);
        for file in ["mist.sqlite", "master.key"] {
            fs::copy(from.join(file), to.join(file))?;
        }
        Ok(Store::Sqlite(to))
    }

    /// A copy of the filled demo on the server.
    pub fn postgres(&self, name: &str) -> Outcome<Store> {
        let server = self.server()?;
        server.copy(FILLED, name)?;
        // Beside a file of the same name, which may be measured in the same breath.
        let data = self.folder(&format!("{name}-postgres"))?;
        fs::copy(self.folder.path().join(FILLED).join("master.key"), data.join("master.key"))?;
        Ok(Store::Postgres(data, server.url(name)))
    }

    /// The server, started and filled when first asked for.
    pub fn server(&self) -> Outcome<&Server> {
        if let Some(server) = self.server.get() {
            return Ok(server);
        }
        let server = Server::start(self.folder.path().join("postgres"))?;
        postgres::execute(&server.url("postgres"), &format!("CREATE DATABASE {FILLED}"))?;
        let data = self.folder("postgres-filled")?;
        fs::copy(self.folder.path().join(FILLED).join("master.key"), data.join("master.key"))?;
        House::demo(&self.program, &data, Some(&server.url(FILLED)), FILLED_AT)?.stop()?;
        Store::Postgres(data, server.url(FILLED)).empty_the_session()?;
        Ok(self.server.get_or_init(|| server))
    }
}

impl Store {
    pub fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres(..) => "PostgreSQL",
        }
    }

    /// The address for `Db`.
    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(data) => format!("sqlite:{}", data.join("mist.sqlite").display()),
            Self::Postgres(_, url) => url.clone(),
        }
    }

    /// The n-th id, as SQL has it.
    pub fn id(&self, n: usize) -> String {
        match self {
            Self::Sqlite(_) => format!("x'{n:032x}'"),
            Self::Postgres(..) => format!("'{n:032x}'"),
        }
    }

    pub fn folder(&self) -> &Path {
        match self {
            Self::Sqlite(data) | Self::Postgres(data, _) => data,
        }
    }

    /// The demo over it.
    pub fn house(&self, program: &Path) -> Outcome<House> {
        match self {
            Self::Sqlite(data) => House::demo(program, data, None, NOW),
            Self::Postgres(data, url) => House::demo(program, data, Some(url), NOW),
        }
    }

    pub fn execute(&self, sql: &str) -> Outcome<()> {
        match self {
            Self::Sqlite(_) => Ok(self.file()?.execute_batch(sql)?),
            Self::Postgres(_, url) => postgres::execute(url, sql),
        }
    }

    pub fn number(&self, sql: &str) -> Outcome<i64> {
        match self {
            Self::Sqlite(_) => Ok(self.file()?.query_row(sql, [], |row| row.get(0))?),
            Self::Postgres(_, url) => postgres::number(url, sql),
        }
    }

    fn file(&self) -> Outcome<Connection> {
        let connection = Connection::open(self.folder().join("mist.sqlite"))?;
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        Ok(connection)
    }

    /// The id of the session for which everybody applies.
    pub fn session(&self) -> Outcome<String> {
        match self {
            Self::Sqlite(_) => {
                let hex: String = self.file()?.query_row(&format!("SELECT lower(hex({THE_SESSION}))"), [], |row| row.get(0))?;
                Ok([&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-"))
            }
            Self::Postgres(_, url) => postgres::text(url, &format!("SELECT CAST({THE_SESSION} AS text)")),
        }
    }

    /// Gives the session so many seats and waiting places; `None` for no limit.
    pub fn limit(&self, seats: Option<u32>, waiting_places: u32) -> Outcome<()> {
        let seats = seats.map_or_else(|| "NULL".to_owned(), |seats| seats.to_string());
        self.execute(&format!("UPDATE sessions SET seats = {seats}, waiting_places = {waiting_places} WHERE id = {THE_SESSION}"))
    }

    /// How many of the session's living applications meet a condition.
    pub fn count(&self, condition: &str) -> Outcome<i64> {
        self.number(&format!("SELECT count(*) FROM applications WHERE session = {THE_SESSION} AND cancelled_at IS NULL AND {condition}"))
    }

    fn empty_the_session(&self) -> Outcome<()> {
        self.execute(&format!(
            "DELETE FROM applications WHERE session = {THE_SESSION};
             UPDATE sessions SET taken = 0, waiting = 0, waited = 0, received = 0, seats = NULL WHERE id = {THE_SESSION}"
        ))
    }
}

/// What is measured.
fn commit() -> String {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let commit = git(&["rev-parse", "--short", "HEAD"]).unwrap_or_else(|| "unknown".to_owned());
    let is_clean = git(&["status", "--porcelain", "--untracked-files=no"]).is_some_and(|changed| changed.is_empty());
    if is_clean { commit } else { format!("{commit} with changes") }
}

//! A `PostgreSQL` of our own that keeps what it says it keeps: data on the disk, fsync on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tokio_postgres::NoTls;

use crate::{Outcome, meter};

/// A running server; it ends with this value.
pub struct Server {
    bin: PathBuf,
    place: PathBuf,
    pub pid: u32,
    pub version: String,
}

impl Server {
    /// Starts one in this folder.
    pub fn start(place: PathBuf) -> Outcome<Self> {
        let bin = installed().ok_or("PostgreSQL is not installed: the Debian package is called postgresql")?;
        fs::create_dir_all(&place)?;
        if nix::unistd::Uid::current().is_root() {
            let given = Command::new("chown").arg("postgres").arg(&place).status()?;
            if !given.success() {
                return Err("the folder of PostgreSQL could not be given to it".into());
            }
        }
        let mut server = Self { bin, place, pid: 0, version: String::new() };
        server.call("initdb", &["-U", "postgres", "-A", "trust", "--locale=C", "-E", "UTF8"])?;
        // Nothing here makes it less durable than it comes: it only keeps to itself, and has room for the connections.
        let options = format!("-c listen_addresses='' -c unix_socket_directories='{}' -c max_connections=200", server.place.display());
        server.call("pg_ctl", &["start", "-w", "-l", &server.place.join("server.log").display().to_string(), "-o", &options])?;
        let pid = fs::read_to_string(server.data().join("postmaster.pid"))?;
        server.pid = pid.lines().next().ok_or("no number of the server's process")?.trim().parse()?;
        fs::read_to_string(server.data().join("PG_VERSION"))?.trim().clone_into(&mut server.version);
        Ok(server)
    }

    /// The address of a database.
    pub fn url(&self, database: &str) -> String {
        format!("postgres:///{database}?host={}&user=postgres", self.place.display())
    }

    /// A new database that is a copy of another.
    pub fn copy(&self, from: &str, to: &str) -> Outcome<()> {
        execute(&self.url("postgres"), &format!("DROP DATABASE IF EXISTS {to} WITH (FORCE)"))?;
        execute(&self.url("postgres"), &format!("CREATE DATABASE {to} TEMPLATE {from}"))
    }

    pub fn cpu(&self) -> Outcome<std::time::Duration> {
        meter::family(self.pid)
    }

    fn data(&self) -> PathBuf {
        self.place.join("data")
    }

    fn call(&self, program: &str, arguments: &[&str]) -> Outcome<()> {
        let program = self.bin.join(program);
        let mut command = if nix::unistd::Uid::current().is_root() {
            // It refuses to run as root.
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.args(arguments).arg("-D").arg(self.data()).current_dir("/").stdin(Stdio::null()).stdout(Stdio::null());
        let status = command.status()?;
        if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", command.get_program().display()).into()) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.call("pg_ctl", &["stop", "-m", "immediate"]) {
            eprintln!("{error}");
        }
    }
}

/// The newest that Debian has installed, or the one on the path.
fn installed() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = versions.map(|entry| entry.path().join("bin")).filter(|bin| bin.join("initdb").exists()).max();
    debian.or_else(|| std::env::split_paths(&std::env::var_os("PATH")?).find(|folder| Path::new(folder).join("initdb").exists()))
}

/// Runs a text of SQL.
pub fn execute(url: &str, sql: &str) -> Outcome<()> {
    connected(url, async |client| Ok(client.batch_execute(sql).await?))
}

/// The number that a query answers.
pub fn number(url: &str, sql: &str) -> Outcome<i64> {
    connected(url, async |client| Ok(client.query_one(sql, &[]).await?.try_get(0)?))
}

/// The text that a query answers.
pub fn text(url: &str, sql: &str) -> Outcome<String> {
    connected(url, async |client| Ok(client.query_one(sql, &[]).await?.try_get(0)?))
}

fn connected<T>(url: &str, work: impl AsyncFn(&tokio_postgres::Client) -> Outcome<T>) -> Outcome<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        let served = tokio::spawn(connection);
        let outcome = work(&client).await;
        drop(client);
        served.await??;
        outcome
    })
}

//! The program under measurement, as a process of its own.

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, thread};

use crate::client::Client;
use crate::{Outcome, meter};

/// How long a process may take to begin or to end.
const PATIENCE: Duration = Duration::from_secs(60);

/// The core of whoever is measured; the generator has the other.
const CORE: &str = "0";

/// A running process; it ends with this value.
pub struct House {
    child: Child,
    pub port: u16,
    /// The host that requests name.
    pub host: String,
}

impl House {
    /// Starts the demo over this data; without `url` in the file `mist.sqlite` there.
    pub fn demo(program: &Path, data: &Path, url: Option<&str>, now: &str) -> Outcome<Self> {
        let port = free_port()?;
        let mut command = measured(program);
        command.args(["demo", "--now", now, "--listen", &format!("127.0.0.1:{port}"), "--data"]).arg(data);
        if let Some(url) = url {
            command.args(["--database-url", url]);
        }
        // As it runs for real people.
        command.env("MIST_LOG__LEVEL", "info").env("MIST_LOG__FORMAT", "json");
        Self::start(command, data, port, format!("localhost:{port}"))
    }

    /// Starts any process that answers at the port.
    pub fn start(mut command: Command, logs: &Path, port: u16, host: String) -> Outcome<Self> {
        let log = logs.join("output.log");
        command.stdin(Stdio::null()).stdout(File::create(&log)?).stderr(File::options().append(true).open(&log)?);
        let child = command.spawn()?;
        let mut house = Self { child, port, host };
        let begun = Instant::now();
        loop {
            if let Some(status) = house.child.try_wait()? {
                return Err(format!("it ended with {status}: {}", std::fs::read_to_string(&log).unwrap_or_default()).into());
            }
            if house.client().is_ok_and(|mut client| client.get("/healthz").is_ok()) {
                return Ok(house);
            }
            if begun.elapsed() > PATIENCE {
                return Err("it does not answer".into());
            }
            thread::sleep(Duration::from_millis(2));
        }
    }

    pub fn client(&self) -> Outcome<Client> {
        Client::to(self.port, &self.host)
    }

    /// Somebody signed in as a person of the demo.
    pub fn signed_in(&self, role: &str) -> Outcome<Client> {
        let mut client = self.client()?;
        let address = format!("/demo/sign-in/{role}");
        let page = client.get(&address)?;
        let form = page.form(&address).ok_or("no button to sign in")?;
        let answer = client.post(&form.action, &form.fields)?;
        if answer.status == 303 { Ok(client) } else { Err(format!("{role} is not signed in: {}", answer.status).into()) }
    }

    /// The processor time that it has used.
    pub fn cpu(&self) -> Outcome<Duration> {
        meter::process(self.child.id())
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ends it in order.
    pub fn stop(mut self) -> Outcome<()> {
        self.end()
    }

    fn end(&mut self) -> Outcome<()> {
        if self.child.try_wait()?.is_some() {
            return Ok(());
        }
        kill(Pid::from_raw(i32::try_from(self.child.id())?), Signal::SIGTERM)?;
        let begun = Instant::now();
        while self.child.try_wait()?.is_none() {
            if begun.elapsed() > PATIENCE {
                self.child.kill()?;
                self.child.wait()?;
                return Err("it did not end when told to".into());
            }
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            eprintln!("{error}");
        }
    }
}

/// The command, on the core of whoever is measured where `taskset` is there.
pub fn measured(program: &Path) -> Command {
    if Path::new("/usr/bin/taskset").exists() {
        let mut command = Command::new("/usr/bin/taskset");
        command.args(["-c", CORE]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

/// A port that nobody has.
pub fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The program, built by the same cargo that runs the bench.
pub fn program() -> Outcome<PathBuf> {
    let program = env::current_exe()?.with_file_name("mist");
    if let Some(cargo) = env::var_os("CARGO") {
        let built = Command::new(cargo).args(["build", "--release", "-p", "mist"]).status()?;
        if !built.success() {
            return Err("the program could not be built".into());
        }
    }
    if program.exists() { Ok(program) } else { Err("build the program first: cargo build --release -p mist".into()) }
}

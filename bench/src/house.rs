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
const PATIENCE: Duration = Duration::from_mins(3);

/// The core of whoever is measured; the generator has the other.
const CORE: &str = "0";

/// The variable that makes this file the program.
const IS_PROGRAM: &str = "MISTBENCH_IS_PROGRAM";

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
        let mut pinned = command(Path::new("/usr/bin/taskset"));
        pinned.args(["-c", CORE]).arg(program);
        pinned
    } else {
        command(program)
    }
}

/// A port that nobody has.
pub fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The program: this same file, which is the program when it is asked to be.
pub fn program() -> Outcome<PathBuf> {
    Ok(env::current_exe()?)
}

/// Whether this process is to be the program.
pub fn is_program() -> bool {
    env::var_os(IS_PROGRAM).is_some()
}

/// A command that runs the program.
pub fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env(IS_PROGRAM, "1");
    command
}

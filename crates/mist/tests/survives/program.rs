//! The real program, in a process of its own.

use rand::Rng as _;
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;

use crate::scratch::Scratch;

/// How much of what the program says is kept, for whoever has to find out why a test failed.
const LINES: usize = 60;

/// A program that serves.
pub struct Program {
    pub address: SocketAddr,
    /// The program, or the tracer around it.
    child: Child,
    is_traced: bool,
    said: Arc<Mutex<VecDeque<String>>>,
    listening: JoinHandle<()>,
}

/// What goes wrong at the program's calls to the system: the arguments of strace that bring it about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    calls: &'static str,
    what: &'static str,
    when: String,
}

/// The calls that wait for the disk.
const SYNCS: &str = "fsync,fdatasync";

impl Fault {
    /// The program is killed when a thread of it makes one of these calls for the `nth` time.
    pub fn killed_at(calls: &'static str, nth: u32) -> Self {
        Self { calls, what: "signal=KILL", when: nth.to_string() }
    }

    /// Syncing to the disk fails when a thread asks for it for the `nth` time.
    pub fn sync_fails(nth: u32) -> Self {
        Self { calls: SYNCS, what: "error=EIO", when: nth.to_string() }
    }

    /// The disk is full from the first of these writes of a thread to the last.
    pub fn disk_is_full(first: u32, last: u32) -> Self {
        Self { calls: "pwrite64", what: "error=ENOSPC", when: format!("{first}..{last}") }
    }

    fn tracer(&self, scratch: &Scratch) -> Command {
        let Self { calls, what, when } = self;
        let mut strace = Command::new("strace");
        // Only failures can be told to the kernel in advance; for a signal strace has to look at every call.
        if what.starts_with("error") {
            strace.arg("--seccomp-bpf");
        }
        strace.args(["-f", "-qqq", "-o", "/dev/null", "-e", &format!("trace={calls}")]);
        if *calls == SYNCS {
            // The log alone: whether the folder's name for it has arrived is nothing that SQLite waits for.
            strace.arg("-P").arg(scratch.data.path().join("mist.sqlite-wal"));
        }
        strace.args(["-e", &format!("inject={calls}:{what}:when={when}"), env!("CARGO_BIN_EXE_mist")]);
        strace
    }
}

/// Runs a command of the program to its end, and fails unless it succeeds. Gives what it said.
pub async fn does(scratch: &Scratch, arguments: &[&str]) -> String {
    let (succeeds, said) = tries(scratch, arguments).await;
    assert!(succeeds, "mist {}\n{said}", arguments.join(" "));
    said
}

/// Runs a command of the program to its end, and gives whether it succeeded and what it said.
pub async fn tries(scratch: &Scratch, arguments: &[&str]) -> (bool, String) {
    ran(Command::new(env!("CARGO_BIN_EXE_mist")), scratch, arguments).await
}

/// The same, where it is told something on its standard input.
pub async fn tries_reading(scratch: &Scratch, arguments: &[&str], input: &str) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mist"));
    at(&mut command, scratch).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program is there");
    child.stdin.take().expect("it is a pipe").write_all(input.as_bytes()).await.expect("it listens");
    said(&child.wait_with_output().await.expect("it ends"))
}

/// The same, with something that goes wrong.
pub async fn tries_with(fault: &Fault, scratch: &Scratch, arguments: &[&str]) -> (bool, String) {
    ran(fault.tracer(scratch), scratch, arguments).await
}

async fn ran(mut command: Command, scratch: &Scratch, arguments: &[&str]) -> (bool, String) {
    said(&at(&mut command, scratch).args(arguments).output().await.expect("the program, or strace, is there"))
}

fn said(output: &Output) -> (bool, String) {
    let said = [&output.stdout, &output.stderr].map(|said| String::from_utf8_lossy(said).into_owned()).join("\n");
    (output.status.success(), format!("{}\n{said}", output.status))
}

fn at<'a>(command: &'a mut Command, scratch: &Scratch) -> &'a mut Command {
    let settings = [
        ("MIST_DATA", scratch.data.path().display().to_string()),
        ("MIST_DATABASE__URL", scratch.url.clone()),
        ("MIST_SERVER__BASE_URL", "https://mist.example.jp".to_owned()),
        ("MIST_MAIL__HOST", "127.0.0.1".to_owned()),
        ("MIST_MAIL__SECURITY", "none".to_owned()),
        ("MIST_LOG__LEVEL", "warn".to_owned()),
        // What is shown is that nothing of it is lost, however many files one institution sends and however small the disk of a test is.
        ("MIST_DESK__EARLY_FILES", "250".to_owned()),
        ("MIST_DESK__EARLY_MEGABYTES", "100000".to_owned()),
        ("MIST_DESK__UNSEEN_MEGABYTES", "100000".to_owned()),
        ("MIST_FILES__RESERVE_MEGABYTES", "0".to_owned()),
    ];
    command.envs(settings).current_dir(scratch.data.path()).stdin(Stdio::null()).kill_on_drop(true)
}

impl Program {
    /// Starts the program and waits until it serves; its mail goes to this port.
    pub async fn start(scratch: &Scratch, mail_port: u16) -> Self {
        Self::run(Command::new(env!("CARGO_BIN_EXE_mist")), scratch, mail_port).await.expect("the program serves")
    }

    /// The same, with something that will go wrong; nothing if it went wrong before the program served.
    pub async fn start_with(fault: &Fault, scratch: &Scratch, mail_port: u16) -> Option<Self> {
        Self::run(fault.tracer(scratch), scratch, mail_port).await
    }

    /// The same, saying as much as a program that is no demo may say, into a file.
    pub async fn start_talking(scratch: &Scratch, mail_port: u16, log: &Path) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", "MIST_LOG__LEVEL=info exec \"$0\" \"$@\" 2>>\"$MIST_TEST_LOG\"", env!("CARGO_BIN_EXE_mist")]);
        command.env("MIST_TEST_LOG", log);
        let begun = Self::run(command, scratch, mail_port).await;
        begun.unwrap_or_else(|| panic!("the program does not serve: {}", std::fs::read_to_string(log).unwrap_or_default()))
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id().expect("it runs")
    }

    async fn run(mut command: Command, scratch: &Scratch, mail_port: u16) -> Option<Self> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port().await));
        let is_traced = command.as_std().get_program() == "strace";
        at(&mut command, scratch).env("MIST_MAIL__PORT", mail_port.to_string()).args(["serve", "--listen", &address.to_string()]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program, or strace, is there");
        let said = Arc::new(Mutex::new(VecDeque::new()));
        let listening = tokio::spawn(keep(child.stderr.take().expect("it is a pipe"), Arc::clone(&said)));
        let mut first = String::new();
        BufReader::new(child.stdout.take().expect("it is a pipe")).read_line(&mut first).await.expect("it can be read");
        (!first.is_empty()).then(|| Self { address, child, is_traced, said, listening })
    }

    /// Kills the program as nothing can that it could prepare for.
    pub async fn kill(mut self) {
        self.child.start_kill().expect("it is ours");
        self.child.wait().await.expect("it ends");
        self.listening.abort();
    }

    /// Asks the program to stop, as an operator does.
    pub async fn terminate(&self) {
        let id = self.child.id().expect("it runs").to_string();
        // A tracer ends as what it traces ends.
        let id = self.traced().unwrap_or(id);
        let told = Command::new("kill").args(["-TERM", &id]).status().await.expect("there is a kill");
        assert!(told.success(), "it was there to be told");
    }

    /// Waits until the program has said this.
    pub async fn says(&self, words: &str) {
        while !self.said().contains(words) {
            assert!(!self.listening.is_finished(), "it never said {words}: {}", self.said());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Waits until the program is gone, whatever ends it, and gives what it said last.
    pub async fn falls(&mut self) -> String {
        let status = self.child.wait().await.expect("it ends");
        format!("{status}\n{}", self.said())
    }

    /// Waits until the program has ended, and gives what it said last.
    pub async fn ended(mut self) -> (ExitStatus, String) {
        let status = self.child.wait().await.expect("it ends");
        // What is written is read before the end is.
        (&mut self.listening).await.expect("it is read to the end");
        (status, self.said())
    }

    /// The program inside the tracer, if there is one.
    fn traced(&self) -> Option<String> {
        let id = self.child.id().filter(|_| self.is_traced)?;
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).ok()?;
        children.split_whitespace().next().map(ToOwned::to_owned)
    }

    /// What the program said last.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().iter().fold(String::new(), |mut all, line| {
            let _ = writeln!(all, "{line}");
            all
        })
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // The tracer is killed with the test, and would leave the program behind.
        if let Some(id) = self.traced() {
            let _ = std::process::Command::new("kill").args(["-KILL", &id]).stderr(Stdio::null()).status();
        }
    }
}

async fn keep(said: impl AsyncRead + Unpin, kept: Arc<Mutex<VecDeque<String>>>) {
    let mut lines = BufReader::new(said).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let mut kept = kept.lock().unwrap();
        kept.push_back(line);
        if kept.len() > LINES {
            kept.pop_front();
        }
    }
}

/// A port that is free, below those that the system gives to lines that go out.
async fn free_port() -> u16 {
    loop {
        let port = rand::rng().random_range(15_000..32_000);
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.is_ok() {
            return port;
        }
    }
}

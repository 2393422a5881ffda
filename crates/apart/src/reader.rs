use std::fs::File;
use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;
use tokio::sync::{Semaphore, SemaphorePermit};

/// By what the system ends a process that has used up its time, and by what it may do so in the end.
const SIGXCPU: i32 = 24;
const SIGKILL: i32 = 9;
/// By what a program ends itself that gets no more memory.
const SIGABRT: i32 = 6;
/// What a program says that ends in a panic.
const PANIC: i32 = 101;
/// The most letters of an ending.
const ENDING_MAX: usize = 5;

/// A kind of files: what the program is told to read, and how many of them at once.
#[derive(Debug)]
pub struct Kind {
    name: &'static str,
    patience: Duration,
    places: Semaphore,
}

impl Kind {
    /// What the program calls it, how long reading one may take, its start included, and how many are read at once; the others wait.
    pub const fn new(name: &'static str, patience: Duration, at_once: usize) -> Self {
        Self { name, patience, places: Semaphore::const_new(at_once) }
    }

    /// Waits until one more may be read.
    pub async fn place(&self) -> io::Result<SemaphorePermit<'_>> {
        self.places.acquire().await.map_err(io::Error::other)
    }
}

/// What is read.
#[derive(Debug)]
pub enum Input<'i> {
    /// A file on the disk.
    File(File),
    /// What is in memory.
    Bytes(&'i [u8]),
}

/// Why there is no answer, as far as it is the fault of what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Died {
    /// It took more time than it had.
    TooLong,
    /// It needed more memory than it had, or answered more than was asked for.
    Swelled,
    /// It fell over something.
    Fell,
}

/// The program that reads in a process of its own: its command names what, the kind and its arguments follow, and what is read is its
/// input.
#[derive(Clone, Debug)]
pub struct Reader {
    program: PathBuf,
    command: &'static str,
}

impl Reader {
    /// A program, and the command that makes it read.
    pub const fn new(program: PathBuf, command: &'static str) -> Self {
        Self { program, command }
    }

    /// What the program answers, of which there may be so many bytes. An error is the fault of the program, whatever was read.
    pub async fn read(&self, kind: &Kind, arguments: &[&str], input: Input<'_>, most: u64) -> io::Result<Result<Vec<u8>, Died>> {
        let (stdin, bytes) = match input {
            Input::File(file) => (Stdio::from(file), &[][..]),
            Input::Bytes(bytes) => (Stdio::piped(), bytes),
        };
        let mut child = Command::new(&self.program)
            .args([self.command, kind.name])
            .args(arguments)
            .env_clear()
            .stdin(stdin)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let (Some(answer), asked) = (child.stdout.take(), child.stdin.take()) else { return Err(io::Error::other("no output")) };
        let asking = async {
            if let Some(mut asked) = asked {
                // Whoever has refused it reads no further.
                let _heard = asked.write_all(bytes).await;
            }
        };
        let mut sent = Vec::new();
        let reading = async {
            let mut answer = answer.take(most.saturating_add(1));
            {
                let answered = answer.read_to_end(&mut sent);
                tokio::pin!(asking, answered);
                // Whoever has answered is asked no further.
                tokio::select! {
                    heard = &mut answered => heard?,
                    () = &mut asking => answered.await?,
                };
            }
            if answer.limit() == 0 { Ok(None) } else { child.wait().await.map(Some) }
        };
        match tokio::time::timeout(kind.patience, reading).await {
            Ok(Err(error)) => Err(error),
            Ok(Ok(Some(status))) if status.success() => Ok(Ok(sent)),
            Ok(Ok(Some(status))) => died(status, kind).map(Err),
            Ok(Ok(None)) => Ok(Err(Died::Swelled)),
            Err(_) => Ok(Err(Died::TooLong)),
        }
    }
}

/// What it says of a file that the process which read it has died.
fn died(status: ExitStatus, kind: &Kind) -> io::Result<Died> {
    tracing::warn!(%status, kind = kind.name, "reading what was sent ended early");
    match (status.signal(), status.code()) {
        (Some(SIGXCPU | SIGKILL), _) => Ok(Died::TooLong),
        (Some(SIGABRT), _) => Ok(Died::Swelled),
        (Some(_), _) | (_, Some(PANIC)) => Ok(Died::Fell),
        // It could not even begin, whatever the file.
        _ => Err(io::Error::other("the program that reads what was sent does not work")),
    }
}

/// How the name of a file ends, in small letters; nothing if it could be anything else than an ending. Nothing of a name but a few
/// letters reaches a command line.
pub fn ending_of(name: &str) -> Option<String> {
    let (_, ending) = name.rsplit_once('.')?;
    let is_one = (1..=ENDING_MAX).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_one.then(|| ending.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A shell takes the place of the program: what it is to do takes the place of the kind.
    async fn does(script: &'static str, bytes: &[u8], most: u64) -> io::Result<Result<Vec<u8>, Died>> {
        let kind = Kind::new(script, Duration::from_secs(20), 1);
        Reader::new("/bin/sh".into(), "-c").read(&kind, &["beside", "it"], Input::Bytes(bytes), most).await
    }

    #[tokio::test]
    async fn how_the_process_died_says_what_is_wrong_with_the_file() {
        for (end, not) in [
            ("kill -24 $$", Died::TooLong),
            ("kill -9 $$", Died::TooLong),
            ("kill -6 $$", Died::Swelled),
            ("kill -11 $$", Died::Fell),
            ("exit 101", Died::Fell),
        ] {
            assert_eq!(does(end, b"", 10).await.unwrap(), Err(not), "{end}");
        }
        let hurry = Kind::new("sleep 60", Duration::from_millis(50), 1);
        let slow = Reader::new("/bin/sh".into(), "-c").read(&hurry, &[], Input::Bytes(b""), 10).await;
        assert_eq!(slow.unwrap(), Err(Died::TooLong));
        // Not the fault of the file.
        does("exit 1", b"", 10).await.unwrap_err();
        let nowhere = Kind::new("exit 0", Duration::from_secs(20), 1);
        Reader::new("/nowhere".into(), "-c").read(&nowhere, &[], Input::Bytes(b""), 10).await.unwrap_err();
    }

    #[tokio::test]
    async fn what_is_larger_than_a_pipe_goes_there_and_back_and_no_more_comes_than_was_asked_for() {
        let large = vec![b'x'; 3 << 20];
        assert_eq!(does("cat", &large, 3 << 20).await.unwrap(), Ok(large.clone()));
        assert_eq!(does("cat", &large, (3 << 20) - 1).await.unwrap(), Err(Died::Swelled));
        assert_eq!(does("while :; do echo on; done", b"", 1_000).await.unwrap(), Err(Died::Swelled));
        assert_eq!(does("printf read", &large, 10).await.unwrap(), Ok(b"read".to_vec()), "whoever has read enough answers");
        assert_eq!(does("printf '%s %s' \"$0\" \"$1\"", b"", 10).await.unwrap(), Ok(b"beside it".to_vec()));
    }

    #[test]
    fn nothing_but_letters_of_a_name_reaches_a_command_line() {
        let of = ending_of;
        assert_eq!((of("名簿.XLSX").as_deref(), of("a.tar.gz").as_deref()), (Some("xlsx"), Some("gz")));
        for name in ["名簿", "a.", "a.--help", "a.x y", "a.表", "a.abcdef"] {
            assert_eq!(of(name), None, "{name}");
        }
    }
}

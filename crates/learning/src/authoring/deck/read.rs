use objects::Draft;
use slides::{Deck, Limits, NotRead};
use std::io::{self, Read, Write};
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::process::Command;
use tokio::sync::Semaphore;

/// How long the process that reads may take: what it does itself, and its start.
const PATIENCE: Duration = Duration::from_secs(90);
/// The most bytes that it answers: the pictures that may come in, and the words.
const ANSWER_MAX: u64 = 96 << 20;
/// So many files are read at once; the others wait.
const AT_ONCE: usize = 2;

/// By what the system ends a process that has used up its time, and by what it may do so in the end.
const SIGXCPU: i32 = 24;
const SIGKILL: i32 = 9;
/// By what a program ends itself that gets no more memory.
const SIGABRT: i32 = 6;
/// What a program says that ends in a panic.
const PANIC: i32 = 101;

static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);

/// The program that reads a file of slides in a process of its own: what goes wrong in it, or grows without end, ends with it. It gets
/// the ending of the name, the file as its input, and answers by [`slides::send`].
#[derive(Clone, Debug)]
pub struct SlideReader {
    program: PathBuf,
    command: &'static str,
}

impl SlideReader {
    /// A program, and the command that makes it read.
    pub const fn new(program: PathBuf, command: &'static str) -> Self {
        Self { program, command }
    }

    async fn read(&self, draft: &Draft, ending: &str) -> io::Result<Result<Deck, NotRead>> {
        let input = std::fs::File::open(draft.path())?;
        let mut child = Command::new(&self.program)
            .args([self.command, ending])
            .env_clear()
            .stdin(Stdio::from(input))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let Some(mut answer) = child.stdout.take() else { return Err(io::Error::other("no output")) };
        let mut sent = Vec::new();
        let reading = async {
            (&mut answer).take(ANSWER_MAX).read_to_end(&mut sent).await?;
            child.wait().await
        };
        match tokio::time::timeout(PATIENCE, reading).await {
            Ok(Err(error)) => Err(error),
            Ok(Ok(status)) if status.success() => slides::receive(&sent).map_err(io::Error::other),
            Ok(Ok(status)) => died(status),
            Err(_) => Ok(Err(NotRead::TooLong)),
        }
    }
}

/// What it says of a file that the process which read it has died.
fn died(status: ExitStatus) -> io::Result<Result<Deck, NotRead>> {
    tracing::warn!(%status, "reading a file of slides ended early");
    match (status.signal(), status.code()) {
        (Some(SIGXCPU | SIGKILL), _) => Ok(Err(NotRead::TooLong)),
        (Some(SIGABRT), _) => Ok(Err(NotRead::Swells)),
        // It fell over something in the file.
        (Some(_), _) | (_, Some(PANIC)) => Ok(Err(NotRead::Damaged)),
        // It could not even begin, whatever the file.
        _ => Err(io::Error::other("the program that reads slides does not work")),
    }
}

/// Reads a file in quarantine. Only tests have no program for it: they read on a thread of their own.
pub async fn read(reader: Option<&SlideReader>, draft: &Draft, name: &str) -> io::Result<Result<Deck, NotRead>> {
    let _place = PLACES.acquire().await.map_err(io::Error::other)?;
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
    // Nothing of the name but a few letters reaches a command line.
    if ending.is_empty() || ending.len() > 5 || !ending.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Ok(Err(NotRead::NotSlides));
    }
    if let Some(reader) = reader {
        return reader.read(draft, &ending).await;
    }
    // What nobody has looked at is read nowhere but in a process that can do nothing else.
    if !cfg!(debug_assertions) {
        return Err(io::Error::other("there is no program that reads slides"));
    }
    let path = draft.path().to_owned();
    let work = move || here(&ending, std::fs::File::open(path)?, || Ok(()));
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// Reads the input, and answers as the process does that reads. `confine` gives up what reading does not need, once all that it does
/// need is there.
pub fn answer(ending: &str, input: impl Read, output: &mut impl Write, confine: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    slides::send(&here(ending, input, confine)?, output)
}

fn here(ending: &str, input: impl Read, confine: impl FnOnce() -> io::Result<()>) -> io::Result<Result<Deck, NotRead>> {
    let (limits, typeface) = (Limits::default(), pdf::typeface());
    confine()?;
    let mut bytes = Vec::new();
    input.take(u64::try_from(limits.bytes).unwrap_or(u64::MAX).saturating_add(1)).read_to_end(&mut bytes)?;
    // Memory is short: what the file does not fill is for its pictures.
    bytes.shrink_to_fit();
    Ok(slides::read(bytes, &format!("slides.{ending}"), Some(typeface), &limits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use objects::Objects;

    #[tokio::test]
    async fn how_the_process_died_says_what_is_wrong_with_the_file() {
        let draft = Objects::in_memory().draft(10).await.unwrap();
        // A shell takes the place of the program: what it is to do takes the place of the ending.
        let reader = SlideReader::new("/bin/sh".into(), "-c");
        for (end, not) in [
            ("kill -24 $$", NotRead::TooLong),
            ("kill -9 $$", NotRead::TooLong),
            ("kill -6 $$", NotRead::Swells),
            ("kill -11 $$", NotRead::Damaged),
            ("exit 101", NotRead::Damaged),
        ] {
            assert_eq!(reader.read(&draft, end).await.unwrap(), Err(not), "{end}");
        }
        // Not the fault of the file.
        reader.read(&draft, "exit 1").await.unwrap_err();
        reader.read(&draft, "echo nothing that was read").await.unwrap_err();
        SlideReader::new("/nowhere".into(), "-c").read(&draft, "exit 0").await.unwrap_err();
    }
}

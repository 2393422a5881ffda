use objects::Draft;
use slides::{Deck, Limits, NotRead};
use std::io::{self, Read};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::process::Command;
use tokio::sync::Semaphore;

/// How long the process that reads may take: what it does itself, and its start.
const PATIENCE: Duration = Duration::from_secs(90);
/// The most bytes that it answers.
const ANSWER_MAX: u64 = 256 << 20;
/// So many files are read at once; the others wait.
const AT_ONCE: usize = 2;

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
            // It was stopped for taking more memory or time than it may.
            Ok(Ok(_)) => Ok(Err(NotRead::Swells)),
            Err(_) => Ok(Err(NotRead::TooLong)),
        }
    }
}

/// Reads a file in quarantine; without a program for it, on a thread of this one.
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
    let path = draft.path().to_owned();
    let work = move || here(&ending, std::fs::File::open(path)?, || Ok(()));
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// What the process that reads answers. `confine` gives up what reading does not need, once all that it does need is there.
pub fn answer(ending: &str, input: impl Read, confine: impl FnOnce() -> io::Result<()>) -> io::Result<Vec<u8>> {
    Ok(slides::send(here(ending, input, confine)?))
}

fn here(ending: &str, input: impl Read, confine: impl FnOnce() -> io::Result<()>) -> io::Result<Result<Deck, NotRead>> {
    let (limits, typeface) = (Limits::default(), pdf::typeface());
    confine()?;
    let mut bytes = Vec::new();
    input.take(u64::try_from(limits.bytes).unwrap_or(u64::MAX).saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(slides::read(&bytes, &format!("slides.{ending}"), Some(typeface), &limits))
}

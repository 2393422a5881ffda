use apart::{Died, Input, Kind, Reader, ending_of};
use objects::Draft;
use slides::{Deck, Limits, NotRead};
use std::io::{self, Read, Write};
use std::time::Duration;

/// The most bytes that the process which reads answers: the pictures that may come in, and the words.
const ANSWER_MAX: u64 = 96 << 20;

/// How long that process may take, and how many files of slides are read at once.
static SLIDES: Kind = Kind::new("slides", Duration::from_secs(90), 2);

/// Reads a file in quarantine. Only tests have no program for it: they read on a thread of their own.
pub async fn read(reader: Option<&Reader>, draft: &Draft, name: &str) -> io::Result<Result<Deck, NotRead>> {
    let _place = SLIDES.place().await?;
    let Some(ending) = ending_of(name) else { return Ok(Err(NotRead::NotSlides)) };
    let file = std::fs::File::open(draft.path())?;
    if let Some(reader) = reader {
        return match reader.read(&SLIDES, &[&ending], Input::File(file), ANSWER_MAX).await? {
            Ok(sent) => slides::receive(&sent).map_err(io::Error::other),
            Err(Died::TooLong) => Ok(Err(NotRead::TooLong)),
            Err(Died::Swelled) => Ok(Err(NotRead::Swells)),
            Err(Died::Fell) => Ok(Err(NotRead::Damaged)),
        };
    }
    // What nobody has looked at is read nowhere but in a process that can do nothing else.
    if !cfg!(debug_assertions) {
        return Err(io::Error::other("there is no program that reads slides"));
    }
    tokio::task::spawn_blocking(move || here(&ending, file, || Ok(()))).await.map_err(io::Error::other)?
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
    async fn what_is_no_name_of_slides_reaches_no_program_and_what_a_program_says_is_not_believed() {
        let draft = Objects::in_memory().draft(10).await.unwrap();
        let nobody = Reader::new("/nowhere".into(), "read");
        assert_eq!(read(Some(&nobody), &draft, "a.--help").await.unwrap(), Err(NotRead::NotSlides));
        read(Some(&nobody), &draft, "a.pdf").await.unwrap_err();
        // It says what it is told.
        read(Some(&Reader::new("/bin/echo".into(), "read")), &draft, "a.pdf").await.unwrap_err();
    }
}

//! Chapters: a line each, such as `00:12:30 見出し`.

/// Where a part of a film begins, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// When it begins, in seconds.
    pub at: i64,
    /// What it is called.
    pub title: String,
}

/// Why a text is no list of chapters, and on which line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotChapters {
    /// No time at the beginning.
    #[error("line {0}: no time")]
    Time(usize),
    /// No words behind it.
    #[error("line {0}: no title")]
    Title(usize),
    /// Not after the one before.
    #[error("line {0}: out of order")]
    Order(usize),
    /// Behind the end of the film.
    #[error("line {0}: behind the end")]
    Beyond(usize),
}

impl NotChapters {
    /// The line that is wrong.
    pub const fn line(self) -> usize {
        match self {
            Self::Time(line) | Self::Title(line) | Self::Order(line) | Self::Beyond(line) => line,
        }
    }

    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Time(_) => "chapters-no-time",
            Self::Title(_) => "chapters-no-title",
            Self::Order(_) => "chapters-order",
            Self::Beyond(_) => "chapters-beyond",
        }
    }
}

/// Reads the chapters of a film of so many seconds; of any length if that is not known yet.
pub fn parse(text: &str, whole: Option<i64>) -> Result<Vec<Chapter>, NotChapters> {
    let mut chapters: Vec<Chapter> = Vec::new();
    for (n, line) in text.lines().enumerate().map(|(n, line)| (n + 1, line.trim())).filter(|(_, line)| !line.is_empty()) {
        let (time, title) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let at = seconds(time).ok_or(NotChapters::Time(n))?;
        match () {
            () if title.trim().is_empty() => return Err(NotChapters::Title(n)),
            () if chapters.last().is_some_and(|last| at <= last.at) => return Err(NotChapters::Order(n)),
            () if whole.is_some_and(|whole| at >= whole) => return Err(NotChapters::Beyond(n)),
            () => chapters.push(Chapter { at, title: title.trim().to_owned() }),
        }
    }
    Ok(chapters)
}

/// `1:02:03` or `2:03`, in full-width figures too.
fn seconds(text: &str) -> Option<i64> {
    let plain: String =
        text.chars().map(|c| if ('０'..='：').contains(&c) { char::from_u32(c as u32 - 0xFEE0).unwrap_or(c) } else { c }).collect();
    let parts: Vec<i64> = plain.split(':').map(|part| part.parse().ok().filter(|n| (0..1000).contains(n))).collect::<Option<_>>()?;
    match parts.as_slice() {
        [minutes, seconds] if *seconds < 60 => Some(minutes * 60 + seconds),
        [hours, minutes, seconds] if *minutes < 60 && *seconds < 60 => Some((hours * 60 + minutes) * 60 + seconds),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_are_read_line_by_line() {
        let read = parse("0:00 はじめに\n\n００：１２：３０　初動対応\n1:00:00 まとめ", Some(3700)).unwrap();
        let read: Vec<(i64, &str)> = read.iter().map(|chapter| (chapter.at, chapter.title.as_str())).collect();
        assert_eq!(read, [(0, "はじめに"), (750, "初動対応"), (3600, "まとめ")]);
        assert_eq!(parse("", None), Ok(Vec::new()));
    }

    #[test]
    fn a_refusal_names_the_line() {
        assert_eq!(parse("0:00 a\nはじめに", None), Err(NotChapters::Time(2)));
        assert_eq!(parse("0:75 a", None), Err(NotChapters::Time(1)));
        assert_eq!(parse("0:10", None), Err(NotChapters::Title(1)));
        assert_eq!(parse("0:10 a\n0:10 b", None), Err(NotChapters::Order(2)));
        assert_eq!(parse("0:10 a", Some(10)), Err(NotChapters::Beyond(1)));
    }
}

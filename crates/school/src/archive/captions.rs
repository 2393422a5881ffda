//! Captions: `WebVTT` as far as captions go, read line by line, refused with the line that is wrong.

use kernel::fold;
use std::fmt::Write as _;

/// The most cues that a film may have.
const CUES: usize = 20_000;

/// Something said at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// When it begins, in milliseconds.
    pub from: i64,
    /// When it ends.
    pub until: i64,
    /// What is said, on one or more lines.
    pub text: String,
}

/// Captions in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captions(pub Vec<Cue>);

/// Why a text is no captions, and on which line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCaptions {
    /// It does not begin with `WEBVTT`.
    #[error("no WEBVTT")]
    Head,
    /// A line where a time like `00:01:02.000 --> 00:01:05.000` is wanted.
    #[error("line {0}: no time")]
    Time(usize),
    /// It ends before it begins.
    #[error("line {0}: backwards")]
    Backwards(usize),
    /// It begins before the one before it.
    #[error("line {0}: out of order")]
    Order(usize),
    /// A time, and nothing said.
    #[error("line {0}: nothing said")]
    Silent(usize),
    /// Not one cue.
    #[error("nothing said at all")]
    Empty,
    /// More than a film can have.
    #[error("line {0}: too many")]
    TooMany(usize),
}

impl NotCaptions {
    /// The line that is wrong, 0 for the whole.
    pub const fn line(self) -> usize {
        match self {
            Self::Head | Self::Empty => 0,
            Self::Time(line) | Self::Backwards(line) | Self::Order(line) | Self::Silent(line) | Self::TooMany(line) => line,
        }
    }

    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Head => "captions-no-head",
            Self::Time(_) => "captions-no-time",
            Self::Backwards(_) => "captions-backwards",
            Self::Order(_) => "captions-order",
            Self::Silent(_) => "captions-silent",
            Self::Empty => "captions-empty",
            Self::TooMany(_) => "captions-too-many",
        }
    }
}

impl Captions {
    /// Reads `WebVTT`. Notes and styles are passed over; marks inside a cue fall away.
    pub fn parse(text: &str) -> Result<Self, NotCaptions> {
        let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n").replace('\r', "\n");
        let lines: Vec<&str> = text.lines().collect();
        if !lines.first().is_some_and(|first| *first == "WEBVTT" || first.starts_with("WEBVTT ") || first.starts_with("WEBVTT\t")) {
            return Err(NotCaptions::Head);
        }
        let mut cues: Vec<Cue> = Vec::new();
        let mut at = lines.iter().position(|line| line.trim().is_empty()).unwrap_or(lines.len());
        while let Some(line) = lines.get(at) {
            let line = line.trim();
            if line.is_empty() {
                at += 1;
                continue;
            }
            let end = (at..lines.len()).find(|n| lines[*n].trim().is_empty()).unwrap_or(lines.len());
            if ["NOTE", "STYLE", "REGION"].iter().any(|word| line.split_whitespace().next() == Some(word)) {
                at = end;
                continue;
            }
            // A cue may have a name of its own on the line before.
            let timed = if line.contains("-->") { at } else { at + 1 };
            let Some((from, until)) = lines.get(timed).filter(|_| timed < end).and_then(|line| times(line)) else {
                return Err(NotCaptions::Time(timed.min(end.saturating_sub(1)) + 1));
            };
            let said: Vec<String> = lines[timed + 1..end].iter().map(|line| plain(line)).filter(|line| !line.is_empty()).collect();
            match () {
                () if until <= from => return Err(NotCaptions::Backwards(timed + 1)),
                () if cues.last().is_some_and(|last| from < last.from) => return Err(NotCaptions::Order(timed + 1)),
                () if said.is_empty() => return Err(NotCaptions::Silent(timed + 1)),
                () if cues.len() >= CUES => return Err(NotCaptions::TooMany(timed + 1)),
                () => cues.push(Cue { from, until, text: said.join("\n") }),
            }
            at = end;
        }
        if cues.is_empty() { Err(NotCaptions::Empty) } else { Ok(Self(cues)) }
    }

    /// Them as `WebVTT` that every browser reads.
    pub fn vtt(&self) -> String {
        let mut out = String::from("WEBVTT\n");
        for cue in &self.0 {
            let text = cue.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            // Writing into a text does not fail.
            let _ = write!(out, "\n{} --> {}\n{text}\n", stamp(cue.from), stamp(cue.until));
        }
        out
    }

    /// What is said, with the times, to be read on paper.
    pub fn transcript(&self) -> String {
        let mut out = String::new();
        for cue in &self.0 {
            // Writing into a text does not fail.
            let _ = writeln!(out, "{} {}", clock(cue.from / 1000), cue.text.replace('\n', " "));
        }
        out
    }

    /// Where something is said, however it is written: half or full width, hiragana or katakana.
    pub fn saying(&self, wanted: &str) -> Vec<&Cue> {
        let wanted = fold(wanted);
        if wanted.is_empty() {
            return Vec::new();
        }
        self.0.iter().filter(|cue| fold(&cue.text).contains(&wanted)).collect()
    }
}

/// `1:02:03`, or `2:03` within the first hour.
pub fn clock(seconds: i64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

fn stamp(millis: i64) -> String {
    format!("{:02}:{:02}:{:02}.{:03}", millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60, millis % 1000)
}

fn times(line: &str) -> Option<(i64, i64)> {
    let (from, rest) = line.split_once("-->")?;
    // Behind the time may stand where on the picture it is shown.
    let until = rest.split_whitespace().next()?;
    Some((millis(from.trim())?, millis(until)?))
}

/// `01:02:03.004` or `02:03.004`; a comma, as other files have it, will do.
fn millis(text: &str) -> Option<i64> {
    let (clock, fraction) = text.split_once(['.', ','])?;
    let digits = |text: &str, most: usize| -> Option<i64> {
        (!text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
    };
    let fraction = (fraction.len() == 3).then(|| digits(fraction, 3))??;
    let parts: Vec<&str> = clock.split(':').collect();
    let (hours, minutes, seconds) = match parts.as_slice() {
        [minutes, seconds] => (0, digits(minutes, 2)?, digits(seconds, 2)?),
        [hours, minutes, seconds] => (digits(hours, 3)?, digits(minutes, 2)?, digits(seconds, 2)?),
        _ => return None,
    };
    (minutes < 60 && seconds < 60).then_some(((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction)
}

/// A line without marks such as `<v 講師>`, and with `&amp;` as `&`.
fn plain(line: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in line.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside && !c.is_control() => out.push(c),
            _ => {}
        }
    }
    out.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&lrm;", "")
        .replace("&rlm;", "")
        .replace("&amp;", "&")
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILM: &str = "\u{FEFF}WEBVTT - 第1回\r\n\r\nNOTE 下書き\r\nどうでもよい\r\n\r\n1\r\n00:01.000 --> 00:04.500 align:start\r\n<v 講師>ランサムウェアとは\r\n身代金です\r\n\r\n01:00:05.000 --> 01:00:07.000\r\nA &amp; B &lt;C&gt;\r\n";

    #[test]
    fn captions_are_read_and_written() {
        let captions = Captions::parse(FILM).unwrap();
        assert_eq!(captions.0[0], Cue { from: 1000, until: 4500, text: "ランサムウェアとは\n身代金です".to_owned() });
        assert_eq!(captions.0[1].text, "A & B <C>");
        assert_eq!(Captions::parse(&captions.vtt()), Ok(captions.clone()));
        assert_eq!(captions.transcript(), "0:01 ランサムウェアとは 身代金です\n1:00:05 A & B <C>\n");
    }

    #[test]
    fn what_is_said_is_found_however_it_is_written() {
        let captions = Captions::parse(FILM).unwrap();
        assert_eq!(captions.saying("ﾗﾝｻﾑ").len(), 1);
        assert_eq!(captions.saying("らんさむ").len(), 1);
        assert_eq!(captions.saying("脆弱性").len() + captions.saying(" ").len(), 0);
    }

    #[test]
    fn a_refusal_names_the_line() {
        let of = |rest: &str| Captions::parse(&format!("WEBVTT\n\n{rest}"));
        assert_eq!(Captions::parse("1\n00:00:01,000 --> 00:00:02,000\nx"), Err(NotCaptions::Head));
        assert_eq!(of(""), Err(NotCaptions::Empty));
        assert_eq!(of("見出し\n言葉"), Err(NotCaptions::Time(4)));
        assert_eq!(of("00:01.000 -> 00:02.000\nx"), Err(NotCaptions::Time(4)));
        assert_eq!(of("00:61.000 --> 01:02.000\nx"), Err(NotCaptions::Time(3)));
        assert_eq!(of("00:05.000 --> 00:02.000\nx"), Err(NotCaptions::Backwards(3)));
        assert_eq!(of("00:05.000 --> 00:06.000\n\n"), Err(NotCaptions::Silent(3)));
        assert_eq!(of("00:05.000 --> 00:06.000\nx\n\n00:01.000 --> 00:02.000\ny"), Err(NotCaptions::Order(6)));
    }

    proptest! {
        #[test]
        fn nothing_breaks_the_reader(text in "(WEBVTT)?[\\n\\r0-9:.> a<&;-]{0,80}") {
            if let Ok(captions) = Captions::parse(&text) {
                prop_assert_eq!(Captions::parse(&captions.vtt()), Ok(captions));
            }
        }
    }
}

//! Lengths of time (xAPI-Data 4.6; ISO 8601:2004 section 4.4.3.2).

/// A duration that keeps its text: since a month has no fixed length, one that is written otherwise is another one
/// (xAPI-Data 2.3.1.b8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration<'a>(&'a str);

/// Why a text is no duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotADuration {
    /// It does not look like one.
    #[error("this is not a duration of ISO 8601, as in PT1H30M or P4W")]
    Shape,
    /// Only the smallest part may have a fraction.
    #[error("only the last part of a duration may have a fraction")]
    Fraction,
}

impl<'a> Duration<'a> {
    /// Reads `P3Y1M29DT4H35M59.14S`, or weeks alone: `P4W`. The form of time points, `P0003-01-29T04:35:59`, is refused.
    pub fn parse(text: &'a str) -> Result<Self, NotADuration> {
        let rest = text.strip_prefix('P').ok_or(NotADuration::Shape)?;
        let (date, time) = match rest.split_once('T') {
            Some((_, "")) => return Err(NotADuration::Shape),
            Some((date, time)) => (date, time),
            None => (rest, ""),
        };
        let mut fraction = false;
        if let Some(weeks) = rest.strip_suffix('W') {
            return parts(&format!("{weeks}W"), "W", &mut fraction).map(|_| Self(text));
        }
        if parts(date, "YMD", &mut fraction)? + parts(time, "HMS", &mut fraction)? == 0 {
            return Err(NotADuration::Shape);
        }
        Ok(Self(text))
    }

    /// As it was sent.
    pub const fn as_str(self) -> &'a str {
        self.0
    }

    /// What is compared: the text, its seconds cut off to hundredths (xAPI-Data 4.6.s1.b6).
    pub fn comparable(self) -> String {
        let text = self.0.replace(',', ".");
        let Some((whole, fraction)) = text.strip_suffix('S').and_then(|seconds| seconds.rsplit_once('.')) else { return text };
        let hundredths = fraction[..fraction.len().min(2)].trim_end_matches('0');
        if hundredths.is_empty() { format!("{whole}S") } else { format!("{whole}.{hundredths}S") }
    }
}

/// How many parts stand in the text, each a number with one of the letters, in their order.
fn parts(text: &str, letters: &str, fraction: &mut bool) -> Result<usize, NotADuration> {
    let (mut rest, mut letters, mut count) = (text, letters, 0);
    while !rest.is_empty() {
        // A fraction in what came before was not the last part.
        if *fraction {
            return Err(NotADuration::Fraction);
        }
        let end = rest.find(|character: char| character.is_ascii_alphabetic()).ok_or(NotADuration::Shape)?;
        let (number, letter) = (&rest[..end], &rest[end..=end]);
        let (whole, after) = match number.split_once(['.', ',']) {
            Some((whole, after)) => (whole, Some(after)),
            None => (number, None),
        };
        if !digits(whole) || after.is_some_and(|after| !digits(after)) {
            return Err(NotADuration::Shape);
        }
        *fraction = after.is_some();
        let at = letters.find(letter).ok_or(NotADuration::Shape)?;
        letters = &letters[at + 1..];
        rest = &rest[end + 1..];
        count += 1;
    }
    Ok(count)
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Duration, NotADuration};

    #[test]
    fn durations_are_those_of_iso_8601() {
        for text in [
            "PT1H0M0.1S",
            "PT4H35M59.14S",
            "PT16559.14S",
            "P3Y1M29DT4H35M59.14S",
            "P3Y",
            "P4W",
            "P0.5Y",
            "PT0S",
            "P1DT1S",
            "PT1,5S",
            "P0D",
            "P1.5W",
            "P1YT1M",
        ] {
            assert_eq!(Duration::parse(text).map(Duration::as_str), Ok(text));
        }
        for text in [
            "",
            "P",
            "PT",
            "should fail",
            "PA1H0M0S",
            "P4W1D",
            "P1Y4W",
            "P1DT",
            "1H",
            "PT1M1H",
            "P1H",
            "PT1D",
            "P1D1Y",
            "PT1H1H",
            "pt1h",
            "P-1D",
            "-P1D",
            "PT1.S",
            "PT.5S",
            "P0003-06-04T12:30:05",
            "P00030604T123005",
            "PT1S ",
            " PT1S",
            "PT1H 1M",
            "PTT1S",
            "P1DT1HT1M",
            "PT１S",
            "P1.5",
            "PW",
            "PT1W",
        ] {
            assert_eq!(Duration::parse(text), Err(NotADuration::Shape), "{text}");
        }
        for text in ["P1.5Y1M", "PT1.5H1S", "P1.5DT1H"] {
            assert_eq!(Duration::parse(text), Err(NotADuration::Fraction), "{text}");
        }
    }

    #[test]
    fn durations_are_compared_to_hundredths_of_a_second() {
        let comparable = |text: &'static str| Duration::parse(text).unwrap().comparable();
        assert_eq!(comparable("PT1.234S"), comparable("PT1.239S"));
        assert_eq!(comparable("PT1.20S"), comparable("PT1,2S"));
        assert_eq!(comparable("PT1.009S"), comparable("PT1S"));
        assert_ne!(comparable("PT1.24S"), comparable("PT1.23S"));
        assert_ne!(comparable("PT60S"), comparable("PT1M"), "what is written otherwise is another duration");
        assert_eq!(comparable("P1.234Y"), "P1.234Y");
    }
}

use serde::{Deserialize, Serialize};

/// The score that passes: from 0 to 1, with up to four decimals (section 13.1.4).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MasteryScore {
    text: String,
    value: f64,
}

impl MasteryScore {
    /// Reads a decimal of XML Schema: `0.85`, `.5`, `+1.0`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(whole) || !is_number(fraction) || (whole.is_empty() && fraction.is_empty()) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let text = match (whole, fraction) {
            ("", "") => "0".to_owned(),
            ("1", "") => "1".to_owned(),
            ("", fraction) if fraction.len() <= 4 => format!("0.{fraction}"),
            _ => return None,
        };
        let value = text.parse().ok()?;
        Some(Self { text, value })
    }

    /// So many of a hundred; nothing for more than that.
    pub fn percent(percent: i64) -> Option<Self> {
        let percent = u8::try_from(percent).ok()?;
        Self::parse(&format!("{}.{:02}", percent / 100, percent % 100))
    }

    /// The shortest digits of it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// As a number.
    pub const fn value(&self) -> f64 {
        self.value
    }
}

impl TryFrom<String> for MasteryScore {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("a mastery score lies between 0 and 1 and has up to four decimals")
    }
}

impl From<MasteryScore> for String {
    fn from(score: MasteryScore) -> Self {
        score.text
    }
}

#[cfg(test)]
mod tests {
    use super::MasteryScore;

    #[test]
    fn a_mastery_score_lies_between_0_and_1_and_has_up_to_four_decimals() {
        for (text, digits) in
            [("0", "0"), ("1", "1"), ("0.85", "0.85"), (".5", "0.5"), ("+1.0", "1"), ("00.50000", "0.5"), ("1.", "1"), ("0.0001", "0.0001")]
        {
            assert_eq!(MasteryScore::parse(text).map(|score| score.as_str().to_owned()).as_deref(), Some(digits), "{text}");
        }
        for text in
            ["", ".", "-0.1", "-0", "1.1", "2", "10", "0.00001", "0.12345", "1e-1", "80%", "0,5", "NaN", "１", "0.5 0.6", "+", "++1"]
        {
            assert_eq!(MasteryScore::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_percentage_is_a_mastery_score() {
        let score = |percent| MasteryScore::percent(percent).map(|score| score.as_str().to_owned());
        for (percent, digits) in [(0, "0"), (5, "0.05"), (80, "0.8"), (85, "0.85"), (100, "1")] {
            assert_eq!(score(percent).as_deref(), Some(digits), "{percent}");
        }
        assert_eq!((score(101), score(-1), score(300)), (None, None, None));
    }
}

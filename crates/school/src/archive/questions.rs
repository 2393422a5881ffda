//! Check questions as the secretariat writes them: a question, its right and wrong answers, and why.

/// At least so many, if there are any.
pub const FEWEST: usize = 2;
/// At most so many.
pub const MOST: usize = 5;

/// A question to whoever has watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What is asked.
    pub text: String,
    /// What may be answered.
    pub choices: Vec<String>,
    /// Which of them is right.
    pub right: usize,
    /// Why.
    pub why: String,
}

/// Why a text is no list of questions, and on which line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotQuestions {
    /// A line that begins with none of the four signs.
    #[error("line {0}: unknown")]
    Unknown(usize),
    /// An answer or an explanation before any question.
    #[error("line {0}: no question before it")]
    Orphan(usize),
    /// Fewer than two answers, or not exactly one right one, or no explanation.
    #[error("line {0}: not whole")]
    Unfinished(usize),
    /// Fewer than two or more than five.
    #[error("{0} questions")]
    Number(usize),
}

impl NotQuestions {
    /// The line that is wrong, or how many questions there are.
    pub const fn number(self) -> usize {
        match self {
            Self::Unknown(n) | Self::Orphan(n) | Self::Unfinished(n) | Self::Number(n) => n,
        }
    }

    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unknown(_) => "questions-unknown",
            Self::Orphan(_) => "questions-orphan",
            Self::Unfinished(_) => "questions-unfinished",
            Self::Number(_) => "questions-number",
        }
    }
}

/// Reads questions: 問 begins one, ○ its right answer, × a wrong one, 解説 says why. Nothing is no question at all.
pub fn parse(text: &str) -> Result<Vec<Question>, NotQuestions> {
    let mut questions: Vec<(usize, Question, Vec<usize>)> = Vec::new();
    for (n, line) in text.lines().enumerate().map(|(n, line)| (n + 1, line.trim())).filter(|(_, line)| !line.is_empty()) {
        let (sign, rest) = sign(line).ok_or(NotQuestions::Unknown(n))?;
        if sign == Sign::Question {
            questions.push((n, Question { text: rest, choices: Vec::new(), right: 0, why: String::new() }, Vec::new()));
            continue;
        }
        let (_, question, rights) = questions.last_mut().ok_or(NotQuestions::Orphan(n))?;
        match sign {
            Sign::Why => question.why = rest,
            sign => {
                if sign == Sign::Right {
                    rights.push(question.choices.len());
                }
                question.choices.push(rest);
            }
        }
    }
    let mut whole = Vec::with_capacity(questions.len());
    for (n, mut question, rights) in questions {
        let [right] = rights.as_slice() else { return Err(NotQuestions::Unfinished(n)) };
        question.right = *right;
        if question.choices.len() < 2 || question.text.is_empty() || question.why.is_empty() {
            return Err(NotQuestions::Unfinished(n));
        }
        whole.push(question);
    }
    match whole.len() {
        0 | FEWEST..=MOST => Ok(whole),
        n => Err(NotQuestions::Number(n)),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Question,
    Right,
    Wrong,
    Why,
}

fn sign(line: &str) -> Option<(Sign, String)> {
    const SIGNS: [(&str, Sign); 10] = [
        ("問", Sign::Question),
        ("Q", Sign::Question),
        ("○", Sign::Right),
        ("〇", Sign::Right),
        ("◯", Sign::Right),
        ("×", Sign::Wrong),
        ("✕", Sign::Wrong),
        ("✗", Sign::Wrong),
        ("解説", Sign::Why),
        ("A", Sign::Why),
    ];
    let (rest, sign) = SIGNS.iter().find_map(|(word, sign)| Some((line.strip_prefix(word)?, *sign)))?;
    // 問1 and 問２ are as good as 問.
    let rest = if sign == Sign::Question { rest.trim_start_matches(|c: char| c.is_numeric()) } else { rest };
    Some((sign, rest.trim_start_matches(['．', '.', '：', ':', '　', ' ']).trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "問1　不審なメールが届きました。\n○ 報告する\n× 開いて確かめる\n解説：報告が最初です。\n\n問２ 停電です。\n× 待つ\n× 帰る\n〇 手順書を見る\n解説 手順書にあります。";

    #[test]
    fn questions_are_read() {
        let read = parse(TWO).unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!((read[0].text.as_str(), read[0].right, read[0].why.as_str()), ("不審なメールが届きました。", 0, "報告が最初です。"));
        assert_eq!((read[1].choices.len(), read[1].right), (3, 2));
        assert_eq!(parse(" \n"), Ok(Vec::new()));
    }

    #[test]
    fn a_refusal_names_the_line() {
        assert_eq!(parse("問 a\nはい"), Err(NotQuestions::Unknown(2)));
        assert_eq!(parse("○ はい"), Err(NotQuestions::Orphan(1)));
        assert_eq!(parse("問 a\n○ b\n○ c\n解説 d"), Err(NotQuestions::Unfinished(1)));
        assert_eq!(parse("問 a\n○ b\n× c"), Err(NotQuestions::Unfinished(1)));
        assert_eq!(parse("問 a\n○ b\n× c\n解説 d"), Err(NotQuestions::Number(1)));
    }
}

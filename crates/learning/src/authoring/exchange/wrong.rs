use intake::{NoHeadings, NotRead};
use web::Words;

/// What is to be mended in a file of questions, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The row, or the line of a GIFT file, counted from 1.
    pub row: usize,
    /// The heading of the column; empty if it is about the whole question.
    pub column: &'static str,
    /// The key of the words, under `learning-import-`.
    pub what: &'static str,
    /// What it is about: what was written, an id, a number.
    pub about: String,
}

impl Wrong {
    pub(crate) fn new(row: usize, column: &'static str, what: &'static str, about: impl Into<String>) -> Self {
        Self { row, column, what, about: about.into().chars().take(60).collect() }
    }

    /// The whole in words: where, what, and what to do.
    pub fn words(&self, w: Words) -> String {
        let what = w.one(&format!("learning-import-{}", self.what), "about", &self.about);
        let row = self.row.to_string();
        let key = if self.column.is_empty() { "learning-import-row" } else { "learning-import-cell" };
        w.with(key, &[("row", &row), ("column", self.column), ("what", &what)])
    }
}

/// Why nothing of a file was taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// It is no file that we read.
    #[error(transparent)]
    Unreadable(#[from] NotRead),
    /// No line of a table serves as its headings.
    #[error(transparent)]
    NoHeadings(#[from] NoHeadings),
    /// There is no question in it.
    #[error("there is no question in the file")]
    Nothing,
    /// There are more than are taken at once.
    #[error("there are too many questions in the file")]
    TooMany,
    /// These are to be mended.
    #[error("{} rows are to be mended", .0.len())]
    Wrong(Vec<Wrong>),
}

impl NotTaken {
    /// The whole in words, a line for each that is to be mended.
    pub fn words(&self, w: Words) -> Vec<String> {
        let say = |key: &str, facts: Vec<(&'static str, String)>| {
            let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
            vec![w.with(key, &facts)]
        };
        match self {
            Self::Unreadable(NotRead::NotATable | NotRead::OtherArchive) => vec![w.t("learning-import-not-a-file")],
            Self::Unreadable(not) => say(not.key(), not.facts()),
            Self::NoHeadings(not) => say(not.key(), not.facts()),
            Self::Nothing => vec![w.t("learning-import-nothing")],
            Self::TooMany => vec![w.one("learning-import-too-many", "most", &super::QUESTIONS_MAX)],
            Self::Wrong(wrong) => wrong.iter().map(|wrong| wrong.words(w)).collect(),
        }
    }
}

//! Why a command did not do what it was asked, in words for the terminal.

use db::{DbError, WriteError};
use web::Words;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// In words that are ready to be shown.
    Said(String),
    /// A text of `cli.ftl`.
    Key(&'static str),
    /// The database said no.
    Storage(String),
}

impl Failure {
    /// In these words.
    pub(crate) fn said(words: impl std::fmt::Display) -> Self {
        Self::Said(words.to_string())
    }

    /// What the terminal shows.
    pub(crate) fn words(&self, words: Words) -> String {
        match self {
            Self::Said(text) => text.clone(),
            Self::Key(key) => words.t(key),
            Self::Storage(why) => words.one("cli-storage", "why", why),
        }
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        Self::Storage(error.to_string())
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::Storage(error.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::said(error)
    }
}

impl From<crate::config::NotAConfig> for Failure {
    fn from(error: crate::config::NotAConfig) -> Self {
        Self::said(error)
    }
}

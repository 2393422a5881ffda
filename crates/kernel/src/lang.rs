use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A language of the pages. Japanese is the source; English is complete beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// 日本語
    #[default]
    Ja,
    /// English
    En,
}

impl Lang {
    /// `ja` or `en`, as in `lang="…"` and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// What stands before a path in this language: nothing, or `/en`.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Ja => "",
            Self::En => "/en",
        }
    }

    /// The other language.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Ja => Self::En,
            Self::En => Self::Ja,
        }
    }

    /// Chooses by language.
    pub fn pick<T>(self, ja: T, en: T) -> T {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }
}

/// The text names no language of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a language of the pages")]
pub struct NotALang;

impl FromStr for Lang {
    type Err = NotALang;
    fn from_str(code: &str) -> Result<Self, NotALang> {
        match code {
            "ja" => Ok(Self::Ja),
            "en" => Ok(Self::En),
            _ => Err(NotALang),
        }
    }
}

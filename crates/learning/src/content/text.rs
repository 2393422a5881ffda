//! Texts in the languages of their course.

use kernel::Lang;
use serde::{Deserialize, Serialize};

/// A text in the languages of its course; Japanese stands in where there is no English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// 日本語
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ja: String,
    /// English
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

/// Several texts, in the languages of their course.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// 日本語
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ja: Vec<String>,
    /// English
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub en: Vec<String>,
}

impl Text {
    /// The same words in every language, as addresses are.
    pub fn plain(words: &str) -> Self {
        Self { ja: words.to_owned(), en: words.to_owned() }
    }

    /// Whether it is written in no language.
    pub const fn is_empty(&self) -> bool {
        self.ja.is_empty() && self.en.is_empty()
    }

    /// The words for a reader of this language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.en.trim().is_empty() => &self.en,
            _ => &self.ja,
        }
    }

    /// Whether it is written in all of these languages.
    pub fn is_in(&self, languages: &[Lang]) -> bool {
        languages.iter().all(|lang| !lang.pick(&self.ja, &self.en).trim().is_empty())
    }
}

impl Texts {
    /// Whether there is none in any language.
    pub const fn is_empty(&self) -> bool {
        self.ja.is_empty() && self.en.is_empty()
    }

    /// The texts for a reader of this language.
    pub fn get(&self, lang: Lang) -> &[String] {
        match lang {
            Lang::En if !self.en.is_empty() => &self.en,
            _ => &self.ja,
        }
    }
}

//! What `data/desk` says: read with serde, checked, and named by file and line where something is wrong.

use kernel::Lang;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What is wrong with a file of `data/desk`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("data/desk/{file}, line {line}: {what}")]
pub struct ContentFault {
    /// The file.
    pub file: String,
    /// Its line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: String,
}

/// A text in both languages, written inline or with dotted keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Both {
    /// Japanese, the source.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Both {
    /// The text in a language.
    pub fn pick(&self, lang: Lang) -> &str {
        lang.pick(self.ja.as_str(), self.en.as_str())
    }
}

/// A file as it is shipped.
pub fn text(file: &str) -> String {
    web::data_text(&format!("desk/{file}"))
}

/// The text of a file in its shape.
pub fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, ContentFault> {
    toml::from_str(text).map_err(|error| ContentFault {
        file: file.to_owned(),
        line: line_at(text, error.span().map_or(0, |span| span.start)),
        what: error.message().to_owned(),
    })
}

/// A fault of the entry that says `id = "…"`; of the first line if there is none.
pub fn fault(file: &str, text: &str, id: &str, what: impl Into<String>) -> ContentFault {
    let written = format!("id = \"{id}\"");
    let line = text.find(&written).map_or(1, |at| line_at(text, at));
    ContentFault { file: file.to_owned(), line, what: what.into() }
}

fn line_at(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Small {
        #[expect(dead_code, reason = "only read to be refused")]
        number: i64,
    }

    #[test]
    fn a_fault_names_file_and_line() {
        let shape = parse::<Small>("small.toml", "# first\n\nnumber = \"one\"\n").unwrap_err();
        assert_eq!((shape.file.as_str(), shape.line), ("small.toml", 3));
        let entry = fault("small.toml", "a = 1\n[[rule]]\nid = \"wide\"\n", "wide", "meets another");
        assert_eq!(entry.to_string(), "data/desk/small.toml, line 3: meets another");
    }
}

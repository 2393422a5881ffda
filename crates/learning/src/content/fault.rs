//! What is wrong with the files of a course.

use std::fmt;
use web::Words;

/// What is wrong with a course, and where: `mist` does not show such a course, and says this in its log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, below `data/courses/`.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The key of the words in `locales/*/learning.ftl`, under `learning-fault-`.
    pub what: &'static str,
    /// What it is about: an id, a name.
    pub about: String,
}

impl Fault {
    /// A fault in a file.
    pub fn new(file: &str, line: usize, what: &'static str, about: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, what, about: about.into() }
    }

    /// The whole in words.
    pub fn words(&self, w: Words) -> String {
        let what = w.one(&format!("learning-fault-{}", self.what), "about", &self.about);
        w.with("learning-fault", &[("file", &self.file), ("line", &self.line.to_string()), ("what", &what)])
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} ({})", self.file, self.line, self.what, self.about)
    }
}

/// The line in which a byte stands.
pub fn line_at(text: &str, byte: usize) -> usize {
    text.as_bytes().iter().take(byte).filter(|b| **b == b'\n').count() + 1
}

/// Where the lines of a long text begin, for whoever asks for many of them.
#[derive(Clone, Debug)]
pub struct Lines(Vec<usize>);

impl Lines {
    /// The lines of a text.
    pub fn of(text: &str) -> Self {
        Self(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect())
    }

    /// The line in which a byte stands, counted from 1.
    pub fn at(&self, byte: usize) -> usize {
        self.0.partition_point(|end| *end < byte) + 1
    }
}

//! Checks of what privacy and types cannot see, each a function from the project to what it found.

mod controls;
mod docs;
mod exceptions;
mod length;
mod migrations;
mod places;
mod speech;
mod templates;
mod words;

use std::fmt;

use crate::project::Project;

/// Something that is not as agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule, by which an exception names it.
    pub rule: &'static str,
    /// The file.
    pub path: String,
    /// The line, or 0 for the whole file.
    pub line: usize,
    /// What is wrong and what to do instead.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} [{}]", self.path, self.line, self.what, self.rule)
    }
}

/// Everything that was found and is not excused in `xtask/exceptions.toml`.
pub fn check(project: &Project) -> Vec<Finding> {
    let checks: [fn(&Project) -> Vec<Finding>; 8] =
        [places::check, words::check, templates::check, migrations::check, speech::check, length::check, docs::check, controls::check];
    let findings = checks.iter().flat_map(|check| check(project)).collect();
    exceptions::excuse(project, findings)
}

/// The line of a position in a text.
fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

//! Participant files of meeting tools: what Zoom, Teams and Webex give out after a meeting, read into who was there and when.
//!
//! Pure: a table in, lines out, no database and no clock. Columns are found by their headings in any order, in English or Japanese;
//! what each layout looks like stands in `README.md` beside this file. Every row of a file is read, passed over because it is
//! above the list, or named with the reason why it could not be read.

mod columns;
mod kept;
mod lengths;
mod moments;
mod read;
#[cfg(test)]
mod tests;

pub use kept::Kept;
pub use moments::{ZONES, Zone};
pub use read::read;

use intake::Limits;
use kernel::{EmailAddress, Span, Timestamp};

/// What is read of a file before it is refused: 100,000 rows hold 25,000 people who each lost their connection three times.
pub const LIMITS: Limits = Limits {
    bytes: 24 << 20,
    rows: 100_000,
    columns: 60,
    cell_characters: 2_000,
    text_bytes: 64 << 20,
    cells: 2_000_000,
    strings: 1_000_000,
    archive_entries: 200,
    unpacked_bytes: 128 << 20,
    unpacked_ratio: 250,
};

/// The tool that wrote a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Zoom
    Zoom,
    /// Microsoft Teams
    Teams,
    /// Webex
    Webex,
    /// A list with the same columns from elsewhere.
    Other,
}

impl Tool {
    /// The word in the database.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Zoom => "zoom",
            Self::Teams => "teams",
            Self::Webex => "webex",
            Self::Other => "other",
        }
    }

    /// As people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zoom => "Zoom",
            Self::Teams => "Microsoft Teams",
            Self::Webex => "Webex",
            Self::Other => "CSV",
        }
    }

    /// The tool with this word.
    pub fn of(id: &str) -> Self {
        [Self::Zoom, Self::Teams, Self::Webex].into_iter().find(|tool| tool.id() == id).unwrap_or(Self::Other)
    }
}

/// A file, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Who wrote it.
    pub tool: Tool,
    /// How its text was encoded, and what stands between its cells.
    pub source: intake::Source,
    /// What the meeting was called, as far as the file says; empty if it does not.
    pub title: String,
    /// Whether it says when people came and left. One that does not only says how long they stayed.
    pub has_times: bool,
    /// Whether every instant says its own zone, so that the chosen one was not needed.
    pub says_zone: bool,
    /// The rows that were read.
    pub lines: Vec<Line>,
    /// The rows that could not be read.
    pub wrong: Vec<Wrong>,
    /// Rows that say something about the meeting and not about a participant, or again what other rows say in more detail.
    pub passed: Vec<usize>,
}

/// A row: a participant's stay. Who lost the connection has several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file.
    pub row: usize,
    /// What the participant was called in the meeting.
    pub name: String,
    /// Their address, if the tool knew it.
    pub address: Option<EmailAddress>,
    /// How long they were there.
    pub stay: Stay,
}

/// How long somebody was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stay {
    /// From then until then.
    Between(Timestamp, Timestamp),
    /// So long altogether; nobody knows when.
    Total(Span),
}

/// A row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Its number in the file.
    pub row: usize,
    /// Why.
    pub why: Why,
    /// What stands there, as far as it helps.
    pub cell: String,
}

/// Why a row could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Neither a name nor an address.
    Nobody,
    /// The moment of joining is none.
    Join,
    /// The moment of leaving is none, and no length stands in for it.
    Leave,
    /// It left before it joined.
    Backwards,
    /// The length is none.
    Length,
}

impl Why {
    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Nobody => "attendance-row-nobody",
            Self::Join => "attendance-row-join",
            Self::Leave => "attendance-row-leave",
            Self::Backwards => "attendance-row-backwards",
            Self::Length => "attendance-row-length",
        }
    }
}

/// Why a table could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAReport {
    /// It is without the headings of a participant file.
    Headings,
    /// Below the headings there is nobody.
    Nobody,
}

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

use crate::{Indicator, Tlp, moments};

/// What a case may say outside: the allow-list. What stands in none of these fields cannot leave, since nothing else is read.
///
/// Facts are not for writers of files: [`Leaving`](crate::Leaving) takes them, and lets through what its receiver may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// What the server knows in clear.
    pub case: Case,
    /// What was opened by a responder, and sent along for this file only.
    pub told: Told,
}

/// The part of a case that is in clear at rest: axes, instants, kinds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// `2026-000123-7`
    pub number: String,
    /// Whether it is an exercise.
    pub is_drill: bool,
    /// How far the fact of the case itself may travel, with its axes and instants.
    pub tlp: Tlp,
    /// What kind of incident; ids of `questions.toml`.
    pub event: Option<String>,
    /// `detect`, `respond`, `recover` or `after`.
    pub phase: String,
    /// 0 to 4, where it has one.
    pub stage: Option<u8>,
    /// The axes of `stages.toml` with their values, such as `spread` = `wide`.
    pub axes: BTreeMap<String, String>,
    /// JIS code.
    pub prefecture: Option<String>,
    /// Ids of `institution-kinds.toml`.
    pub institution_kind: Option<String>,
    /// When the case was made.
    pub made_at: Timestamp,
    /// When the institution first knew.
    pub known_at: Option<Timestamp>,
    /// When the desk first answered.
    pub answered_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// When the desk will say more; stands beside what is not known yet.
    pub next_word_at: Option<Timestamp>,
}

/// What was sealed, opened in a responder's browser for one file.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Told {
    /// Words by the ids of `forms/facts.toml`.
    pub words: BTreeMap<String, Item>,
    /// What one can look for elsewhere.
    pub indicators: Vec<Indicator>,
    /// What happened, in any order.
    pub timeline: Vec<Happening>,
    /// Files that are kept, by their hashes.
    pub evidence: Vec<Evidence>,
}

/// A text and how far it may travel.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// How far.
    pub tlp: Tlp,
    /// The words.
    pub text: String,
}

/// An entry of the timeline.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Happening {
    /// How far it may travel.
    pub tlp: Tlp,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub text: String,
}

/// A file that is kept. Its name stays with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// How far it may travel that there is such a file.
    pub tlp: Tlp,
    /// Counted within the case.
    pub number: u32,
    /// SHA-256 of what was sent, in hexadecimal.
    pub sha256_plain: String,
    /// SHA-256 of what is stored, in hexadecimal, where it lies here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256_stored: Option<String>,
    /// Bytes of what was sent, where that was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size_bytes: Option<u64>,
    /// When it arrived.
    pub received_at: Timestamp,
}

impl Item {
    /// The entries of a timeline that was written as lines, each with its time before it: `2026-11-22 03:12 夜勤の職員が気づいた。`
    /// None if a line has none.
    pub fn happenings(&self) -> Option<Vec<Happening>> {
        let lines = self.text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(|line| moments::at_head(line).map(|(at, text)| Happening { tlp: self.tlp, at, text: text.to_owned() })).collect()
    }
}

/// The most characters of a text; a cell of Excel holds 32,767.
pub const TEXT: usize = 8_000;

/// The most entries of a list.
pub const ENTRIES: usize = 2_000;

// Words of a case are written nowhere by accident.

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ***", self.tlp)
    }
}

impl fmt::Debug for Happening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ***", self.at, self.tlp)
    }
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Told")
            .field("words", &self.words.len())
            .field("indicators", &self.indicators.len())
            .field("timeline", &self.timeline.len())
            .field("evidence", &self.evidence.len())
            .finish()
    }
}

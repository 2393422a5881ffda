//! The rule of a session: how long somebody has to have been there.

use kernel::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::trainings::session::Session;

/// What a rule counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// Percent of the session's length.
    Percent,
    /// Minutes.
    Minutes,
}

impl Unit {
    /// The word in the database and in forms.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::Minutes => "minutes",
        }
    }

    /// The unit with this word.
    pub fn of(id: &str) -> Option<Self> {
        [Self::Percent, Self::Minutes].into_iter().find(|unit| unit.id() == id)
    }
}

/// How much is asked for, of a session. Frozen when the session begins: after that only a recorded correction changes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// What is counted.
    pub unit: Unit,
    /// How much of it at least.
    pub least: i64,
    /// Whether two of heartbeat, keyword and survey count as well.
    pub two_proofs: bool,
}

impl Default for Rule {
    /// 75 %: 45 of 60 minutes.
    fn default() -> Self {
        Self { unit: Unit::Percent, least: 75, two_proofs: false }
    }
}

impl Rule {
    /// Whether it asks for something that can be reached.
    pub const fn can_be(self) -> bool {
        match self.unit {
            Unit::Percent => self.least >= 1 && self.least <= 100,
            Unit::Minutes => self.least >= 1 && self.least <= 24 * 60,
        }
    }

    /// Whole minutes that are needed: what is shown is what decides.
    pub fn needed(self, held: Held) -> i64 {
        match self.unit {
            Unit::Percent => (held.minutes() * self.least + 99).div_euclid(100),
            Unit::Minutes => self.least.min(held.minutes()),
        }
    }
}

/// From when until when a session is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// It begins.
    pub starts: Timestamp,
    /// It ends.
    pub ends: Timestamp,
}

impl Held {
    /// The hours of a session; none as long as they are not set.
    pub const fn of(session: &Session) -> Option<Self> {
        match (session.starts_at, session.ends_at) {
            (Some(starts), Some(ends)) => Some(Self { starts, ends }),
            _ => None,
        }
    }

    /// How long it is.
    pub const fn length(self) -> Span {
        self.ends.since(self.starts)
    }

    /// Its length in whole minutes.
    pub const fn minutes(self) -> i64 {
        self.length().as_minutes()
    }
}

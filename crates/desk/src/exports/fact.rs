use db::{FromColumn, Unreadable, Value};
use exchange::Tlp;
use kernel::{Timestamp, id};
use std::str::FromStr;

use crate::words::NotAWord;

id!(
    /// The row of a fact.
    FactId
);

db::row! {
    /// A fact of a case: its words sealed, how far they may travel in clear.
    #[derive(Clone, Debug)]
    pub struct Fact {
        pub id: FactId,
        pub fact: String,
        pub tlp: Mark,
        pub words: Vec<u8>,
        pub actor: String,
        pub written_at: Timestamp,
    }
}

/// How far words may travel, as the database says it: `AMBER+STRICT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(pub Tlp);

impl Mark {
    /// `AMBER+STRICT`
    pub fn word(self) -> &'static str {
        self.0.label().trim_start_matches("TLP:")
    }
}

impl FromStr for Mark {
    type Err = NotAWord;
    fn from_str(word: &str) -> Result<Self, NotAWord> {
        Tlp::of(&word.to_ascii_lowercase()).map(Self).ok_or(NotAWord)
    }
}

impl FromColumn for Mark {
    fn from_column(value: Value<'_>) -> Result<Self, Unreadable> {
        value.parse()
    }
}

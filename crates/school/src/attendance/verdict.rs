//! 出席, 欠席, 確認中, 未確定: what follows from what is known.

use db::{FromColumn, Unreadable, Value};
use serde::{Deserialize, Serialize};

use super::rule::{Held, Rule};

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$of:meta])* $one:ident = $id:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$of])* $one,)* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$one,)*];

            /// The word in the database and in addresses.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$one => $id,)* }
            }

            /// The one with this word.
            pub fn of(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.id() == id)
            }
        }

        impl FromColumn for $name {
            fn from_column(value: Value<'_>) -> Result<Self, Unreadable> {
                let id = value.text()?;
                Self::of(id).ok_or_else(|| format!("{id} is none of these words").into())
            }
        }

        impl From<$name> for db::Arg {
            fn from(one: $name) -> Self {
                one.id().into()
            }
        }
    };
}

words! {
    /// What was decided when attendance was closed.
    Verdict {
        /// 出席
        Present = "present",
        /// 欠席
        Absent = "absent",
        /// 確認中: a participant in the queue may be this person.
        Review = "review",
        /// 受講済み（アーカイブ視聴）
        Archive = "archive",
    }
}

words! {
    /// What the secretariat decided by hand.
    Mark {
        /// 出席
        Present = "present",
        /// 欠席
        Absent = "absent",
    }
}

words! {
    /// What a verdict rests on.
    Evidence {
        /// The minutes of the session.
        Minutes = "minutes",
        /// Two of heartbeat, keyword and survey.
        Proofs = "proofs",
        /// The secretariat's hand.
        Hand = "hand",
        /// The recording.
        Archive = "archive",
    }
}

words! {
    /// A sign beside minutes that somebody followed.
    Proof {
        /// The lobby's page was open all the time.
        Heartbeat = "heartbeat",
        /// The word that the lecturer said was typed in.
        Keyword = "keyword",
        /// The questionnaire afterwards was answered.
        Survey = "survey",
    }
}

words! {
    /// Where a stretch of presence is known from.
    Source {
        /// The file of a meeting tool.
        File = "file",
        /// The lobby.
        Heartbeat = "heartbeat",
        /// The secretariat.
        Hand = "hand",
        /// A screen that several looked at together.
        Group = "group",
    }
}

words! {
    /// Why the secretariat decided by hand, as the trail keeps it. The words are `attendance-reason-…`.
    Reason {
        /// Seen or heard in the meeting.
        Seen = "seen",
        /// On the list of those who watched together.
        Group = "group",
        /// Under another name, or on somebody else's device.
        Device = "device",
        /// Asked for by the person.
        Objection = "objection",
        /// Something else, which the note says.
        Other = "other",
    }
}

/// What is known of one applicant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Presence, in seconds.
    pub seconds: i64,
    /// How many proofs there are.
    pub proofs: i64,
    /// What was decided by hand and not taken back.
    pub mark: Option<Mark>,
    /// Whether a participant in the queue may be this person.
    pub is_questioned: bool,
}

impl Facts {
    /// Whole minutes, as they are shown.
    pub const fn minutes(&self) -> i64 {
        self.seconds.div_euclid(60)
    }

    /// What follows. A hand decides before anything else; whoever may still be found in the queue is not called absent.
    pub fn verdict(&self, rule: Rule, held: Held) -> (Verdict, Option<Evidence>) {
        match self.mark {
            Some(Mark::Present) => return (Verdict::Present, Some(Evidence::Hand)),
            Some(Mark::Absent) => return (Verdict::Absent, Some(Evidence::Hand)),
            None => {}
        }
        if self.minutes() >= rule.needed(held) {
            return (Verdict::Present, Some(Evidence::Minutes));
        }
        if rule.two_proofs && self.proofs >= 2 {
            return (Verdict::Present, Some(Evidence::Proofs));
        }
        (if self.is_questioned { Verdict::Review } else { Verdict::Absent }, None)
    }
}

/// What a person is told: a verdict, or that there is none yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 未確定
    Undecided,
    /// Decided.
    Decided(Verdict),
}

impl Status {
    /// A verdict stands only while attendance is closed: what is open again is open for everybody, the recording's viewers excepted.
    pub fn of(verdict: Option<Verdict>, is_closed: bool) -> Self {
        match verdict {
            Some(Verdict::Archive) => Self::Decided(Verdict::Archive),
            Some(verdict) if is_closed => Self::Decided(verdict),
            _ => Self::Undecided,
        }
    }

    /// The word in addresses and keys.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Decided(verdict) => verdict.id(),
        }
    }

    /// The key of its word.
    pub fn key(self) -> String {
        format!("attendance-status-{}", self.id())
    }

    /// The shape that the style sheet draws beside the word.
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Undecided => "later",
            Self::Decided(Verdict::Present | Verdict::Archive) => "done",
            Self::Decided(Verdict::Absent) => "ended",
            Self::Decided(Verdict::Review) => "arranging",
        }
    }
}

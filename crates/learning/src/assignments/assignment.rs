use access::OrganizationId;
use kernel::{Day, Span, Timestamp, id};
use std::fmt;
use std::str::FromStr;
use web::Words;

use super::job::Job;
use super::path::Target;
use crate::content::Course;

id!(
    /// One assignment.
    AssignmentId
);
id!(
    /// Somebody on the list of an institution's staff.
    StaffId
);

db::row! {
    /// What people of an organization have to learn, and by when.
    #[derive(Clone, Debug)]
    pub struct Assignment {
        pub id: AssignmentId,
        pub organization: OrganizationId,
        pub path: String,
        pub course: String,
        pub jobs: String,
        pub reason: String,
        pub due_at: Timestamp,
        pub made_at: Timestamp,
        pub ended_at: Option<Timestamp>,
    }
}

impl Assignment {
    /// What is assigned, if these courses still have it.
    pub fn target(&self, shown: &[&'static Course]) -> Option<Target> {
        Target::stored(&self.path, &self.course, shown)
    }

    /// What it is called.
    pub fn title(&self, shown: &[&'static Course], w: Words) -> String {
        self.target(shown).map_or_else(|| w.t("assign-gone"), |target| target.title(w.lang).to_owned())
    }

    /// The last day.
    pub fn due(&self) -> Day {
        last_day(self.due_at)
    }

    /// Whose it is, in words.
    pub fn whom(&self, w: Words) -> String {
        let jobs = Job::from_stored(&self.jobs);
        if jobs.is_empty() {
            return w.t("assign-everybody");
        }
        jobs.into_iter().map(|job| job.word(w)).collect::<Vec<_>>().join(&w.t("assign-between"))
    }
}

/// The day with whose end something is due.
pub fn last_day(due_at: Timestamp) -> Day {
    due_at.minus(Span::micros(1)).day()
}

/// The midnight with which a day ends.
pub fn end_of(day: Day) -> Timestamp {
    Timestamp::in_japan(day, 0, 0).next_midnight()
}

/// Why somebody does not have to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// 対象外
    Exempt,
    /// 同じ内容を別に受講・確認済み
    Known,
    /// 休職・休業中
    Away,
    /// そのほか: said in a note.
    Other,
}

/// What is no such reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of exempt, known, away, other")]
pub struct NotAReason;

impl Why {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Exempt, Self::Known, Self::Away, Self::Other];

    /// The word in the database, and the end of its key.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Exempt => "exempt",
            Self::Known => "known",
            Self::Away => "away",
            Self::Other => "other",
        }
    }

    /// The word.
    pub fn word(self, w: Words) -> String {
        w.t(&format!("assign-why-{}", self.id()))
    }
}

impl FromStr for Why {
    type Err = NotAReason;
    fn from_str(id: &str) -> Result<Self, NotAReason> {
        Self::ALL.into_iter().find(|why| why.id() == id).ok_or(NotAReason)
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl db::FromColumn for Why {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

/// How somebody stands in an assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// 修了
    Done,
    /// 対象外
    Waived,
    /// 期限を過ぎました
    Late,
    /// 受講中
    Begun,
    /// 未受講
    New,
}

impl Standing {
    /// The end of the key of its word.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Waived => "waived",
            Self::Late => "late",
            Self::Begun => "begun",
            Self::New => "new",
        }
    }

    /// The shape of its sign.
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Waived => "closed",
            Self::Late => "cancelled",
            Self::Begun => "full",
            Self::New => "later",
        }
    }

    /// The word.
    pub fn word(self, w: Words) -> String {
        w.t(&format!("assign-standing-{}", self.id()))
    }
}

/// How far somebody is.
#[derive(Clone, Copy, Debug)]
pub struct Far {
    /// How many courses there are.
    pub total: i64,
    /// How many of them are completed.
    pub done: i64,
    /// How many of them are begun.
    pub begun: i64,
    /// Whether they do not have to.
    pub is_waived: bool,
    /// When it is due.
    pub due_at: Timestamp,
}

impl Far {
    /// How they stand. What is done is done, even if they would not have had to.
    pub fn standing(&self, now: Timestamp) -> Standing {
        match () {
            () if self.done >= self.total => Standing::Done,
            () if self.is_waived => Standing::Waived,
            () if now >= self.due_at => Standing::Late,
            () if self.begun > 0 => Standing::Begun,
            () => Standing::New,
        }
    }
}

//! Materials: what goes with a training on paper, each from a moment of its own.

use kernel::{Day, Timestamp, id};
use objects::{Hash, Kind};
use std::fmt;
use std::str::FromStr;

use super::recording::is_open;
use crate::trainings::programme::CourseId;
use crate::trainings::session::{Archive, SessionId};

id!(
    /// Something that goes with a training.
    MaterialId
);
id!(
    /// One of the files that a material has had.
    MaterialFileId
);

/// The most bytes of a material's file.
pub const MOST_BYTES: u64 = 50 << 20;

/// From when everybody may have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// 事前: from now on.
    Before,
    /// 当日: from the morning of the session.
    Day,
    /// 終了後: together with the recordings.
    After,
}

/// The text names no moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of before, day, after")]
pub struct NotAMoment;

impl Moment {
    /// Every moment, in order.
    pub const ALL: [Self; 3] = [Self::Before, Self::Day, Self::After];

    /// The word in the database and in forms.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Day => "day",
            Self::After => "after",
        }
    }

    /// Whether it has come at `now`: for a session on `day`, with recordings open as said. What is over is over for all of them.
    pub fn has_come(self, day: Option<Day>, archive: Option<Archive>, now: Timestamp) -> bool {
        let is_over = archive.is_some_and(|(_, closes)| closes.is_some_and(|closes| now >= closes));
        let has_come = match self {
            Self::Before => true,
            Self::Day => day.is_some_and(|day| now >= Timestamp::in_japan(day, 0, 0)),
            Self::After => is_open(archive, now),
        };
        has_come && !is_over
    }
}

impl FromStr for Moment {
    type Err = NotAMoment;
    fn from_str(id: &str) -> Result<Self, NotAMoment> {
        Self::ALL.into_iter().find(|moment| moment.id() == id).ok_or(NotAMoment)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl db::FromColumn for Moment {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

db::row! {
    /// A material with its newest file.
    #[derive(Clone, Debug)]
    pub struct Material {
        pub id: MaterialId,
        pub course: CourseId,
        pub session: Option<SessionId>,
        pub title: String,
        pub moment: Moment,
        pub withdrawn_at: Option<Timestamp>,
        pub file: MaterialFileId,
        pub name: String,
        kind: String,
        pub bytes: i64,
        hash: [u8; 32],
        pub sent_at: Timestamp,
        pub files: i64,
    }
}

db::row! {
    /// A file that a material has, or has had.
    #[derive(Clone, Debug)]
    pub struct MaterialFile {
        pub id: MaterialFileId,
        pub name: String,
        kind: String,
        pub bytes: i64,
        hash: [u8; 32],
        pub sent_at: Timestamp,
    }
}

fn kind_of(ending: &str) -> Kind {
    // Only what `Kind` itself has written stands there.
    Kind::ALL.into_iter().find(|kind| kind.ending() == ending).unwrap_or(Kind::Text)
}

impl Material {
    /// What kind of file it is.
    pub fn kind(&self) -> Kind {
        kind_of(&self.kind)
    }

    /// Where its bytes lie.
    pub const fn hash(&self) -> Hash {
        Hash::new(self.hash)
    }
}

impl MaterialFile {
    /// What kind of file it is.
    pub fn kind(&self) -> Kind {
        kind_of(&self.kind)
    }

    /// Where its bytes lie.
    pub const fn hash(&self) -> Hash {
        Hash::new(self.hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_moment_comes_when_it_says_and_all_go_together() {
        let day = Day::constant(2026, 9, 16);
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let archive = Some((at("2027-02-26T09:00+09:00"), Some(at("2027-04-01T00:00+09:00"))));
        let come = |now: &str| Moment::ALL.map(|moment| moment.has_come(Some(day), archive, at(now)));
        assert_eq!(come("2026-09-15T23:59+09:00"), [true, false, false]);
        assert_eq!(come("2026-09-16T00:00+09:00"), [true, true, false]);
        assert_eq!(come("2027-02-26T09:00+09:00"), [true, true, true]);
        assert_eq!(come("2027-04-01T00:00+09:00"), [false, false, false]);
        assert!(!Moment::Day.has_come(None, None, at("2027-02-26T09:00+09:00")), "no day yet");
    }
}

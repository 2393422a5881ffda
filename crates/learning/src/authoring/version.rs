//! Versions of a course: how they stand, and who brought them there.

use access::Hand;
use kernel::{Day, Timestamp, id};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

id!(
    /// One version of a course that was written in the browser.
    VersionId
);

/// What happened to a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// 保存
    Saved,
    /// 確認依頼
    Requested,
    /// 差し戻し
    Returned,
    /// 承認
    Approved,
    /// 公開
    Published,
    /// 取りやめ
    Dropped,
}

/// How a version stands: what its last step made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// 下書き
    Draft,
    /// 確認待ち
    Requested,
    /// 承認済み
    Approved,
    /// 公開
    Published,
    /// 取りやめ
    Dropped,
}

/// What publishing a version means for those who have completed the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// What stood in `data/courses`, entered when the first version took its place.
    First,
    /// 誤りの訂正（再受講不要）
    Correction,
    /// 再受講が必要
    Retake,
    /// 次年度から適用
    NextYear,
}

/// The stored word is none of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a word of authoring")]
pub struct NotAWord;

db::row! {
    /// A version without its files.
    #[derive(Clone, Debug)]
    pub struct Version {
        pub id: VersionId,
        pub course: String,
        pub number: i64,
        pub label: String,
        pub saved_at: Timestamp,
        pub effect: Option<Effect>,
        pub starts_on: Option<Day>,
        pub from: Option<Day>,
        pub until: Option<Day>,
        pub edition: i64,
        pub step: Step,
    }
}

db::row! {
    /// One step of a version's way: what, who, when, and what they said.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Past {
        pub step: Step,
        pub actor: String,
        pub role: String,
        pub note: String,
        pub at: Timestamp,
    }
}

/// The version that somebody had before them, as it was then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Which version.
    pub version: VersionId,
    /// When it was last saved.
    pub saved_at: Timestamp,
}

/// Whether somebody had a part in what was written.
pub fn wrote(past: &[Past], hand: &Hand) -> bool {
    past.iter().any(|step| matches!(step.step, Step::Saved | Step::Requested) && step.actor == hand.actor)
}

impl Version {
    /// How it stands.
    pub const fn stage(&self) -> Stage {
        self.step.leads_to()
    }

    /// Whether it is as somebody saw it.
    pub fn is(&self, seen: Seen) -> bool {
        self.id == seen.version && self.saved_at == seen.saved_at
    }

    /// Whether it is being written.
    pub const fn is_open(&self) -> bool {
        matches!(self.stage(), Stage::Draft | Stage::Requested | Stage::Approved)
    }
}

impl Step {
    const ALL: [Self; 6] = [Self::Saved, Self::Requested, Self::Returned, Self::Approved, Self::Published, Self::Dropped];

    /// The word in the database.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Requested => "requested",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Dropped => "dropped",
        }
    }

    /// What a version is after this step.
    pub const fn leads_to(self) -> Stage {
        match self {
            Self::Saved | Self::Returned => Stage::Draft,
            Self::Requested => Stage::Requested,
            Self::Approved => Stage::Approved,
            Self::Published => Stage::Published,
            Self::Dropped => Stage::Dropped,
        }
    }
}

impl Stage {
    /// The key of its word.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "authoring-stage-draft",
            Self::Requested => "authoring-stage-requested",
            Self::Approved => "authoring-stage-approved",
            Self::Published => "authoring-stage-published",
            Self::Dropped => "authoring-stage-dropped",
        }
    }

    /// The shape that the style sheet draws beside the word.
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Draft => "arranging",
            Self::Requested => "later",
            Self::Approved => "full",
            Self::Published => "done",
            Self::Dropped => "cancelled",
        }
    }
}

impl Effect {
    /// Those that are chosen from when a version is published.
    pub const CHOSEN: [Self; 3] = [Self::Correction, Self::Retake, Self::NextYear];

    /// The word in the database and in forms.
    pub const fn id(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Correction => "correction",
            Self::Retake => "retake",
            Self::NextYear => "next_year",
        }
    }
}

impl FromStr for Step {
    type Err = NotAWord;
    fn from_str(id: &str) -> Result<Self, NotAWord> {
        Self::ALL.into_iter().find(|step| step.id() == id).ok_or(NotAWord)
    }
}

impl FromStr for Effect {
    type Err = NotAWord;
    fn from_str(id: &str) -> Result<Self, NotAWord> {
        [Self::First, Self::Correction, Self::Retake, Self::NextYear].into_iter().find(|effect| effect.id() == id).ok_or(NotAWord)
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl db::FromColumn for Step {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

impl db::FromColumn for Effect {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

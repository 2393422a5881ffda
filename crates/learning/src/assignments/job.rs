use std::fmt;
use std::str::FromStr;
use web::Words;

use super::path::also;

/// What somebody does at their institution, as far as it decides on what they have to learn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Job {
    /// 新しく入った方
    Newcomer,
    /// 職員（医療・事務）
    Clinical,
    /// 管理職
    Manager,
    /// 経営者
    Executive,
    /// システム担当
    Systems,
}

/// What names no job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of newcomer, clinical, manager, executive, systems")]
pub struct NotAJob;

impl Job {
    /// All of them, in the order of lists.
    pub const ALL: [Self; 5] = [Self::Newcomer, Self::Clinical, Self::Manager, Self::Executive, Self::Systems];

    /// The identifier, as in the database and in `learning-paths.toml`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Newcomer => "newcomer",
            Self::Clinical => "clinical",
            Self::Manager => "manager",
            Self::Executive => "executive",
            Self::Systems => "systems",
        }
    }

    /// The word.
    pub fn word(self, w: Words) -> String {
        w.t(&format!("assign-job-{}", self.id()))
    }

    /// Words by which tables name it, beside its own: from `learning-paths.toml`.
    pub(super) fn also(self) -> &'static [String] {
        also(self)
    }

    /// As several are stored: each between spaces, so that one is found by its neighbours.
    pub(super) fn stored(jobs: &[Self]) -> String {
        if jobs.is_empty() { String::new() } else { format!(" {} ", jobs.iter().map(|job| job.id()).collect::<Vec<_>>().join(" ")) }
    }

    /// From what is stored.
    pub(super) fn from_stored(text: &str) -> Vec<Self> {
        text.split_whitespace().filter_map(|id| id.parse().ok()).collect()
    }
}

impl FromStr for Job {
    type Err = NotAJob;
    fn from_str(id: &str) -> Result<Self, NotAJob> {
        Self::ALL.into_iter().find(|job| job.id() == id).ok_or(NotAJob)
    }
}

impl fmt::Display for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl db::FromColumn for Job {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

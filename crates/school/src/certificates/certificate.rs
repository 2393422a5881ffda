use access::{AccountId, OrganizationId};
use kernel::{Day, Lang, Timestamp, Uuid, id};
use people::persons::PersonId;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

use super::code::Code;
use super::printed::Printed;
use super::revoke::Why;
use crate::trainings::application::ApplicationId;
use crate::trainings::programme::CourseId;
use crate::trainings::session::SessionId;

id!(
    /// One certificate.
    CertificateId
);

/// What is certified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 受講証明書: one session, or one part of a series.
    Session,
    /// 修了証: a whole series.
    Series,
    /// 修了証: a course of e-learning.
    Learned,
}

/// How somebody attended, and how it was seen. Frozen with the certificate: it is what an institution's record shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attended {
    /// In which way.
    pub way: Way,
    /// On which day.
    pub day: Day,
    /// Whether the keyword was handed in.
    #[serde(default)]
    pub keyword: bool,
    /// Right answers of all, where understanding was checked.
    #[serde(default)]
    pub check: Option<(i64, i64)>,
    /// Seconds of a recording that were seen, of how many.
    #[serde(default)]
    pub seen: Option<(i64, i64)>,
}

/// The ways of attending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// オンライン, so many minutes of so many.
    Live {
        /// Minutes of presence.
        minutes: i64,
        /// Minutes of the session.
        of: i64,
    },
    /// アーカイブ視聴, the absence made good.
    Archive,
    /// 集合視聴: one screen, many people. With braces, as it has been stored: nothing is said of where it was.
    Group {},
    /// The secretariat has checked it by hand.
    Hand,
    /// So many parts of a series of so many.
    Parts {
        /// Attended.
        parts: i64,
        /// Of how many.
        of: i64,
    },
    /// eラーニング: all units and the test.
    Learned {
        /// Minutes of learning, gaps cut.
        minutes: i64,
        /// No page counts longer than so many minutes.
        most: i64,
    },
    /// eラーニング: the test before the course.
    TestedOut,
}

/// The text names no kind of certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of session, series, learned")]
pub struct NotAKind;

impl Kind {
    /// The word in the database, and the end of the keys of its words.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Series => "series",
            Self::Learned => "learned",
        }
    }
}

impl FromStr for Kind {
    type Err = NotAKind;
    fn from_str(id: &str) -> Result<Self, NotAKind> {
        [Self::Session, Self::Series, Self::Learned].into_iter().find(|kind| kind.id() == id).ok_or(NotAKind)
    }
}

impl db::FromColumn for Kind {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

db::row! {
    /// A certificate, as stored.
    #[derive(Clone, Debug)]
    pub struct Certificate {
        pub id: CertificateId,
        pub number: String,
        pub code: Code,
        pub kind: Kind,
        pub application: Option<ApplicationId>,
        pub person: Option<PersonId>,
        pub course: Option<CourseId>,
        pub session: Option<SessionId>,
        pub organization: Option<OrganizationId>,
        pub printed: Printed,
        pub attended: Attended,
        pub lang: Lang,
        pub slot: i64,
        pub issued_at: Timestamp,
        pub issued_by: String,
        pub failed_at: Option<Timestamp>,
        pub failed_why: String,
        pub revoked_at: Option<Timestamp>,
        pub revoked_why: Option<Why>,
        pub revoked_note: String,
        pub replaces: Option<CertificateId>,
        pub replaced_by: Option<CertificateId>,
        pub account: Option<AccountId>,
        pub study: Option<Uuid>,
        pub address: Option<String>,
        pub sha256: Option<[u8; 32]>,
        pub size: Option<i64>,
        pub made_at: Option<Timestamp>,
    }
}

/// What a certificate is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// 作成しています: its file is being made.
    Waiting,
    /// 作成できませんでした
    Failed,
    /// 有効
    Valid,
    /// 再発行されました
    Replaced,
    /// 失効
    Revoked,
}

impl Standing {
    /// Every standing, in the order of the filter.
    pub const ALL: [Self; 5] = [Self::Valid, Self::Waiting, Self::Failed, Self::Replaced, Self::Revoked];

    /// The word in addresses, and the end of the key of its words.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Failed => "failed",
            Self::Valid => "valid",
            Self::Replaced => "replaced",
            Self::Revoked => "revoked",
        }
    }

    /// The shape that the style sheet draws beside the word.
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Waiting => "later",
            Self::Failed | Self::Revoked => "cancelled",
            Self::Valid => "done",
            Self::Replaced => "closed",
        }
    }

    /// The key of its word.
    pub fn key(self) -> String {
        format!("certificate-standing-{}", self.id())
    }
}

impl Certificate {
    /// What it rests on, by which its mails are found again.
    pub fn about(&self) -> Uuid {
        self.application.map(ApplicationId::uuid).or(self.study).unwrap_or_else(|| self.id.uuid())
    }

    /// What it is.
    pub fn standing(&self) -> Standing {
        match (self.revoked_at, self.replaced_by, self.made_at, self.failed_at) {
            (Some(_), Some(_), ..) => Standing::Replaced,
            (Some(_), ..) => Standing::Revoked,
            (None, _, Some(_), _) => Standing::Valid,
            (None, _, None, Some(_)) => Standing::Failed,
            (None, _, None, None) => Standing::Waiting,
        }
    }
}

/// Columns that hold a value as JSON.
macro_rules! from_json {
    ($($name:ty),*) => {$(
        impl db::FromColumn for $name {
            fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
                Ok(serde_json::from_str(value.text()?)?)
            }
        }
    )*};
}

from_json!(Attended, Printed);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_that_was_stored_with_an_empty_place_is_the_same_way() {
        for stored in [r#"{"group":{"place":""}}"#, r#"{"group":{}}"#] {
            assert_eq!(serde_json::from_str::<Way>(stored).unwrap(), Way::Group {}, "{stored}");
        }
    }
}

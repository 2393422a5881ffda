use kernel::{Lang, Timestamp, Uuid, id};
use vault::{Place, PublicKey};

use super::CaseNumber;
use super::axes::{Axes, Backup, CareImpact, DataExit, Path, Product, Spread};
use crate::words::words;

id!(
    /// One incident of one institution, or one question whether it is one.
    CaseId
);

words! {
    /// By which of the two doors it came.
    Door {
        /// いま起きている: help with the first response.
        Request = "request",
        /// まだわからない: advice.
        Consult = "consult",
    }
}

words! {
    /// How it came.
    Channel {
        /// By the pages.
        Web = "web",
        /// By telephone; a responder typed.
        Phone = "phone",
        /// An exercise.
        Drill = "drill",
    }
}

words! {
    /// Who reports.
    Role {
        /// 職員の方
        Staff = "staff",
        /// システム担当者の方
        Admin = "admin",
    }
}

words! {
    /// The phase in the ministry's words.
    Phase {
        /// 検知
        Detect = "detect",
        /// 初動対応
        Respond = "respond",
        /// 復旧処理
        Recover = "recover",
        /// 事後対応
        After = "after",
    }
}

db::row! {
    /// A case, as far as it stands in clear: what the queue, the clocks and the clusters need.
    #[derive(Clone)]
    pub struct Case {
        pub id: CaseId,
        pub number: CaseNumber,
        pub door: Door,
        pub channel: Channel,
        pub is_drill: bool,
        pub lang: Lang,
        pub role: Option<Role>,
        pub event: Option<String>,
        pub phase: Phase,
        pub prefecture: Option<String>,
        pub institution_kind: Option<String>,
        pub spread: Spread,
        pub backup: Backup,
        pub product: Product,
        pub care_impact: CareImpact,
        pub data_exit: DataExit,
        pub path: Path,
        pub stage: Option<i64>,
        pub urgency: i64,
        pub public_key: [u8; 32],
        pub code_salt: Vec<u8>,
        pub made_at: Timestamp,
        pub heard_at: Timestamp,
        pub answered_at: Option<Timestamp>,
        pub taken_at: Option<Timestamp>,
        pub taken_by: Option<Uuid>,
        pub called_at: Option<Timestamp>,
        pub bound_at: Option<Timestamp>,
        pub closed_at: Option<Timestamp>,
        pub outcome: Option<String>,
    }
}

impl Case {
    /// Its axes.
    pub const fn axes(&self) -> Axes {
        Axes {
            spread: self.spread,
            backup: self.backup,
            product: self.product,
            care_impact: self.care_impact,
            data_exit: self.data_exit,
            path: self.path,
        }
    }

    /// Seals words to the case, for one column of one row. Nobody needs a secret to write.
    pub fn seal(&self, table: &'static str, row: Uuid, column: &'static str, words: &[u8]) -> Vec<u8> {
        vault::seal(&PublicKey::from_bytes(self.public_key), &self.id.place(table, row, column), words)
    }
}

impl CaseId {
    /// Where words of this case stand: what is sealed for one place opens at no other.
    pub const fn place(self, table: &'static str, row: Uuid, column: &'static str) -> Place {
        Place { case: self.uuid(), table, row, column }
    }
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Case").field("id", &self.id).field("number", &self.number).finish_non_exhaustive()
    }
}

use kernel::{Timestamp, id};
use serde::{Deserialize, Serialize};
use vault::SecretKey;

use super::message::Side;
use crate::cases::CaseId;

id!(
    /// One file of a case.
    FileId
);

/// How many bytes of a file come at a time: sixteen frames.
pub const PIECE: usize = 1024 * 1024;

/// Frames in a whole piece.
pub const FRAMES: u64 = (PIECE / vault::frames::FRAME_BYTES) as u64;

db::row! {
    /// A file, sealed: its pieces lie in the store of files under its id.
    #[derive(Clone)]
    pub struct CaseFile {
        pub id: FileId,
        pub case: CaseId,
        pub side: Side,
        pub header: Vec<u8>,
        pub about: Vec<u8>,
        pub pieces: Option<i64>,
        pub hashes: Option<Vec<u8>>,
        pub sealed_hash: Option<[u8; 32]>,
        pub begun_at: Timestamp,
        pub heard_at: Timestamp,
        pub here_at: Option<Timestamp>,
    }
}

/// What a file is called, how large it is and what is in it; sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Its own name: a word about it, never a path.
    pub name: String,
    /// How many bytes it has, if that was known when it began.
    pub bytes: Option<u64>,
    /// SHA-256 of its contents, if that was known when it began: by it the same file is found again, and no other is taken for it.
    #[serde(default)]
    pub sha256: Option<String>,
}

impl About {
    /// Of a file that comes in one go, without its length.
    pub fn named(name: &str) -> Self {
        Self { name: called(name), bytes: None, sha256: None }
    }

    /// In how many pieces it comes, if its length is known.
    pub fn pieces(&self) -> Option<i64> {
        self.bytes.map(|bytes| i64::try_from(bytes.div_ceil(PIECE as u64)).unwrap_or(i64::MAX))
    }

    /// Whether it can go on after a break: only a file whose contents are known is told from others.
    pub const fn can_go_on(&self) -> bool {
        self.sha256.is_some()
    }

    /// Whether it has the same contents.
    pub fn is_same(&self, other: &Self) -> bool {
        self.can_go_on() && (self.bytes, &self.sha256) == (other.bytes, &other.sha256)
    }

    /// Whether it looks the same in a list of files.
    pub fn looks_like(&self, other: &Self) -> bool {
        (&self.name, self.bytes) == (&other.name, other.bytes)
    }
}

/// A name in one line, not longer than a line.
pub(super) fn called(name: &str) -> String {
    kernel::one_line(name).chars().take(200).collect()
}

/// What was received: the proof that what lies here is what was sent; sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// How many bytes.
    pub bytes: u64,
    /// SHA-256 of what was sent.
    pub sha256: String,
}

impl CaseFile {
    /// What it is called, for who has the key.
    pub fn about(&self, key: &SecretKey) -> Option<About> {
        opened(key, self.case, self.id, "about", &self.about)
    }

    /// What was received, once all of it is here.
    pub fn whole(&self, key: &SecretKey) -> Option<Whole> {
        opened(key, self.case, self.id, "hashes", self.hashes.as_deref()?)
    }

    /// Under which name a piece lies in the store of files.
    pub fn piece(&self, number: i64) -> String {
        piece(self.id, number)
    }
}

/// Under which name a piece lies in the store of files.
pub fn piece(id: FileId, number: i64) -> String {
    format!("desk-{id}-{number}")
}

fn opened<T: serde::de::DeserializeOwned>(key: &SecretKey, case: CaseId, id: FileId, column: &'static str, sealed: &[u8]) -> Option<T> {
    let words = vault::open(key, &case.place("case_files", id.uuid(), column), sealed).ok()?;
    serde_json::from_slice(&words).ok()
}

/// A file's name is nearly as telling as the file.
impl std::fmt::Debug for CaseFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CaseFile").field("id", &self.id).finish_non_exhaustive()
    }
}

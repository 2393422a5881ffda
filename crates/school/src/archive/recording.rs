//! Recordings: the film of a session, with what is said in it, its parts, and what is asked about it.

use kernel::{Timestamp, id};
use objects::{Hash, Kind};

use super::captions::Captions;
use super::chapters::{self, Chapter};
use super::questions::{self, Question};
use super::seen;
use crate::trainings::session::{Archive, SessionId};

id!(
    /// The recording of a session.
    RecordingId
);

db::row! {
    /// The recording of a session, as far as it has come.
    #[derive(Clone, Debug)]
    pub struct Recording {
        pub id: RecordingId,
        pub session: SessionId,
        hash: Option<[u8; 32]>,
        bytes: Option<i64>,
        kind: Option<String>,
        seconds: Option<i64>,
        pub edition: i64,
        pub captions: String,
        pub no_captions: String,
        pub chapters: String,
        pub questions: String,
        pub threshold: i64,
        pub published_at: Option<Timestamp>,
        pub withdrawn_at: Option<Timestamp>,
        pub told_at: Option<Timestamp>,
    }
}

/// A film that is ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Film {
    /// Where its bytes lie.
    pub hash: Hash,
    /// How many.
    pub bytes: i64,
    /// MP4 or `WebM`.
    pub kind: Kind,
    /// How long it lasts.
    pub seconds: i64,
}

impl Recording {
    /// The film, once there is one.
    pub fn film(&self) -> Option<Film> {
        let kind = Kind::ALL.into_iter().find(|kind| Some(kind.ending()) == self.kind.as_deref())?;
        Some(Film { hash: Hash::new(self.hash?), bytes: self.bytes?, kind, seconds: self.seconds? })
    }

    /// Whether it was published, and not taken back.
    pub const fn is_published(&self) -> bool {
        self.published_at.is_some() && self.withdrawn_at.is_none()
    }

    /// Whether everybody may watch it, given when the recordings of its course are open.
    pub fn is_open(&self, archive: Option<Archive>, now: Timestamp) -> bool {
        self.is_published() && is_open(archive, now)
    }

    /// What is said in it; nothing without captions.
    pub fn captions(&self) -> Captions {
        Captions::parse(&self.captions).unwrap_or_default()
    }

    /// Its parts.
    pub fn chapters(&self) -> Vec<Chapter> {
        chapters::parse(&self.chapters, None).unwrap_or_default()
    }

    /// What is asked of whoever has watched.
    pub fn questions(&self) -> Vec<Question> {
        questions::parse(&self.questions).unwrap_or_default()
    }

    /// How many seconds have to be seen; nothing without a film.
    pub fn needed(&self) -> Option<i64> {
        self.seconds.map(|whole| seen::needed(whole, self.threshold))
    }
}

/// Whether recordings are open at `now`.
pub fn is_open(archive: Option<Archive>, now: Timestamp) -> bool {
    archive.is_some_and(|(opens, closes)| now >= opens && closes.is_none_or(|closes| now < closes))
}

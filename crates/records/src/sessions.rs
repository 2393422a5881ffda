//! Sessions of course packages: a unit that runs in a browser speaks to the store with a token of its own, for one learner, one
//! registration and one activity. What it may say, the wing of packages knows; it is asked here.

use db::{DbResult, Tx};
use kernel::{Timestamp, Uuid};
use serde::{Deserialize, Serialize};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use xapi::Statement;

/// An answer of the wing of packages.
pub type Answering<'a, T> = Pin<Box<dyn Future<Output = DbResult<T>> + 'a>>;

/// What the token of a session opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// The session.
    pub session: Uuid,
    /// The learner, by the key that `xapi` gives an agent.
    pub actor: String,
    /// The registration.
    pub registration: Uuid,
    /// The activity.
    pub activity: String,
    /// Whether the session has ended. Then nothing is taken or shown any more, and what was taken is answered as it was: a unit that
    /// lost the answer to its last word asks for it again.
    pub is_over: bool,
}

/// Why something that comes from a session is not taken: answered with 403.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{why}")]
pub struct Forbidden {
    /// The requirement of cmi5.
    pub requirement: String,
    /// What is wrong.
    pub why: String,
}

/// What a unit reads before it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The launch data.
    LaunchData,
    /// The preferences of the learner.
    Preferences,
}

/// Who knows sessions.
pub trait Sessions: Send + Sync {
    /// What the token of a session opens, or of one that has ended, which opens nothing but the answers that it lost.
    fn recognize<'a>(&'a self, tx: &'a mut Tx<'_>, session: Uuid, secret: &'a str, now: Timestamp) -> Answering<'a, Option<Pass>>;

    /// Takes statements in the order in which they came, or refuses all of them. What the system says in return comes back.
    fn take<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        pass: &'a Pass,
        statements: &'a [&'a Statement],
        now: Timestamp,
    ) -> Answering<'a, Result<Vec<Statement>, Forbidden>>;

    /// Notes that a unit has read something; nothing is noted twice.
    fn note<'a>(&'a self, tx: &'a mut Tx<'_>, pass: &'a Pass, reading: Reading) -> Answering<'a, ()>;

    /// Whether that was noted already.
    fn knows<'a>(&'a self, tx: &'a mut Tx<'_>, pass: &'a Pass, reading: Reading) -> Answering<'a, bool>;
}

/// The sessions that the store asks for.
#[derive(Clone)]
pub struct CourseSessions(pub(crate) Arc<dyn Sessions>);

impl CourseSessions {
    /// Those that this one knows.
    pub fn of(sessions: impl Sessions + 'static) -> Self {
        Self(Arc::new(sessions))
    }
}

impl std::fmt::Debug for CourseSessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CourseSessions")
    }
}

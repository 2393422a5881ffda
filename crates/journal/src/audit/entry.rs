use db::{DbResult, Engine, FromColumn, Tx, Unreadable, Value};
use kernel::{Timestamp, Uuid, id};
use std::str::FromStr;

use super::store;
use crate::Leaf;

id!(
    /// One entry of the audit trail.
    EntryId
);

/// The actor of what the portal does by itself.
pub const SYSTEM: &str = "system";

/// The actor of what the demo does by itself.
pub const SAMPLE: &str = "demo";

/// What is to be recorded. Whoever writes one names things by id: no name, address or typed text of a person belongs here.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub(super) actor: String,
    pub(super) role: Option<String>,
    pub(super) act: &'static str,
    pub(super) object: Option<(&'static str, Option<Uuid>)>,
    pub(super) reason: Option<String>,
    pub(super) outcome: Outcome,
    pub(super) detail: serde_json::Value,
}

/// How an act ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was asked for and refused.
    Refused,
}

impl Entry {
    /// Begins an entry about what this actor did: `account:…`, `visitor`, [`SYSTEM`].
    pub fn by(actor: &str) -> Self {
        Self {
            actor: actor.to_owned(),
            role: None,
            act: "",
            object: None,
            reason: None,
            outcome: Outcome::Done,
            detail: serde_json::Value::Object(serde_json::Map::new()),
        }
    }

    /// In which capacity.
    #[must_use]
    pub fn acting_as(mut self, role: &str) -> Self {
        self.role = Some(role.to_owned());
        self
    }

    /// What was done: `applications.applied`.
    #[must_use]
    pub const fn did(mut self, act: &'static str) -> Self {
        self.act = act;
        self
    }

    /// To what.
    #[must_use]
    pub fn on(mut self, kind: &'static str, id: impl Into<Uuid>) -> Self {
        self.object = Some((kind, Some(id.into())));
        self
    }

    /// To what, where there is only one of it: the settings, the log itself.
    #[must_use]
    pub const fn on_the(mut self, kind: &'static str) -> Self {
        self.object = Some((kind, None));
        self
    }

    /// The reason that was given.
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        self.reason = Some(reason.to_owned());
        self
    }

    /// What else has to be known to understand it: ids, numbers, states.
    #[must_use]
    pub fn with(mut self, detail: serde_json::Value) -> Self {
        self.detail = detail;
        self
    }

    /// The act was asked for and refused.
    #[must_use]
    pub const fn refused(mut self) -> Self {
        self.outcome = Outcome::Refused;
        self
    }
}

impl Outcome {
    /// As it is stored and hashed.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }
}

/// The stored word is no outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an outcome")]
pub struct NotAnOutcome;

impl FromStr for Outcome {
    type Err = NotAnOutcome;

    fn from_str(code: &str) -> Result<Self, NotAnOutcome> {
        match code {
            "done" => Ok(Self::Done),
            "refused" => Ok(Self::Refused),
            _ => Err(NotAnOutcome),
        }
    }
}

impl FromColumn for Outcome {
    fn from_column(value: Value<'_>) -> Result<Self, Unreadable> {
        value.parse()
    }
}

/// Writes an entry in the transaction of the act itself.
pub async fn record(tx: &mut Tx<'_>, entry: &Entry, now: Timestamp) -> DbResult<EntryId> {
    let id = EntryId::new(now);
    store::add(tx, id, entry, now).await?;
    Ok(id)
}

/// Writes many entries, in their order: on PostgreSQL with one statement.
pub async fn record_all(tx: &mut Tx<'_>, entries: Vec<Entry>, now: Timestamp) -> DbResult<()> {
    let entries: Vec<_> = entries.into_iter().map(|entry| (EntryId::new(now), entry)).collect();
    match tx.engine() {
        Engine::Postgres if !entries.is_empty() => store::add_all(tx, &entries, now).await?,
        _ => {
            for (id, entry) in &entries {
                store::add(tx, *id, entry, now).await?;
            }
        }
    }
    Ok(())
}

db::row! {
    /// An entry as it stands in the trail.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Recorded {
        /// Its place in the order of writing.
        pub seq: i64,
        /// Its id.
        pub id: EntryId,
        /// When it was written.
        pub at: Timestamp,
        /// Who.
        pub actor: String,
        /// In which capacity.
        pub role: Option<String>,
        /// What was done.
        pub act: String,
        /// To what kind of thing.
        pub object_kind: Option<String>,
        /// To which one.
        pub object_id: Option<Uuid>,
        /// Why.
        pub reason: Option<String>,
        /// How it ended.
        pub outcome: Outcome,
        /// What else has to be known.
        pub detail: serde_json::Value,
    }
}

/// Which entries a page of the log shows; what is empty excludes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// By this actor.
    pub actor: Option<String>,
    /// This act.
    pub act: Option<String>,
    /// On things of this kind.
    pub object_kind: Option<String>,
    /// From this moment on.
    pub since: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
}

/// What happened to one thing, newest first; `before` is where the page before ended.
pub async fn history_of(tx: &mut Tx<'_>, kind: &'static str, id: impl Into<Uuid>, before: Option<i64>) -> DbResult<Leaf<Recorded, i64>> {
    let rows = store::of_object(tx, kind, id.into(), before.unwrap_or(i64::MAX)).await?;
    Ok(Leaf::of(rows, |entry| entry.seq))
}

/// A page of the log, newest first; `before` is where the page before ended.
pub async fn entries(tx: &mut Tx<'_>, filter: &Filter, before: Option<i64>) -> DbResult<Leaf<Recorded, i64>> {
    let rows = store::filtered(tx, filter, before.unwrap_or(i64::MAX)).await?;
    Ok(Leaf::of(rows, |entry| entry.seq))
}

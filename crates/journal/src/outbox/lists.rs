use db::{DbResult, Tx};
use kernel::{Lang, Timestamp, Uuid};

use super::{MailId, Priority, store};
use crate::Leaf;

db::row! {
    /// A mail as the people who look after the outbox see it: no text, no address.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MailRow {
        /// The mail.
        pub id: MailId,
        /// Its kind.
        pub kind: String,
        /// What it is about.
        pub object: Uuid,
        /// In which language.
        pub lang: Lang,
        /// How it stands among others.
        pub priority: Priority,
        /// When it was queued.
        pub created_at: Timestamp,
        /// When it is tried, or was last to be tried.
        pub due_at: Timestamp,
        /// When it becomes useless.
        pub expires_at: Option<Timestamp>,
        /// How often it was tried.
        pub attempts: u32,
        /// When it was sent.
        pub sent_at: Option<Timestamp>,
        /// When it was given up.
        pub failed_at: Option<Timestamp>,
        /// When it was dropped on purpose.
        pub dropped_at: Option<Timestamp>,
        /// When it came back.
        pub bounced_at: Option<Timestamp>,
        /// The class of what went wrong last: `smtp-550`, `expired`.
        pub last_error: Option<String>,
    }
}

db::row! {
    /// What became of the mails of one kind.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct OfKind {
        /// Their kind.
        pub kind: String,
        /// How many were sent.
        pub sent: i64,
        /// How many were given up.
        pub failed: i64,
        /// How many came back.
        pub bounced: i64,
    }
}

/// Which mails a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Not sent yet, but to be.
    Waiting,
    /// Given up; a person decides.
    Failed,
    /// Sent, but returned by the mail server of whoever it was for.
    Bounced,
    /// Sent, or dropped on purpose.
    Gone,
}

/// How much there is in the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MailCounts {
    /// Mails that are to be sent, now or later.
    pub waiting: i64,
    /// Since when the longest waiting of them is due; in the future if none is.
    pub due_since: Option<Timestamp>,
    /// Mails that were given up.
    pub failed: i64,
}

/// A page of the outbox, newest first; `before` is where the page before ended.
pub async fn list(tx: &mut Tx<'_>, shelf: Shelf, before: Option<MailId>) -> DbResult<Leaf<MailRow, MailId>> {
    let before = before.unwrap_or(MailId::from_uuid(Uuid::max()));
    let rows = match shelf {
        Shelf::Waiting => store::waiting(tx, before).await?,
        Shelf::Failed => store::given_up(tx, before).await?,
        Shelf::Bounced => store::returned(tx, before).await?,
        Shelf::Gone => store::gone(tx, before).await?,
    };
    Ok(Leaf::of(rows, |row| row.id))
}

/// The latest mails about one thing, newest first: what was sent, and what came of it.
pub async fn about(tx: &mut Tx<'_>, object: impl Into<Uuid>) -> DbResult<Vec<MailRow>> {
    store::about(tx, object.into()).await
}

/// What became of mails from `from` until `until`, by kind. It goes back as far as the delivery log.
pub async fn between(tx: &mut Tx<'_>, from: Timestamp, until: Timestamp) -> DbResult<Vec<OfKind>> {
    store::between(tx, from, until).await
}

/// How much there is in the outbox.
pub async fn counts(tx: &mut Tx<'_>) -> DbResult<MailCounts> {
    let (waiting, due_since, failed) = store::counts(tx).await?;
    Ok(MailCounts { waiting, due_since, failed })
}

/// Of which kinds those of these mails are that there still are.
pub async fn kinds_of(tx: &mut Tx<'_>, ids: &[Uuid]) -> DbResult<Vec<(Uuid, String)>> {
    store::kinds_of(tx, ids).await
}

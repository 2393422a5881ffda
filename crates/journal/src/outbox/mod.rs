//! The outbox: mail that a transaction made due, until it is sent, given up or dropped.
//!
//! A row says what the mail is about, never what it says: a kind, an id, a language and a few facts. The text is made when it
//! is sent, by the capability that owns the kind. Each row is sent at least once, and always under the same Message-ID.

mod lists;
mod mail;
pub(crate) mod store;

pub use lists::{MailCounts, MailRow, OfKind, Shelf, about, between, counts, kinds_of, list};
pub use mail::{Mail, MailId, OutboxItem, Priority, bounced, forget, mail, mail_all, mail_all_as, retire, retire_all, retry};

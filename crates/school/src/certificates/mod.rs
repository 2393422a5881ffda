//! Certificates: the proof that somebody attended, on paper, on the web and as a badge.
//!
//! A certificate is issued by the verb that completes an attendance, in its transaction, never by a scan: see [`issue()`]. What is
//! printed is frozen then; a job makes the file once, and nothing changes either. A wrong one is reissued or revoked, and whoever
//! holds the paper sees so under the address on it.

mod badge;
mod certificate;
mod changed;
mod code;
mod file;
mod issue;
mod jobs;
mod learned;
mod mail;
mod pages;
mod printed;
mod reader;
mod record;
mod reissue;
mod revoke;
mod series;
mod store;

pub use certificate::{Attended, CertificateId, Kind, Way};
pub use changed::{CHANGED, Owner, Told, told};
pub use issue::{Issued, NotIssued, issue, issue_with_its_mail};
pub use jobs::handlers;
pub use learned::{Learned, issue_learned};
pub use mail::renderers;
pub(crate) use pages::rehearsed;
pub use pages::{Guesses, routes};
pub use revoke::{NotRevoked, Why, withdraw};
pub use store::{Kept, count_failed, of_account, of_address, of_application, of_study};

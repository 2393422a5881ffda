//! The archive: recordings of sessions that are over, what goes with them on paper, and attending by them.
//!
//! It opens when every session of a programme is over, or when the secretariat says so ([`open`]); until then nothing of it is
//! public. Everybody may watch; whoever applied has what they saw put down second by second ([`seen`]), and with enough of it and
//! the right answers the session counts as attended ([`complete`]).

pub mod caption;
pub mod captions;
pub mod chapters;
pub mod complete;
pub mod describe;
pub mod join;
pub mod material;
pub mod materials;
pub mod notice;
pub mod open;
pub mod publish;
pub mod questions;
pub mod receive;
pub mod recording;
pub mod seen;
pub mod store;
pub mod take;
pub mod upload;
pub mod watch;

mod jobs;
mod mail;
mod pages;

pub use jobs::handlers;
pub use mail::renderers;
pub use pages::routes;
pub(crate) use pages::{Paper, paper};

/// What the signature in a link that ends mails about recordings is for.
const END_OF_NOTICES: &str = "archive-notice-end";

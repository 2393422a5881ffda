//! Mails by rule: what goes out by itself around a session, to whom, when, and why it did or did not.
//!
//! `data/mail-rules.toml` gives the rules, the secretariat sets them otherwise ([`set`]). Each rule of a session has a job at the
//! moment that follows from its facts ([`plan`]); when it runs, whoever the rule reaches is noted down once, by a key of the table
//! ([`gather`]), and what is due for one person at one moment goes into one mail ([`post`]). Nobody is written to twice, whatever
//! stops in between; nobody is written to after cancelling, since the mail is made when it is sent ([`mail`]).

pub mod bounce;
mod gather;
mod jobs;
pub mod mail;
mod pages;
mod plan;
mod post;
pub mod rule;
mod set;
pub(crate) mod specimen;
pub mod store;
pub mod why;
mod worth;

pub use jobs::handlers;
pub use mail::renderers;
pub use pages::routes;
pub(crate) use plan::GATHER;
pub use plan::{look, make_up, plan};
pub(crate) use post::POST;
pub use rule::Hours;
pub use store::hours;

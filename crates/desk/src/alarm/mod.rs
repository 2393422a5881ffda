//! The alarm for a new case: it repeats until 「受けました」, goes on to the next on duty, and to the leads if nobody can be reached.
//!
//! It rings by mail, and by a telephone system where one is named; what a mail says stands in `notices.toml`, without content, institution, number or link.

mod call;
mod mail;
mod ring;
pub(crate) mod store;
mod take;
#[cfg(test)]
mod tests;

pub use call::{JOB as CALL, Telephone, handlers as call_handlers, signature};
pub use mail::renderers;
pub use ring::{JOB, MAIL, Word, ring, round_of, set_off, tell_those_at_work, test};
pub use store::{AlarmId, Hand};
pub use take::{NotTaken, take_case, take_test};

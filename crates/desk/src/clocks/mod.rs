//! 期限の時計: rows with start, due, stop and reason. Overdue is computed, never stored; no reminder is missed for a time without power.
//!
//! [`keep`] is called by every verb that changes what the clocks of a case rest on. What the law asks is never stopped by the program:
//! a person says that it was done, to whom and when, or why it is not to be done.

mod condition;
mod facts;
mod keep;
mod known;
pub mod open_days;
mod remind;
mod rule;
mod stop;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub use facts::{Facts, is_wrongful_at_first};
pub use keep::{JOB, facts, keep};
pub use known::{NotNoted, say_known};
pub use remind::{Moment, remind};
pub use rule::{Clocks, Rule, Times, Whose, clocks};
pub use stop::{Ended, NotStopped, start, stop, word_sent};
pub use store::{Clock, ClockId};

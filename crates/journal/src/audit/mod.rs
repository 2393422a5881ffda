//! The audit trail: who did what, to what, when, why, and with which result.
//!
//! Entries carry ids and never names or addresses, so nothing in them ever has to be erased, and the tables refuse every
//! change. What a person with the database's password could still change shows: each entry is hashed together with the one
//! before it, and [`verify`] names the first that does not fit. Who holds a [`Head`] elsewhere also sees a trail cut short.

mod chain;
mod entry;
mod store;
mod verify;

pub use chain::{Head, NotAHead, chain, chain_waiting, head, keep_chained};
pub use entry::{Entry, EntryId, Filter, Outcome, Recorded, SAMPLE, SYSTEM, entries, history_of, record, record_all};
pub use verify::{Broken, Damage, Verified, verify};

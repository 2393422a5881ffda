//! Launches of units: what cmi5 calls sessions.

mod abandon;
mod begin;
mod fetch;
mod jobs;
mod speak;
mod tell;
mod waive;

use kernel::Span;

pub use abandon::{NotAbandoned, abandon};
pub use begin::{Launched, NotLaunched, Wanted, begin};
pub use fetch::{Fetched, fetch, forget_tokens};
pub(crate) use jobs::LEAVE;
pub use jobs::handlers;
pub use speak::Speaking;
pub(crate) use tell::Telling;
pub use waive::{NotWaived, waive};

/// How long a launch lasts at most: its token, and its files under their host.
pub(crate) const LASTS: Span = Span::hours(24);

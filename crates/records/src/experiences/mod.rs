//! What people did on the portal itself: sessions that they attended, tests, courses, certificates. It stands in the store beside
//! what other systems say, in the words of one profile (`docs/xapi-profile.md`).
//!
//! Nobody's name or address is in it: people are numbers of this portal.

mod experience;
mod keep;
mod store;

pub use experience::{Activity, Did, Experience, Kind, Outcome, Who};
pub use keep::{keep, settle};

//! Where rules, and who was written to by them, are kept.

mod addresses;
mod given;
mod people;
mod reminders;

pub use addresses::*;
pub use given::*;
pub use people::*;
pub use reminders::*;

//! The tables of assignments.

mod assignments;
mod people;
mod reminders;
mod staff;

pub use assignments::*;
pub use people::*;
pub use reminders::*;
pub use staff::*;

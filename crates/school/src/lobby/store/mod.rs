//! The questions that the day asks the database. Nobody else reads or writes these tables.

mod answers;
mod meetings;
mod presences;
mod questions;
mod viewings;

pub use answers::*;
pub use meetings::*;
pub use presences::*;
pub use questions::*;
pub use viewings::*;

//! The questions that the archive asks the database. Nobody else reads or writes these tables.

mod materials;
mod notices;
mod opening;
mod recordings;
mod uploads;
mod watchings;

pub use materials::*;
pub use notices::*;
pub use opening::*;
pub use recordings::*;
pub use uploads::*;
pub use watchings::*;

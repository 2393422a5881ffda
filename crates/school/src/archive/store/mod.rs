//! The questions that the archive asks the database. Nobody else reads or writes these tables.

mod materials;
mod notices;
mod opening;
mod pieces;
mod recordings;
mod uploads;
mod watchings;

pub use materials::*;
pub use notices::*;
pub use opening::*;
pub use pieces::*;
pub use recordings::*;
pub use uploads::*;
pub use watchings::*;

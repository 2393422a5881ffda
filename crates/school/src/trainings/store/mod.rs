//! The questions that trainings ask the database. Nobody else reads or writes these tables.

mod applications;
mod interests;
mod lists;
mod programmes;
mod seats;

pub use applications::*;
pub use interests::*;
pub use lists::*;
pub use programmes::*;
pub use seats::*;

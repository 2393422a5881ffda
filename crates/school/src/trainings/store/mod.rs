//! The questions that trainings ask the database. Nobody else reads or writes these tables.

mod applications;
mod interests;
mod lists;
mod offers;
mod office;
mod own_words;
mod programmes;
mod seats;
mod series;
mod sieve;

pub use applications::*;
pub use interests::*;
pub use lists::*;
pub use offers::*;
pub use office::*;
pub use own_words::*;
pub use programmes::*;
pub use seats::*;
pub use series::*;
pub use sieve::*;

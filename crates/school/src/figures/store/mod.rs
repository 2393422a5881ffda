//! The questions that figures ask the database. Pages read counts; only a report of a month counts rows.

mod counts;
mod months;
mod reports;

pub use counts::*;
pub use months::*;
pub use reports::*;

//! Bringing in the programme of a fiscal year as the ministry's letters and the former portal printed it.
//!
//! The printed text is kept beside what is read from it; whatever does not agree with the calendar is reported by row.

mod check;
mod file;
mod load;

pub use check::{Anomaly, Kind, printed_year};
pub use file::{NotAProgramme, ProgrammeFile};
pub use load::{Imported, import};

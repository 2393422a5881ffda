//! Tables for people's spreadsheets: CSV in the two encodings that Japanese offices open, and Excel.
//!
//! No cell becomes a formula in either: whoever types `=HYPERLINK(…)` into a form must not reach the desk that opens the export.

mod delimited;
mod guard;
mod workbook;

pub use delimited::{Encoding, Unencodable, csv};
pub use guard::{guarded, unguarded};
pub use workbook::{Cell, NotWritten, Sheet, book, xlsx};

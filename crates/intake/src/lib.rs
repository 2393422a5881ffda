//! Tables of outside files: spreadsheets and delimited text come in within limits, and go out so that no cell is a formula.
//!
//! [`Table::read`] takes what an office really sends (Excel, CSV in `Shift_JIS`, tab-separated UTF-16) and either gives the rows as
//! they are typed, numbered as Excel numbers them, or says which row and column is in the way. [`Table::headed`] finds the line of
//! headings under title lines and matches it with the columns that the caller knows. [`export`] writes the same two formats.
//!
//! Everything here is a pure function of bytes: no file, no network, no clock, no panic on any input. What it costs is bounded by
//! [`Limits`] as far as they reach; a program that others use reads in a process apart.

mod delimited;
pub mod export;
mod headings;
mod limits;
mod refusal;
mod strings;
mod table;
mod text;
mod widths;
mod workbook;

pub use headings::{Column, Headed, Line, NoHeadings};
pub use limits::Limits;
pub use refusal::NotRead;
pub use table::{Row, Source, Table, column_letters};
pub use text::Charset;
pub use widths::even_widths;

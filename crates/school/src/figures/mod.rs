//! Figures: how many applied, from where, when, and what came of it, as pictures with the same numbers as a table beside each;
//! and the monthly report (実績報告), kept as issued.
//!
//! Pages read counts that the database keeps beside the rows (`migrations/*/0024_figures.sql`), never the rows themselves.
//! Whoever may see who applied sees every number; for everybody else, and in every file, small cells are hidden ([`hide`]). A
//! report counts the rows themselves as they were at the end of its month ([`month`]).

mod counts;
mod draft;
mod draw;
mod issue;
mod month;
mod pages;
mod report;
mod sheets;
mod store;
mod table;
mod tables;
mod tiles;

pub use draft::Draft;
pub use issue::{NotIssued, issue};
pub use kernel::small_cells::FEWEST;
pub use month::{Elsewhere, Inquiries, Month};
pub use pages::routes;
pub use report::ReportId;

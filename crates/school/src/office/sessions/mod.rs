//! One session, as the secretariat keeps it: its date and window, calling it off, and telling everybody who applied.

mod add;
pub(crate) mod call_off;
pub(crate) mod change;
pub(crate) mod draft;
mod edit_pages;
mod lecturer_pages;
mod off_pages;
mod show;
mod speakers;
pub(crate) mod tell;

pub use edit_pages::{add, change, check, form, new};
pub use lecturer_pages::{lecturers, lecturers_form};
pub use off_pages::{call_off, call_off_form};
pub use show::show;
pub use tell::{Time, handlers};

//! The questions that attendance asks the database. Nobody else reads or writes these tables.

mod attendees;
mod bulk;
mod files;
mod imports;
mod list;
mod marks;
mod objections;
mod people;
mod presence;
mod sessions;

pub use attendees::*;
pub use bulk::*;
pub use files::*;
pub use imports::*;
pub use list::*;
pub use marks::*;
pub use objections::*;
pub use people::*;
pub use presence::*;
pub use sessions::*;

//! The people's wing: who applied and learns, how they sign in, where they work.
//!
//! [`persons`] are those who apply, a mail address and a name; [`accounts`] those who sign in, with their roles; [`organizations`] is
//! the master list; [`tokens`] let other programs read. [`lists`] are what an office sends to be brought in, and [`sheet()`] is how
//! every table comes in.

pub mod accounts;
pub mod lists;
mod named;
pub mod organizations;
pub mod persons;
mod sheet;
pub mod tokens;

pub use named::{MAILS, NAMINGS};
pub use sheet::sheet;

/// Every route of the wing.
pub fn routes() -> web::Routes {
    accounts::routes().merge(organizations::routes()).merge(tokens::routes())
}

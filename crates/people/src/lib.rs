//! The people's wing: who applied and learns, how they sign in, where they work.

pub mod accounts;
pub mod lists;
mod named;
pub mod organizations;
pub mod persons;
mod sheet;
pub mod tokens;

pub use named::NAMINGS;
pub use sheet::sheet;

/// Every route of the wing.
pub fn routes() -> web::Routes {
    accounts::routes().merge(organizations::routes()).merge(tokens::routes())
}

//! Settings of the portal: names, contacts, the emergency band, how addresses are written. Changed by the staff, kept with who.
//!
//! What a setting may hold is said by its [`Field`]; pages show a change at once.

mod change;
mod check;
mod confirmed;
mod field;
mod pages;
#[cfg(test)]
mod tests;
mod unset;

pub use change::{Changed, change};
pub use check::{Wrong, check};
pub use confirmed::{CALLED, Called, due};
pub use field::{Field, GROUPS, Group, Holds, NotAValue};
pub use unset::unset;

use access::Action;
use web::Routes;

/// The staff's routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/staff/settings", Action::EditSettings, pages::overview)
        .get("/staff/settings/{group}", Action::EditSettings, pages::form)
        .post("/staff/settings/{group}", Action::EditSettings, pages::save)
}

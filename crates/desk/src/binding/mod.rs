//! Who a case is from (結び付け): made sure by calling a number that is not from the report.

mod bind;
mod desk;
mod numbers;
mod store;
#[cfg(test)]
mod tests;

pub use bind::{NotBound, bind};
pub use numbers::{BroughtIn, NumberLine, bring_in};

use access::Action;
use web::Routes;

/// The most bytes of a list of numbers.
const LIST_BYTES: usize = 8 * 1024 * 1024;

/// The desk's pages.
pub fn routes() -> Routes {
    Routes::new()
        .get("/desk/cases/{number}/binding", Action::WorkCase, desk::show)
        .post("/desk/cases/{number}/binding", Action::WorkCase, desk::confirm)
        .get("/desk/numbers", Action::LeadDesk, desk::numbers)
        .upload("/desk/numbers", Action::LeadDesk, LIST_BYTES, desk::send_numbers)
}

//! Coming back (戻る): by number and six words, from any device; by a call-back where the words are lost.

mod comer;
mod desk;
mod enter;
mod known;
mod pages;
mod rebind;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use known::Known;
pub use rebind::{NotRebound, RebindingId};
pub use store::forget_tries;

use access::Action;
use web::Routes;

/// The institution's pages, and those on which two responders give new words.
pub fn routes() -> Routes {
    Routes::new()
        .get("/incident/back", Action::ReportIncident, pages::form)
        .post("/incident/back", Action::ReportIncident, pages::come)
        .get("/incident/back/lost", Action::ReportIncident, pages::lost)
        .post("/incident/back/end", Action::KeepCase, pages::end)
        .get("/desk/cases/{number}/rebinding", Action::WorkCase, desk::rebinding)
        .post("/desk/cases/{number}/rebinding", Action::WorkCase, desk::ask_rebinding)
        .post("/desk/cases/{number}/rebinding/approval", Action::WorkCase, desk::approve_rebinding)
        .post("/desk/cases/{number}/rebinding/end", Action::WorkCase, desk::end_rebinding)
}

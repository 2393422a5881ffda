//! 当番表: who is on duty and is rung first, the test at the beginning of a shift, and the hand-over at its end.

mod hand_over;
mod pages;
mod plan;
pub(crate) mod store;

pub use hand_over::{give, take};
pub use plan::{JOB, NewShift, NotPlanned, plan, remove};
pub use store::{HandoverId, ShiftId};

use access::Action;
use web::Routes;

/// The roster's pages.
pub fn routes() -> Routes {
    Routes::new()
        .get("/desk/roster", Action::SeeDesk, pages::show)
        .post("/desk/roster/shifts", Action::LeadDesk, pages::add)
        .post("/desk/roster/shifts/{id}/removals", Action::LeadDesk, pages::take_off)
        .post("/desk/handovers", Action::WorkCase, pages::hand_over)
        .post("/desk/handovers/{id}/takings", Action::WorkCase, pages::take_over)
}

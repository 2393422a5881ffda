//! 訓練: exercise cases through the whole desk, for one institution or a whole prefecture, begun by a lead or by an institution itself. 【訓練】 stands first on every page and mail.

mod begin;
mod exercise;
mod own;
mod pages;
mod script;
mod store;
#[cfg(test)]
mod tests;

pub use begin::{NewDrill, begin, demo};
pub use exercise::{NotBegun, begin_own};
pub use script::{Script, scripts, shipped};

use access::Action;
use web::Routes;

/// Where an exercise begins.
pub fn routes() -> Routes {
    Routes::new()
        .get("/desk/drills", Action::LeadDesk, pages::form)
        .post("/desk/drills", Action::LeadDesk, pages::start)
        .get("/exercises", Action::BeginExercise, own::show)
        .post("/exercises", Action::BeginExercise, own::start)
}

//! The queue (`/desk`): open cases by urgency, stage and waiting time, and what several have in common.

mod cluster;
mod filter;
mod mark;
mod pages;
mod products;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub use cluster::{Cluster, Common, clusters};
pub use filter::{Cursor, Filter, Whose};
pub use mark::{link, mark};
pub use products::{Products, products};

pub(crate) use pages::{event_name, kind_name, prefecture_name};

use access::Action;
use web::Routes;

/// The queue.
pub fn routes() -> Routes {
    Routes::new().get("/desk", Action::SeeDesk, pages::show).post("/desk/alarms/{id}/takings", Action::WorkCase, pages::test_heard)
}

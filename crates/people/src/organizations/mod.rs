//! Organizations: the master list of institutions, authorities, associations and vendors that people work at.
//!
//! Any part of a name or its reading finds one, as do code and postcode, however they are typed: see [`search`].

mod bring_in;
mod demo;
mod import;
mod lists;
mod organization;
mod pages;
mod search;
mod store;
#[cfg(test)]
mod tests;

pub use bring_in::{bring_in, preview};
pub use demo::place_demo_tree;
pub use import::{BATCH, Column, Import, Line, Mistake, Outcome, Planned, apply, plan, read};
pub use lists::{Job, Kind, Prefecture, job, job_named, jobs, kind, kind_named, kinds, prefecture, prefecture_named, prefectures};
pub use organization::Organization;
pub use pages::choices;
pub use search::search;
pub use store::{by_code, find};

use web::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new().public("/organizations", pages::found)
}

//! The program: configuration, wiring, command line, workers and the demo.
//!
//! [`run`] does the command that was typed; [`Program`] is the portal over its database, with everybody who works beside it. What one
//! wing needs of another stands in `between` and `program`; no wing knows of it.

mod between;
mod cli;
mod config;
mod deletions;
mod demo;
mod doctor;
mod failure;
mod home;
mod keys;
mod log;
mod openapi;
mod program;
mod server;
mod stall;
mod system;

pub use cli::run;
pub use program::Program;
pub use server::{Service, answer};

use web::Routes;

/// Every route of the portal, in the order of the menu: the site map, and what the permission matrix is checked against.
pub fn routes() -> Routes {
    Routes::new()
        .merge(home::routes())
        .merge(desk::routes())
        .merge(school::trainings::routes())
        .merge(school::certificates::routes())
        .merge(school::lobby::routes())
        .merge(school::archive::routes())
        .merge(school::office::routes(between::elsewhere, between::held_up, between::namings(), between::mails()))
        .merge(school::attendance::routes())
        .merge(school::reminders::routes())
        .merge(school::figures::routes(between::count_inquiries))
        .merge(learning::routes())
        .merge(records::routes())
        .merge(packages::routes())
        .merge(gazette::routes_finding(between::FINDERS))
        .merge(people::routes())
        .merge(openapi::routes())
        .merge(demo::routes())
        .merge(system::routes())
}

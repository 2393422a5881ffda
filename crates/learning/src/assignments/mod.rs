//! Assignments: what the people of an institution have to learn, by when, and why.
//!
//! An institution keeps a list of its staff by address and job ([`enrol`]), and assigns a course, or a path of several in order
//! ([`assign`]). How far somebody is follows from what their account has learned, whenever that was. Whoever has not finished is
//! written to before and after the last day, once for each moment ([`remind`](jobs)).

mod assign;
mod assignment;
mod change;
pub(crate) mod duty;
mod enrol;
mod job;
mod jobs;
mod mail;
pub(crate) mod pages;
mod path;
mod read;
mod remind;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod waive;

pub use assign::{NewAssignment, NotAssigned, assign};
pub use assignment::{AssignmentId, StaffId, Why};
pub use change::{NotChanged, end, move_due};
pub use duty::MyDuty;
pub use enrol::{NewStaff, enrol, leave};
pub use job::Job;
pub use jobs::{handlers, look};
pub use mail::renderers;
pub use pages::routes;
pub use path::{Path, Target, paths};
pub use remind::some as remind;
pub use store::people_of;
pub(crate) use store::{Listed, on_list, whole_list};
pub use waive::{NotWaived, restore, waive};

//! 事案の対応: what the desk does in a case, from 「受けました」 to its lessons.
//!
//! Everything written about a case is sealed to its public key before COMMIT, so writing needs no secret; it is read in the
//! browsers of the duty group alone.

pub mod consent;
pub mod evidence;
pub mod indicator;
pub mod note;
mod pages;
pub mod person;
mod playbook;
mod points;
mod standing;
pub(crate) mod store;
pub mod support;
pub mod tasks;
#[cfg(test)]
mod tests;

pub(crate) use pages::routes;
pub use playbook::{Playbooks, Task, Who, playbooks};
pub use points::{FindSlides, Finding, SlideName, Slides};
pub use standing::{NotChanged, Outcome, called, close, move_to, place, reopen};

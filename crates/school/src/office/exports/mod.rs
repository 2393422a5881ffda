//! Lists of people taken out of the portal: what is shown, in the form that the next program reads, with an entry in the trail.
//!
//! A list of more than [`request::ALONE`] people leaves only when a second person has agreed, and within a day (rule 23).

mod ask;
mod decide;
mod format;
mod pages;
mod request;
mod store;
mod taken;
mod withdraw;

pub use pages::{choose, decide as decide_request, export, list, show, take, withdraw as withdraw_request};
pub use store::waiting;

//! Lists of people taken out of the portal: what is shown, in the form that the next program reads, with an entry in the trail.

mod format;
mod pages;
mod taken;

pub use pages::{choose, export};

//! The programme of a fiscal year as the secretariat sees it: every session with its figures, and a new year made from an old one.

mod cloning;
mod show;

pub use cloning::plan;
pub use show::{show, years};

//! Statements of units and of the system (cmi5 section 9).

mod check;
mod preferences;
pub mod write;

pub use check::{Bounds, check};
pub use preferences::check as preferences;

/// What a unit says, as far as rules of order go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// It is ready.
    Initialized,
    /// Its learner has done all of it.
    Completed,
    /// Its learner has passed.
    Passed,
    /// Its learner has failed.
    Failed,
    /// It ends.
    Terminated,
    /// Something of its own: cmi5 allowed.
    Allowed,
}

/// What a unit says, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saying {
    /// What.
    pub said: Said,
    /// When, in microseconds since 1970.
    pub at: i64,
}

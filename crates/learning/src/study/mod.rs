//! Learning: one account's way through one course. Slides are turned, questions answered, tests taken, and the first completion
//! stays.
//!
//! Nothing that was answered is lost or counted twice: every row is found again by what it is about, so that a form that comes a
//! second time finds it there.

mod answer;
mod begin;
mod complete;
pub mod exam;
mod hand_in;
mod keep;
mod news;
pub mod progress;
pub mod shuffle;
pub mod store;
#[cfg(test)]
mod tests;
pub mod time;
mod turn;
mod way;

pub use answer::answer;
pub use begin::begin;
pub use hand_in::hand_in;
pub use keep::keep;
pub use news::{About, HANDED_IN, Learned, Tested, handed_in, learned};
pub use progress::progress;
pub use turn::{Turn, turn};
pub use way::{NotLearned, Study, StudyId};

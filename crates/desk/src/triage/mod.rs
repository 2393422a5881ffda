//! 段階と緊急度: stored apart as axes, derived by rules that the page shows.
//!
//! The stage follows from spread, backup and security product, the urgency from what happens to care. Anybody on duty may
//! raise them at once; who lowers them alone does so provisionally (仮), until a second person confirms.

mod confirm;
pub mod grade;
mod judge;
mod rules;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod view;

pub use confirm::{NotConfirmed, confirm};
pub use grade::{Grade, Judgement, Stage, Urgency, Weight};
pub use judge::{JOB, Judged, NotJudged, judge, take_back};
pub use rules::{Event, Rules, rules};
pub use view::View;

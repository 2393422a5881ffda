//! The workbench: a change of a programme is planned, looked at, approved by somebody else, and published as a whole.
//!
//! A [`plan::Plan`] holds drafts: what a programme, a course or a session was when the plan was made, and what it would be.
//! Until it is published nothing of it exists for anybody else. Publishing compares what is there with what the plan knew, does
//! all of it in one transaction or nothing, and tells whoever has to know. What was published is taken back by another plan.

mod advance;
mod begin;
mod bulk;
mod draft;
mod effect;
mod facts;
mod pages;
mod plan;
mod publish;
mod save;
mod store;
#[cfg(test)]
mod tests;
mod year;

pub use advance::{NotAdvanced, advance};
pub use begin::{Begun, NotBegun, change_sessions};
pub use bulk::{Bulk, When};
pub(super) use pages::lecturers;
pub(super) use pages::{
    abandon, add, approve, begin as begin_one, begin_bulk, bulk_form, edit, give_back, history, list, new, publish as publish_one,
    publish_form, refresh as refresh_one, request, restore, save as save_one, show,
};
pub use plan::{Kind, PlanId, Step};
pub use save::Seen;
pub use store::waiting;

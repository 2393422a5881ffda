//! The pages of plans: the list, one plan with what it would do, its drafts, and its way.

mod act;
mod begin;
mod edit;
mod form;
mod history;
mod list;
mod show;
mod words;

pub use act::{abandon, approve, give_back, publish, publish_form, refresh, request, restore};
pub use begin::{begin, begin_bulk, bulk_form, new};
pub use edit::{add, edit, save};
pub use form::lecturers;
pub use history::history;
pub use list::list;
pub use show::show;

use web::{Frame, PageError, Portal, Posted, Visit};

use super::plan::PlanId;
use super::save::Seen;
use crate::office::staff_pages;

/// The address of the list.
const PATH: &str = "/staff/plans";

fn frame(portal: &Portal, visit: &Visit, title: String) -> Frame {
    staff_pages::frame(portal, visit, title).crumb(visit.words().t("plans-title"), PATH)
}

fn plan_id(id: &str) -> Result<PlanId, PageError> {
    id.parse().map_err(|_| PageError::NotFound)
}

/// What the sender had before them.
fn seen(plan: PlanId, posted: &Posted) -> Seen {
    Seen { plan, revision: posted.get("revision").parse().unwrap_or(-1) }
}

/// Whether a second person has to approve (setting `approval.two_persons`, the same as for texts).
fn needs_two(portal: &Portal) -> bool {
    portal.settings().get("approval.two_persons") != "no"
}

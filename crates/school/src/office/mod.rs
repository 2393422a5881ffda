//! The secretariat's office: what waits, the programme of a year, who applied, and what happens to them in numbers.
//!
//! Everything that reaches people says first how many it reaches, and is done by one verb that leaves an entry in the audit
//! trail. Lists keep their filters in the address and are found again by it.

pub(crate) mod applicants;
mod entry;
pub mod exports;
mod home;
mod lists;
mod mail;
mod operation;
pub mod plans;
mod programmes;
mod rehearsal;
pub(crate) mod sessions;
pub(crate) mod staff_pages;

pub use home::{Elsewhere, Waits};
pub use mail::renderers;
pub use operation::{Held, HeldUp};

pub(crate) use applicants::mail_words;
pub(crate) use operation::job_words;
pub use sessions::handlers;

use access::Action::{
    ApproveExports, ApprovePlans, EditApplicants, EditOperation, EditProgrammes, ExportApplicants, PublishPlans, ReadAudit, SeeApplicants,
    SeeDelivery, SeeOperation, SeeProgrammes, SeeStaffHome,
};
use web::{MailAbout, Naming, Routes};

/// The routes of the office, in the order of its home. `elsewhere` tells what waits in other rooms, `held_up` what is held up there,
/// `namings` how the things of all wings are named, `mails` what their mails are about.
pub fn routes(elsewhere: Elsewhere, held_up: HeldUp, namings: Vec<Naming>, mails: Vec<MailAbout>) -> Routes {
    Routes::new()
        .get("/staff", SeeStaffHome, home::page(elsewhere))
        .get("/staff/programmes", SeeProgrammes, programmes::years)
        .get("/staff/programmes/{year}", SeeProgrammes, programmes::show)
        .get("/staff/programmes/{year}/clone", EditProgrammes, programmes::plan)
        .get("/staff/programmes/{year}/history", SeeProgrammes, plans::history)
        .get("/staff/programmes/{year}/bulk", EditProgrammes, plans::bulk_form)
        .post("/staff/programmes/{year}/bulk", EditProgrammes, plans::begin_bulk)
        .get("/staff/plans", SeeProgrammes, plans::list)
        .get("/staff/plans/new", EditProgrammes, plans::new)
        .post("/staff/plans", EditProgrammes, plans::begin_one)
        .get("/staff/plans/{id}", SeeProgrammes, plans::show)
        .get("/staff/plans/{id}/drafts/{draft}", EditProgrammes, plans::edit)
        .post("/staff/plans/{id}/drafts/{draft}", EditProgrammes, plans::save_one)
        .post("/staff/plans/{id}/additions", EditProgrammes, plans::add)
        .post("/staff/plans/{id}/refreshments", EditProgrammes, plans::refresh_one)
        .post("/staff/plans/{id}/requests", EditProgrammes, plans::request)
        .post("/staff/plans/{id}/closures", EditProgrammes, plans::abandon)
        .post("/staff/plans/{id}/restorations", EditProgrammes, plans::restore)
        .post("/staff/plans/{id}/approvals", ApprovePlans, plans::approve)
        .post("/staff/plans/{id}/returns", ApprovePlans, plans::give_back)
        .get("/staff/plans/{id}/publications", PublishPlans, plans::publish_form)
        .post("/staff/plans/{id}/publications", PublishPlans, plans::publish_one)
        .get("/staff/programmes/{year}/{course}/sessions/new", EditProgrammes, sessions::new)
        .post("/staff/programmes/{year}/{course}/sessions", EditProgrammes, sessions::add)
        .get("/staff/sessions/{id}", SeeProgrammes, sessions::show)
        .get("/staff/sessions/{id}/edit", EditProgrammes, sessions::form)
        .post("/staff/sessions/{id}/edit", EditProgrammes, sessions::check)
        .post("/staff/sessions/{id}/changes", EditProgrammes, sessions::change)
        .get("/staff/sessions/{id}/lecturers", EditProgrammes, sessions::lecturers_form)
        .post("/staff/sessions/{id}/lecturers", EditProgrammes, sessions::lecturers)
        .get("/staff/sessions/{id}/rehearsal", EditProgrammes, rehearsal::show)
        .get("/staff/sessions/{id}/cancellation", EditProgrammes, sessions::call_off_form)
        .post("/staff/sessions/{id}/cancellation", EditProgrammes, sessions::call_off)
        .get("/staff/sessions/{id}/applicants", SeeApplicants, applicants::list)
        .get("/staff/sessions/{id}/roll", SeeApplicants, applicants::roll)
        .get("/staff/sessions/{id}/selection", EditApplicants, applicants::selection)
        .get("/staff/sessions/{id}/selection/done", EditApplicants, applicants::done)
        .post("/staff/sessions/{id}/moves", EditApplicants, applicants::move_them)
        .post("/staff/sessions/{id}/cancellations", EditApplicants, applicants::cancel_them)
        .post("/staff/sessions/{id}/restorations", EditApplicants, applicants::restore_them)
        .get("/staff/sessions/{id}/applications/new", EditApplicants, entry::form)
        .post("/staff/sessions/{id}/applications/new", EditApplicants, entry::check)
        .post("/staff/sessions/{id}/applications", EditApplicants, entry::enter)
        .get("/staff/sessions/{id}/export", ExportApplicants, exports::choose)
        .post("/staff/sessions/{id}/export", ExportApplicants, exports::export)
        .get("/staff/exports", ApproveExports, exports::list)
        .get("/staff/exports/{id}", ApproveExports, exports::show)
        .post("/staff/exports/{id}/decision", ApproveExports, exports::decide_request)
        .post("/staff/exports/{id}/withdrawal", ExportApplicants, exports::withdraw_request)
        .post("/staff/exports/{id}/file", ExportApplicants, exports::take)
        .get("/staff/applicants/{id}", SeeApplicants, applicants::show)
        .get("/staff/delivery", SeeDelivery, operation::delivery(namings.clone(), mails))
        .get("/staff/operation", SeeOperation, operation::page(held_up))
        .post("/staff/operation/mails/{id}/retry", EditOperation, operation::retry_mail)
        .post("/staff/operation/mails/{id}/retirement", EditOperation, operation::retire_mail)
        .post("/staff/operation/jobs/{id}/retry", EditOperation, operation::retry_job)
        .post("/staff/operation/jobs/{id}/retirement", EditOperation, operation::retire_job)
        .get("/staff/audit", ReadAudit, operation::audit(namings))
        .merge(people::lists::routes::<lists::Applicants>())
}

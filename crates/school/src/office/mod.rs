//! The secretariat's desk: what waits, the programme of a year, who applied, and what happens to them in numbers.
//!
//! Everything that reaches people says first how many it reaches, and is done by one verb that leaves an entry in the audit
//! trail. Lists keep their filters in the address and are found again by it.

mod applicants;
pub(crate) mod desk;
mod entry;
mod exports;
mod home;
mod lists;
mod mail;
mod operation;
mod programmes;
pub(crate) mod sessions;

pub use home::{Elsewhere, Waits};
pub use mail::renderers;
pub use sessions::handlers;

use access::Action::{
    EditApplicants, EditOperation, EditProgrammes, ExportApplicants, ReadAudit, SeeApplicants, SeeDelivery, SeeOperation, SeeProgrammes,
    SeeStaffHome,
};
use web::Routes;

/// The routes of the desk, in the order of its home. `elsewhere` tells what waits in other rooms.
pub fn routes(elsewhere: Elsewhere) -> Routes {
    Routes::new()
        .get("/staff", SeeStaffHome, home::page(elsewhere))
        .get("/staff/programmes", SeeProgrammes, programmes::years)
        .get("/staff/programmes/{year}", SeeProgrammes, programmes::show)
        .get("/staff/programmes/{year}/clone", EditProgrammes, programmes::plan)
        .post("/staff/programmes/{year}/clone", EditProgrammes, programmes::clone)
        .get("/staff/programmes/{year}/{course}/sessions/new", EditProgrammes, sessions::new)
        .post("/staff/programmes/{year}/{course}/sessions", EditProgrammes, sessions::add)
        .get("/staff/sessions/{id}", SeeProgrammes, sessions::show)
        .get("/staff/sessions/{id}/edit", EditProgrammes, sessions::form)
        .post("/staff/sessions/{id}/edit", EditProgrammes, sessions::check)
        .post("/staff/sessions/{id}/changes", EditProgrammes, sessions::change)
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
        .get("/staff/applicants/{id}", SeeApplicants, applicants::show)
        .get("/staff/delivery", SeeDelivery, operation::delivery)
        .get("/staff/operation", SeeOperation, operation::show)
        .post("/staff/operation/mails/{id}/retry", EditOperation, operation::retry_mail)
        .post("/staff/operation/mails/{id}/retirement", EditOperation, operation::retire_mail)
        .post("/staff/operation/jobs/{id}/retry", EditOperation, operation::retry_job)
        .post("/staff/operation/jobs/{id}/retirement", EditOperation, operation::retire_job)
        .get("/staff/audit", ReadAudit, operation::audit)
        .merge(people::lists::routes::<lists::Applicants>())
}

//! The pages of figures and of the monthly reports.

mod files;
mod gathered;
mod list;
mod new;
mod report;
mod show;

use access::Action::{IssueReports, SeeFigures};
use web::Routes;

use super::month::Elsewhere;

/// The routes of figures and reports. `elsewhere` counts the inquiries.
pub fn routes(elsewhere: Elsewhere) -> Routes {
    Routes::new()
        .get("/staff/programmes/{year}/figures", SeeFigures, show::programme)
        .get("/staff/programmes/{year}/figures/{table}", SeeFigures, files::programme)
        .get("/staff/sessions/{id}/figures", SeeFigures, show::session)
        .get("/staff/sessions/{id}/figures/{table}", SeeFigures, files::session)
        .get("/staff/reports", SeeFigures, list::show)
        .get("/staff/reports/new", IssueReports, new::form(elsewhere))
        .post("/staff/reports", IssueReports, new::issue(elsewhere))
        .get("/staff/reports/{id}", SeeFigures, report::show)
        .get("/staff/reports/{id}/file.xlsx", SeeFigures, report::file)
        .get("/staff/reports/{id}/differences", SeeFigures, report::differences(elsewhere))
}

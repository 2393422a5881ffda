//! The pages of trainings for everybody: the list, a course, applying, one's own application.

mod application;
mod apply;
mod change;
mod chosen;
mod colleagues;
mod course;
mod elsewhere;
mod feeds;
pub(crate) mod form;
mod links;
mod list;
mod offer;
mod parts;
pub(crate) mod rehearsed;
mod series;
mod signed_in;

use access::Action;
use axum::extract::Path;
use kernel::FiscalYear;
use web::{PageError, Routes};

pub use application::mine;
pub(crate) use application::{hold, link_is_over};
pub use list::years;

use super::apply::SessionPath;
use super::programme::Audience;

/// The routes of trainings, in menu order.
pub fn routes() -> Routes {
    Routes::new()
        .public("/trainings", list::all)
        .public("/trainings/{year}", list::year)
        .public("/trainings/{year}/{course}", course::show)
        .public("/trainings/{year}/{course}/{session}", course::session)
        .public("/calendar.ics", feeds::everything)
        .public("/calendar/{audience}", feeds::audience)
        .get("/apply/{year}/{course}/{session}", Action::Apply, apply::form)
        .post("/apply/{year}/{course}/{session}", Action::Apply, apply::check)
        .get("/apply/{year}/{course}/{session}/confirmation", Action::Apply, apply::to_form)
        .post("/apply/{year}/{course}/{session}/confirmation", Action::Apply, apply::apply)
        .get("/apply/{year}/{course}/{session}/colleagues", Action::Apply, colleagues::form)
        .post("/apply/{year}/{course}/{session}/colleagues", Action::Apply, colleagues::check)
        .get("/apply/{year}/{course}/{session}/colleagues/confirmation", Action::Apply, colleagues::to_form)
        .post("/apply/{year}/{course}/{session}/colleagues/confirmation", Action::Apply, colleagues::apply)
        .get("/apply/{year}/{course}", Action::Apply, series::form)
        .post("/apply/{year}/{course}", Action::Apply, series::check)
        .get("/apply/{year}/{course}/confirmation", Action::Apply, series::to_form)
        .post("/apply/{year}/{course}/confirmation", Action::Apply, series::apply)
        .get("/a/{token}", Action::OpenLink, application::open)
        .get("/applications/{id}", Action::KeepApplication, application::show)
        .get("/applications/{id}/calendar.ics", Action::KeepApplication, application::calendar)
        .get("/applications/{id}/move", Action::KeepApplication, change::move_form)
        .post("/applications/{id}/move", Action::KeepApplication, change::move_to)
        .get("/applications/{id}/cancellation", Action::KeepApplication, change::cancel_form)
        .post("/applications/{id}/cancellation", Action::KeepApplication, change::cancel)
        .get("/applications/{id}/offer", Action::KeepApplication, offer::form)
        .post("/applications/{id}/offer", Action::KeepApplication, offer::answer)
        .get("/applications/{id}/series", Action::KeepApplication, parts::show)
        .get("/applications/{id}/series/cancellation", Action::KeepApplication, parts::cancel_form)
        .post("/applications/{id}/series/cancellation", Action::KeepApplication, parts::cancel)
        .post("/applications/{id}/restoration", Action::KeepApplication, change::undo)
        .post("/applications/{id}/archive-notice", Action::KeepApplication, change::ask_for_archive)
        .get("/links", Action::Apply, links::form)
        .post("/links", Action::Apply, links::send)
        .get("/tell-me/{audience}", Action::Apply, links::tell_form)
        .post("/tell-me/{audience}", Action::Apply, links::tell)
        .get("/tell-me/end/{token}", Action::Apply, links::end_form)
        .post("/tell-me/end/{token}", Action::Apply, links::end)
        .machine("/api/v1/programmes", Action::ReadApi, super::api::programmes)
        .machine("/api/v1/programmes/{year}", Action::ReadApi, super::api::programme)
        .machine("/api/v1/programmes/{year}/{course}/{session}/applications", Action::ReadApplicationsApi, super::api::applications)
}

/// The session that an address names; nonsense looks like something missing.
pub(crate) fn session_path(Path((year, course, session)): &Path<(String, String, String)>) -> Result<SessionPath, PageError> {
    Ok(SessionPath {
        year: year.parse::<FiscalYear>().map_err(|_| PageError::NotFound)?,
        audience: course.parse::<Audience>().map_err(|_| PageError::NotFound)?,
        number: session.parse().map_err(|_| PageError::NotFound)?,
    })
}

//! The pages of the day: the lobby for everybody, the way in for those who applied, watching together, and the secretariat's side.

mod answers;
mod beat;
mod check;
mod door;
mod joined;
mod joining;
mod lobby;
mod meeting;
mod question;
mod questions;
mod sight;
mod switch;
mod together;
mod totals;
mod viewing;
mod written;

use access::Action::{Attend, EditApplicants, EditMeetings, EnterLobby, ExportApplicants, SeeAnswers, SeeApplicants};
use web::Routes;

pub use sight::Way;

/// The routes of the day.
pub fn routes() -> Routes {
    Routes::new()
        .public("/lobby/check", check::show)
        .public("/lobby/{year}/{course}/{session}", lobby::show)
        .get("/lobby/{year}/{course}/{session}/join", EnterLobby, door::show)
        .machine_post("/lobby/heartbeat", EnterLobby, beat::beat)
        .post("/lobby/keyword", EnterLobby, answers::keyword)
        .post("/lobby/questionnaire", EnterLobby, answers::survey)
        .post("/lobby/checks", EnterLobby, answers::checks)
        .get("/applications/{id}/join", Attend, joining::form)
        .post("/applications/{id}/join", Attend, joining::join)
        .get("/applications/{id}/joined", Attend, joined::show)
        .get("/applications/{id}/questionnaire", Attend, answers::form)
        .get("/applications/{id}/question", Attend, question::form)
        .post("/applications/{id}/question", Attend, question::ask)
        .get("/applications/{id}/viewing", Attend, viewing::show)
        .post("/applications/{id}/viewing", Attend, viewing::change)
        .get("/applications/{id}/viewing/slips", Attend, viewing::slips)
        .get("/together", EnterLobby, together::code)
        .get("/together/{code}", EnterLobby, together::form)
        .post("/together/{code}", EnterLobby, together::sit_down)
        .get("/staff/sessions/{id}/meeting", EditMeetings, meeting::form)
        .post("/staff/sessions/{id}/meeting", EditMeetings, meeting::prepare)
        .get("/staff/sessions/{id}/meeting/switch", EditMeetings, switch::form)
        .post("/staff/sessions/{id}/meeting/switch", EditMeetings, switch::switch)
        .get("/staff/sessions/{id}/questionnaire", SeeAnswers, totals::show)
        .post("/staff/sessions/{id}/questionnaire/export", SeeAnswers, totals::export)
        .get("/staff/sessions/{id}/questions", SeeApplicants, questions::list)
        .post("/staff/sessions/{id}/questions", EditApplicants, questions::mark)
        .post("/staff/sessions/{id}/questions/export", ExportApplicants, questions::export)
}

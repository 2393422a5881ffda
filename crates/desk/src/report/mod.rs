//! Reports (知らせる): seven questions, one a screen, on the pages or read out by telephone; the first answer makes the case.

mod callback;
pub(crate) mod code;
mod deliver;
mod given;
mod held;
mod keep;
mod line;
mod pages;
pub(crate) mod questions;
mod receive;
mod spool;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use callback::Callback;
pub use deliver::{VISIT_LASTS, is_outage, replay};
pub use given::{AllGiven, Given, Weighed};
pub(crate) use held::set_cookie;
pub use held::{Cookie, Held, come_back, find as find_held};
pub use keep::{answer_all, answers_of};
pub use receive::{Received, Report, SealedAnswer, receive};
pub use spool::Spool;
pub use store::{AnswerRow, answers, code_checked, code_given, code_standing};

use access::Action;
use web::Routes;

/// The most bytes of a form that reports.
const STEP_BYTES: usize = 64 * 1024;

/// The pages of a report, for the institution and for the responder on the telephone.
pub fn routes() -> Routes {
    Routes::new()
        .get("/incident/report", Action::ReportIncident, pages::start)
        .upload("/incident/report", Action::ReportIncident, STEP_BYTES, pages::begin)
        .public("/incident/report/whole", pages::whole)
        .upload("/incident/report/whole", Action::ReportIncident, STEP_BYTES, pages::send_whole)
        .get("/incident/report/received", Action::ReportIncident, pages::received)
        .get("/incident/report/code", Action::KeepCase, pages::code)
        .post("/incident/report/code", Action::KeepCase, pages::give_code)
        .post("/incident/report/code/check", Action::KeepCase, pages::check_code)
        .get("/incident/report/{question}", Action::KeepCase, pages::ask)
        .upload("/incident/report/{question}", Action::KeepCase, STEP_BYTES, pages::answer)
        .get("/incident/report/{question}/detail", Action::KeepCase, pages::detail)
        .upload("/incident/report/{question}/detail", Action::KeepCase, STEP_BYTES, pages::answer_detail)
        .get("/desk/telephone", Action::WorkCase, pages::phone::start)
        .upload("/desk/telephone", Action::WorkCase, STEP_BYTES, pages::phone::begin)
        .get("/desk/telephone/code", Action::WorkCase, pages::phone::code)
        .post("/desk/telephone/code", Action::WorkCase, pages::phone::give_code)
        .post("/desk/telephone/code/check", Action::WorkCase, pages::phone::check_code)
        .get("/desk/telephone/{question}", Action::WorkCase, pages::phone::ask)
        .upload("/desk/telephone/{question}", Action::WorkCase, STEP_BYTES, pages::phone::answer)
        .get("/desk/telephone/{question}/detail", Action::WorkCase, pages::phone::detail)
        .upload("/desk/telephone/{question}/detail", Action::WorkCase, STEP_BYTES, pages::phone::answer_detail)
}

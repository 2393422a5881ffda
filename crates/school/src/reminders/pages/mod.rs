//! The pages of the rules: the mails of a session and of a programme, and one rule of either.

mod bounces;
mod choice;
mod rule;
mod timeline;
mod year;

use access::Action::{EditMails, OpenLink, ReportBounces, SeeDelivery, SeeMine};
use web::Routes;

/// The routes of the rules.
pub fn routes() -> Routes {
    Routes::new()
        .get("/staff/sessions/{id}/mails", SeeDelivery, timeline::show)
        .get("/staff/sessions/{id}/mails/{rule}", SeeDelivery, rule::of_session)
        .post("/staff/sessions/{id}/mails/{rule}", EditMails, rule::set_for_session)
        .post("/staff/sessions/{id}/mails/{rule}/specimen", EditMails, rule::send_specimen)
        .get("/staff/programmes/{year}/mails", SeeDelivery, year::show)
        .get("/staff/programmes/{year}/{course}/mails/{rule}", SeeDelivery, rule::of_course)
        .post("/staff/programmes/{year}/{course}/mails/{rule}", EditMails, rule::set_for_course)
        .get("/my/mails", SeeMine, choice::mine)
        .post("/my/mails", SeeMine, choice::keep_mine)
        .get("/mails/{token}", OpenLink, choice::by_link)
        .post("/mails/{token}", OpenLink, choice::keep_by_link)
        .machine_post("/mails/{token}/end/{rules}", OpenLink, choice::end)
        .machine_post("/webhooks/bounces", ReportBounces, bounces::take)
}

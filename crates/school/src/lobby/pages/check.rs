use askama::Template;
use axum::extract::State;
use web::{Frame, Page, PageError, Portal, Section, Visit};

#[derive(Template)]
#[template(path = "lobby/pages/check.html")]
struct CheckPage {
    frame: Frame,
    phone: String,
    hours: String,
}

/// Trying sound, picture and network, on any day before.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let w = visit.words();
    let contact = portal.settings().contact("portal", visit.lang);
    let frame =
        Frame::new(&portal, &visit, w.t("check-title")).in_section(Section::Trainings).crumb(w.t("trainings-title"), "/trainings").here();
    Ok(Page::html(&CheckPage { frame, phone: contact.phone, hours: contact.hours })?.lasts_until(visit.now.next_midnight()))
}

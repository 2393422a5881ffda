//! インシデントかも？ The page for the worst day: four steps to read at once, whom to call, what not to do.
//!
//! It needs no script, no sign-in and nothing but its own small style sheet, so it opens where little else does.

use askama::Template;
use axum::extract::State;
use kernel::Span;
use web::{Frame, Page, PageError, Portal, Routes, Visit, Words};

/// The route of the page.
pub fn routes() -> Routes {
    Routes::new().public("/incident", show)
}

#[derive(Template)]
#[template(path = "incident/incident.html")]
struct IncidentPage {
    frame: Frame,
    desk: Call,
    office: Call,
    dont: Vec<String>,
    may: Vec<String>,
}

/// Somebody to call.
struct Call {
    name: String,
    number: String,
    href: String,
    when: String,
}

impl Call {
    fn new(name: &str, number: &str, when: String) -> Self {
        let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        Self { name: name.to_owned(), number: number.to_owned(), href: format!("tel:{digits}"), when }
    }
}

async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let page = IncidentPage::new(&portal, &visit);
    Ok(Page::html(&page)?.lasts_until(visit.now.plus(Span::days(1))))
}

impl IncidentPage {
    fn new(portal: &Portal, visit: &Visit) -> Self {
        let w = visit.words();
        let settings = portal.settings();
        let frame = Frame::new(portal, visit, w.t("incident-title"));
        let confirmed = w.one("incident-confirmed", "day", frame.incident_confirmed().as_str());
        let desk = Call::new(
            &w.with("incident-desk", &[("name", &frame.setting("incident.desk")), ("hours", &frame.setting("incident.hours"))]),
            &frame.setting("incident.phone"),
            confirmed,
        );
        let contact = settings.contact("portal", visit.lang);
        let office = Call::new(&contact.organization, &contact.phone, contact.hours);
        Self { frame, desk, office, dont: lines(w, |n| format!("incident-dont-{n}")), may: lines(w, |n| format!("incident-may-{n}")) }
    }
}

/// The texts number 1, 2 and so on, as many as there are.
fn lines(w: Words, key: impl Fn(u8) -> String) -> Vec<String> {
    (1..=20).map(key).take_while(|key| w.has(key)).map(|key| w.t(&key)).collect()
}

use askama::Template;
use axum::extract::{Query, State};
use kernel::{Lang, one_line};
use pdf::NotSet;
use serde::Deserialize;
use web::{Frame, Page, PageError, Portal, Settings, Visit, Words};

use crate::certificates::certificate::{Attended, Kind, Way};
use crate::certificates::file::moment;
use crate::certificates::printed::{Era, Printed, way};
use crate::office::staff_pages;

/// The name to try, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    name: String,
    organization: String,
}

#[derive(Template)]
#[template(path = "certificates/pages/specimen.html")]
struct SpecimenPage {
    frame: Frame,
    person: String,
    workplace: String,
    error: String,
}

const W: Words = Words::of(Lang::Ja);

/// Where a name is tried: how a certificate looks with the settings as they are.
pub async fn form(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let error = [&asked.name, &asked.organization].into_iter().find_map(|text| pdf::unprintable(text));
    let w = visit.words();
    let frame =
        staff_pages::frame(&portal, &visit, w.t("certificates-specimen")).crumb(w.t("certificates-title"), "/staff/certificates").here();
    let or = |typed: &str, key: &str| if typed.trim().is_empty() { W.t(key) } else { one_line(typed) };
    let page = SpecimenPage {
        frame,
        error: error.map_or_else(String::new, |missing| w.one("certificates-failed-character", "character", &missing.to_string())),
        person: or(&asked.name, "certificates-specimen-name"),
        workplace: or(&asked.organization, "certificates-specimen-organization"),
    };
    Page::html(&page)
}

/// The sheet with that name, marked as a specimen: it has no code, and nothing is kept.
pub async fn file(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let (sheet, made_at) = (sheet(&portal, &visit, &asked), moment(visit.now));
    let made = tokio::task::spawn_blocking(move || pdf::certificate(&sheet, made_at)).await.map_err(|_| PageError::Bug("typesetting"))?;
    match made {
        Ok(bytes) => Ok(Page::file("application/pdf", &format!("{}.pdf", W.t("certificates-specimen-file")), bytes)),
        Err(NotSet::Unprintable(_)) => {
            let query = serde_urlencoded::to_string([("name", &asked.name), ("organization", &asked.organization)]).unwrap_or_default();
            Ok(Page::see_other(&visit.to(&format!("/staff/certificates/specimen?{query}"))))
        }
        Err(_) => Err(PageError::Bug("a specimen could not be set")),
    }
}

fn sheet(portal: &Portal, visit: &Visit, asked: &Asked) -> pdf::Certificate {
    let settings = portal.settings();
    let url = portal.url(Lang::Ja, "/verify");
    let address = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest).to_owned();
    let mut sheet = printed(&settings, visit, asked).sheet(&address, &url);
    sheet.specimen = W.t("certificates-specimen-mark");
    sheet
}

fn printed(settings: &Settings, visit: &Visit, asked: &Asked) -> Printed {
    let era = Era::of(settings.get("certificate.era"));
    let attended = Attended { way: Way::Live { minutes: 58, of: 60 }, day: visit.now.day(), keyword: true, check: None, seen: None };
    let programme = settings.get("certificate.programme");
    let year = kernel::FiscalYear::of(visit.now.day());
    let fact = |key: &str, value: String| (W.t(key), value);
    Printed {
        title: W.t(&format!("certificate-{}", Kind::Session.id())),
        number: "R0-X0-000000".to_owned(),
        name: one_line(&asked.name).replace(' ', "　"),
        organization: one_line(&asked.organization),
        statement: vec![
            W.with("certificate-says-in", &[("year", &era.year(year)), ("programme", programme)]),
            W.t("certificate-says-session"),
        ],
        facts: vec![
            fact("certificate-training", W.t("certificates-specimen-training")),
            fact("certificate-day", era.long_day(visit.now.day())),
            fact("certificate-way", way(&attended)),
        ],
        date: era.day(visit.now.day()),
        project: settings.get("certificate.project").to_owned(),
        issuer: settings.get("certificate.issuer").to_owned(),
        seal: settings.get("certificate.seal").to_owned(),
    }
}

//! The pages as an app that opens without a network: what is kept on the device, and by which script.

use axum::extract::State;
use axum::http::{HeaderName, header};
use serde_json::json;
use web::{Page, PageError, Portal, Visit, asset};

use super::words::steps;

const WORKER: &str = include_str!("../../../../assets/scripts/incident-worker.js");

/// Lets the worker look after `/incident` itself, which does not lie below its own address.
const ALLOWED: HeaderName = HeaderName::from_static("service-worker-allowed");

/// What a device calls the pages once they are installed.
pub async fn manifest(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let (w, start) = (visit.words(), visit.to("/incident"));
    let manifest = json!({
        "name": format!("{} {}", w.t("incident-title"), portal.settings().text("site.short", visit.lang)),
        "short_name": w.t("incident-title"),
        "description": w.t("incident-subtitle"),
        "lang": visit.lang.code(),
        "id": start,
        "start_url": start,
        "scope": start,
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#ce0000",
        "icons": [{ "src": asset("mark.svg"), "sizes": "any", "type": "image/svg+xml" }],
    });
    Ok(Page::of("application/manifest+json", manifest.to_string().into_bytes()))
}

/// The script that keeps the pages and answers with them while there is no network.
pub async fn worker(visit: Visit) -> Page {
    let sheets = steps().device.iter().chain(&steps().seen).map(|sheet| visit.to(&format!("/incident/steps/{}", sheet.id)));
    let pages = ["/incident", "/incident/steps", "/incident/card", "/incident/report/whole"].map(|path| visit.to(path));
    let files = ["panic.css", "steps.css", "report.css", "mark.svg", "incident.js", "whole.js"].map(|name| asset(name).to_owned());
    let kept: Vec<String> = pages.into_iter().chain(sheets).chain(files).collect();
    let script =
        WORKER.replace("\"KEPT\"", &json!(kept).to_string()).replace("\"WHOLE\"", &json!(visit.to("/incident/report/whole")).to_string());
    Page::of("text/javascript; charset=utf-8", script.into_bytes())
        .with(ALLOWED, &visit.to("/incident"))
        .with(header::CACHE_CONTROL, "public, no-cache")
}

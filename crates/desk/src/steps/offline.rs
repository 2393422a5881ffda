//! The pages as an app that opens without a network: what is kept on the device, and by which script.

use axum::extract::State;
use axum::http::{HeaderName, header};
use serde_json::json;
use sha2::{Digest as _, Sha256};
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
    let files =
        ["panic.css", "steps.css", "report.css", "mark.svg", "incident.js", "whole.js", "print.js"].map(|name| asset(name).to_owned());
    let kept: Vec<String> = pages.into_iter().chain(sheets).chain(files).collect();
    let script = WORKER
        .replace("\"EDITION\"", &json!(edition(&kept)).to_string())
        .replace("\"KEPT\"", &json!(kept).to_string())
        .replace("\"WHOLE\"", &json!(visit.to("/incident/report/whole")).to_string());
    Page::of("text/javascript; charset=utf-8", script.into_bytes())
        .with(ALLOWED, &visit.to("/incident"))
        .with(header::CACHE_CONTROL, "public, no-cache")
}

/// The name of what is kept: another wherever one address of it is another. Those of files change with their contents.
fn edition(kept: &[String]) -> String {
    hex::encode(&Sha256::digest(kept.join("\n"))[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_file_makes_another_edition() {
        let kept = |script: &str| ["/incident", "/assets/0a1b/panic.css", script].map(str::to_owned);
        let editions = ["/assets/1111/whole.js", "/assets/2222/whole.js", "/assets/1111/whole.js"].map(|script| edition(&kept(script)));
        assert!(editions[0] != editions[1] && editions[0] == editions[2], "{editions:?}");
    }
}

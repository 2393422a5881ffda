//! A course on a device: which pages go there, and the script that answers with them while there is no network.

use axum::extract::{Path, State};
use axum::http::{HeaderName, header};
use serde_json::json;
use std::collections::BTreeSet;
use web::{Page, PageError, Portal, Visit, asset};

use super::course;

const WORKER: &str = include_str!("../../../../assets/scripts/learn-worker.js");

/// Lets the worker look after `/courses` itself, which does not lie below its own address.
const ALLOWED: HeaderName = HeaderName::from_static("service-worker-allowed");

/// Which pages a course has, in the order in which one reads them, and of which version of it they are.
pub async fn pages(State(portal): State<Portal>, visit: Visit, Path(slug): Path<String>) -> Result<Page, PageError> {
    let course = course(&portal, &visit, &slug).await?;
    let base = format!("/courses/{}", course.slug);
    let mut pages = vec!["/courses".to_owned(), base.clone()];
    for unit in &course.units {
        pages.push(format!("{base}/{}", unit.slug));
        pages.extend(unit.slides.iter().map(|slide| format!("{base}/{}/{}", unit.slug, slide.id)));
        pages.extend((1..=course.pool(&unit.slug).count()).map(|place| format!("{base}/{}/questions/{place}", unit.slug)));
    }
    let pages: Vec<String> = pages.iter().map(|path| visit.to(path)).collect();
    let figures: BTreeSet<String> = course.photos().map(|photo| format!("{base}/figures/{}", photo.file())).collect();
    let list = json!({ "version": course.version, "pages": pages, "files": figures });
    Ok(Page::of("application/json", list.to_string().into_bytes()))
}

/// The script that answers with kept pages while there is no network.
pub async fn worker(visit: Visit) -> Page {
    Page::of("text/javascript; charset=utf-8", WORKER.as_bytes().to_vec())
        .with(ALLOWED, &visit.to("/courses"))
        .with(header::CACHE_CONTROL, "public, no-cache")
}

/// What a device calls the courses once they are installed.
pub async fn manifest(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let (w, start) = (visit.words(), visit.to("/courses"));
    let manifest = json!({
        "name": format!("{} {}", w.t("learning-title"), portal.settings().text("site.short", visit.lang)),
        "short_name": w.t("learning-title"),
        "lang": visit.lang.code(),
        "id": start,
        "start_url": start,
        "scope": visit.to("/"),
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#0017c1",
        "icons": [{ "src": asset("mark.svg"), "sizes": "any", "type": "image/svg+xml" }],
    });
    Ok(Page::of("application/manifest+json", manifest.to_string().into_bytes()))
}

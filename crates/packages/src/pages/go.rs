//! The step into a package: the address of a launch is shown once, and followed by itself.

use askama::Template;
use axum::http::header;
use web::{Frame, Page, PageError};

use crate::launches::Launched;

#[derive(Template)]
#[template(path = "pages/go.html")]
struct GoPage {
    frame: Frame,
    title: String,
    url: String,
    back: String,
}

/// Leads into a unit. A form may lead nowhere but to the portal, so that the browser goes on from a page of ours.
pub(super) fn page(frame: Frame, title: String, launched: Launched, back: &str) -> Result<Page, PageError> {
    let page = GoPage { frame, title, back: back.to_owned(), url: launched.url };
    Ok(Page::html(&page)?.with(header::REFRESH, &format!("0; url={}", page.url)))
}

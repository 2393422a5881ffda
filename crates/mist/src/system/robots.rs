use axum::extract::State;
use kernel::Span;
use web::{Page, PageError, Portal, Visit};

/// What is nobody's business but the visitor's.
const PRIVATE: [&str; 11] =
    ["/a/", "/api/", "/applications/", "/apply/", "/certificates/", "/links", "/my", "/sign-in", "/staff", "/tell-me/", "/verify/"];

/// What search engines may read: everything public of a real portal, nothing of the demo.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let rules = if portal.site.demo {
        "Disallow: /\n".to_owned()
    } else {
        PRIVATE.map(|path| format!("Disallow: {path}\nDisallow: /en{path}\n")).concat()
    };
    let text = format!("User-agent: *\n{rules}");
    Ok(Page::of("text/plain; charset=utf-8", text.into_bytes()).lasts_until(visit.now.plus(Span::days(1))))
}

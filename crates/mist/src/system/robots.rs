use axum::extract::State;
use kernel::Span;
use web::{Page, PageError, Portal, Visit};

/// What is nobody's business but the visitor's.
const PRIVATE: [&str; 9] = ["/a/", "/api/", "/applications/", "/apply/", "/links", "/my", "/sign-in", "/staff", "/tell-me/"];

/// What search engines may read: everything public of a real portal, nothing of the demo.
#[expect(clippy::unused_async, reason = "a handler is asynchronous")]
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let mut text = "User-agent: *\n".to_owned();
    if portal.site.demo {
        text.push_str("Disallow: /\n");
    } else {
        for path in PRIVATE {
            text.push_str(&format!("Disallow: {path}\nDisallow: /en{path}\n"));
        }
    }
    Ok(Page::of("text/plain; charset=utf-8", text.into_bytes()).lasts_until(visit.now.plus(Span::days(1))))
}

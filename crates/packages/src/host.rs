//! Files of packages, under hosts of their own: each launch has another one, which nobody guesses. No cookie is read or set there,
//! and what runs there reaches the record store and nothing else of the portal (rule 37).

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use kernel::Lang;
use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization as _;
use web::{PageError, Portal, Words, send_file};

use crate::launches::LASTS;
use crate::{House, store};

/// The name before the host of packages, if a request is for one.
pub fn label(house: &House, request: &Request) -> Option<String> {
    let host = request.uri().host().map(|host| match request.uri().port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    });
    let said = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).map(str::to_owned);
    house.label(&host.or(said)?).map(str::to_ascii_lowercase)
}

/// Answers a request for a file of the launch with this name.
pub async fn answer(portal: &Portal, house: &House, label: &str, request: Request) -> Response {
    let mut response = match file(portal, label, request).await {
        Ok(response) => response,
        Err(error) => plain(error.status()),
    };
    let policy = policy(house);
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy.as_str()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // The address of a launch holds a secret.
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        (header::CACHE_CONTROL, "private, max-age=600"),
    ];
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

async fn file(portal: &Portal, label: &str, request: Request) -> Result<Response, PageError> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(([(header::ALLOW, "GET, HEAD")], plain(StatusCode::METHOD_NOT_ALLOWED)).into_response());
    }
    let decoded = percent_decode_str(request.uri().path().trim_start_matches('/')).decode_utf8().map_err(|_| PageError::NotFound)?;
    let path: String = decoded.nfc().collect();
    let (label, wanted, since) = (label.to_owned(), path.clone(), portal.now().minus(LASTS));
    let found = portal.db.read(async move |tx| store::host_file(tx, &label, &wanted, since).await).await?;
    let hash = found.ok_or(PageError::NotFound)?;
    let is_head = request.method() == Method::HEAD;
    let response = send_file(portal, hash, request.headers(), [(header::CONTENT_TYPE, kind_of(&path))]).await?;
    Ok(if is_head { response.map(|_| Body::empty()) } else { response })
}

/// What the name of a file says. Whatever is not known is kept, not shown.
fn kind_of(path: &str) -> String {
    mime_guess::from_path(path).first_or_octet_stream().essence_str().to_owned()
}

fn plain(status: StatusCode) -> Response {
    let key = if status == StatusCode::NOT_FOUND { "packages-host-missing" } else { "packages-host-refused" };
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], Words::of(Lang::Ja).t(key)).into_response()
}

/// Real packages need scripts of their own, written into their pages too, and storage. They run in a sandbox that keeps them from
/// everything but their own files and the record store.
fn policy(house: &House) -> String {
    let portal = house.base_url();
    format!(
        "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src 'self' {portal}/xapi/; object-src 'none'; \
         base-uri 'self'; form-action 'self'; frame-ancestors 'self'; \
         sandbox allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-downloads"
    )
}

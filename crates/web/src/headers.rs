use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use kernel::Timestamp;

use crate::Site;

/// The policy of pages: no nonces, since public pages are cached bytes.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
trusted-types htmx mist; report-to csp";

/// The policy of pages with a film of our own: media from here, and pieces that a script of ours puts together.
pub fn player_policy() -> String {
    format!("{POLICY}; media-src 'self' blob:")
}

/// Puts the headers of rule 16 on every answer of the portal's own hosts.
pub fn secure(headers: &mut HeaderMap, site: &Site) {
    let fixed: [(HeaderName, &'static str); 8] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        (HeaderName::from_static("reporting-endpoints"), "csp=\"/csp-reports\""),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if site.is_https() {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

/// Says the time of a clock that is not the machine's, such as that of a demo, which is moved by hand: pages that count down go by what
/// answers say, since the clock of a device may be wrong.
pub(crate) fn tell_time(headers: &mut HeaderMap, now: Timestamp) {
    if let Ok(date) = HeaderValue::from_str(&now.http_date()) {
        headers.insert(header::DATE, date);
    }
}

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use serde_json::Value;
use web::{Page, PageError, Problem};

const LARGEST: usize = 64 * 1024;
/// Reports of one request that are looked at.
const MOST: usize = 20;

/// What a policy of ours can forbid, as browsers call it in a report (Content Security Policy Level 3, and Trusted Types).
const DIRECTIVES: [&str; 21] = [
    "base-uri",
    "child-src",
    "connect-src",
    "default-src",
    "font-src",
    "form-action",
    "frame-ancestors",
    "frame-src",
    "img-src",
    "manifest-src",
    "media-src",
    "object-src",
    "require-trusted-types-for",
    "script-src",
    "script-src-attr",
    "script-src-elem",
    "style-src",
    "style-src-attr",
    "style-src-elem",
    "trusted-types",
    "worker-src",
];

/// Notes what a browser refused to do on a page of ours, without the page's address: it may hold a token.
pub async fn note(request: Request<Body>) -> Result<Page, PageError> {
    let body = to_bytes(request.into_body(), LARGEST).await.map_err(|_| PageError::Refused(Problem::TooLarge))?;
    let sent: Value = serde_json::from_slice(&body).map_err(|_| PageError::Refused(Problem::Unreadable))?;
    let reports = match &sent {
        Value::Array(list) => list.iter().filter_map(|report| report.get("body")).take(MOST).collect(),
        one => one.get("csp-report").into_iter().collect::<Vec<_>>(),
    };
    for report in reports {
        let directive = directive(report);
        metrics::counter!("csp_reports_total", "directive" => directive).increment(1);
        tracing::warn!(directive, blocked = origin(report), "a browser refused something on a page");
    }
    Ok(Page::of("text/plain; charset=utf-8", Vec::new()).status(StatusCode::NO_CONTENT))
}

/// The directive that was not met. Only those that browsers know, since everybody can send a report, and what is counted once stays in
/// memory for ever.
fn directive(report: &Value) -> &'static str {
    let said = ["effectiveDirective", "effective-directive", "violated-directive"].iter().find_map(|name| report.get(name)?.as_str());
    let said = said.unwrap_or("").split(' ').next().unwrap_or("");
    DIRECTIVES.iter().find(|known| **known == said).copied().unwrap_or("other")
}

/// What was blocked: `inline`, or scheme and host, never a whole address.
fn origin(report: &Value) -> String {
    let said = ["blockedURL", "blocked-uri"].iter().find_map(|name| report.get(name)?.as_str()).unwrap_or("");
    let end =
        said.find("://").map_or(said.len(), |scheme| said[scheme + 3..].find(['/', '?', '#']).map_or(said.len(), |path| scheme + 3 + path));
    said[..end].chars().filter(char::is_ascii_graphic).take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_report_is_kept_without_addresses() {
        let report = json!({ "effectiveDirective": "script-src-elem", "blockedURL": "https://evil.example/path?token=canary" });
        assert_eq!(directive(&report), "script-src-elem");
        assert_eq!(origin(&report), "https://evil.example");
        assert_eq!(origin(&json!({ "blocked-uri": "inline" })), "inline");
    }

    #[test]
    fn whatever_anybody_sends_makes_no_new_series() {
        for said in ["", "x", "aaaa-bbbb", "aaaa-src", "script-src\n", &"a".repeat(300)] {
            assert_eq!(directive(&json!({ "effectiveDirective": said })), "other", "{said}");
        }
    }
}

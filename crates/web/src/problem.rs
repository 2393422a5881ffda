//! The page that says what went wrong: what happened, whether anything was saved, what to do next.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::{Frame, Page, PageError, Portal, Problem, Visit};

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    /// Whether the page is none, so that a search may find what was meant.
    is_missing: bool,
    text: String,
    next: String,
    reference: String,
    at: String,
}

/// RFC 9457.
#[derive(Serialize)]
struct ProblemJson<'a> {
    r#type: String,
    title: String,
    status: u16,
    detail: String,
    instance: &'a str,
}

/// The answer for an error: a page for people, `problem+json` for programs, a way to sign in where that helps.
pub(crate) fn page(portal: &Portal, visit: &Visit, error: &PageError, for_program: bool) -> Response {
    if error.is_fault() {
        tracing::error!(reference = %visit.reference, error = %error, "a request failed");
    }
    let w = visit.words();
    let reference = short(&visit.reference.simple().to_string());
    if for_program {
        return for_a_program(visit, error, &reference);
    }
    let next = format!("?next={}", encode(&format!("{}{}", visit.lang.prefix(), visit.path)));
    match error {
        PageError::SignInFirst => return Page::see_other(&visit.to(&format!("/sign-in{next}"))).into_response(),
        PageError::StepUpFirst => return Page::see_other(&visit.to(&format!("/step-up{next}"))).into_response(),
        _ => {}
    }
    let key = error.key();
    let page = ErrorPage {
        frame: Frame::new(portal, visit, w.t(&format!("{key}-title"))),
        is_missing: matches!(error, PageError::NotFound),
        text: w.t(&format!("{key}-text")),
        next: w.t(&format!("{key}-next")),
        reference,
        at: kernel::long_moment(visit.now, visit.lang),
    };
    let mut response = match page.render() {
        Ok(html) => Page::of("text/html; charset=utf-8", html.into_bytes()).into_response(),
        Err(error) => {
            tracing::error!(%error, "the error page itself failed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    };
    *response.status_mut() = error.status();
    finish(response, error)
}

fn for_a_program(visit: &Visit, error: &PageError, reference: &str) -> Response {
    let w = visit.words();
    // A program does not sign in; what it lacks is a token.
    let key = if matches!(error, PageError::SignInFirst) { "problem-no-token" } else { error.key() };
    let body = ProblemJson {
        r#type: format!("/problems/{key}"),
        title: w.t(&format!("{key}-title")),
        status: error.status().as_u16(),
        detail: [w.t(&format!("{key}-text")), w.t(&format!("{key}-next"))].join(visit.lang.pick("", " ")),
        instance: reference,
    };
    let mut response = serde_json::to_vec(&body).unwrap_or_default().into_response();
    *response.status_mut() = error.status();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if let Some(wanted) = challenge(visit, error) {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(wanted));
    }
    finish(response, error)
}

/// What a program has to show (RFC 6750). A token that is wrong, ended or expired is told apart from none, never from one another.
const fn challenge(visit: &Visit, error: &PageError) -> Option<&'static str> {
    match error {
        PageError::SignInFirst if visit.has_bad_token => Some("Bearer realm=\"MIST\", error=\"invalid_token\""),
        PageError::SignInFirst => Some("Bearer realm=\"MIST\""),
        PageError::Refused(Problem::OutOfScope) => Some("Bearer realm=\"MIST\", error=\"insufficient_scope\""),
        _ => None,
    }
}

fn finish(mut response: Response, error: &PageError) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let after = match error {
        PageError::Busy | PageError::Unknown | PageError::Late | PageError::Outage(_) => Some(30),
        PageError::TooOften(span) => Some(span.as_seconds()),
        _ => None,
    };
    if let Some(seconds) = after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The last eight digits: enough to find the line in the log, short enough for the telephone.
fn short(reference: &str) -> String {
    reference[reference.len().saturating_sub(8)..].to_uppercase()
}

fn encode(path: &str) -> String {
    serde_urlencoded::to_string([("", path)]).unwrap_or_default().trim_start_matches('=').to_owned()
}

//! What happens before and after every handler. Nothing here can be forgotten by a page.

use access::{Actor, ApplicationRef, Decision, Refusal, Scope, Who};
use axum::body::Body;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{FromRequestParts as _, RawPathParams, Request};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use futures_util::FutureExt as _;
use kernel::{Lang, Span};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;
use tower::util::MapRequestLayer;
use tower::{Layer as _, Service as _};

use crate::csrf::{Origin, origin};
use crate::error::Problem;
use crate::keys::same;
use crate::page::LastsUntil;
use crate::patience::while_it_comes;
use crate::routes::Answers;
use crate::sender::{device, network};
use crate::{Assets, Held, Kind, PageError, Portal, Posted, Route, Routes, Visit, headers, problem};

/// The language that the address asked for; put there before routing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AddressLang(pub(crate) Lang);

/// The whole service: assets and kept pages first, then the routes behind their guards.
pub fn serve(
    portal: &Portal,
    routes: Routes,
) -> impl tower::Service<Request, Response = Response, Error = std::convert::Infallible, Future: Send> + Clone + Send + Sync + 'static {
    let listed = routes.into_router(portal);
    let inner = MapRequestLayer::new(take_language).layer(listed);
    let portal = portal.clone();
    tower::service_fn(move |request: Request| {
        let (portal, mut inner) = (portal.clone(), inner.clone());
        async move {
            let begun = Instant::now();
            let method = counted(request.method());
            let mut response = match short_way(&portal, &request) {
                Some(response) => response,
                None => inner.call(request).await.unwrap_or_else(|never| match never {}),
            };
            headers::secure(response.headers_mut(), &portal.site);
            // The machine's own time the server says by itself, written once a second for all answers.
            if !portal.clock.is_system() {
                headers::tell_time(response.headers_mut(), portal.now());
            }
            metrics::histogram!("http_request_seconds", "method" => method, "status" => response.status().as_u16().to_string())
                .record(begun.elapsed().as_secs_f64());
            Ok(response)
        }
    })
}

/// The methods that figures tell apart. Whoever invents one makes no series of its own: those stay in memory for ever.
fn counted(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// What needs no route: assets, and public pages that are kept rendered.
fn short_way(portal: &Portal, request: &Request) -> Option<Response> {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return None;
    }
    let path = request.uri().path();
    if path.starts_with("/assets/") {
        return Some(Assets::answer(path, request.headers()));
    }
    if request.uri().query().is_some() {
        return None;
    }
    portal.cache.answer(path, request.headers(), portal.db.public_version(), portal.now())
}

/// `/en/trainings` is `/trainings` in English.
pub(crate) fn take_language(mut request: Request) -> Request {
    let path = request.uri().path();
    let rest = match path.strip_prefix("/en") {
        Some("") => Some("/".to_owned()),
        Some(rest) if rest.starts_with('/') => Some(rest.to_owned()),
        _ => None,
    };
    let lang = if rest.is_some() { Lang::En } else { Lang::Ja };
    if let Some(rest) = rest {
        let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
        if let Ok(uri) = format!("{rest}{query}").parse() {
            *request.uri_mut() = uri;
        }
    }
    request.extensions_mut().insert(AddressLang(lang));
    request
}

/// No route: perhaps a slash too much, else the page that says so.
pub(crate) async fn missing(portal: &Portal, request: Request) -> Response {
    let lang = request.extensions().get::<AddressLang>().map_or(Lang::Ja, |lang| lang.0);
    let path = request.uri().path();
    // Some browsers read a backslash as a slash, and two of them as another host.
    let is_ours = !path.starts_with("//") && !path.contains('\\');
    if request.method() == Method::GET && path.len() > 1 && path.ends_with('/') && is_ours {
        let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
        return crate::Page::moved(&format!("{}{}{query}", lang.prefix(), path.trim_end_matches('/'))).into_response();
    }
    unanswered(portal, bare_visit(portal, &request, lang), &PageError::NotFound).await
}

/// A route, but not for this method. Programs are told which ones there are (the router adds `Allow`); to people it looks missing.
pub(crate) async fn other_method(portal: &Portal, request: Request) -> Response {
    if !is_for_programs(request.uri().path()) {
        return missing(portal, request).await;
    }
    let lang = request.extensions().get::<AddressLang>().map_or(Lang::Ja, |lang| lang.0);
    unanswered(portal, bare_visit(portal, &request, lang), &PageError::Refused(Problem::BadMethod)).await
}

async fn unanswered(portal: &Portal, visit: Visit, error: &PageError) -> Response {
    let for_program = is_for_programs(&visit.path);
    match portal.refresh().await {
        Ok(()) => problem::page(portal, &visit, error, for_program),
        Err(fault) => problem::page(portal, &visit, &fault.into(), for_program),
    }
}

/// Whether problems at this address are told as `problem+json`.
pub(crate) fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/") || path.starts_with("/xapi")
}

pub(crate) fn bare_visit(portal: &Portal, request: &Request, lang: Lang) -> Visit {
    let now = portal.now();
    Visit {
        lang,
        path: request.uri().path().to_owned(),
        query: request.uri().query().unwrap_or("").to_owned(),
        actor: Arc::new(Actor::anyone()),
        scope: Scope::Public,
        now,
        token: None,
        has_bad_token: false,
        held: None,
        device: device(request.headers()),
        network: network(&portal.site, request),
        reference: now.uuid(),
    }
}

/// Before and after one route's handler.
pub(crate) async fn guard(portal: Portal, route: &Route, answers: &Answers, request: Request) -> Response {
    let begun = Instant::now();
    let lang = request.extensions().get::<AddressLang>().map_or(Lang::Ja, |lang| lang.0);
    let mut visit = bare_visit(&portal, &request, lang);
    let is_api = is_for_programs(&route.path);
    let raw_path = format!("{}{}", lang.prefix(), visit.path);
    let headers = request.headers().clone();
    let version = portal.db.public_version();
    let response = match admitted(&portal, route, &mut visit, request).await {
        // A panic costs this request only, and its visitor gets the page with the number like everybody else's error (rule 1).
        Ok(request) => AssertUnwindSafe(answers(request, portal.clone()))
            .catch_unwind()
            .await
            .map_or_else(|_| PageError::Bug("a handler panicked").into_response(), in_our_words),
        Err(error) => error.into_response(),
    };
    let response = match response.extensions().get::<PageError>() {
        Some(error) => problem::page(&portal, &visit, &error.clone(), is_api),
        None => keep_if_public(&portal, route, &visit, &headers, raw_path, version, response).await,
    };
    // The route's pattern, never the address: tokens and what people type stay out of the log.
    tracing::info!(
        method = %route.method, route = %route.path, status = response.status().as_u16(),
        micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX), reference = %visit.reference, "answered"
    );
    response
}

/// What axum itself refuses, before the handler runs, it says in plain English text; visitors get one of our own pages instead.
fn in_our_words(mut response: Response) -> Response {
    let is_plain = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let error = match response.status() {
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => Problem::BadAddress,
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::Unreadable,
        _ => return response,
    };
    if is_plain {
        response.extensions_mut().get_or_insert_with(|| PageError::Refused(error));
    }
    response
}

/// Lets the request in, or says why not.
async fn admitted(portal: &Portal, route: &Route, visit: &mut Visit, request: Request) -> Result<Request, PageError> {
    let rule = portal.matrix.rule(route.action);
    match portal.refresh().await {
        // The settings of before do, where a report has to be taken without a database.
        Err(error) if rule.anyone => tracing::warn!(%error, "the settings could not be read anew"),
        outcome => outcome?,
    }
    // No name of ours holds bytes that are no text, so such an address leads nowhere.
    let (mut parts, body) = request.into_parts();
    let names = RawPathParams::from_request_parts(&mut parts, &()).await;
    if matches!(names, Err(RawPathParamsRejection::InvalidUtf8InPathParam(_))) {
        return Err(PageError::NotFound);
    }
    let mut request = while_it_comes(route, Request::from_parts(parts, body));
    if rule.demo_only && !portal.site.demo {
        return Err(PageError::NotFound);
    }
    match route.kind {
        Kind::Public => {}
        Kind::Personal => match recognize(portal, visit, request.headers()).await {
            // What everybody may do needs no knowledge of who they are: a report of an incident is taken without a database.
            Err(PageError::Outage(_) | PageError::Busy) if rule.anyone => {}
            outcome => outcome?,
        },
        Kind::Machine => recognize_program(portal, visit, request.headers()).await?,
    }
    visit.scope = match portal.matrix.may(&visit.actor, route.action, None, visit.now) {
        Decision::Allowed(scope) => scope,
        Decision::Refused(Refusal::SignInFirst) => return Err(PageError::SignInFirst),
        Decision::Refused(Refusal::StepUpFirst) => return Err(PageError::StepUpFirst),
        Decision::Refused(Refusal::Hidden) if route.kind == Kind::Machine => return Err(lacking(&visit.actor)),
        Decision::Refused(Refusal::Hidden) => return Err(PageError::NotFound),
    };
    if route.method == Method::POST && route.kind == Kind::Personal {
        let origin = origin(request.headers(), &portal.site);
        let has_cookie = visit.token.is_some();
        if origin == Origin::Foreign || (origin == Origin::Unsaid && has_cookie) {
            return Err(PageError::Refused(Problem::Foreign));
        }
        let (parts, posted) =
            if route.streams { Posted::begin(request, route.body_limit).await? } else { Posted::read(request, route.body_limit).await? };
        let token = posted.get("token");
        let is_needed = has_cookie && (!rule.anyone || !token.is_empty());
        if is_needed && !visit.token.as_deref().is_some_and(|expected| same(token, expected)) {
            return Err(PageError::Refused(Problem::StaleForm));
        }
        request = Request::from_parts(parts, Body::empty());
        request.extensions_mut().insert(posted);
    }
    request.extensions_mut().insert(visit.clone());
    Ok(request)
}

/// What a program lacks: a token in force, or the scope.
fn lacking(actor: &Actor) -> PageError {
    match actor.who {
        Who::Program { .. } => PageError::Refused(Problem::OutOfScope),
        _ => PageError::SignInFirst,
    }
}

/// Finds out who a person is from the cookies.
async fn recognize(portal: &Portal, visit: &mut Visit, headers: &HeaderMap) -> Result<(), PageError> {
    let now = visit.now;
    let mut actor = Actor::anyone();
    if let Some(secret) = cookie(headers, &portal.site.cookie("sid")).and_then(|text| B64.decode(text).ok()) {
        let known = secret.clone();
        let found = portal.db.glance(async move |tx| access::find(tx, &known, now).await).await?;
        if let Some((sign_in, person)) = found {
            // Writing once a minute keeps reading pages cheap; limits are counted in minutes.
            if now.since(sign_in.seen_at) > Span::minutes(1) {
                let id = sign_in.id;
                // On a full disk, or behind a long queue, everything can still be read: at worst a sign-in ends somewhat early.
                if let Err(error) = portal.db.write(db::Lane::Staff, None, async move |tx, now| access::seen(tx, id, now).await).await {
                    tracing::warn!(%error, "that a sign-in was used could not be noted");
                }
            }
            visit.token = Some(portal.keys.token("form", &[&secret]));
            actor = person;
        }
    }
    if let Some((id, held)) = cookie(headers, &portal.site.cookie("app")).and_then(|value| Held::read(&portal.keys, value)) {
        actor.application = Some(ApplicationRef(id));
        visit.held = Some(held);
        if visit.token.is_none() {
            visit.token = Some(portal.keys.token("form", &[id.as_bytes(), &held.generation.to_be_bytes()]));
        }
    }
    visit.actor = Arc::new(actor);
    Ok(())
}

/// Finds out which program asks from its bearer token. Cookies are not looked at.
async fn recognize_program(portal: &Portal, visit: &mut Visit, headers: &HeaderMap) -> Result<(), PageError> {
    let Some(shown) = headers.get(header::AUTHORIZATION) else { return Ok(()) };
    let secret = shown
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Bearer"))
        .and_then(|(_, token)| B64.decode(token.trim()).ok());
    let now = visit.now;
    let actor = match secret {
        Some(secret) => portal.db.glance(async move |tx| access::token_of(tx, &secret, now).await).await?,
        None => None,
    };
    match actor {
        Some(actor) => visit.actor = Arc::new(actor),
        None => visit.has_bad_token = true,
    }
    Ok(())
}

/// Keeps a rendered public page, so that the next visitor costs nothing.
async fn keep_if_public(
    portal: &Portal,
    route: &Route,
    visit: &Visit,
    headers: &HeaderMap,
    raw_path: String,
    version: u64,
    response: Response,
) -> Response {
    let until = response.extensions().get::<LastsUntil>().map(|until| until.0);
    let is_whole = response.status() == StatusCode::OK && visit.query.is_empty();
    match (route.kind, until) {
        (Kind::Public, Some(until)) if is_whole => {
            let content_type = response.headers().get(header::CONTENT_TYPE).cloned().unwrap_or(HeaderValue::from_static("text/html"));
            match axum::body::to_bytes(response.into_body(), usize::MAX).await {
                Ok(body) => portal.cache.keep(raw_path, headers, version, until, content_type, body),
                Err(_) => PageError::Bug("a page in memory could not be read").into_response(),
            }
        }
        (Kind::Public, _) => with_cache_control(response, "public, no-cache"),
        (Kind::Machine, _) => response,
        (Kind::Personal, _) => with_cache_control(response, "no-store"),
    }
}

fn with_cache_control(mut response: Response, value: &'static str) -> Response {
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(value));
    response
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

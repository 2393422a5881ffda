//! Which door a request comes by: the portal's own hosts, or a host of packages; and what units of packages, which run on other
//! hosts, may ask the record store for.

use axum::extract::Request;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderName, Method, Uri, header};
use axum::response::Response;
use packages::{House, host};
use std::convert::Infallible;
use std::time::Duration;
use tower::util::BoxCloneSyncService;
use tower::{Layer as _, ServiceExt as _};
use tower_http::cors::{AllowOrigin, CorsLayer};
use web::{Portal, Routes};

use crate::server::Service;

/// Where programs of other hosts may ask: they show a token, and no cookie is ever looked at here.
const FOR_OTHERS: &str = "/xapi/";

/// Everything the portal answers, behind its doors.
pub(super) fn serve(portal: &Portal, routes: Routes) -> Service {
    let own = BoxCloneSyncService::new(web::serve(portal, routes));
    let for_others = BoxCloneSyncService::new(cors().layer(own.clone()));
    let portal = portal.clone();
    let house = portal.part::<House>();
    BoxCloneSyncService::new(tower::service_fn(move |request: Request| {
        let (own, for_others, portal, house) = (own.clone(), for_others.clone(), portal.clone(), house.clone());
        async move {
            if let Some(house) = &house
                && let Some(label) = host::label(house, &request)
            {
                return Ok(host::answer(&portal, house, &label, request).await);
            }
            let response: Result<Response, Infallible> = if request.uri().path().starts_with(FOR_OTHERS) {
                for_others.oneshot(with_single_slashes(request)).await
            } else {
                own.oneshot(request).await
            };
            response
        }
    }))
}

/// Any origin: a unit may lie with its publisher. Nothing is opened by that which a program without a browser has not.
fn cors() -> CorsLayer {
    let named = HeaderName::from_static;
    CorsLayer::new()
        .allow_origin(AllowOrigin::any())
        .allow_methods([Method::GET, Method::HEAD, Method::PUT, Method::POST, Method::DELETE])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_MATCH,
            header::IF_NONE_MATCH,
            header::ACCEPT_LANGUAGE,
            named("x-experience-api-version"),
            named("x-experience-api-hash"),
        ])
        .expose_headers([
            header::ETAG,
            header::LAST_MODIFIED,
            named("x-experience-api-version"),
            named("x-experience-api-consistent-through"),
        ])
        .max_age(Duration::from_hours(1))
}

/// Some units put a slash of their own behind an endpoint that ends with one.
fn with_single_slashes(mut request: Request) -> Request {
    let uri = request.uri();
    if !uri.path().contains("//") {
        return request;
    }
    let parts: Vec<&str> = uri.path().split('/').filter(|part| !part.is_empty()).collect();
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut changed = uri.clone().into_parts();
    changed.path_and_query = format!("/{}{query}", parts.join("/")).parse::<PathAndQuery>().ok();
    if let Ok(uri) = Uri::from_parts(changed) {
        *request.uri_mut() = uri;
    }
    request
}

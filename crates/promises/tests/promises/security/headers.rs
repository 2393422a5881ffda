//! The headers of every answer, and what public pages know of their visitors: nothing.

use access::{Action, Role};
use axum::extract::State;
use both_engines::both_engines;
use http::{HeaderMap, Method, StatusCode, header};
use std::collections::BTreeSet;
use web::{Kind, Page, PageError, Portal, Routes};

use super::House;
use super::people::Asker;
use crate::site::Answer;

/// The policy as rule 16 has it, by its parts.
const POLICY: [&str; 14] = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types htmx mist",
    "report-to csp",
];

/// What stands on every answer, letter for letter.
const FIXED: [(&str, &str); 7] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("reporting-endpoints", "csp=\"/csp-reports\""),
];

#[track_caller]
fn is_dressed(what: &str, answer: &Answer) {
    let policies: Vec<_> = answer.headers.get_all(header::CONTENT_SECURITY_POLICY).iter().collect();
    assert_eq!(policies.len(), 1, "{what}: one policy");
    let mut said: BTreeSet<&str> = answer.header(header::CONTENT_SECURITY_POLICY).split(';').map(str::trim).collect();
    // A recording is played on its own page, and nowhere else.
    if what.contains("/archive/R") {
        said.remove("media-src 'self' blob:");
    }
    // What somebody sent is kept and never shown: it may do nothing at all.
    if answer.header(header::CONTENT_DISPOSITION).starts_with("attachment") && said.contains("sandbox") {
        assert_eq!(said, BTreeSet::from(["default-src 'none'", "sandbox"]), "{what}");
    } else {
        assert_eq!(said, BTreeSet::from(POLICY), "{what}");
    }
    for (name, value) in FIXED {
        assert_eq!(answer.header(name), value, "{what}: {name}");
    }
    assert!(answer.headers.contains_key(header::CACHE_CONTROL), "{what} says nothing about caches");
    for cookie in answer.headers.get_all(header::SET_COOKIE) {
        let cookie = cookie.to_str().expect("letters");
        assert!(cookie.starts_with("__Host-") && !cookie.contains("Domain="), "{what}: {cookie}");
        // The way into a case is followed from nowhere else; the others have links in mails that lead to them.
        let same_site = if cookie.starts_with("__Host-case=") { "; SameSite=Strict" } else { "; SameSite=Lax" };
        for part in ["; Path=/", "; HttpOnly", same_site, "; Secure"] {
            assert!(cookie.contains(part), "{what}: {cookie} lacks {part}");
        }
    }
}

fn is_film(path: &str) -> bool {
    path.starts_with("/archive/") && (path.ends_with("/film") || path.contains("/hls/"))
}

fn is_picture(path: &str) -> bool {
    path.ends_with("/figures/{file}") || path.ends_with("/slides/{upload}/{file}")
}

#[both_engines]
async fn every_answer_of_every_route_is_dressed(house: House) {
    let things = house.things().await;
    let askers =
        [Asker::visitor(), house.staff(Role::Secretariat).await, house.staff(Role::Operator).await, house.holder(things.application)];
    for who in &askers {
        for route in House::routes().iter().filter(|route| route.path != "/sign-out") {
            let (path, fields) = things.address(route).expect("an address");
            for prefix in if route.kind == Kind::Machine { ["", ""] } else { ["", "/en"] } {
                let what = format!("{} {prefix}{path} as {}", route.method, who.name);
                let answer = who.asks(&house, &route.method, &format!("{prefix}{path}"), fields).await;
                is_dressed(&what, &answer);
                let cached = answer.header(header::CACHE_CONTROL);
                match route.kind {
                    // An empty form that is nobody's may be kept by the browser alone.
                    Kind::Personal if who.cookies.is_empty() && cached == "private, no-cache" => assert_eq!(answer.status, StatusCode::OK),
                    // The address of a picture of a course is the hash of its bytes; it stays with the one who may see it.
                    Kind::Personal if answer.status.is_success() && is_picture(&route.path) => {
                        assert_eq!(cached, "private, max-age=31536000, immutable", "{what}");
                    }
                    Kind::Personal => assert_eq!(cached, "no-store", "{what}"),
                    // A player that goes on with a film need not ask for each range whether the film is still the same.
                    Kind::Public if answer.status.is_success() && is_film(&route.path) => {
                        assert_eq!(cached, "public, max-age=300", "{what}");
                    }
                    Kind::Public if answer.status.is_success() => assert_eq!(cached, "public, no-cache", "{what}"),
                    Kind::Public | Kind::Machine => {}
                }
            }
        }
    }
}

#[both_engines]
async fn errors_assets_and_detours_are_dressed_too(house: House) {
    let things = house.things().await;
    let page = Asker::visitor().gets(&house, "/").await;
    let mut assets = page.attributes("link[href^='/assets/']", "href");
    assets.extend(page.attributes("script[src]", "src"));
    assert!(assets.len() >= 2, "{assets:?}");
    for path in &assets {
        is_dressed(path, &Asker::visitor().gets(&house, path).await.is(StatusCode::OK).clone());
    }
    let owner = house.staff(Role::Secretariat).await;
    let (most, more) = ("a=1&".repeat(200), "a=1&".repeat(201));
    let long = format!("/{}", "a".repeat(3000));
    let large = format!("token={}&body={}", owner.token, "a".repeat(2_000_000));
    let answers = [
        (StatusCode::NOT_FOUND, house.ask(Method::GET, "/nothing", &[], "").await),
        (StatusCode::NOT_FOUND, house.ask(Method::GET, "/en/nothing", &[], "").await),
        (StatusCode::NOT_FOUND, house.ask(Method::GET, &long, &[], "").await),
        (StatusCode::NOT_FOUND, house.ask(Method::GET, "/assets/nothing.js", &[], "").await),
        (StatusCode::NOT_FOUND, house.ask(Method::GET, "/api/v1/nothing", &[], "").await),
        (StatusCode::NOT_FOUND, house.ask(Method::DELETE, "/trainings", &[], "").await),
        (StatusCode::NOT_FOUND, house.ask(Method::OPTIONS, "/contact", &[], "").await),
        (StatusCode::PERMANENT_REDIRECT, house.ask(Method::GET, "/trainings/", &[], "").await),
        (StatusCode::PERMANENT_REDIRECT, house.ask(Method::GET, "/training/", &[], "").await),
        (StatusCode::SEE_OTHER, house.ask(Method::GET, "/my", &[], "").await),
        (StatusCode::SEE_OTHER, house.ask(Method::GET, &things.application_link, &[], "").await),
        (StatusCode::FORBIDDEN, house.ask(Method::POST, "/contact", &[("origin", "https://evil.example")], "").await),
        (StatusCode::PAYLOAD_TOO_LARGE, house.ask(Method::POST, "/contact", &[("sec-fetch-site", "same-origin")], &large).await),
        (StatusCode::UNPROCESSABLE_ENTITY, house.ask(Method::POST, "/contact", &[("sec-fetch-site", "same-origin")], &most).await),
        (StatusCode::BAD_REQUEST, house.ask(Method::POST, "/contact", &[("sec-fetch-site", "same-origin")], &more).await),
        (StatusCode::BAD_REQUEST, house.ask(Method::POST, "/contact", &[("content-type", "text/plain")], "x").await),
    ];
    for (status, answer) in answers {
        assert_eq!(answer.status, status, "{}", answer.path);
        is_dressed(&answer.path, &answer);
    }
    let etag = page.header(header::ETAG).to_owned();
    let unchanged = house.ask(Method::GET, "/", &[("if-none-match", &etag)], "").await;
    assert_eq!(unchanged.status, StatusCode::NOT_MODIFIED);
    is_dressed("a page that has not changed", &unchanged);
}

#[both_engines]
async fn a_panic_costs_one_request_and_is_answered_like_every_error(house: House) {
    async fn panics(State(_): State<Portal>) -> Result<Page, PageError> {
        panic!("on purpose")
    }
    let routes =
        Routes::new().public("/public", panics).get("/personal", Action::Apply, panics).machine("/api/v1/machine", Action::ReadApi, panics);
    let service = house.with_routes(routes);
    for path in ["/public", "/personal", "/en/personal", "/api/v1/machine"] {
        let answer = super::house::ask(&service, Method::GET, path, &[], "").await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store", "{path}");
        assert!(!answer.body().contains("on purpose") && answer.body().len() > 100, "{path}: {}", answer.body());
        is_dressed(path, &answer);
    }
    assert_eq!(Asker::visitor().gets(&house, "/").await.status, StatusCode::OK);
}

/// The headers, without the length, which the wire adds where it is not there yet.
fn said(answer: &Answer) -> HeaderMap {
    let mut headers = answer.headers.clone();
    headers.remove(header::CONTENT_LENGTH);
    headers
}

#[both_engines]
async fn public_pages_are_the_same_bytes_for_everybody(house: House) {
    let things = house.things().await;
    let staff = house.staff(Role::Secretariat).await;
    let holder = house.holder(things.application);
    let mut looked_at = 0;
    for route in House::routes().iter().filter(|route| route.kind == Kind::Public) {
        let (path, _) = things.address(route).expect("an address");
        for path in [path.clone(), format!("/en{path}"), format!("{path}?q=mist")] {
            let anybody = Asker::visitor().gets(&house, &path).await;
            for who in [&staff, &holder] {
                let answer = who.gets(&house, &path).await;
                assert_eq!((answer.status, said(&answer)), (anybody.status, said(&anybody)), "{path} as {}", who.name);
                assert!(answer.bytes == anybody.bytes, "{path} is another page for {}", who.name);
                assert!(answer.headers.get(header::SET_COOKIE).is_none(), "{path} sets a cookie");
                // The page with all questions of a report is kept on the device, and knows nobody: its form proves itself by its seed.
                assert!(
                    route.path == "/incident/report/whole" || answer.attributes("form[method=post]", "action").is_empty(),
                    "{path} is kept, and carries a form that changes something"
                );
            }
            looked_at += 1;
        }
    }
    assert!(looked_at > 90, "{looked_at}");
}

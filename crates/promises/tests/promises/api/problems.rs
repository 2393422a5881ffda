//! What goes wrong is told in a form that programs read (RFC 9457), whatever they send.

use both_engines::both_engines;
use http::{Method, StatusCode};

use super::ask;
use crate::site::{Answer, Site};

#[track_caller]
fn is_problem(answer: &Answer, status: StatusCode) {
    assert_eq!(answer.is(status).header("content-type"), "application/problem+json", "{}", answer.path);
    let problem = answer.json();
    for field in ["type", "title", "detail", "instance"] {
        assert!(problem[field].as_str().is_some_and(|text| !text.is_empty()), "{}: no {field} in {problem}", answer.path);
    }
    assert_eq!(problem["status"], status.as_u16());
}

#[both_engines]
async fn other_methods_are_told_which_ones_there_are(site: Site) {
    let mut program = site.visitor("見本 太郎");
    for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"] {
        for path in ["/api/v1/programmes", "/api/v1/programmes/R8", super::APPLICATIONS] {
            let answer = program.send(Method::from_bytes(method.as_bytes()).unwrap(), path, String::new()).await;
            is_problem(&answer, StatusCode::METHOD_NOT_ALLOWED);
            assert_eq!(answer.header("allow"), "GET,HEAD", "{method} {path}");
        }
    }
    let page = program.send(Method::DELETE, "/trainings", String::new()).await;
    assert_eq!(page.is(StatusCode::NOT_FOUND).header("content-type"), "text/html; charset=utf-8", "people get a page");
}

#[both_engines]
async fn nonsense_in_an_address_is_nothing_that_is_there(site: Site) {
    let odd = [
        "R0",
        "R08",
        "r8",
        "R1000",
        "R-1",
        "8",
        "2026",
        "R8%20",
        "%FF%FE",
        "R8%00",
        "%E4%BB%A4%E5%92%8C8",
        "..",
        "R8%2FR8",
        "%F0%9F%A9%BA",
    ];
    for year in odd {
        is_problem(&site.get(&format!("/api/v1/programmes/{year}")).await, StatusCode::NOT_FOUND);
    }
    is_problem(&site.get("/api/v1/nothing").await, StatusCode::NOT_FOUND);
    let page = site.get("/trainings/%FF").await;
    assert_eq!(page.is(StatusCode::NOT_FOUND).header("content-type"), "text/html; charset=utf-8", "people get a page");
}

#[both_engines]
async fn what_the_frame_itself_cannot_read_is_told_to_people_in_their_language(site: Site) {
    let page = site.get("/tell-me/executive?about=opening&about=archive").await;
    assert_eq!(page.is(StatusCode::BAD_REQUEST).header("content-type"), "text/html; charset=utf-8");
    assert_eq!(page.heading(), "アドレスを読めませんでした");
}

#[both_engines]
async fn programmes_are_public_with_any_token_or_none(site: Site) {
    for authorization in ["Bearer AAAA", "Basic AAAA", ""] {
        ask(&site, "/api/v1/programmes/R8", authorization).await.is(StatusCode::OK);
    }
    let english = site.get("/en/api/v1/programmes/R99").await;
    is_problem(&english, StatusCode::NOT_FOUND);
    assert!(english.json()["title"].as_str().unwrap().is_ascii());
}

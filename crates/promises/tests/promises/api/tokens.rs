//! Without a token in force that has the scope, a program learns nothing about anybody.

use both_engines::both_engines;
use http::StatusCode;
use kernel::Span;

use super::{APPLICATIONS, ask, bearer, issue, read};
use crate::site::Outcome::Applied;
use crate::site::{Answer, Site};

/// Fails unless the answer refuses with this status and challenge and names nobody.
#[track_caller]
fn refuses(answer: &Answer, status: StatusCode, challenge: &str) {
    let problem = answer.is(status).json();
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.header("www-authenticate"), challenge);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(problem["status"], status.as_u16());
    assert!(problem["title"].as_str().is_some_and(|title| !title.is_empty()), "{problem}");
    assert!(!answer.body().contains("見本") && !answer.body().contains("example.jp"), "{problem}");
}

const NO_TOKEN: &str = "Bearer realm=\"MIST\"";
const BAD_TOKEN: &str = "Bearer realm=\"MIST\", error=\"invalid_token\"";
const NO_SCOPE: &str = "Bearer realm=\"MIST\", error=\"insufficient_scope\"";

#[both_engines]
async fn no_token_and_a_wrong_one_read_nothing(site: Site) {
    issue(&site, "applications:read", None).await;
    refuses(&site.get(APPLICATIONS).await, StatusCode::UNAUTHORIZED, NO_TOKEN);
    let right = bearer();
    let token = right.trim_start_matches("Bearer ");
    let wrong = [
        "Bearer AAAA".to_owned(),
        "Bearer あ".to_owned(),
        "Bearer".to_owned(),
        format!("Basic {token}"),
        format!("{right}A"),
        format!("{right}, {right}"),
        token.to_owned(),
    ];
    for authorization in &wrong {
        refuses(&ask(&site, APPLICATIONS, authorization).await, StatusCode::UNAUTHORIZED, BAD_TOKEN);
    }
    for written in [right.clone(), format!("bearer {token}")] {
        ask(&site, APPLICATIONS, &written).await.is(StatusCode::OK);
    }
}

#[both_engines]
async fn an_ended_token_reads_nothing(site: Site) {
    let token = issue(&site, "applications:read", None).await;
    read(&site, APPLICATIONS).await.is(StatusCode::OK);
    site.write(async move |tx, now| {
        assert!(access::revoke(tx, token, now).await?);
        assert!(!access::revoke(tx, token, now).await?, "it ends once");
        Ok(())
    })
    .await;
    refuses(&read(&site, APPLICATIONS).await, StatusCode::UNAUTHORIZED, BAD_TOKEN);
}

#[both_engines]
async fn an_expired_token_reads_nothing(site: Site) {
    issue(&site, "applications:read", Some(site.now().plus(Span::days(1)))).await;
    site.later(Span::micros(Span::days(1).as_micros() - 1));
    read(&site, APPLICATIONS).await.is(StatusCode::OK);
    site.later(Span::micros(1));
    refuses(&read(&site, APPLICATIONS).await, StatusCode::UNAUTHORIZED, BAD_TOKEN);
}

#[both_engines]
async fn a_token_without_the_scope_reads_nothing(site: Site) {
    issue(&site, "programmes:read applications applications:readers", None).await;
    refuses(&read(&site, APPLICATIONS).await, StatusCode::FORBIDDEN, NO_SCOPE);
    let missing = read(&site, "/api/v1/programmes/R9/executive/3/applications").await;
    refuses(&missing, StatusCode::FORBIDDEN, NO_SCOPE);
}

#[both_engines]
async fn the_cookies_of_a_person_are_not_looked_at(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    taro.own_page().await.is(StatusCode::OK);
    assert!(!taro.cookies.is_empty(), "the link of the application is held");
    refuses(&taro.get(APPLICATIONS).await, StatusCode::UNAUTHORIZED, NO_TOKEN);
}

#[both_engines]
async fn a_token_opens_no_page_for_people(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    let own = taro.application.clone();
    issue(&site, "applications:read", None).await;
    let (without, with) = (site.get(&own).await, read(&site, &own).await);
    assert_eq!((with.status, with.location()), (without.status, without.location()));
    assert!(!with.status.is_success());
}

//! A program whose token may read applications gets all of them, page by page, and leaves a trace.

use both_engines::both_engines;
use db::Engine;
use http::StatusCode;
use journal::audit;
use kernel::Span;

use super::{APPLICATIONS, issue, read};
use crate::site::Outcome::{Applied, Waiting};
use crate::site::{Person, Site};

/// The portal with a token that may read applications.
struct WithToken(Site, access::ApiTokenId);

impl WithToken {
    async fn on(engine: Engine) -> Self {
        let site = Site::on(engine).await;
        let token = issue(&site, "applications:read", None).await;
        Self(site, token)
    }
}

#[both_engines]
async fn a_program_reads_who_applied_waits_and_cancelled(WithToken(site, _): WithToken) {
    site.limit("R8/executive/3", 2, 5).await;
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    site.later(Span::seconds(1));
    assert_eq!(site.visitor("例示 髙子").applies_for("R8/executive/3").await, Applied);
    site.later(Span::seconds(1));
    assert_eq!(site.visitor("𠮷見 見本").applies_for("R8/executive/3").await, Waiting(1));
    taro.cancels().await;

    let answer = read(&site, APPLICATIONS).await;
    answer.is(StatusCode::OK);
    assert_eq!((answer.header("content-type"), answer.header("cache-control")), ("application/json", "no-store"));
    let body = answer.json();
    let rows = body["applications"].as_array().unwrap();
    let told: Vec<_> = rows.iter().map(|row| (row["receipt_number"].as_str().unwrap(), row["state"].as_str().unwrap())).collect();
    assert_eq!(told, [("R8-E3-0001", "cancelled"), ("R8-E3-0002", "confirmed"), ("R8-E3-0003", "waiting")]);
    assert_eq!(rows[1]["person"]["family"], "例示");
    assert_eq!(rows[1]["person"]["given"], "髙子", "variants of kanji stay as typed");
    assert_eq!(rows[1]["person"]["email"], "takako@example.jp");
    assert_eq!((&rows[2]["workplace"]["kind"], &rows[2]["workplace"]["prefecture"]), (&"clinic".into(), &"13".into()));
    assert_eq!(rows[1]["applied_at"], "2026-11-22T09:00:01+09:00");
    assert_eq!((rows[1]["cancelled_at"].is_null(), rows[0]["cancelled_at"].is_string()), (true, true));
    assert!(body["next"].is_null());
}

#[both_engines]
async fn the_pages_of_a_list_lose_nobody_and_name_nobody_twice(WithToken(site, _): WithToken) {
    for n in 1..=5 {
        // Two of them in the same microsecond.
        if n != 3 {
            site.later(Span::micros(1));
        }
        assert_eq!(site.visit_by(Person::number(n)).applies_for("R8/executive/3").await, Applied);
    }
    let (mut numbers, mut path) = (Vec::new(), format!("{APPLICATIONS}?limit=2"));
    loop {
        let body = read(&site, &path).await.is(StatusCode::OK).json();
        let rows = body["applications"].as_array().unwrap();
        assert!(!rows.is_empty() && rows.len() <= 2);
        numbers.extend(rows.iter().map(|row| row["receipt_number"].as_str().unwrap().to_owned()));
        match body["next"].as_str() {
            Some(next) => path = format!("{APPLICATIONS}?limit=2&after={next}"),
            None => break,
        }
        // Who applies meanwhile comes at the end.
        if numbers.len() == 2 {
            site.later(Span::micros(1));
            assert_eq!(site.visit_by(Person::number(6)).applies_for("R8/executive/3").await, Applied);
        }
    }
    numbers.sort();
    let all: Vec<String> = (1..=6).map(|n| format!("R8-E3-{n:04}")).collect();
    assert_eq!(numbers, all);
}

#[both_engines]
async fn each_reading_stands_in_the_audit_trail(WithToken(site, token): WithToken) {
    assert_eq!(site.visitor("見本 花子").applies_for("R8/executive/3").await, Applied);
    read(&site, APPLICATIONS).await.is(StatusCode::OK);
    let session = site.session("R8/executive/3").await.id;
    let filter = audit::Filter { act: Some("applications.read_by_program".to_owned()), ..audit::Filter::default() };
    let leaf = site.db().read(async move |tx| audit::entries(tx, &filter, None).await).await.unwrap();
    let [entry] = leaf.rows.as_slice() else { panic!("{:#?}", leaf.rows) };
    assert_eq!(entry.actor, format!("token:{token}"));
    assert_eq!(entry.object_id, Some(session.uuid()));
    assert_eq!(entry.detail, serde_json::json!({ "people": 1 }), "how many, and no names");
    let tokens = site.db().read(async |tx| access::tokens(tx, 0, 1).await).await.unwrap();
    assert_eq!(tokens[0].used_at, Some(site.now()));
}

#[both_engines]
async fn what_is_no_session_or_no_parameter_is_told_apart(WithToken(site, _): WithToken) {
    for path in
        ["R9/executive/3", "R8/nobody/3", "R8/executive/99", "R8/executive/03", "R8/executive/-3", "R8/executive/9223372036854775807"]
    {
        let answer = read(&site, &format!("/api/v1/programmes/{path}/applications")).await;
        assert_eq!(answer.is(StatusCode::NOT_FOUND).header("content-type"), "application/problem+json");
    }
    for query in ["limit=0", "limit=101", "limit=ten", "limit=", "after=1", "after=%FF", "limit=1&limit=1", "page=2"] {
        let answer = read(&site, &format!("{APPLICATIONS}?{query}")).await;
        let problem = answer.is(StatusCode::UNPROCESSABLE_ENTITY).json();
        assert_eq!((&problem["status"], &problem["type"]), (&422.into(), &"/problems/problem-bad-parameter".into()), "{query}");
    }
}

//! Statements: taken once, returned as they were sent.

use both_engines::both_engines;
use http::{Method, StatusCode, header};
use serde_json::{Value, json};

use super::{VERSIONS, client, id, statement, voiding};
use crate::site::Site;

#[both_engines]
async fn a_statement_is_put_and_got_as_it_was_sent(site: Site) {
    for (n, version) in (1..).zip(VERSIONS) {
        let client = client(&site, version, None, version).await;
        // Digits and the order of keys are kept, whatever they mean.
        let sent = format!(
            r#"{{"verb":{{"id":"http://adlnet.gov/expapi/verbs/scored"}},"actor":{{"mbox":"mailto:taro@example.jp"}},"object":{{"id":"https://mist.example.jp/courses/beginner"}},"result":{{"score":{{"raw":1.50,"max":2.0}},"extensions":{{"https://mist.example.jp/x":[1E2,null,"\u0000"]}}}},"id":"{}"}}"#,
            id(n)
        );
        let path = format!("/statements?statementId={}", id(n));
        client.send(Method::PUT, &path, &[("content-type", "application/json")], sent).await.is(StatusCode::NO_CONTENT);
        let answer = client.get(&path).await;
        let text = answer.is(StatusCode::OK).body();
        assert!(text.contains(r#""raw":1.50,"max":2.0"#) && text.contains(r#"[1E2,null,"\u0000"]"#), "{text}");
        let got = answer.json();
        assert_eq!(got["version"], if version == "1.0.3" { "1.0.0" } else { "2.0.0" });
        assert_eq!(
            got["authority"],
            json!({ "objectType": "Agent", "account": { "homePage": "https://mist.example.jp", "name": version } })
        );
        assert_eq!(got["timestamp"], got["stored"]);
        assert_eq!(got["stored"], format!("2026-11-22T00:00:00.00000{}Z", n - 1));
        assert_eq!(answer.header("x-experience-api-version"), version);
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/json");
        assert_eq!(answer.header(header::LAST_MODIFIED), "Sun, 22 Nov 2026 00:00:00 GMT");
        assert!(answer.header("x-experience-api-consistent-through") >= got["stored"].as_str().expect("a moment"));
    }
}

#[both_engines]
async fn a_put_has_the_id_of_its_statement(site: Site) {
    let client = client(&site, "key", None, "1.0.3").await;
    for path in ["/statements", "/statements?statementId=", "/statements?statementId=1", "/statements?statementID=x"] {
        client.send_json(Method::PUT, path, &statement(1)).await.is(StatusCode::BAD_REQUEST);
    }
    let path = format!("/statements?statementId={}", id(2));
    client.send_json(Method::PUT, &path, &statement(1)).await.is(StatusCode::BAD_REQUEST);
    client.send_json(Method::PUT, &path, &json!([statement(2)])).await.is(StatusCode::BAD_REQUEST);
    let mut without = statement(2);
    without.as_object_mut().expect("an object").remove("id");
    client.send_json(Method::PUT, &path, &without).await.is(StatusCode::NO_CONTENT);
    assert_eq!(client.get(&path).await.json()["id"], id(2));
}

#[both_engines]
async fn statements_are_posted_one_or_many(site: Site) {
    let client = client(&site, "key", None, "2.0.0").await;
    assert_eq!(client.posts(&statement(1)).await, [id(1)]);
    let mut nameless = statement(0);
    nameless.as_object_mut().expect("an object").remove("id");
    let ids = client.posts(&json!([statement(2), nameless, statement(3)])).await;
    assert_eq!((ids.len(), &ids[0], &ids[2]), (3, &id(2), &id(3)));
    let got = client.get("/statements").await.json();
    let order: Vec<&str> = got["statements"].as_array().expect("a list").iter().filter_map(|one| one["id"].as_str()).collect();
    assert_eq!(order, [ids[2].as_str(), &ids[1], &ids[0], &id(1)], "the last stored first");
}

#[both_engines]
async fn an_id_belongs_to_the_first_statement_that_has_it(site: Site) {
    for version in VERSIONS {
        let client = client(&site, version, Some(version), version).await;
        client.posts(&statement(1)).await;
        let mut other = statement(1);
        other["verb"]["id"] = json!("http://adlnet.gov/expapi/verbs/answered");
        let path = format!("/statements?statementId={}", id(1));
        // The same again is no mistake, however its keys are ordered and whatever the store would set.
        let again = json!({ "object": statement(1)["object"], "verb": statement(1)["verb"], "actor": statement(1)["actor"], "id": id(1) });
        client.send_json(Method::PUT, &path, &again).await.is(StatusCode::NO_CONTENT);
        assert_eq!(client.posts(&json!([again, statement(2)])).await, [id(1), id(2)]);
        client.send_json(Method::PUT, &path, &other).await.is(StatusCode::CONFLICT);
        client.send_json(Method::POST, "/statements", &json!([statement(3), other])).await.is(StatusCode::CONFLICT);
        assert_eq!(client.get(&path).await.json()["verb"], statement(1)["verb"]);
        assert_eq!(client.found(&[]).await, [id(2), id(1)], "nothing of a batch that is refused is stored");
    }
}

#[both_engines]
async fn a_batch_is_stored_as_a_whole_or_not_at_all(site: Site) {
    let client = client(&site, "key", None, "2.0.0").await;
    let mut bad = statement(2);
    bad["verb"] = json!({ "id": "no scheme" });
    let refused = client.send_json(Method::POST, "/statements", &json!([statement(1), bad])).await;
    assert_eq!(refused.is(StatusCode::BAD_REQUEST).json()["pointer"], "/1/verb/id");
    assert_eq!(refused.json()["requirement"], "XAPI-00044");
    client.send_json(Method::POST, "/statements", &json!([statement(1), statement(1)])).await.is(StatusCode::BAD_REQUEST);
    assert_eq!(client.get("/statements").await.json(), json!({ "statements": [], "more": "" }));
}

#[both_engines]
async fn what_is_too_large_is_refused_as_that(site: Site) {
    let client = client(&site, "key", None, "2.0.0").await;
    let large = vec![b' '; (16 << 20) + 1];
    client.send(Method::POST, "/statements", &[("content-type", "application/json")], large).await.is(StatusCode::PAYLOAD_TOO_LARGE);
}

#[both_engines]
async fn nothing_is_held_of_whoever_is_not_known(site: Site) {
    let client = client(&site, "key", None, "2.0.0").await;
    // More than may be sent at all: that is not even noticed.
    let headers = [("content-type", "application/json"), ("authorization", "Basic a2V5OndvcmRz")];
    client.send(Method::POST, "/statements", &headers, vec![b' '; (16 << 20) + 1]).await.is(StatusCode::UNAUTHORIZED);
}

#[both_engines]
async fn head_is_answered_like_get_without_a_body(site: Site) {
    let client = client(&site, "key", None, "1.0.3").await;
    client.posts(&statement(1)).await;
    for path in ["/statements", "/about", "/activities?activityId=https://mist.example.jp/courses/beginner"] {
        let (get, head) = (client.get(path).await, client.send(Method::HEAD, path, &[], "").await);
        assert_eq!((head.is(StatusCode::OK).bytes.len(), &get.status), (0, &head.status), "{path}");
        assert_eq!(head.header(header::CONTENT_TYPE), get.header(header::CONTENT_TYPE));
        assert_eq!(head.header("x-experience-api-version"), "1.0.3");
    }
}

#[both_engines]
async fn a_result_is_read_page_by_page(site: Site) {
    let client = client(&site, "key", None, "1.0.3").await;
    let all: Vec<Value> = (1..=5).map(statement).collect();
    client.posts(&json!(all)).await;
    let newest: Vec<String> = (1..=5).rev().map(id).collect();
    let oldest: Vec<String> = (1..=5).map(id).collect();
    let agent = r#"{"mbox":"mailto:taro@example.jp"}"#;
    for limit in ["1", "2", "3", "5", "6", "0"] {
        assert_eq!(client.found(&[("limit", limit), ("agent", agent)]).await, newest, "{limit}");
        assert_eq!(client.found(&[("limit", limit), ("ascending", "true")]).await, oldest, "{limit}");
    }
    let page = client.get("/statements?limit=2").await.json();
    assert_eq!(page["statements"].as_array().map(Vec::len), Some(2));
    // What is stored meanwhile does not move the pages.
    let more = page["more"].as_str().expect("a link").trim_start_matches("/xapi/1.0.3").to_owned();
    client.posts(&statement(6)).await;
    let next = client.get(&more).await.json();
    let ids: Vec<&str> = next["statements"].as_array().expect("a list").iter().filter_map(|one| one["id"].as_str()).collect();
    assert_eq!(ids, [id(3), id(2)]);
    for wrong in ["/statements?more=x", "/statements?limit=-1", &format!("{more}&limit=1")] {
        client.get(wrong).await.is(StatusCode::BAD_REQUEST);
    }
}

#[both_engines]
async fn nothing_found_is_an_empty_list_and_a_missing_one_is_missing(site: Site) {
    let client = client(&site, "key", None, "2.0.0").await;
    let empty = client.get("/statements?verb=http://adlnet.gov/expapi/verbs/voided").await;
    assert_eq!(empty.is(StatusCode::OK).json(), json!({ "statements": [], "more": "" }));
    assert_ne!(empty.header("x-experience-api-consistent-through"), "");
    for parameter in ["statementId", "voidedStatementId"] {
        client.get(&format!("/statements?{parameter}={}", id(1))).await.is(StatusCode::NOT_FOUND);
    }
}

#[both_engines]
async fn statements_have_three_forms(site: Site) {
    let client = client(&site, "key", None, "2.0.0").await;
    let mut first = statement(1);
    first["object"]["definition"] = json!({ "name": { "ja": "情報セキュリティ", "en": "Security" } });
    client.posts(&json!([first, statement(2)])).await;
    let path = format!("/statements?statementId={}", id(2));
    let ids = client.get(&format!("{path}&format=ids")).await.json();
    assert_eq!(ids["actor"], json!({ "mbox": "mailto:taro@example.jp" }));
    assert_eq!(ids["verb"], json!({ "id": "http://adlnet.gov/expapi/verbs/experienced" }));
    let canonical =
        client.send(Method::GET, &format!("{path}&format=canonical"), &[("accept-language", "en-GB, ja;q=0.5")], "").await.json();
    assert_eq!(canonical["object"]["definition"]["name"], json!({ "en": "Security" }), "as another statement has said");
    assert_eq!(client.get(&path).await.json()["object"], statement(2)["object"]);
    client.get(&format!("{path}&format=Exact")).await.is(StatusCode::BAD_REQUEST);
}

#[both_engines]
async fn a_voiding_statement_in_one_batch_with_its_target_voids_it(site: Site) {
    let client = client(&site, "key", None, "2.0.0").await;
    client.posts(&json!([voiding(2, 1), statement(1)])).await;
    client.get(&format!("/statements?statementId={}", id(1))).await.is(StatusCode::NOT_FOUND);
    client.get(&format!("/statements?voidedStatementId={}", id(1))).await.is(StatusCode::OK);
}

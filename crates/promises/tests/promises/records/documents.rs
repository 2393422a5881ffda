//! States and profiles, and who may overwrite them.

use both_engines::both_engines;
use http::{Method, StatusCode, header};
use kernel::Span;
use serde_json::{Value, json};

use super::{Client, VERSIONS, client, encoded};
use crate::site::Site;

const ACTIVITY: (&str, &str) = ("activityId", "https://mist.example.jp/courses/beginner");
const AGENT: (&str, &str) = ("agent", r#"{"mbox":"mailto:taro@example.jp"}"#);
const REGISTRATION: (&str, &str) = ("registration", "019aa000-0000-7000-8000-000000000001");

/// The address of a resource, what it needs, and the name of its ids.
type Resource = (&'static str, Vec<(&'static str, &'static str)>, &'static str);

/// The three resources.
fn resources() -> [Resource; 3] {
    [
        ("/activities/state", vec![ACTIVITY, AGENT], "stateId"),
        ("/activities/profile", vec![ACTIVITY], "profileId"),
        ("/agents/profile", vec![AGENT], "profileId"),
    ]
}

fn at(path: &str, needed: &[(&str, &str)], more: &[(&str, &str)]) -> String {
    format!("{path}?{}", encoded(&[needed, more].concat()))
}

async fn json(client: &Client, method: Method, path: &str, body: &Value) -> StatusCode {
    client.send_json(method, path, body).await.status
}

#[both_engines]
async fn a_document_is_stored_returned_and_removed(site: Site) {
    for version in VERSIONS {
        let client = client(&site, version, Some(version), version).await;
        for (path, needed, name) in resources() {
            let one = at(path, &needed, &[(name, "栞\u{0}")]);
            client.get(&one).await.is(StatusCode::NOT_FOUND);
            let bytes = [0, 159, 146, 150];
            client.send(Method::PUT, &one, &[("content-type", "image/png")], bytes).await.is(StatusCode::NO_CONTENT);
            let answer = client.get(&one).await;
            assert_eq!(answer.is(StatusCode::OK).bytes, bytes);
            assert_eq!(answer.header(header::CONTENT_TYPE), "image/png");
            assert_eq!(answer.header(header::ETAG), "\"55783b288de682c7014b74fa3d6d6528e5ad396c\"");
            assert_eq!(answer.header(header::LAST_MODIFIED), "Sun, 22 Nov 2026 00:00:00 GMT");
            assert_eq!(client.send(Method::HEAD, &one, &[], "").await.is(StatusCode::OK).bytes.len(), 0);
            assert_eq!(client.get(&at(path, &needed, &[])).await.json(), json!(["栞\u{0}"]));
            client.send(Method::DELETE, &one, &[], "").await.is(StatusCode::NO_CONTENT);
            client.get(&one).await.is(StatusCode::NOT_FOUND);
            assert_eq!(client.get(&at(path, &needed, &[])).await.json(), json!([]));
        }
    }
}

#[both_engines]
async fn a_post_stores_or_merges(site: Site) {
    let client = client(&site, "key", None, "1.0.3").await;
    for (path, needed, name) in resources() {
        let one = at(path, &needed, &[(name, "a")]);
        assert_eq!(json(&client, Method::POST, &one, &json!({ "a": 1, "b": { "c": 1 } })).await, StatusCode::NO_CONTENT);
        assert_eq!(json(&client, Method::POST, &one, &json!({ "b": { "d": 2 } })).await, StatusCode::NO_CONTENT);
        assert_eq!(client.get(&one).await.json(), json!({ "a": 1, "b": { "d": 2 } }));
        assert_eq!(json(&client, Method::POST, &one, &json!([1])).await, StatusCode::BAD_REQUEST);
        client.send(Method::POST, &one, &[("content-type", "text/plain")], "{}").await.is(StatusCode::BAD_REQUEST);
        client.send(Method::POST, &one, &[("content-type", "application/json")], "{").await.is(StatusCode::BAD_REQUEST);
        assert_eq!(client.get(&one).await.json(), json!({ "a": 1, "b": { "d": 2 } }), "what is refused changes nothing");
    }
}

#[both_engines]
async fn a_document_is_overwritten_by_whoever_knows_it(site: Site) {
    for version in VERSIONS {
        let client = client(&site, version, Some(version), version).await;
        for (path, needed, name) in resources() {
            let one = at(path, &needed, &[(name, "a")]);
            let put = |tags: Vec<(&'static str, String)>, body: &'static str| {
                let (client, one) = (client.clone(), one.clone());
                async move {
                    let mut headers = vec![("content-type", "application/json")];
                    headers.extend(tags.iter().map(|(name, tag)| (*name, tag.as_str())));
                    client.send(Method::PUT, &one, &headers, body).await
                }
            };
            put(vec![("if-match", "*".into())], "1").await.is(StatusCode::PRECONDITION_FAILED);
            put(vec![("if-none-match", "*".into())], "1").await.is(StatusCode::NO_CONTENT);
            put(vec![("if-none-match", "*".into())], "2").await.is(StatusCode::PRECONDITION_FAILED);
            let tag = client.get(&one).await.header(header::ETAG).to_owned();
            put(vec![("if-match", tag.clone())], "2").await.is(StatusCode::NO_CONTENT);
            put(vec![("if-match", tag.clone())], "3").await.is(StatusCode::PRECONDITION_FAILED);
            // 1.0.3 lets a state be overwritten without a look.
            let unasked = put(Vec::new(), "4").await;
            if version == "1.0.3" && path == "/activities/state" {
                unasked.is(StatusCode::NO_CONTENT);
            } else {
                assert!(unasked.is(StatusCode::CONFLICT).body().contains("If-Match"));
                assert_eq!(client.get(&one).await.json(), json!(2));
            }
            let stale = [("if-match", tag.as_str()), ("content-type", "application/json")];
            client.send(Method::POST, &one, &stale, "{}").await.is(StatusCode::PRECONDITION_FAILED);
            client.send(Method::DELETE, &one, &stale, "").await.is(StatusCode::PRECONDITION_FAILED);
            let now = client.get(&one).await.header(header::ETAG).to_owned();
            client.send(Method::GET, &one, &[("if-none-match", &now)], "").await.is(StatusCode::NOT_MODIFIED);
            client.send(Method::DELETE, &one, &[("if-match", &now)], "").await.is(StatusCode::NO_CONTENT);
        }
    }
}

#[both_engines]
async fn ids_are_those_stored_after_a_moment(site: Site) {
    let client = client(&site, "key", None, "2.0.0").await;
    for (path, needed, name) in resources() {
        for id in ["a", "b"] {
            assert_eq!(json(&client, Method::PUT, &at(path, &needed, &[(name, id)]), &json!(1)).await, StatusCode::NO_CONTENT);
            site.later(Span::seconds(10));
        }
        let since = jiff::Timestamp::from_microsecond(site.now().as_micros() - 15_000_000).expect("a moment").to_string();
        assert_eq!(client.get(&at(path, &needed, &[])).await.json(), json!(["a", "b"]));
        assert_eq!(client.get(&at(path, &needed, &[("since", &since)])).await.json(), json!(["b"]));
        client.get(&at(path, &needed, &[("since", "yesterday")])).await.is(StatusCode::BAD_REQUEST);
    }
}

#[both_engines]
async fn states_stand_under_their_registration(site: Site) {
    let client = client(&site, "key", None, "1.0.3").await;
    let needed = [ACTIVITY, AGENT];
    let (with, without) = ([REGISTRATION, ("stateId", "a")], [("stateId", "a")]);
    for (body, more) in [(1, &with[..]), (2, &without[..])] {
        assert_eq!(json(&client, Method::PUT, &at("/activities/state", &needed, more), &json!(body)).await, StatusCode::NO_CONTENT);
    }
    assert_eq!(client.get(&at("/activities/state", &needed, &with)).await.json(), json!(1));
    assert_eq!(client.get(&at("/activities/state", &needed, &without)).await.json(), json!(2));
    assert_eq!(client.get(&at("/activities/state", &needed, &[REGISTRATION])).await.json(), json!(["a"]));
    client.send(Method::DELETE, &at("/activities/state", &needed, &[REGISTRATION]), &[], "").await.is(StatusCode::NO_CONTENT);
    client.get(&at("/activities/state", &needed, &with)).await.is(StatusCode::NOT_FOUND);
    client.get(&at("/activities/state", &needed, &without)).await.is(StatusCode::OK);
    client.send(Method::DELETE, &at("/activities/state", &needed, &[]), &[], "").await.is(StatusCode::NO_CONTENT);
    client.get(&at("/activities/state", &needed, &without)).await.is(StatusCode::NOT_FOUND);
}

#[both_engines]
async fn what_a_document_needs_is_asked_for(site: Site) {
    for version in VERSIONS {
        let client = client(&site, version, None, version).await;
        for (path, needed, name) in resources() {
            for method in [Method::GET, Method::PUT, Method::POST, Method::DELETE] {
                for missing in 0..needed.len() {
                    let mut rest = needed.clone();
                    rest.remove(missing);
                    assert_eq!(json(&client, method.clone(), &at(path, &rest, &[(name, "a")]), &json!({})).await, StatusCode::BAD_REQUEST);
                }
                let wrong = [("agent", "not JSON"), ("activityId", "no IRI"), ("registration", "1"), ("since", "now")];
                for (name_of_wrong, value) in wrong {
                    let rest: Vec<_> = needed.iter().copied().filter(|(name, _)| *name != name_of_wrong).collect();
                    let status = json(&client, method.clone(), &at(path, &rest, &[(name_of_wrong, value), (name, "a")]), &json!({})).await;
                    assert_eq!(status, StatusCode::BAD_REQUEST, "{method} {path} {name_of_wrong}");
                }
            }
            for method in [Method::PUT, Method::POST] {
                assert_eq!(json(&client, method, &at(path, &needed, &[]), &json!({})).await, StatusCode::BAD_REQUEST);
            }
            let all = client.send(Method::DELETE, &at(path, &needed, &[]), &[], "").await.status;
            assert_eq!(all, if path == "/activities/state" { StatusCode::NO_CONTENT } else { StatusCode::BAD_REQUEST });
        }
    }
}

#[both_engines]
async fn an_id_that_is_no_text_is_refused_and_nothing_changes(site: Site) {
    for version in VERSIONS {
        let client = client(&site, version, Some(version), version).await;
        for (path, needed, name) in resources() {
            let one = at(path, &needed, &[(name, "a")]);
            let first = [("content-type", "application/json"), ("if-none-match", "*")];
            client.send(Method::PUT, &one, &first, "{\"kept\":true}").await.is(StatusCode::NO_CONTENT);
            // As clients write an object or a list into a query, bytes that are no UTF-8, and two where there is one.
            for id in ["%5Ba%5D=b", "%5B%5D=a", "=%FF", "=%C3", &format!("=a&{name}=b")] {
                for method in [Method::GET, Method::PUT, Method::POST, Method::DELETE] {
                    let wrong = format!("{}&{name}{id}", at(path, &needed, &[]));
                    let body = if matches!(method, Method::GET | Method::DELETE) { "" } else { "{}" };
                    let answer = client.send(method.clone(), &wrong, &[("content-type", "application/json")], body).await;
                    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{method} {wrong}");
                }
            }
            assert_eq!(client.get(&one).await.is(StatusCode::OK).json(), json!({ "kept": true }));
        }
    }
}

#[both_engines]
async fn states_are_removed_that_were_stored_after_a_moment(site: Site) {
    for version in VERSIONS {
        let client = client(&site, version, Some(version), version).await;
        let needed = [ACTIVITY, AGENT];
        for id in ["a", "b"] {
            let first = [("content-type", "application/json"), ("if-none-match", "*")];
            client.send(Method::PUT, &at("/activities/state", &needed, &[("stateId", id)]), &first, "1").await.is(StatusCode::NO_CONTENT);
            site.later(Span::seconds(10));
        }
        let since = jiff::Timestamp::from_microsecond(site.now().as_micros() - 15_000_000).expect("a moment").to_string();
        let later = at("/activities/state", &needed, &[("since", &since)]);
        client.send(Method::DELETE, &later, &[], "").await.is(StatusCode::NO_CONTENT);
        assert_eq!(client.get(&at("/activities/state", &needed, &[])).await.json(), json!(["a"]));
    }
}

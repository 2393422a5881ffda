//! Versions, credentials, and what every request has.

use axum::body::Body;
use axum::extract::Request;
use both_engines::both_engines;
use http::{Method, StatusCode, header};
use serde_json::json;
use tower::ServiceExt as _;

use super::{Client, VERSIONS, client, encoded, id, statement};
use crate::site::{Answer, Site};

#[both_engines]
async fn about_tells_the_versions_to_everybody(site: Site) {
    for path in ["/xapi/1.0.3/about", "/xapi/2.0.0/about", "/xapi/about"] {
        let answer = site.get(path).await;
        assert_eq!(answer.is(StatusCode::OK).json(), json!({ "version": ["1.0.3", "2.0.0"] }));
        assert_eq!(answer.header("x-experience-api-version"), if path.contains("1.0.3") { "1.0.3" } else { "2.0.0" });
    }
}

#[both_engines]
async fn each_address_speaks_its_version_alone(site: Site) {
    let first = client(&site, "key", None, "1.0.3").await;
    let second = Client { version: "2.0.0", ..first.clone() };
    let said = |client: &Client, version: &'static str| {
        let client = client.clone();
        async move { client.send(Method::GET, "/statements", &[("x-experience-api-version", version)], "").await }
    };
    for version in ["1.0", "1.0.0", "1.0.3", "1.0.9"] {
        said(&first, version).await.is(StatusCode::OK);
        assert_eq!(said(&second, version).await.is(StatusCode::BAD_REQUEST).header("x-experience-api-version"), "2.0.0");
    }
    for version in ["2.0", "2.0.0"] {
        said(&second, version).await.is(StatusCode::OK);
        assert_eq!(said(&first, version).await.is(StatusCode::BAD_REQUEST).header("x-experience-api-version"), "1.0.3");
    }
    for version in ["0.95", "1.1", "2", "1.0.3, 1.0.3"] {
        for client in [&first, &second] {
            said(client, version).await.is(StatusCode::BAD_REQUEST);
        }
    }
    // Without a header the first has to know which is meant, and the second is meant.
    assert_eq!(said(&first, "").await.is(StatusCode::BAD_REQUEST).json()["requirement"], "XAPI-00331");
    said(&second, "").await.is(StatusCode::OK);
}

#[both_engines]
async fn the_plain_address_follows_the_header(site: Site) {
    let plain = Client { version: "", ..client(&site, "key", None, "2.0.0").await };
    for (header, spoken) in [("1.0.3", "1.0.3"), ("2.0.0", "2.0.0"), ("", "2.0.0")] {
        let answer = plain.send(Method::GET, "statements", &[("x-experience-api-version", header)], "").await;
        assert_eq!(answer.is(StatusCode::OK).header("x-experience-api-version"), spoken, "{header}");
    }
}

#[both_engines]
async fn credentials_are_asked_for(site: Site) {
    let client = client(&site, "key", None, "2.0.0").await;
    for wrong in ["", "Basic a2V5OndvcmRz", "Basic !", "Basic a2V5", "Bearer x", "Digest x"] {
        for (method, path) in [(Method::GET, "/statements"), (Method::POST, "/statements"), (Method::DELETE, "/activities/state")] {
            let answer = client.send(method, path, &[("authorization", wrong)], "").await;
            assert!(answer.is(StatusCode::UNAUTHORIZED).header(header::WWW_AUTHENTICATE).starts_with("Basic "), "{wrong}");
            assert_eq!(answer.header("x-experience-api-version"), "2.0.0");
        }
    }
    client.get("/statements").await.is(StatusCode::OK);
}

#[both_engines]
async fn a_wrong_secret_is_tried_thirty_times_a_minute(site: Site) {
    let client = client(&site, "key", None, "2.0.0").await;
    let wrong = [("authorization", "Basic a2V5OndvcmRz")];
    for _ in 0..30 {
        client.send(Method::GET, "/statements", &wrong, "").await.is(StatusCode::UNAUTHORIZED);
    }
    client.send(Method::GET, "/statements", &wrong, "").await.is(StatusCode::TOO_MANY_REQUESTS);
    site.later(kernel::Span::minutes(1));
    client.get("/statements").await.is(StatusCode::OK);
}

#[both_engines]
async fn a_token_opens_what_its_scopes_name(site: Site) {
    use base64::Engine as _;
    let client = client(&site, "key", None, "2.0.0").await;
    for (n, scopes, reads, writes) in [
        (1, "xapi:read", true, false),
        (2, "xapi:write", false, true),
        (3, "xapi:read xapi:write", true, true),
        (4, "metrics:read", false, false),
    ] {
        let secret = [n; 32];
        site.write(async move |tx, now| access::issue(tx, "見本", scopes, &secret, None, "test", now).await.map(|_| ())).await;
        let bearer = format!("Bearer {}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(secret));
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let may = |yes: bool| if yes { StatusCode::OK } else { StatusCode::FORBIDDEN };
        client.send(Method::GET, "/statements", &headers, "").await.is(may(reads));
        client.send(Method::POST, "/statements", &headers, statement(n.into()).to_string()).await.is(may(writes));
    }
}

#[both_engines]
async fn parameters_are_those_of_the_resource_to_the_letter_and_once(site: Site) {
    let agent = encoded(&[("agent", r#"{"mbox":"mailto:taro@example.jp"}"#)]);
    for version in VERSIONS {
        let client = client(&site, version, None, version).await;
        for path in [
            "/statements?unknown=1".to_owned(),
            "/statements?Limit=1".to_owned(),
            "/statements?limit=1&limit=1".to_owned(),
            "/statements?method=GET".to_owned(),
            "/activities".to_owned(),
            "/activities?activityId=x".to_owned(),
            "/activities?activityID=https://mist.example.jp/".to_owned(),
            "/agents".to_owned(),
            "/agents?agent=x".to_owned(),
            format!("/agents?{agent}&unknown=1"),
            format!("/activities/profile?activityId=https://mist.example.jp/&{agent}"),
            format!("/agents/profile?{agent}&profileId=a&profileId=a"),
        ] {
            client.get(&path).await.is(StatusCode::BAD_REQUEST);
        }
        let post = client.send_json(Method::POST, "/statements?statementId=x", &statement(1)).await;
        assert_eq!(post.is(StatusCode::BAD_REQUEST).json()["pointer"], "?statementId");
    }
}

#[both_engines]
async fn a_form_stands_for_another_request_in_the_first_version_alone(site: Site) {
    let first = client(&site, "key", None, "1.0.3").await;
    let second = Client { version: "2.0.0", ..first.clone() };
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    let content = statement(1).to_string();
    let form = encoded(&[("statementId", &id(1)), ("content", &content)]);
    first.send(Method::POST, "/statements?method=PUT", &kind, form.clone()).await.is(StatusCode::NO_CONTENT);
    second.send(Method::POST, "/statements?method=PUT", &kind, form.clone()).await.is(StatusCode::BAD_REQUEST);
    let got = first.send(Method::POST, "/statements?method=GET", &kind, encoded(&[("limit", "1")])).await;
    assert_eq!(got.is(StatusCode::OK).json()["statements"][0]["id"], id(1));
    // Headers may stand in the form too, when the request itself has none.
    let fields = [("X-Experience-API-Version", "1.0.3"), ("Authorization", &first.authorization), ("limit", "1")];
    let bare = [("content-type", kind[0].1), ("authorization", ""), ("x-experience-api-version", "")];
    first.send(Method::POST, "/statements?method=GET", &bare, encoded(&fields)).await.is(StatusCode::OK);
    for (path, body) in [("/statements?method=PUT", ""), ("/statements?method=PUT&statementId=1", &form), ("/statements?method=PATCH", "")]
    {
        first.send(Method::POST, path, &kind, body).await.is(StatusCode::BAD_REQUEST);
    }
    let agent = encoded(&[("agent", r#"{"mbox":"mailto:taro@example.jp"}"#)]);
    first.send(Method::POST, "/agents?method=GET", &kind, agent).await.is(StatusCode::OK);
}

#[both_engines]
async fn no_other_method_is_answered(site: Site) {
    let request = Request::builder().method(Method::PATCH).uri("/xapi/2.0.0/statements").body(Body::empty()).expect("a request");
    let response = site.service.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
    let (parts, _) = response.into_parts();
    let answer = Answer { path: String::new(), status: parts.status, headers: parts.headers, bytes: Vec::new() };
    answer.is(StatusCode::METHOD_NOT_ALLOWED);
}

#[both_engines]
async fn a_fault_of_the_store_is_called_one(site: Site) {
    let first = client(&site, "key", None, "1.0.3").await;
    let second = Client { version: "2.0.0", ..first.clone() };
    site.write(async |tx, _| tx.run(db::sql!("ALTER TABLE record_statements RENAME TO record_statements_gone"), &[]).await.map(|_| ()))
        .await;
    for client in [first, second] {
        client.get("/statements").await.is(StatusCode::INTERNAL_SERVER_ERROR);
        client.send_json(Method::POST, "/statements", &statement(1)).await.is(StatusCode::INTERNAL_SERVER_ERROR);
    }
}

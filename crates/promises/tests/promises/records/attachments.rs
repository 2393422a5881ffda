//! What comes with statements.

use both_engines::both_engines;
use http::{Method, StatusCode, header};
use objects::Hash;
use serde_json::{Value, json};
use xapi::multipart::{self, Outgoing};

use super::{Client, VERSIONS, client, id, statement};
use crate::site::{Answer, Site};

/// What comes with the statements here.
pub(super) const CONTENT: &[u8] = &[0, 1, 2, 255, b'\r', b'\n', b'-', b'-'];

/// A statement with an attachment of this hash.
pub(super) fn with(number: u128, sha2: &str, file: Option<&str>) -> Value {
    let mut statement = statement(number);
    let mut attachment = json!({
        "usageType": "https://mist.example.jp/usages/picture", "display": { "ja": "図" }, "contentType": "image/png", "length": 8, "sha2": sha2,
    });
    if let Some(file) = file {
        attachment["fileUrl"] = json!(file);
    }
    statement["attachments"] = json!([attachment]);
    statement
}

/// Sends statements with what comes with them.
pub(super) async fn send(client: &Client, statements: &Value, parts: &[(&str, &[u8])]) -> Answer {
    let outgoing: Vec<Outgoing<'_>> = parts.iter().map(|(sha2, content)| Outgoing { sha2, content_type: "image/png", content }).collect();
    let (content_type, body) = multipart::write(statements.to_string().as_bytes(), &outgoing);
    client.send(Method::POST, "/statements", &[("content-type", &content_type)], body).await
}

/// The parts of an answer: the JSON, and each content under its hash.
fn parts(answer: &Answer) -> (Value, Vec<(String, Vec<u8>)>) {
    let edge = multipart::boundary(answer.header(header::CONTENT_TYPE)).expect("parts");
    let parts = multipart::read(&answer.bytes, &edge, &multipart::Limits::default()).expect("parts");
    let json = serde_json::from_slice(parts[0].content).expect("JSON");
    let read = |part: &multipart::Part<'_>| (part.header(multipart::HASH_HEADER).expect("a hash").to_owned(), part.content.to_vec());
    (json, parts[1..].iter().map(read).collect())
}

#[both_engines]
async fn an_attachment_is_returned_as_it_came(site: Site) {
    let sha2 = Hash::of(CONTENT).to_string();
    for version in VERSIONS {
        let client = client(&site, version, Some(version), version).await;
        send(&client, &json!([with(1, &sha2, None), with(2, &sha2, None), statement(3)]), &[(&sha2, CONTENT)]).await.is(StatusCode::OK);
        let answer = client.get("/statements?attachments=true").await;
        let (json, contents) = parts(answer.is(StatusCode::OK));
        assert_eq!(json["statements"].as_array().map(Vec::len), Some(3));
        assert_eq!(contents, [(sha2.clone(), CONTENT.to_vec())], "each content once");
        let one = client.get(&format!("/statements?statementId={}&attachments=true", id(2))).await;
        assert_eq!(parts(&one).1, [(sha2.clone(), CONTENT.to_vec())]);
        assert_eq!(parts(&client.get(&format!("/statements?statementId={}&attachments=true", id(3))).await).1, []);
        assert_eq!(client.get("/statements").await.header(header::CONTENT_TYPE), "application/json");
    }
}

#[both_engines]
async fn every_attachment_has_its_part_or_an_address_and_every_part_its_attachment(site: Site) {
    let client = client(&site, "key", None, "2.0.0").await;
    let sha2 = Hash::of(CONTENT).to_string();
    client.send_json(Method::POST, "/statements", &with(1, &sha2, None)).await.is(StatusCode::BAD_REQUEST);
    send(&client, &with(1, &sha2, None), &[]).await.is(StatusCode::BAD_REQUEST);
    send(&client, &statement(1), &[(&sha2, CONTENT)]).await.is(StatusCode::BAD_REQUEST);
    client.send(Method::POST, "/statements", &[("content-type", "multipart/form-data; boundary=x")], "").await.is(StatusCode::BAD_REQUEST);
    client.send(Method::POST, "/statements", &[("content-type", "text/plain")], statement(1).to_string()).await.is(StatusCode::BAD_REQUEST);
    assert_eq!(client.found(&[]).await, Vec::<String>::new());
    client.posts(&with(1, &sha2, Some("https://mist.example.jp/figure.png"))).await;
    send(&client, &with(2, &sha2, Some("https://mist.example.jp/figure.png")), &[(&sha2, CONTENT)]).await.is(StatusCode::OK);
}

#[both_engines]
async fn content_that_has_another_hash_than_it_says_takes_nobodys_place(site: Site) {
    let client = client(&site, "key", None, "1.0.3").await;
    let sha2 = Hash::of(CONTENT).to_string();
    send(&client, &with(1, &sha2, None), &[(&sha2, b"something else")]).await.is(StatusCode::OK);
    send(&client, &with(2, &sha2, None), &[(&sha2, CONTENT)]).await.is(StatusCode::OK);
    for (number, content) in [(1, &b"something else"[..]), (2, CONTENT)] {
        let answer = client.get(&format!("/statements?statementId={}&attachments=true", id(number))).await;
        assert_eq!(parts(&answer).1, [(sha2.clone(), content.to_vec())]);
    }
    assert_eq!(site.objects.size(Hash::of(b"something else")).await.expect("it is kept under its own hash"), 14);
}

#[both_engines]
async fn a_signature_is_of_the_statement_that_it_comes_with(site: Site) {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
    let client = client(&site, "key", None, "2.0.0").await;
    let jws = |payload: &Value, algorithm: &str| {
        let header = json!({ "alg": algorithm });
        format!("{}.{}.{}", B64.encode(header.to_string()), B64.encode(payload.to_string()), B64.encode("signature")).into_bytes()
    };
    for (number, signed, algorithm, status) in [
        (1, statement(1), "RS256", StatusCode::OK),
        (2, statement(3), "RS256", StatusCode::BAD_REQUEST),
        (3, statement(3), "HS256", StatusCode::BAD_REQUEST),
    ] {
        let mut signed = signed;
        if number == 2 {
            signed["verb"]["id"] = json!("http://adlnet.gov/expapi/verbs/answered");
        }
        let content = jws(&signed, algorithm);
        let sha2 = Hash::of(&content).to_string();
        let mut sent = statement(number);
        sent["attachments"] = json!([{
            "usageType": xapi::SIGNATURE, "display": { "en": "Signature" }, "contentType": "application/octet-stream",
            "length": content.len(), "sha2": sha2,
        }]);
        send(&client, &sent, &[(&sha2, &content)]).await.is(status);
    }
}

//! Statements with attachments (xAPI-Communication 1.5).

use serde_json::{Value, json};
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};
use xapi::Version;
use xapi::multipart::{Hashes, Limits, NotMultipart, Outgoing, boundary, read, receive, write};
use xapi::requirement::{self, Requirement};

use crate::sample::small;

const TEXT: &str = "here is a simple attachment";
const SHA2: &str = "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a";
const TYPE: &str = "multipart/mixed; boundary=b";

fn attachment(sha2: &str) -> Value {
    json!({"usageType": "http://example.com/usages/a", "display": {"ja": "あ"}, "contentType": "text/plain", "length": TEXT.len(), "sha2": sha2})
}

fn with_attachments(attachments: &[Value]) -> Value {
    let mut statement = small();
    statement["attachments"] = json!(attachments);
    statement
}

/// A body with the lines as they are said.
fn body(statement: &Value, part: &str) -> Vec<u8> {
    format!("--b\r\nContent-Type: application/json\r\n\r\n{statement}\r\n--b\r\n{part}\r\n--b--\r\n").into_bytes()
}

fn headers() -> String {
    format!("Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {SHA2}\r\n\r\n")
}

fn try_receive(content_type: &str, body: &[u8]) -> Result<usize, (Requirement, String)> {
    let limits = Limits::default();
    receive(content_type, body, Version::V1_0_3, &limits)
        .map(|incoming| incoming.contents.len())
        .map_err(|refused| (refused.requirement, refused.path))
}

fn refused(content_type: &str, body: &[u8], requirement: Requirement) {
    assert_eq!(
        try_receive(content_type, body).map_err(|(requirement, _)| requirement),
        Err(requirement),
        "{}",
        String::from_utf8_lossy(body)
    );
}

#[test]
fn an_attachment_comes_in_a_part_of_its_own() {
    let statement = with_attachments(&[attachment(SHA2)]);
    let good = body(&statement, &format!("{}{TEXT}", headers()));
    let incoming = receive(TYPE, &good, Version::V2_0_0, &Limits::default()).unwrap();
    let content = &incoming.contents[0];
    assert_eq!(
        (content.sha2.as_str(), content.content_type.as_str(), content.bytes, content.is_genuine),
        (SHA2, "text/plain", TEXT.as_bytes(), true)
    );
    assert!(!incoming.batch.is_list);
    // As clients write it: a line before the first boundary, no blank behind colons, no line end at the end, or line feeds alone.
    let other =
        format!("\r\n--b\r\nContent-Type:application/json\r\n\r\n{statement}\r\n--b  \r\n{}{TEXT}\r\n--b--", headers().replace(": ", ":"));
    assert_eq!(try_receive(TYPE, other.as_bytes()), Ok(1));
    assert_eq!(try_receive(TYPE, String::from_utf8(good).unwrap().replace("\r\n", "\n").as_bytes()), Ok(1));
}

#[test]
fn all_four_hashes_are_told_by_their_length() {
    let hashes = [
        hex::encode(Sha224::digest(TEXT)),
        hex::encode(Sha256::digest(TEXT)),
        hex::encode(Sha384::digest(TEXT)),
        hex::encode(Sha512::digest(TEXT)),
        SHA2.to_uppercase(),
    ];
    for sha2 in hashes {
        let statement = with_attachments(&[attachment(&sha2)]);
        let good = body(&statement, &format!("{}{TEXT}", headers().replace(SHA2, &sha2.to_lowercase())));
        assert_eq!(try_receive(TYPE, &good), Ok(1), "{sha2}");
    }
}

#[test]
fn an_attachment_without_a_part_needs_an_address() {
    let statement = with_attachments(&[attachment(SHA2)]).to_string();
    assert_eq!(try_receive("application/json", statement.as_bytes()), Err((requirement::MISSING_PART, "/attachments/0".into())));
    let mut elsewhere = attachment(SHA2);
    elsewhere["fileUrl"] = json!("https://example.com/a.txt");
    let both = with_attachments(&[elsewhere.clone(), attachment(SHA2)]).to_string();
    assert_eq!(try_receive("application/json", both.as_bytes()), Err((requirement::MISSING_PART, "/attachments/1".into())));
    let list = json!([small(), with_attachments(&[attachment(SHA2)])]).to_string();
    assert_eq!(try_receive("application/json", list.as_bytes()), Err((requirement::MISSING_PART, "/1/attachments/0".into())));
    assert_eq!(try_receive("application/json; charset=UTF-8", with_attachments(&[elsewhere]).to_string().as_bytes()), Ok(0));
}

#[test]
fn attachments_of_a_statement_within_count_too() {
    let mut statement = small();
    statement["object"] = json!({
        "objectType": "SubStatement", "actor": {"mbox": "mailto:a@example.jp"}, "verb": {"id": "http://example.com/v"},
        "object": {"id": "http://example.com/a"}, "attachments": [attachment(SHA2)],
    });
    assert_eq!(
        try_receive("application/json", statement.to_string().as_bytes()),
        Err((requirement::MISSING_PART, "/object/attachments/0".into()))
    );
    assert_eq!(try_receive(TYPE, &body(&statement, &format!("{}{TEXT}", headers()))), Ok(1));
}

#[test]
fn one_part_serves_all_attachments_with_its_hash() {
    let statement = with_attachments(&[attachment(SHA2), attachment(SHA2)]);
    assert_eq!(try_receive(TYPE, &body(&statement, &format!("{}{TEXT}", headers()))), Ok(1));
    let twice = format!("{}{TEXT}\r\n--b\r\n{}{TEXT}", headers(), headers());
    assert_eq!(try_receive(TYPE, &body(&statement, &twice)), Ok(1));
}

#[test]
fn a_part_that_no_statement_speaks_of_is_refused() {
    refused(TYPE, &body(&small(), &format!("{}{TEXT}", headers())), requirement::EXCESS_PART);
    let statement = with_attachments(&[attachment(SHA2)]);
    let other = hex::encode(Sha256::digest("x"));
    let more = format!("{}{TEXT}\r\n--b\r\n{}x", headers(), headers().replace(SHA2, &other));
    refused(TYPE, &body(&statement, &more), requirement::EXCESS_PART);
    let split = format!(
        "--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b--",
        small(),
        small()
    );
    refused(TYPE, split.as_bytes(), requirement::PART_HASH);
}

#[test]
fn a_part_says_the_hash_of_its_content_and_that_it_is_binary() {
    let statement = with_attachments(&[attachment(SHA2)]);
    let part = |headers: String, text: &str| body(&statement, &format!("{headers}{text}"));
    refused(TYPE, &part(headers().replace("X-Experience-API-Hash", "X-Hash"), TEXT), requirement::PART_HASH);
    refused(TYPE, &part(headers().replace(SHA2, "abc"), TEXT), requirement::PART_HASH);
    refused(TYPE, &part(headers().replace("binary", "base64"), TEXT), requirement::PART_BINARY);
    refused(TYPE, &part(headers().replace("Content-Transfer-Encoding: binary\r\n", ""), TEXT), requirement::PART_BINARY);
    refused(TYPE, &part(headers(), "here is another attachment"), requirement::PART_HASH);
    let limits = Limits { hashes: Hashes::AsDeclared, ..Limits::default() };
    let body = part(headers(), "here is another attachment");
    assert!(!receive(TYPE, &body, Version::V1_0_3, &limits).unwrap().contents[0].is_genuine, "taken, and told");
}

#[test]
fn the_first_part_is_json_and_holds_the_statements() {
    let statement = with_attachments(&[attachment(SHA2)]);
    let good = String::from_utf8(body(&statement, &format!("{}{TEXT}", headers()))).unwrap();
    refused(TYPE, good.replace("application/json", "text/plain").as_bytes(), requirement::FIRST_PART_JSON);
    refused(TYPE, good.replace("Content-Type: application/json", "X: y").as_bytes(), requirement::FIRST_PART_JSON);
    refused(TYPE, good.replacen("--b\r\n", "", 1).as_bytes(), requirement::FIRST_PART_JSON);
    refused(TYPE, good.replace("\"verb\"", "verb").as_bytes(), requirement::WELL_FORMED);
}

#[test]
fn the_boundary_is_named_and_stands_in_the_body() {
    let statement = with_attachments(&[attachment(SHA2)]);
    let good = body(&statement, &format!("{}{TEXT}", headers()));
    for named in ["multipart/mixed; boundary=\"b\"", "Multipart/Mixed;charset=utf-8; BOUNDARY=b ; x=y", "multipart/mixed;boundary=b"] {
        assert_eq!(try_receive(named, &good), Ok(1), "{named}");
    }
    for none in [
        "multipart/mixed",
        "multipart/mixed;",
        "multipart/mixed; boundary=",
        "multipart/mixed; boundary=\"b",
        "multipart/mixed; boundary=あ",
        "multipart/mixed; boundary",
    ] {
        refused(none, &good, requirement::BOUNDARY_NAMED);
    }
    assert_eq!(boundary(&format!("multipart/mixed; boundary={}", "b".repeat(71))), Err(NotMultipart::NoBoundary));
    assert_eq!(boundary("multipart/mixed; boundary=\"a\\ b\"").as_deref(), Ok("a b"));
    refused("multipart/form-data; boundary=b", &good, requirement::MULTIPART);
    refused("text/plain", &good, requirement::BODY_TYPE);
    refused("", &good, requirement::BODY_TYPE);
    refused("multipart/mixed; boundary=c", &good, requirement::BOUNDARY);
    refused(TYPE, &good[..good.len() - 6], requirement::BOUNDARY);
    refused(TYPE, b"", requirement::BOUNDARY);
    refused(TYPE, b"--b--", requirement::BOUNDARY);
}

#[test]
fn parts_and_their_headers_have_limits() {
    let limits = Limits { parts_max: 3, headers_max: 200, ..Limits::default() };
    let many = |n: usize| format!("{}--b--", "--b\r\nA: b\r\n\r\nx\r\n".repeat(n));
    assert_eq!(read(many(3).as_bytes(), "b", &limits).unwrap().len(), 3);
    assert_eq!(read(many(4).as_bytes(), "b", &limits), Err(NotMultipart::TooManyParts(3)));
    let long = format!("--b\r\nA: {}\r\n\r\nx\r\n--b--", "a".repeat(300));
    assert_eq!(read(long.as_bytes(), "b", &limits), Err(NotMultipart::Headers(0)));
    for headers in ["no colon\r\n\r\nx", " folded\r\n\r\nx", "A: b", "A: \u{ff}\r\nB"] {
        let body = format!("--b\r\n{headers}\r\n--b--");
        assert_eq!(read(body.as_bytes(), "b", &limits), Err(NotMultipart::Headers(0)), "{headers}");
    }
    let folded = read(b"--b\r\nA: b\r\n c\r\n\r\n\r\n--b--", "b", &limits).unwrap();
    assert_eq!((folded[0].header("a"), folded[0].content), (Some("b c"), &b""[..]));
}

#[test]
fn content_may_hold_anything_but_the_boundary_line() {
    let body = b"--b\n\n--bb\r\nx--b\r\n --b\r\n\xff\0\r\n\r\n--b--";
    assert_eq!(read(body, "b", &Limits::default()).unwrap()[0].content, b"--bb\r\nx--b\r\n --b\r\n\xff\0\r\n");
}

#[test]
fn what_is_written_is_read_again() {
    let statement = with_attachments(&[attachment(SHA2)]).to_string();
    let parts = [Outgoing { sha2: SHA2, content_type: "text/plain", content: TEXT.as_bytes() }];
    let (content_type, body) = write(statement.as_bytes(), &parts);
    assert_eq!(try_receive(&content_type, &body), Ok(1));
    let (content_type, body) = write(statement.as_bytes(), &[]);
    assert_eq!(read(&body, &boundary(&content_type).unwrap(), &Limits::default()).unwrap()[0].content, statement.as_bytes());
}

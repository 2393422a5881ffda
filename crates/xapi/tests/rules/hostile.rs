//! What no honest client sends: refused in words, and without a panic.

use serde_json::json;
use xapi::multipart::{Limits, receive};
use xapi::requirement::{self, Requirement};
use xapi::{Statement, Version};

use crate::sample::small;

/// The small statement with this text as an extension of its result.
fn with_extension(json: &str) -> String {
    let mut statement = small();
    statement["result"] = json!({"extensions": {"http://example.com/x": "HERE"}});
    statement.to_string().replace("\"HERE\"", json)
}

fn refused(text: &str, requirement: Requirement, path: &str) {
    for bytes in [text.to_owned(), format!("[{text}]")] {
        let within = if bytes.starts_with('[') { "/0" } else { "" };
        let refused = Statement::parse_batch(bytes.as_bytes(), Version::V2_0_0, 10).unwrap_err();
        assert_eq!((refused.requirement, refused.path), (requirement, format!("{within}{path}")), "{}", &text[..text.len().min(200)]);
    }
}

const AT: &str = "/result/extensions/http:~1~1example.com~1x";

#[test]
fn what_lies_too_deep_is_refused_and_what_lies_deep_is_kept() {
    let deep = |n: usize| with_extension(&format!("{}{}", "[".repeat(n), "]".repeat(n)));
    assert!(Statement::parse(deep(80).as_bytes(), Version::V1_0_3).is_ok());
    for n in [100, 10_000, 1_000_000] {
        let refused = Statement::parse(deep(n).as_bytes(), Version::V1_0_3).unwrap_err();
        assert_eq!(refused.requirement, requirement::LIMIT);
        assert!(refused.path.starts_with(AT));
    }
    assert!(Statement::parse("{\"object\":".repeat(500_000).as_bytes(), Version::V1_0_3).is_err());
    let within = (0..40).fold(small().to_string(), |inner, _| format!("{{\"objectType\":\"SubStatement\",\"actor\":{{\"mbox\":\"mailto:a@example.jp\"}},\"verb\":{{\"id\":\"http://example.com/v\"}},\"object\":{inner}}}"));
    let mut statement = small();
    statement["object"] = serde_json::from_str(&within).unwrap();
    refused(&statement.to_string(), requirement::SUB_NESTED, "/object/object");
}

#[test]
fn a_key_that_comes_twice_is_refused_even_in_extensions() {
    refused(
        &small().to_string().replacen(
            '{',
            "{\"id\":\"fd41c918-b88b-4b20-a0a5-a4c32391aaa0\",\"id\":\"fd41c918-b88b-4b20-a0a5-a4c32391aaa1\",",
            1,
        ),
        requirement::ONCE,
        "/id",
    );
    refused(&small().to_string().replace("\"mbox\":", "\"mbox\":\"mailto:a@example.jp\",\"mbox\":"), requirement::ONCE, "/actor/mbox");
    refused(
        &small().to_string().replace("\"mbox\":", "\"mbox\":\"mailto:a@example.jp\",\"\\u006dbox\":"),
        requirement::ONCE,
        "/actor/mbox",
    );
    refused(&with_extension(r#"{"a":1,"a":1}"#), requirement::ONCE, &format!("{AT}/a"));
}

#[test]
fn texts_that_are_no_unicode_are_refused() {
    for half in [r#""\ud800""#, r#""\udfff\ud800""#, r#"{"\ud83d":1}"#] {
        let refused = Statement::parse(with_extension(half).as_bytes(), Version::V1_0_3).unwrap_err();
        assert_eq!(refused.requirement, requirement::ENCODING, "{half}");
    }
    let mut bytes = small().to_string().into_bytes();
    let at = bytes.iter().position(|byte| *byte == b'@').unwrap();
    bytes[at - 1] = 0xff;
    assert_eq!(Statement::parse(&bytes, Version::V1_0_3).unwrap_err().requirement, requirement::ENCODING);
}

#[test]
fn numbers_beyond_every_range_are_kept_as_text_and_scored_by_nobody() {
    for number in ["1e999", "-1e-999", "123456789012345678901234567890.5e-7", "-0"] {
        let kept = Statement::parse(with_extension(number).as_bytes(), Version::V1_0_3).unwrap();
        assert!(kept.json().to_string().contains(number), "{number}");
        assert!(kept.same_as(&kept));
    }
    let score = |number: &str| {
        let mut statement = small();
        statement["result"] = json!({"score": {"raw": "HERE"}});
        statement.to_string().replace("\"HERE\"", number)
    };
    refused(&score("1e999"), requirement::SCORE_RAW, "/result/score/raw");
    refused(&score("-1e999"), requirement::SCORE_RAW, "/result/score/raw");
    for number in ["1".repeat(1000), "1e99999999999999999999999".to_owned()] {
        let refused = Statement::parse(score(&number).as_bytes(), Version::V1_0_3).unwrap_err();
        assert_eq!(refused.requirement, requirement::LIMIT);
    }
    let mut length = small();
    length["attachments"] = json!([{
        "usageType": "http://example.com/u", "display": {"en": "a"}, "contentType": "a/b", "sha2": "0".repeat(64), "length": "HERE",
    }]);
    for number in ["-1", "1.5", "1e30", "1e999999999999999999"] {
        refused(&length.to_string().replace("\"HERE\"", number), requirement::LENGTH, "/attachments/0/length");
    }
}

#[test]
fn crowds_are_answered_in_time() {
    let mut statement = small();
    statement["actor"] = json!({"objectType": "Group", "member": (0..20_000).map(|n| json!({"mbox": format!("mailto:a{n}@example.jp")})).collect::<Vec<_>>()});
    let many = Statement::parse(statement.to_string().as_bytes(), Version::V2_0_0).unwrap();
    assert!(many.same_as(&many));
    assert_eq!(xapi::Index::of(&many).agents.len(), 20_000);
    let keys: serde_json::Map<_, _> = (0..20_000).map(|n| (format!("http://example.com/{n}"), json!(n))).collect();
    let mut statement = small();
    statement["result"] = json!({"extensions": keys});
    assert!(Statement::parse(statement.to_string().as_bytes(), Version::V2_0_0).is_ok());
    let mut statement = small();
    let components: Vec<_> = (0..20_000).map(|n| json!({"id": n.to_string()})).collect();
    statement["object"]["definition"] = json!({"interactionType": "choice", "choices": components});
    assert!(Statement::parse(statement.to_string().as_bytes(), Version::V2_0_0).is_ok());
    let body = "--b\r\n\r\n".repeat(200_000);
    assert!(receive("multipart/mixed; boundary=b", body.as_bytes(), Version::V2_0_0, &Limits::default()).is_err());
    let body = "-".repeat(3_000_000);
    assert!(
        receive(&format!("multipart/mixed; boundary={}", "-".repeat(70)), body.as_bytes(), Version::V2_0_0, &Limits::default()).is_err()
    );
}

#[test]
fn no_header_is_slipped_into_an_answer() {
    for content_type in ["text/plain\r\nSet-Cookie: a=b", "text/plain; a=b\r\nSet-Cookie: a=b", "text/plain; a=b\n"] {
        let mut statement = small();
        statement["attachments"] = json!([{
            "usageType": "http://example.com/u", "display": {"en": "a"}, "contentType": content_type, "sha2": "0".repeat(64), "length": 1,
        }]);
        refused(&statement.to_string(), requirement::CONTENT_TYPE, "/attachments/0/contentType");
    }
}

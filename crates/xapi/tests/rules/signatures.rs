//! Signed statements (xAPI-Data 2.6). The files of `tests/signed` were made once with keys that nobody has any more.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use xapi::signature::{Checked, NotSigned, check};
use xapi::{Statement, Version};

const STATEMENT: &str = include_str!("../signed/statement.json");
const RS256: &str = include_str!("../signed/rs256.jws");

fn statement() -> Statement {
    Statement::parse(STATEMENT.as_bytes(), Version::V1_0_3).unwrap()
}

/// A JWS with this header and payload and some signature.
fn unsigned(header: &Value, payload: &str) -> String {
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    format!("{}.{}.{}", part(header.to_string().as_bytes()), part(payload.as_bytes()), part(b"signature"))
}

#[test]
fn three_algorithms_hold_against_the_certificate_that_comes_with_them() {
    for jws in [RS256, include_str!("../signed/rs384.jws"), include_str!("../signed/rs512.jws")] {
        assert_eq!(check(&statement(), jws.as_bytes()), Ok(Checked::ByCertificate));
    }
    assert_eq!(check(&statement(), include_bytes!("../signed/no-certificate.jws")), Ok(Checked::FormAlone));
    assert_eq!(check(&statement(), format!("{RS256}\r\n").as_bytes()), Ok(Checked::ByCertificate));
}

#[test]
fn the_signed_statement_is_compared_and_not_its_bytes() {
    let checked = |value: &Value| check(&Statement::parse(value.to_string().as_bytes(), Version::V1_0_3).unwrap(), RS256.as_bytes());
    let mut later: Value = serde_json::from_str(STATEMENT).unwrap();
    later["stored"] = json!("2026-11-27T00:00:00Z");
    later["authority"] = json!({"mbox": "mailto:lrs@example.jp"});
    later["timestamp"] = json!("2026-11-26T00:30:00.123Z");
    assert_eq!(checked(&later), Ok(Checked::ByCertificate));
    later["actor"]["mbox"] = json!("mailto:hanako@example.jp");
    assert_eq!(checked(&later), Err(NotSigned::OtherStatement));
}

#[test]
fn another_algorithm_is_refused() {
    for header in [
        json!({"alg": "HS256"}),
        json!({"alg": "none"}),
        json!({"alg": "rs256"}),
        json!({"alg": 1}),
        json!({}),
        json!({"alg": "RS256", "crit": ["b64"], "b64": false}),
    ] {
        assert_eq!(check(&statement(), unsigned(&header, STATEMENT).as_bytes()), Err(NotSigned::Algorithm), "{header}");
    }
}

#[test]
fn what_is_signed_has_to_be_a_statement() {
    let header = json!({"alg": "RS256"});
    assert_eq!(check(&statement(), unsigned(&header, STATEMENT).as_bytes()), Ok(Checked::FormAlone));
    for payload in ["", "{}", "[]", "null", &STATEMENT.replacen('"', "'", 1), &STATEMENT.replace("attended", "missed")] {
        assert_eq!(check(&statement(), unsigned(&header, payload).as_bytes()), Err(NotSigned::OtherStatement), "{payload}");
    }
}

#[test]
fn what_is_no_jws_is_refused() {
    let two = RS256.rsplit_once('.').unwrap().0;
    for wrong in ["", ".", "..", "a.b", "a.b.c", two, &format!("{two}."), &format!("{RS256}.x"), &RS256.replace('.', "!"), "e30=.e30=.e30="]
    {
        assert_eq!(check(&statement(), wrong.as_bytes()), Err(NotSigned::Shape), "{wrong}");
    }
    assert_eq!(check(&statement(), b"\xff.\xff.\xff"), Err(NotSigned::Shape));
    assert_eq!(check(&statement(), unsigned(&json!([]), STATEMENT).as_bytes()), Err(NotSigned::Shape));
}

#[test]
fn a_signature_of_another_key_does_not_hold() {
    for jws in [
        &include_bytes!("../signed/other-key.jws")[..],
        include_bytes!("../signed/other-hash.jws"),
        include_bytes!("../signed/short-key.jws"),
    ] {
        assert_eq!(check(&statement(), jws), Err(NotSigned::DoesNotHold));
    }
    let (signed, signature) = RS256.rsplit_once('.').unwrap();
    let mut bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
    bytes[17] ^= 1;
    let turned = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(bytes));
    assert_eq!(check(&statement(), turned.as_bytes()), Err(NotSigned::DoesNotHold));
}

#[test]
fn a_certificate_that_cannot_be_read_is_refused() {
    assert_eq!(check(&statement(), include_bytes!("../signed/elliptic.jws")), Err(NotSigned::Certificate));
    for x5c in [json!([]), json!(1), json!([1]), json!(["?"]), json!([""]), json!(["MIIB"]), json!(["MIT/////"])] {
        let jws = unsigned(&json!({"alg": "RS256", "x5c": x5c}), STATEMENT);
        assert_eq!(check(&statement(), jws.as_bytes()), Err(NotSigned::Certificate), "{x5c}");
    }
    // Every beginning of a real one, and every byte of it turned, is refused or does not hold, without a panic.
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(RS256.split('.').next().unwrap()).unwrap()).unwrap();
    let standard = base64::engine::general_purpose::STANDARD;
    let certificate = standard.decode(header["x5c"][0].as_str().unwrap()).unwrap();
    for n in 0..certificate.len().min(320) {
        let mut turned = certificate.clone();
        turned[n] ^= 0x80;
        for bytes in [&certificate[..n], &turned] {
            let jws = unsigned(&json!({"alg": "RS256", "x5c": [standard.encode(bytes)]}), STATEMENT);
            assert!(check(&statement(), jws.as_bytes()).is_err());
        }
    }
}

#[test]
fn a_signature_comes_as_bytes_with_its_statement() {
    let sha2 = hex::encode(Sha256::digest(RS256));
    let body = |content_type: &str, jws: Option<&str>| {
        let mut value: Value = serde_json::from_str(STATEMENT).unwrap();
        value["attachments"] = json!([{
            "usageType": xapi::SIGNATURE, "display": {"ja": "署名"}, "contentType": content_type, "length": RS256.len(), "sha2": sha2,
            "fileUrl": "https://example.com/signature",
        }]);
        let sha2 = jws.map(|jws| hex::encode(Sha256::digest(jws))).unwrap_or_default();
        let parts: Vec<_> = jws
            .iter()
            .map(|jws| xapi::multipart::Outgoing { sha2: &sha2, content_type: "application/octet-stream", content: jws.as_bytes() })
            .collect();
        xapi::multipart::write(value.to_string().as_bytes(), &parts)
    };
    let receive = |(header, body): (String, Vec<u8>)| {
        let limits = xapi::multipart::Limits::default();
        xapi::multipart::receive(&header, &body, Version::V1_0_3, &limits)
            .map(|_| ())
            .map_err(|refused| (refused.requirement, refused.path))
    };
    let at = || "/attachments/0".to_owned();
    assert_eq!(receive(body("application/octet-stream", Some(RS256))), Ok(()));
    assert_eq!(receive(body("text/plain; charset=ascii", Some(RS256))), Err((xapi::requirement::SIGNATURE, at())));
    assert_eq!(receive(body("application/octet-stream", None)), Err((xapi::requirement::SIGNATURE, at())), "an address is not enough");
}

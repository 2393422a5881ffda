//! Merging of documents of states and profiles (xAPI-Communication 2.2.s4).

use std::collections::HashMap;

use crate::Json;
use crate::json::Object;
use crate::refusal::{Problem, Refusal};
use crate::requirement::{self, Requirement};

/// Whether a content type is JSON's, with parameters or without.
pub fn is_json(content_type: &str) -> bool {
    content_type.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

/// What is said to be JSON has to be JSON, whatever kind of value (XAPI-00235, XAPI-00284, XAPI-00314). Other types are free.
pub fn check(content_type: &str, bytes: &[u8]) -> Result<(), Refusal> {
    if is_json(content_type) {
        Json::parse(bytes)?;
    }
    Ok(())
}

/// What a POST makes of a document that is there: the keys of the new one are put into the old one, one level deep, and nothing
/// is merged further down. Both have to be JSON objects that say so.
pub fn merge(old: (&str, &[u8]), new: (&str, &[u8])) -> Result<Vec<u8>, Refusal> {
    for (content_type, _) in [old, new] {
        if !is_json(content_type) {
            let problem = Problem::NotOneOf { sent: content_type.to_owned(), allowed: "application/json" };
            return Err(refusal(requirement::DOCUMENT_TYPE, problem));
        }
    }
    let (old, new) = (object(old.1)?, object(new.1)?);
    // Looked up once each: documents have as many keys as their authors like.
    let mut later: HashMap<String, Json> = new.iter().map(|(key, value)| (key.to_owned(), value.clone())).collect();
    let mut merged: Vec<(String, Json)> =
        old.into_iter().map(|(key, value)| later.remove(&key).map_or((key.clone(), value), |value| (key, value))).collect();
    merged.extend(new.into_iter().filter(|(key, _)| later.contains_key(key)));
    Ok(Json::Object(Object::of_unique(merged)).to_string().into_bytes())
}

/// A document that can be merged.
fn object(bytes: &[u8]) -> Result<Object, Refusal> {
    match Json::parse(bytes)? {
        Json::Object(object) => Ok(object),
        _ => Err(refusal(requirement::DOCUMENT_OBJECT, Problem::WrongType("an object"))),
    }
}

fn refusal(requirement: Requirement, problem: Problem) -> Refusal {
    Refusal { requirement, path: String::new(), problem }
}

#[cfg(test)]
mod tests {
    use super::{check, is_json, merge};
    use crate::requirement;

    const JSON: &str = "application/json; charset=utf-8";

    #[test]
    fn documents_are_merged_one_level_deep() {
        let merged = merge((JSON, br#"{"a":1,"b":{"x":1},"c":2.50}"#), (JSON, br#"{"d":4,"b":{"y":2}}"#)).unwrap();
        assert_eq!(String::from_utf8(merged).unwrap(), r#"{"a":1,"b":{"y":2},"c":2.50,"d":4}"#);
    }

    #[test]
    fn only_objects_of_json_are_merged() {
        for (old, new) in [("[]", "{}"), ("{}", "[]"), ("1", "{}"), ("{}", "null")] {
            let refused = merge((JSON, old.as_bytes()), (JSON, new.as_bytes())).unwrap_err();
            assert_eq!(refused.requirement, requirement::DOCUMENT_OBJECT, "{old} {new}");
        }
        assert_eq!(merge((JSON, b"{}"), ("text/plain", b"{}")).unwrap_err().requirement, requirement::DOCUMENT_TYPE);
        assert_eq!(merge(("text/plain", b"{}"), (JSON, b"{}")).unwrap_err().requirement, requirement::DOCUMENT_TYPE);
        assert_eq!(merge((JSON, b"{}"), (JSON, b"{")).unwrap_err().requirement, requirement::WELL_FORMED);
        assert!(is_json("Application/JSON") && !is_json("application/json2") && !is_json(""));
    }

    #[test]
    fn what_is_said_to_be_json_has_to_be_json() {
        assert!(check(JSON, b"[1]").is_ok() && check("text/plain", b"{").is_ok());
        assert_eq!(check(JSON, b"{").unwrap_err().requirement, requirement::WELL_FORMED);
    }

    #[test]
    fn a_document_of_many_keys_is_merged_in_time() {
        let many = |from: usize| format!("{{{}}}", (from..from + 50_000).map(|n| format!("\"k{n}\":{n}")).collect::<Vec<_>>().join(","));
        let merged = merge((JSON, many(0).as_bytes()), (JSON, many(25_000).as_bytes())).unwrap();
        assert_eq!(crate::Json::parse(&merged).unwrap().as_object().unwrap().len(), 75_000);
    }
}

//! Every place of every kind of statement, broken in every way that its type allows: each is refused, at that place.

use crate::sample::{VERSIONS, check, full, objects};
use serde_json::{Map, Value, json};
use xapi::Version;
use xapi::requirement::{KEY, KEY_CASE, NULL};

/// Where the values begin that nobody looks into, and the maps whose keys are free.
fn is_extension(path: &str) -> bool {
    path.ends_with("/extensions")
}

fn is_language_map(path: &str) -> bool {
    path.ends_with("/display") || path.ends_with("/description") || path.ends_with("/definition/name")
}

/// All places of a statement, extensions left out.
fn places(value: &Value, path: &str, found: &mut Vec<String>) {
    found.push(path.to_owned());
    match value {
        _ if is_extension(path) => {}
        Value::Object(map) => map.iter().for_each(|(key, value)| places(value, &format!("{path}/{key}"), found)),
        Value::Array(items) => items.iter().enumerate().for_each(|(n, value)| places(value, &format!("{path}/{n}"), found)),
        _ => {}
    }
}

fn every_place(version: Version) -> Vec<(String, Value, Vec<String>)> {
    let with_places = |(name, object): (&str, Value)| {
        let statement = full(&object, version);
        let mut found = Vec::new();
        places(&statement, "", &mut found);
        // Around an interaction stands the same as around any activity, which is tried as a whole.
        let is_interaction = statement.pointer("/object/definition/interactionType").is_some();
        found.retain(|path| !is_interaction || path.starts_with("/object/definition"));
        (name.to_owned(), statement, found)
    };
    objects(version).into_iter().map(with_places).collect()
}

/// The statement with another value at this place.
fn with(statement: &Value, path: &str, value: Value) -> Value {
    let mut broken = statement.clone();
    *broken.pointer_mut(path).unwrap() = value;
    broken
}

fn refused_at(statement: &Value, version: Version, path: &str, what: &str) -> xapi::Refusal {
    match check(statement, version) {
        Err(refused) => {
            assert_eq!(refused.path, path, "{version}: {what}: {refused}");
            assert!(!refused.problem.to_string().is_empty());
            refused
        }
        Ok(_) => panic!("{version}: {what} was taken at {path}"),
    }
}

#[test]
fn whole_statements_are_taken() {
    for version in VERSIONS {
        for (name, object) in objects(version) {
            if let Err(refused) = check(&full(&object, version), version) {
                panic!("{version}: {name}: {refused}");
            }
        }
    }
}

#[test]
fn null_is_refused_everywhere_but_in_extensions() {
    let mut tried = 0;
    for version in VERSIONS {
        for (name, statement, places) in every_place(version) {
            for path in places {
                let broken = if path.is_empty() { Value::Null } else { with(&statement, &path, Value::Null) };
                let refused = refused_at(&broken, version, &path, &format!("{name}: null"));
                assert_eq!(refused.requirement, NULL, "{name} {path}: {refused}");
                tried += 1;
            }
        }
    }
    assert!(tried > 1800, "{tried}");
}

#[test]
fn a_value_of_another_type_is_refused_at_its_place() {
    let others = [json!("should fail"), json!(12345), json!(true), json!([]), json!({})];
    let mut tried = 0;
    for version in VERSIONS {
        for (name, statement, places) in every_place(version) {
            for path in places.iter().filter(|path| !path.is_empty()) {
                let here = statement.pointer(path).unwrap();
                for other in &others {
                    // An activity may stand alone or in a list.
                    let either = path.rsplit_once('/').is_some_and(|(above, _)| above.ends_with("/contextActivities"));
                    let lists = here.is_array() || here.is_object();
                    if std::mem::discriminant(here) == std::mem::discriminant(other)
                        || (either && lists && (other.is_array() || other.is_object()))
                    {
                        continue;
                    }
                    refused_at(&with(&statement, path, other.clone()), version, path, &format!("{name}: {other}"));
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 7000, "{tried}");
}

#[test]
fn numbers_and_booleans_in_texts_are_refused() {
    for version in VERSIONS {
        for (_, statement, places) in every_place(version) {
            for path in places {
                let here = statement.pointer(&path).unwrap();
                if here.is_number() || here.is_boolean() {
                    refused_at(&with(&statement, &path, json!(here.to_string())), version, &path, "a text of it");
                }
            }
        }
    }
}

#[test]
fn a_key_that_the_specification_does_not_have_is_refused() {
    let mut tried = 0;
    for version in VERSIONS {
        for (name, statement, places) in every_place(version) {
            for path in places {
                let Some(Value::Object(map)) = statement.pointer(&path) else { continue };
                if is_extension(&path) || is_language_map(&path) {
                    continue;
                }
                let mut more = map.clone();
                more.insert("surprise".into(), json!("x"));
                let broken = if path.is_empty() { json!(more) } else { with(&statement, &path, json!(more)) };
                let refused = refused_at(&broken, version, &format!("{path}/surprise"), &name);
                assert!(refused.requirement == KEY || path.ends_with("/contextActivities"), "{refused}");
                tried += 1;
            }
        }
    }
    assert!(tried > 400, "{tried}");
}

#[test]
fn a_key_in_other_capitals_is_refused() {
    let mut tried = 0;
    for version in VERSIONS {
        for (name, statement, places) in every_place(version) {
            for path in places {
                let Some(Value::Object(map)) = statement.pointer(&path) else { continue };
                if is_extension(&path) || is_language_map(&path) {
                    continue;
                }
                for key in map.keys() {
                    let other = format!("{}{}", key[..1].to_uppercase(), &key[1..]);
                    let renamed: Map<String, Value> = map
                        .iter()
                        .map(|(there, value)| (if there == key { other.clone() } else { there.clone() }, value.clone()))
                        .collect();
                    let broken = if path.is_empty() { json!(renamed) } else { with(&statement, &path, json!(renamed)) };
                    let refused = check(&broken, version).unwrap_err();
                    // Without its type it may be taken for something else, which then has keys that it should not have.
                    if key == "objectType" {
                        assert!(refused.path.starts_with(&path), "{name}: {refused}");
                    } else {
                        assert_eq!(refused.path, format!("{path}/{other}"), "{name}: {refused}");
                        assert!(refused.requirement == KEY_CASE || path.ends_with("/contextActivities"), "{refused}");
                    }
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 1500, "{tried}");
}

#[test]
fn a_key_that_has_to_be_there_is_missed() {
    let lists = ["/contextActivities/", "/choices/", "/scale/", "/source/", "/target/", "/steps/"];
    let needed = |path: &str, map: &Map<String, Value>| -> Vec<&'static str> {
        let kind = map.get("objectType").and_then(Value::as_str);
        let listed = lists.iter().any(|list| path.contains(list)) && map.contains_key("id");
        if path.is_empty() || kind == Some("SubStatement") {
            vec!["actor", "verb", "object"]
        } else if path.ends_with("/verb") || kind == Some("Activity") || listed {
            vec!["id"]
        } else if kind == Some("StatementRef") {
            vec!["objectType", "id"]
        } else if map.contains_key("usageType") {
            vec!["usageType", "display", "contentType", "length", "sha2"]
        } else if path.ends_with("/account") {
            vec!["homePage", "name"]
        } else if kind == Some("contextAgent") {
            vec!["objectType", "agent"]
        } else if kind == Some("contextGroup") {
            vec!["objectType", "group"]
        } else if map.contains_key("interactionType") {
            vec!["interactionType"]
        } else {
            vec![]
        }
    };
    let mut tried = 0;
    for version in VERSIONS {
        for (name, statement, places) in every_place(version) {
            for path in places {
                let Some(Value::Object(map)) = statement.pointer(&path) else { continue };
                for key in needed(&path, map) {
                    let mut less = map.clone();
                    less.remove(key);
                    let broken = if path.is_empty() { json!(less) } else { with(&statement, &path, json!(less)) };
                    // A reference as an object without its type is an activity, whose id is no IRI.
                    let where_else = key == "objectType" && path.ends_with("/object");
                    let at = if where_else { format!("{path}/id") } else { path.clone() };
                    refused_at(&broken, version, &at, &format!("{name} without {key}"));
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 300, "{tried}");
}

#[test]
fn a_text_of_another_format_is_refused_at_its_place() {
    let iris = json!(["", "should fail", "ab=c://should.fail.com", "/relative", "http://example.com/a b"]);
    let uuids = json!(["", "should fail", "AA97B177-9383-4934-8543-0F91A7A028368", "MA97B177-9383-4934-8543-0F91A7A02836"]);
    let moments = json!([
        "",
        "should fail",
        "01/011/2015",
        "2008-09-15T15:53:00.601-00:00",
        "2008-09-15T15:53:00.601-0000",
        "2008-09-15T15:53:00.601-00"
    ]);
    let bad = |path: &str, version: Version, statement: &Value| -> Value {
        let (above, key) = path.rsplit_once('/').unwrap_or(("", path));
        let of_reference = statement.pointer(above).and_then(|it| it.get("objectType")).is_some_and(|kind| kind == "StatementRef");
        let component = ["choices", "scale", "source", "target", "steps"].iter().any(|list| above.contains(&format!("/{list}/")));
        match key {
            "registration" => uuids.clone(),
            "id" if above.is_empty() || of_reference => uuids.clone(),
            "id" if component => json!([]),
            "id" | "type" | "moreInfo" | "usageType" | "fileUrl" | "homePage" | "openid" => iris.clone(),
            "timestamp" | "stored" => moments.clone(),
            "duration" => json!(["", "should fail", "PA1H0M0S", "P4W1D"]),
            "mbox" => json!(["", "taro@example.jp", "mailto:should.fail.com", "http://example.com"]),
            "mbox_sha1sum" => json!(["", "cd9b00a5611f94eaa7b1661edab976068e36497", "zd9b00a5611f94eaa7b1661edab976068e364975"]),
            "sha2" => json!(["", "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848", "z".repeat(64)]),
            "contentType" => json!(["", "text", "text/", "/plain", "text plain/x", "text/plain\r\nX: y", "text/plain; a=b\r\nX: y"]),
            "language" => json!(["", "a12345", "de-419-DE", "日本語"]),
            "version" => json!(["", "should fail", "0.9.9", "1.1.0", if version == Version::V1_0_3 { "2.0.0" } else { "3.0.0" }]),
            "interactionType" => json!(["", "true-faLse", "Choice", "should fail"]),
            "objectType" => json!(["", "agent", "group", "activity", "statementref", "substatement", "ContextAgent", "Person"]),
            _ if above.ends_with("/relevantTypes") => iris.clone(),
            _ => json!([]),
        }
    };
    let mut tried = 0;
    for version in VERSIONS {
        for (name, statement, places) in every_place(version) {
            for path in places {
                for value in bad(&path, version, &statement).as_array().unwrap() {
                    refused_at(&with(&statement, &path, value.clone()), version, &path, &format!("{name}: {value}"));
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 3500, "{tried}");
}

#[test]
fn language_maps_are_not_empty_and_have_tags_as_keys() {
    for version in VERSIONS {
        for (name, statement, places) in every_place(version) {
            for path in places.into_iter().filter(|path| is_language_map(path)) {
                refused_at(&with(&statement, &path, json!({})), version, &path, &name);
                for tag in ["a12345", "de-419-DE", ""] {
                    refused_at(&with(&statement, &path, json!({"en": "a", tag: "b"})), version, &format!("{path}/{tag}"), &name);
                }
            }
        }
    }
}

#[test]
fn the_keys_of_extensions_are_iris_and_their_values_are_free() {
    for version in VERSIONS {
        for (name, statement, places) in every_place(version) {
            for path in places.into_iter().filter(|path| is_extension(path)) {
                refused_at(&with(&statement, &path, json!({"should fail": true})), version, &format!("{path}/should fail"), &name);
                for value in [json!({}), json!({"http://example.com/a": null}), json!({"http://example.com/a": {"Key": [{}, "", null]}})] {
                    assert!(check(&with(&statement, &path, value), version).is_ok(), "{name} {path}");
                }
            }
        }
    }
}

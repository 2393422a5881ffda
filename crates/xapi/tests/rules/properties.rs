//! What holds for whatever is sent.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use xapi::multipart::{Limits, Outgoing, boundary, read, receive, write};
use xapi::{Duration, Format, Json, Languages, NothingKnown, Statement, Timestamp, Version};

use crate::sample::{VERSIONS, full, objects, small, statement};

/// JSON of every shape, with numbers that both readers keep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(|number: f64| json!(number)),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![vec(inner.clone(), 0..6).prop_map(Value::from), btree_map(any::<String>(), inner, 0..6).prop_map(|map| json!(map))]
    })
}

/// A whole statement about some object, with its keys turned around as often as asked.
fn any_statement() -> impl Strategy<Value = Value> {
    (any::<bool>(), any::<Index>()).prop_map(|(second, index)| {
        let version = if second { Version::V2_0_0 } else { Version::V1_0_3 };
        full(&index.get(&objects(version)).1, version)
    })
}

fn json_of(value: &Value) -> Json {
    Json::parse(value.to_string().as_bytes()).unwrap()
}

/// The same with the keys of all objects in another order.
fn turned(json: &Json) -> Json {
    match json {
        Json::Array(items) => Json::Array(items.iter().map(turned).collect()),
        Json::Object(object) => {
            let mut pairs: Vec<_> = object.iter().map(|(key, value)| (key.to_owned(), turned(value))).collect();
            pairs.reverse();
            Json::Object(pairs.into_iter().collect())
        }
        other => other.clone(),
    }
}

/// Every list of members of a statement in another order.
fn with_members_turned(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                with_members_turned(value);
                if let (true, Value::Array(items)) = (key == "member", value) {
                    items.rotate_left(1);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(with_members_turned),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn json_is_read_as_another_reader_reads_it_and_written_as_it_was(value in any_json()) {
        let text = value.to_string();
        let read = Json::parse(text.as_bytes()).unwrap();
        let other = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        prop_assert_eq!(other(&read.to_string()), other(&text));
        prop_assert_eq!(Json::parse(read.to_string().as_bytes()).unwrap(), read);
    }

    #[test]
    fn what_another_reader_refuses_is_refused(text in "[\\[\\]{}:,\"\\\\a0-9.eE+-unltrfs ]{0,24}") {
        if serde_json::from_str::<Value>(&text).is_err() {
            // Only a number that is no double is refused there and kept here.
            prop_assert!(Json::parse(text.as_bytes()).is_err() || text.contains(['e', 'E']), "{}", text);
        }
    }

    #[test]
    fn bytes_of_any_kind_are_answered(bytes in vec(any::<u8>(), 0..200), text in any::<String>()) {
        let _ = Json::parse(&bytes);
        let _ = Statement::parse(&bytes, Version::V1_0_3);
        let _ = read(&bytes, "b", &Limits::default());
        let _ = boundary(&text);
        let _ = receive(&text, &bytes, Version::V2_0_0, &Limits::default());
        let _ = xapi::alternate::read(&text, &bytes);
        let _ = xapi::document::merge((&text, &bytes), ("application/json", &bytes));
        let _ = xapi::signature::check(&statement(&small()), &bytes);
        let _ = xapi::check_iri(&text);
        let _ = xapi::parse_uuid(&text);
        let _ = xapi::is_tag(&text);
        let _ = Version::of_header(&text);
        let _ = Languages::of_header(&text).choose(&["ja", &text]);
        for version in VERSIONS {
            let _ = Timestamp::parse(&text, version);
        }
        let _ = Duration::parse(&text).map(Duration::comparable);
    }

    #[test]
    fn every_duration_of_iso_8601_is_taken(date in vec(0_u32..5000, 3), time in vec(0_u32..5000, 3), hundredths in 0_u32..1000, which in 1_usize..64) {
        let has = |bit: usize| which & bit != 0;
        let part = |bit: usize, value: String| if has(bit) { value } else { String::new() };
        let days = [(1, "Y"), (2, "M"), (4, "D")].iter().zip(&date).map(|((bit, letter), n)| part(*bit, format!("{n}{letter}"))).collect::<String>();
        let hours = [(8, "H"), (16, "M")].iter().zip(&time).map(|((bit, letter), n)| part(*bit, format!("{n}{letter}"))).collect::<String>();
        let seconds = part(32, format!("{}.{hundredths}S", time[2]));
        let text = format!("P{days}{}{hours}{seconds}", if which >> 3 == 0 { "" } else { "T" });
        let comparable = Duration::parse(&text).unwrap().comparable();
        prop_assert_eq!(Duration::parse(&comparable).unwrap().comparable(), comparable);
    }

    #[test]
    fn a_moment_is_the_same_in_every_zone_and_is_read_as_it_is_written(seconds in -60_000_000_000_i64..250_000_000_000, micros in 0_i64..1_000_000, minutes in -1439_i32..1440) {
        let moment = jiff::Timestamp::from_microsecond(seconds * 1_000_000 + micros).unwrap();
        let here = jiff::tz::Offset::from_seconds(minutes * 60).unwrap().to_datetime(moment);
        let sign = if minutes < 0 { '-' } else { '+' };
        let zoned = format!("{here:.6}{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60);
        for version in VERSIONS {
            prop_assert_eq!(Timestamp::parse(&zoned, version).map(Timestamp::instant), Ok(moment), "{}", &zoned);
            prop_assert_eq!(Timestamp::parse(&Timestamp::write(moment), version).map(Timestamp::instant), Ok(moment));
        }
        let basic = zoned.replace(['-', ':'], "");
        if minutes >= 0 {
            prop_assert_eq!(Timestamp::parse(&basic, Version::V1_0_3).map(Timestamp::instant), Ok(moment), "{}", &basic);
        }
    }

    #[test]
    fn every_statement_is_the_same_as_itself_in_any_order_of_keys_and_members(value in any_statement()) {
        let one = statement(&value);
        prop_assert!(one.same_as(&one));
        let other = Statement::of(turned(&json_of(&value)), Version::V2_0_0).unwrap();
        prop_assert!(one.same_as(&other) && other.same_as(&one));
        let mut members = value.clone();
        with_members_turned(&mut members);
        prop_assert!(one.same_as(&statement(&members)));
    }

    #[test]
    fn sameness_goes_both_ways(one in any_statement(), two in any_statement(), name in any::<String>()) {
        let (a, b) = (statement(&one), statement(&two));
        prop_assert_eq!(a.same_as(&b), b.same_as(&a));
        let mut renamed = one;
        renamed["actor"]["name"] = json!(name);
        let c = statement(&renamed);
        prop_assert_eq!(a.same_as(&c), c.same_as(&a));
        prop_assert_eq!(a.same_as(&c), name == "見本 花子");
    }

    #[test]
    fn a_form_that_is_applied_twice_is_as_applied_once(value in any_statement(), languages in "(ja|en|fr|\\*)(, ?(ja|en|en-US);q=0\\.[1-9]){0,2}") {
        let languages = Languages::of_header(&languages);
        let sent = statement(&value);
        for format in [Format::Exact, Format::Ids, Format::Canonical] {
            let mut once = sent.json().clone();
            format.apply(&mut once, &NothingKnown, &languages);
            let mut twice = once.clone();
            format.apply(&mut twice, &NothingKnown, &languages);
            prop_assert_eq!(&once, &twice);
            let formed = Statement::of(once, Version::V2_0_0).unwrap();
            prop_assert!(format == Format::Ids || formed.same_as(&sent), "neither definitions nor displays are part of it");
        }
    }

    #[test]
    fn attachments_of_any_bytes_come_back_as_they_went(contents in vec(vec(any::<u8>(), 0..80), 0..5)) {
        let hashes: Vec<String> = contents.iter().map(|content| hex::encode(Sha256::digest(content))).collect();
        let mut value = small();
        value["attachments"] = hashes.iter().zip(&contents).map(|(sha2, content)| json!({
            "usageType": "http://example.com/usages/a", "display": {"ja": "あ"}, "contentType": "application/pdf", "length": content.len(), "sha2": sha2,
        })).collect();
        let parts: Vec<Outgoing<'_>> =
            hashes.iter().zip(&contents).map(|(sha2, content)| Outgoing { sha2, content_type: "application/pdf", content }).collect();
        let (content_type, body) = write(value.to_string().as_bytes(), &parts);
        let incoming = receive(&content_type, &body, Version::V1_0_3, &Limits::default()).unwrap();
        for (sha2, content) in hashes.iter().zip(&contents) {
            let there = incoming.contents.iter().find(|there| there.sha2 == *sha2).unwrap();
            prop_assert!(there.is_genuine && there.bytes == content.as_slice());
        }
    }

    #[test]
    fn a_statement_with_bytes_turned_is_taken_or_refused_and_never_changed(value in any_statement(), turns in vec((any::<Index>(), any::<u8>()), 1..4)) {
        let mut bytes = value.to_string().into_bytes();
        for (index, byte) in turns {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        for version in VERSIONS {
            match Statement::parse(&bytes, version) {
                Ok(statement) => prop_assert_eq!(statement.json(), &Json::parse(&bytes).unwrap()),
                Err(refused) => prop_assert!(!refused.requirement.id().is_empty() && !refused.to_string().is_empty()),
            }
        }
    }
}

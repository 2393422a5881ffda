//! Whether two statements say the same (xAPI-Data 2.3.1, "Statement Comparison Requirements").
//!
//! A store asks this when a statement comes with an id that it has (204 or 409), and when it holds a signature against the
//! statement that it signs. What a store may give or change is left out: `id`, `timestamp` and `version` where one side has
//! none, `stored`, `authority`, attachments, the definitions of activities and the display of verbs. What may be written in
//! several ways is compared by meaning: moments, the order of members, capitals of UUIDs, domains, hashes and language tags, a
//! single activity in a list, an `objectType` that is the default. Numbers are compared by value, for every program that reads
//! and writes JSON may turn `1.0` into `1`. Durations are texts, cut off to hundredths of a second.

use std::collections::BTreeMap;

use crate::context::ACTIVITY_KEYS;
use crate::ifi::folded_mailbox;
use crate::json::{Object, Value};
use crate::{Duration, Json, Statement, Timestamp, Version, actor, object};

/// A value in the form in which two that mean the same are equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    Null,
    Bool(bool),
    Number(Value),
    Text(String),
    Moment(i64),
    List(Vec<Meaning>),
    Map(BTreeMap<String, Meaning>),
}

impl Statement {
    /// Whether the other statement says the same. What one of them does not say yet (id, timestamp) is no difference.
    pub fn same_as(&self, other: &Self) -> bool {
        let ids = match (self.id(), other.id()) {
            (Some(one), Some(two)) => one == two,
            _ => true,
        };
        let moments = match (self.timestamp(), other.timestamp()) {
            (Some(one), Some(two)) => one.same_as(two),
            _ => true,
        };
        ids && moments && statement(self.json(), self.version()) == statement(other.json(), other.version())
    }
}

/// The parts that make a statement what it is.
fn statement(json: &Json, version: Version) -> Meaning {
    map(json, |key, value| match key {
        "actor" => Some(actor(value)),
        "verb" => Some(verb(value)),
        "object" => Some(object(value, version)),
        "result" => Some(result(value)),
        "context" => Some(context(value)),
        _ => None,
    })
}

/// A map of what the parts of an object mean; what means nothing is left out.
fn map(json: &Json, meaning: impl Fn(&str, &Json) -> Option<Meaning>) -> Meaning {
    let pairs = json.as_object().into_iter().flat_map(Object::iter);
    Meaning::Map(pairs.filter_map(|(key, value)| Some((key.to_owned(), meaning(key, value)?))).collect())
}

/// Whatever it is: keys in any order, numbers by value.
fn plain(json: &Json) -> Meaning {
    match json {
        Json::Null => Meaning::Null,
        Json::Bool(value) => Meaning::Bool(*value),
        Json::Number(number) => Meaning::Number(number.value()),
        Json::String(text) => Meaning::Text(text.clone()),
        Json::Array(items) => Meaning::List(items.iter().map(plain).collect()),
        Json::Object(_) => map(json, |_, value| Some(plain(value))),
    }
}

fn small(json: &Json) -> Meaning {
    Meaning::Text(json.as_str().unwrap_or_default().to_ascii_lowercase())
}

fn actor(json: &Json) -> Meaning {
    let kind = if actor::is_group(json) { "Group" } else { "Agent" };
    let mut meaning = map(json, |key, value| match key {
        "objectType" => None,
        "mbox" => Some(Meaning::Text(folded_mailbox(value.as_str().unwrap_or_default()))),
        "mbox_sha1sum" => Some(small(value)),
        "member" => {
            let mut members: Vec<Meaning> = value.as_array().unwrap_or_default().iter().map(actor).collect();
            members.sort();
            Some(Meaning::List(members))
        }
        _ => Some(plain(value)),
    });
    put(&mut meaning, "objectType", Meaning::Text(kind.to_owned()));
    meaning
}

fn put(meaning: &mut Meaning, key: &str, value: Meaning) {
    if let Meaning::Map(map) = meaning {
        map.insert(key.to_owned(), value);
    }
}

fn verb(json: &Json) -> Meaning {
    json.get("id").map_or(Meaning::Null, plain)
}

fn activity(json: &Json) -> Meaning {
    let mut meaning = map(json, |key, value| (key == "id").then(|| plain(value)));
    put(&mut meaning, "objectType", Meaning::Text("Activity".to_owned()));
    meaning
}

fn reference(json: &Json) -> Meaning {
    map(json, |key, value| Some(if key == "id" { small(value) } else { plain(value) }))
}

fn object(json: &Json, version: Version) -> Meaning {
    if object::is_activity(json) {
        return activity(json);
    }
    match json.get("objectType").and_then(Json::as_str) {
        Some("StatementRef") => reference(json),
        Some("SubStatement") => {
            let mut meaning = statement(json, version);
            put(&mut meaning, "objectType", Meaning::Text("SubStatement".to_owned()));
            // Nobody but its author gives a statement within another one its time, so that none is another one than some.
            if let Some(moment) = json.get("timestamp").and_then(Json::as_str).and_then(|text| Timestamp::parse(text, version).ok()) {
                put(&mut meaning, "timestamp", Meaning::Moment(moment.instant().as_millisecond()));
            }
            meaning
        }
        _ => actor(json),
    }
}

fn result(json: &Json) -> Meaning {
    map(json, |key, value| match (key, value.as_str().map(Duration::parse)) {
        ("duration", Some(Ok(duration))) => Some(Meaning::Text(duration.comparable())),
        _ => Some(plain(value)),
    })
}

fn context(json: &Json) -> Meaning {
    map(json, |key, value| {
        Some(match key {
            "registration" | "language" => small(value),
            "instructor" | "team" => actor(value),
            "statement" => reference(value),
            "contextActivities" => map(value, |key, value| ACTIVITY_KEYS.contains(&key).then(|| activities(value))),
            "contextAgents" | "contextGroups" => Meaning::List(value.as_array().unwrap_or_default().iter().map(related).collect()),
            _ => plain(value),
        })
    })
}

fn activities(json: &Json) -> Meaning {
    match json {
        Json::Array(items) => Meaning::List(items.iter().map(activity).collect()),
        one => Meaning::List(vec![activity(one)]),
    }
}

fn related(json: &Json) -> Meaning {
    map(json, |key, value| Some(if matches!(key, "agent" | "group") { actor(value) } else { plain(value) }))
}

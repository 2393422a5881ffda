//! Statements that say everything that a statement can say.

use serde_json::{Value, json};
use xapi::{Refusal, Statement, Version};

pub const VERSIONS: [Version; 2] = [Version::V1_0_3, Version::V2_0_0];

/// Checks a value as a statement.
pub fn check(statement: &Value, version: Version) -> Result<Statement, Refusal> {
    Statement::parse(statement.to_string().as_bytes(), version)
}

/// A statement that has to be one in both versions.
pub fn statement(value: &Value) -> Statement {
    check(value, Version::V2_0_0).unwrap_or_else(|refused| panic!("{refused} in {value:#}"))
}

/// Nothing but what has to be there.
pub fn small() -> Value {
    json!({
        "actor": {"mbox": "mailto:taro@example.jp"},
        "verb": {"id": "http://example.com/verbs/attended"},
        "object": {"id": "http://example.com/activities/training"},
    })
}

fn agent(name: &str) -> Value {
    json!({"objectType": "Agent", "name": "見本 太郎", "mbox": format!("mailto:{name}@example.jp")})
}

fn account() -> Value {
    json!({"objectType": "Agent", "account": {"homePage": "https://example.com/", "name": "7"}})
}

fn group() -> Value {
    json!({"objectType": "Group", "name": "班", "openid": "http://openid.example.com/1", "member": [agent("hanako"), account()]})
}

fn anonymous() -> Value {
    json!({"objectType": "Group", "member": [account(), agent("taro")]})
}

/// An activity with everything that is no interaction.
pub fn activity() -> Value {
    json!({
        "objectType": "Activity",
        "id": "http://example.com/activities/訓練",
        "definition": {
            "name": {"ja": "訓練", "en-US": "training"},
            "description": {"ja": "訓練の説明", "en-US": "about the training"},
            "type": "http://adlnet.gov/expapi/activities/course",
            "moreInfo": "http://example.com/more",
            "extensions": {"http://example.com/ext": {"anything": [null, 1, {}]}},
        },
    })
}

/// An interaction of this type with these lists of components.
pub fn interaction(kind: &str, lists: &[&str]) -> Value {
    let mut activity = activity();
    activity["definition"]["interactionType"] = json!(kind);
    activity["definition"]["correctResponsesPattern"] = json!(["a[,]b", "b"]);
    for list in lists {
        activity["definition"][list] = json!([{"id": "a", "description": {"ja": "あ", "en": "a"}}, {"id": "b"}]);
    }
    activity
}

pub fn result() -> Value {
    json!({
        "score": {"scaled": 0.5, "raw": 50, "min": 0, "max": 100},
        "success": true,
        "completion": false,
        "response": "",
        "duration": "PT1H0M0.1S",
        "extensions": {"http://example.com/ext": null},
    })
}

fn context(of_activity: bool, version: Version) -> Value {
    let mut context = json!({
        "registration": "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
        "instructor": agent("sensei"),
        "team": group(),
        "contextActivities": {
            "parent": [activity(), {"id": "http://example.com/activities/other"}],
            "grouping": {"id": "http://example.com/activities/one"},
            "category": [{"id": "http://example.com/profiles/1", "objectType": "Activity"}],
            "other": [],
        },
        "language": "ja-JP",
        "statement": {"objectType": "StatementRef", "id": "6690e6c9-3ef0-4ed3-8b37-7f3964730bee"},
        "extensions": {"http://example.com/ext": ""},
    });
    if of_activity {
        context["revision"] = json!("1");
        context["platform"] = json!("MIST");
    }
    if version == Version::V2_0_0 {
        context["contextAgents"] =
            json!([{"objectType": "contextAgent", "agent": agent("nurse"), "relevantTypes": ["http://example.com/types/nurse"]}]);
        context["contextGroups"] =
            json!([{"objectType": "contextGroup", "group": anonymous(), "relevantTypes": ["http://example.com/types/team"]}]);
    }
    context
}

fn attachment() -> Value {
    json!({
        "usageType": "http://example.com/usages/certificate",
        "display": {"ja": "修了証"},
        "description": {"ja": "修了証の説明"},
        "contentType": "text/plain; charset=utf-8",
        "length": 27,
        "sha2": "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a",
        "fileUrl": "https://example.com/certificate.txt",
    })
}

/// A statement that says everything, about this object.
pub fn full(object: &Value, version: Version) -> Value {
    let of_activity = object.get("objectType").is_none_or(|kind| kind == "Activity");
    json!({
        "id": "fd41c918-b88b-4b20-a0a5-a4c32391aaa0",
        "actor": {"objectType": "Agent", "name": "見本 花子", "mbox_sha1sum": "cd9b00a5611f94eaa7b1661edab976068e364975"},
        "verb": {"id": "http://example.com/verbs/answered", "display": {"ja": "答えた", "en-US": "answered"}},
        "object": object,
        "result": result(),
        "context": context(of_activity, version),
        "timestamp": "2026-11-26T09:30:00.123+09:00",
        "stored": "2026-11-26T00:30:01Z",
        "authority": anonymous(),
        "version": "1.0.3",
        "attachments": [attachment()],
    })
}

pub fn substatement(version: Version) -> Value {
    let mut sub = full(&activity(), version);
    for key in ["id", "stored", "authority", "version"] {
        sub.as_object_mut().unwrap().remove(key);
    }
    sub["objectType"] = json!("SubStatement");
    sub
}

/// Every kind of object, by a name.
pub fn objects(version: Version) -> Vec<(&'static str, Value)> {
    vec![
        ("activity", activity()),
        ("agent", account()),
        ("group", group()),
        ("anonymous group", anonymous()),
        ("reference", json!({"objectType": "StatementRef", "id": "8f87ccde-bb56-4c2e-ab83-44982ef22df0"})),
        ("substatement", substatement(version)),
        ("choice", interaction("choice", &["choices"])),
        ("sequencing", interaction("sequencing", &["choices"])),
        ("likert", interaction("likert", &["scale"])),
        ("matching", interaction("matching", &["source", "target"])),
        ("performance", interaction("performance", &["steps"])),
        ("true-false", interaction("true-false", &[])),
        ("fill-in", interaction("fill-in", &[])),
        ("long-fill-in", interaction("long-fill-in", &[])),
        ("numeric", interaction("numeric", &[])),
        ("other", interaction("other", &[])),
    ]
}

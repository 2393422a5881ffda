//! The forms in which statements are returned (xAPI-Communication 2.1.3, `format`).

use serde_json::{Value, json};
use xapi::json::Object;
use xapi::{Format, Json, Known, Languages, NothingKnown, Version};

use crate::sample::{self, full, statement};

struct Store;

impl Known for Store {
    fn definition(&self, activity: &str) -> Option<Object> {
        let known = r#"{"name":{"en":"known","ja":"知られた"},"type":"http://example.com/types/known"}"#;
        (activity == "http://example.com/activities/one").then(|| Json::parse(known.as_bytes()).unwrap().as_object().unwrap().clone())
    }

    fn display(&self, verb: &str) -> Option<Object> {
        let known = r#"{"en":"known","ja":"知られた"}"#;
        (verb == "http://example.com/verbs/answered").then(|| Json::parse(known.as_bytes()).unwrap().as_object().unwrap().clone())
    }
}

fn in_form(statement_value: &Value, format: Format, known: &impl Known, languages: &str) -> Value {
    let mut json = statement(statement_value).json().clone();
    format.apply(&mut json, known, &Languages::of_header(languages));
    serde_json::from_str(&json.to_string()).unwrap()
}

#[test]
fn the_parameter_has_three_values() {
    assert_eq!(Format::of_parameter("exact"), Ok(Format::Exact));
    assert_eq!(Format::of_parameter("ids"), Ok(Format::Ids));
    assert_eq!(Format::of_parameter("canonical"), Ok(Format::Canonical));
    for other in ["", "IDs", "all"] {
        assert!(Format::of_parameter(other).is_err(), "{other}");
    }
}

#[test]
fn exact_is_what_was_sent() {
    for (_, object) in sample::objects(Version::V2_0_0) {
        let sent = full(&object, Version::V2_0_0);
        assert_eq!(in_form(&sent, Format::Exact, &Store, "ja"), sent);
    }
}

#[test]
fn ids_leaves_what_identifies() {
    let sub = sample::substatement(Version::V2_0_0);
    let ids = in_form(&full(&sub, Version::V2_0_0), Format::Ids, &Store, "ja");
    assert_eq!(ids["actor"], json!({"objectType": "Agent", "mbox_sha1sum": "cd9b00a5611f94eaa7b1661edab976068e364975"}));
    assert_eq!(ids["verb"], json!({"id": "http://example.com/verbs/answered"}));
    let account = json!({"objectType": "Agent", "account": {"homePage": "https://example.com/", "name": "7"}});
    let taro = json!({"objectType": "Agent", "mbox": "mailto:taro@example.jp"});
    assert_eq!(ids["authority"], json!({"objectType": "Group", "member": [account, taro]}), "an anonymous group is its members");
    for statement in [&ids, &ids["object"]] {
        assert_eq!(statement["context"]["team"], json!({"objectType": "Group", "openid": "http://openid.example.com/1"}));
        assert_eq!(statement["context"]["instructor"], json!({"objectType": "Agent", "mbox": "mailto:sensei@example.jp"}));
        assert_eq!(statement["context"]["contextAgents"][0]["agent"], json!({"objectType": "Agent", "mbox": "mailto:nurse@example.jp"}));
        assert_eq!(statement["context"]["contextGroups"][0]["group"], json!({"objectType": "Group", "member": [account, taro]}));
        assert_eq!(
            statement["context"]["contextActivities"]["parent"][0],
            json!({"objectType": "Activity", "id": "http://example.com/activities/訓練"})
        );
        assert_eq!(statement["context"]["contextActivities"]["grouping"], json!({"id": "http://example.com/activities/one"}));
        assert_eq!(statement["result"], sample::result(), "what identifies nothing stays");
    }
    assert_eq!(ids["object"]["object"], json!({"objectType": "Activity", "id": "http://example.com/activities/訓練"}));
    for (_, object) in sample::objects(Version::V2_0_0) {
        let ids = in_form(&full(&object, Version::V2_0_0), Format::Ids, &Store, "ja");
        statement(&ids);
    }
}

#[test]
fn canonical_has_what_the_store_knows_in_one_language() {
    let sent = full(&sample::substatement(Version::V2_0_0), Version::V2_0_0);
    let canonical = in_form(&sent, Format::Canonical, &Store, "fr, ja;q=0.5");
    for statement in [&canonical, &canonical["object"]] {
        assert_eq!(statement["verb"]["display"], json!({"ja": "知られた"}));
        let one = &statement["context"]["contextActivities"]["grouping"];
        assert_eq!(one["definition"], json!({"name": {"ja": "知られた"}, "type": "http://example.com/types/known"}));
        let unknown = &statement["context"]["contextActivities"]["parent"][0]["definition"];
        assert_eq!((&unknown["name"], &unknown["description"]), (&json!({"ja": "訓練"}), &json!({"ja": "訓練の説明"})));
    }
    assert_eq!(canonical["actor"], sent["actor"], "agents stay as they are");
    assert_eq!(canonical["attachments"], sent["attachments"]);
    let choice = in_form(&full(&sample::interaction("choice", &["choices"]), Version::V1_0_3), Format::Canonical, &NothingKnown, "en");
    assert_eq!(choice["object"]["definition"]["choices"][0]["description"], json!({"en": "a"}));
    assert_eq!(choice["verb"]["display"], json!({"en-US": "answered"}));
}

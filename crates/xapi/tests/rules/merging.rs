//! People and activities as they are gathered from statements.

use xapi::json::Object;
use xapi::{Actor, Json, Version, merge_definition, person};

fn json(text: &str) -> Json {
    Json::parse(text.as_bytes()).unwrap()
}

fn object(text: &str) -> Object {
    json(text).as_object().unwrap().clone()
}

fn merged(known: &str, later: &str) -> String {
    let mut known = object(known);
    merge_definition(&mut known, &object(later));
    Json::Object(known).to_string()
}

#[test]
fn a_person_is_all_that_is_known_of_an_agent() {
    let parse = |json: &'static str| Box::leak(Box::new(self::json(json)));
    let agent = |json| Actor::of(parse(json), Version::V2_0_0).unwrap();
    let asked = agent(r#"{"mbox":"mailto:a@example.jp"}"#);
    assert_eq!(person(asked, []).to_string(), r#"{"objectType":"Person","mbox":["mailto:a@example.jp"]}"#);
    let known = [
        agent(r#"{"objectType":"Agent","name":"見本 太郎","mbox":"mailto:a@example.jp"}"#),
        agent(r#"{"name":"太郎","mbox":"mailto:a@example.jp"}"#),
        agent(r#"{"name":"見本 太郎","account":{"homePage":"http://example.com","name":"7"}}"#),
    ];
    let all = r#"{"objectType":"Person","name":["見本 太郎","太郎"],"mbox":["mailto:a@example.jp"],"account":[{"homePage":"http://example.com","name":"7"}]}"#;
    assert_eq!(person(asked, known).to_string(), all);
}

#[test]
fn texts_of_activities_are_added_by_language_and_extensions_by_key() {
    let known = r#"{"name":{"ja":"甲","en":"a"},"type":"http://example.com/1","extensions":{"http://example.com/x":1}}"#;
    let later = r#"{"name":{"en":"b","fr":"c"},"description":{"ja":"乙"},"type":"http://example.com/2","extensions":{"http://example.com/y":null}}"#;
    let both = r#"{"name":{"ja":"甲","en":"b","fr":"c"},"type":"http://example.com/2","extensions":{"http://example.com/x":1,"http://example.com/y":null},"description":{"ja":"乙"}}"#;
    assert_eq!(merged(known, later), both);
    assert_eq!(merged(known, "{}"), known);
    assert_eq!(merged("{}", known), known);
}

#[test]
fn an_interaction_is_replaced_as_a_whole() {
    let known = r#"{"name":{"ja":"甲"},"interactionType":"choice","correctResponsesPattern":["a"],"choices":[{"id":"a"}]}"#;
    assert_eq!(merged(known, r#"{"interactionType":"numeric"}"#), r#"{"name":{"ja":"甲"},"interactionType":"numeric"}"#);
}

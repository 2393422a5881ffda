//! When two statements say the same (xAPI-Data 2.3.1).

use serde_json::{Value, json};
use xapi::Version;

use crate::sample::{self, full, statement};

fn whole() -> Value {
    full(&sample::substatement(Version::V2_0_0), Version::V2_0_0)
}

fn with(statement: &Value, path: &str, value: Value) -> Value {
    let mut changed = statement.clone();
    *changed.pointer_mut(path).unwrap() = value;
    changed
}

fn without(statement: &Value, path: &str) -> Value {
    let mut changed = statement.clone();
    let (above, key) = path.rsplit_once('/').unwrap();
    changed.pointer_mut(above).unwrap().as_object_mut().unwrap().remove(key);
    changed
}

fn same(one: &Value, two: &Value) -> bool {
    let (one, two) = (statement(one), statement(two));
    assert_eq!(one.same_as(&two), two.same_as(&one), "both ways");
    one.same_as(&two)
}

#[test]
fn what_a_store_gives_makes_no_other_statement() {
    let whole = whole();
    for path in ["/id", "/timestamp", "/stored", "/authority", "/version", "/attachments"] {
        assert!(same(&whole, &without(&whole, path)), "{path}");
    }
    assert!(same(&whole, &with(&whole, "/stored", json!("2020-01-01T00:00:00Z"))));
    assert!(same(&whole, &with(&whole, "/authority", json!({"mbox": "mailto:other@example.jp"}))));
    assert!(same(&whole, &with(&whole, "/version", json!("1.0.0"))));
    assert!(!same(&whole, &with(&whole, "/id", json!("ec531277-b57b-4c15-8d91-d292c5b2b8f7"))));
    assert!(same(&whole, &with(&whole, "/id", json!("FD41C918-B88B-4B20-A0A5-A4C32391AAA0"))));
}

#[test]
fn definitions_and_displays_are_not_part_of_a_statement() {
    let whole = whole();
    for path in [
        "/verb/display",
        "/object/verb/display",
        "/object/object/definition",
        "/object/object/objectType",
        "/context/contextActivities/parent/0/definition",
    ] {
        assert!(same(&whole, &without(&whole, path)), "{path}");
    }
}

#[test]
fn a_moment_is_the_same_in_every_zone() {
    let whole = whole();
    for same_moment in ["2026-11-26T00:30:00.123Z", "2026-11-26 00:30:00.123000+00:00", "2026-11-26T00:30:00.1239Z"] {
        assert!(same(&whole, &with(&whole, "/timestamp", json!(same_moment))), "{same_moment}");
        assert!(same(&whole, &with(&whole, "/object/timestamp", json!(same_moment))), "{same_moment}");
    }
    assert!(!same(&whole, &with(&whole, "/timestamp", json!("2026-11-26T00:30:00.124Z"))));
    assert!(!same(&whole, &with(&whole, "/object/timestamp", json!("2026-11-26T00:30:00.124Z"))));
    assert!(!same(&whole, &without(&whole, "/object/timestamp")), "nobody gives it to a statement within");
}

#[test]
fn members_have_no_order_and_lists_of_activities_have() {
    let whole = whole();
    let mut members = whole.pointer("/context/team/member").unwrap().clone();
    members.as_array_mut().unwrap().reverse();
    assert!(same(&whole, &with(&whole, "/context/team/member", members.clone())));
    members.as_array_mut().unwrap().pop();
    assert!(!same(&whole, &with(&whole, "/context/team/member", members)));
    let mut parents = whole.pointer("/context/contextActivities/parent").unwrap().clone();
    parents.as_array_mut().unwrap().reverse();
    assert!(!same(&whole, &with(&whole, "/context/contextActivities/parent", parents)));
    let one = whole.pointer("/context/contextActivities/grouping").unwrap().clone();
    assert!(same(&whole, &with(&whole, "/context/contextActivities/grouping", json!([one]))));
}

#[test]
fn capitals_that_mean_nothing_make_no_other_statement() {
    let whole = whole();
    for (path, value) in [
        ("/actor/mbox_sha1sum", json!("CD9B00A5611F94EAA7B1661EDAB976068E364975")),
        ("/context/instructor/mbox", json!("mailto:sensei@EXAMPLE.JP")),
        ("/context/registration", json!("EC531277-B57B-4C15-8D91-D292C5B2B8F7")),
        ("/context/statement/id", json!("6690E6C9-3EF0-4ED3-8B37-7F3964730BEE")),
        ("/context/language", json!("JA-jp")),
    ] {
        assert!(same(&whole, &with(&whole, path, value)), "{path}");
    }
    assert!(!same(&whole, &with(&whole, "/context/instructor/mbox", json!("mailto:Sensei@example.jp"))));
}

#[test]
fn numbers_are_compared_by_value_and_durations_to_hundredths() {
    let whole = whole();
    assert!(same(&whole, &with(&whole, "/result/score/raw", json!(50.0))));
    assert!(!same(&whole, &with(&whole, "/result/score/raw", json!(50.1))));
    assert!(same(&whole, &with(&whole, "/result/duration", json!("PT1H0M0.109S"))));
    assert!(!same(&whole, &with(&whole, "/result/duration", json!("PT60M0.1S"))), "a duration is a text");
}

#[test]
fn everything_else_makes_another_statement() {
    let whole = whole();
    for (path, value) in [
        ("/actor/mbox_sha1sum", json!("0d9b00a5611f94eaa7b1661edab976068e364975")),
        ("/actor/name", json!("見本 次郎")),
        ("/verb/id", json!("http://example.com/verbs/asked")),
        ("/object/actor/name", json!("x")),
        ("/object/verb/id", json!("http://example.com/verbs/asked")),
        ("/object/object/id", json!("http://example.com/activities/Training")),
        ("/result/success", json!(false)),
        ("/result/response", json!("x")),
        ("/result/extensions", json!({"http://example.com/ext": 1})),
        ("/context/registration", json!("6690e6c9-3ef0-4ed3-8b37-7f3964730bee")),
        ("/context/instructor/name", json!("x")),
        ("/context/language", json!("en")),
        ("/context/extensions", json!({})),
        ("/context/contextAgents/0/relevantTypes", json!(["http://example.com/types/other"])),
        ("/context/contextGroups", json!([])),
    ] {
        assert!(!same(&whole, &with(&whole, path, value)), "{path}");
    }
    for path in ["/result", "/context", "/context/team", "/object/result", "/actor/name"] {
        assert!(!same(&whole, &without(&whole, path)), "{path}");
    }
}

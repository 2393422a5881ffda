//! What the system says itself (section 9.3).

use cmi5::write::{About, abandoned, launched, satisfied_block, satisfied_course, waived};
use cmi5::{Launch, LaunchMode, Reason, vocabulary as words};
use serde_json::{Value, json};
use uuid::Uuid;
use xapi::Statement;

use crate::sample::{ACTIVITY, REGISTRATION, SESSION, actor, nested};

fn about(actor: &str) -> About<'_> {
    About { id: Uuid::from_u128(1), at: jiff::Timestamp::UNIX_EPOCH, actor, registration: REGISTRATION, session: SESSION }
}

fn value(statement: &Statement) -> Value {
    serde_json::from_str(&statement.json().to_string()).unwrap()
}

/// What every statement of the system has (sections 9.6.1, 9.6.2 and 9.6.3.1).
fn check_common(statement: &Value, publisher: &str) {
    assert_eq!(statement["actor"], actor());
    assert_eq!(statement["timestamp"], "1970-01-01T00:00:00.000000Z");
    assert_eq!(statement["context"]["registration"], json!(REGISTRATION));
    assert_eq!(statement["context"]["extensions"][words::SESSION_ID], json!(SESSION));
    assert_eq!(statement["context"]["contextActivities"]["category"][0]["id"], words::CATEGORY);
    assert_eq!(statement["context"]["contextActivities"]["grouping"][0]["id"], publisher);
}

#[test]
fn requirement_9_3_1_launched_says_how() {
    let (course, actor) = (nested(), actor().to_string());
    let launch = Launch {
        unit: course.units()[3],
        mode: LaunchMode::Review,
        session: SESSION,
        registration: REGISTRATION,
        actor: &actor,
        activity: ACTIVITY,
        endpoint: "https://mist.example.jp/xapi/1.0.3/",
        fetch: "https://mist.example.jp/fetch",
        base: "https://x.pkg.example.jp",
        return_url: None,
    };
    let statement = value(&launched(&about(&actor), &launch));
    check_common(&statement, "https://example.com/au/3");
    assert_eq!(statement["verb"]["id"], words::LAUNCHED);
    assert_eq!(statement["object"]["id"], ACTIVITY);
    let extensions = &statement["context"]["extensions"];
    assert_eq!(extensions[words::LAUNCH_MODE], "Review");
    assert_eq!(extensions[words::LAUNCH_URL], "https://content.example.com/3");
    assert_eq!(extensions[words::MOVE_ON], "CompletedAndPassed");
    assert_eq!(extensions[words::MASTERY_SCORE], json!(0.8));
    assert_eq!(extensions.get(words::LAUNCH_PARAMETERS), None);
}

#[test]
fn requirement_9_3_6_abandoned_says_how_long() {
    let (course, actor) = (nested(), actor().to_string());
    let statement = value(&abandoned(&about(&actor), (course.units()[0], ACTIVITY), 65_250_000));
    check_common(&statement, "https://example.com/au/0");
    assert_eq!((&statement["verb"]["id"], &statement["result"]), (&json!(words::ABANDONED), &json!({ "duration": "PT65.25S" })));
    let statement = value(&abandoned(&about(&actor), (course.units()[0], ACTIVITY), -5));
    assert_eq!(statement["result"]["duration"], "PT0.00S");
}

#[test]
fn requirement_9_3_7_waived_says_why_and_decides() {
    let (course, actor) = (nested(), actor().to_string());
    let statement = value(&waived(&about(&actor), (course.units()[0], ACTIVITY), Reason::Administrative));
    check_common(&statement, "https://example.com/au/0");
    assert_eq!(statement["verb"]["id"], words::WAIVED);
    assert_eq!((&statement["result"]["success"], &statement["result"]["completion"]), (&json!(true), &json!(true)));
    assert_eq!(statement["result"]["extensions"][words::REASON], "Administrative");
    assert_eq!(statement["context"]["contextActivities"]["category"][1]["id"], words::CATEGORY_MOVE_ON);
}

#[test]
fn requirement_9_3_9_satisfied_names_a_block_or_the_course() {
    let (course, actor) = (nested(), actor().to_string());
    let block = value(&satisfied_block(&about(&actor), course.blocks()[1], "https://mist.example.jp/b/1"));
    check_common(&block, "https://example.com/block/1");
    assert_eq!(
        (&block["object"]["id"], &block["object"]["definition"]["type"]),
        (&json!("https://mist.example.jp/b/1"), &json!(words::BLOCK))
    );
    assert_eq!(block["object"]["definition"]["name"], json!({ "ja": "内の章" }));
    let whole = value(&satisfied_course(&about(&actor), &course, "https://mist.example.jp/c"));
    check_common(&whole, "https://example.com/course");
    assert_eq!(whole["object"]["definition"]["type"], words::COURSE);
    for statement in [block, whole] {
        assert_eq!(statement["verb"]["id"], words::SATISFIED);
        assert_eq!(statement["context"]["contextActivities"]["category"].as_array().map(Vec::len), Some(1));
        assert_eq!(statement.get("result"), None);
    }
}

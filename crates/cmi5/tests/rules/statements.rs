//! Statements of units (sections 7.1.3, 9 and 11).

use cmi5::{MasteryScore, Refused, Said, check, requirement as need, vocabulary as words};
use serde_json::{Value, json};
use xapi::{Statement, Version};

use crate::sample::{bounds, says};

const EXPERIENCED: &str = "http://adlnet.gov/expapi/verbs/experienced";

fn checked(statement: &Value) -> Result<Said, Refused> {
    let mastery = MasteryScore::parse("0.8");
    let statement = Statement::parse(statement.to_string().as_bytes(), Version::V1_0_3).unwrap();
    check(&statement, &bounds(mastery.as_ref())).map(|saying| saying.said)
}

/// By which requirement the statement is refused when `change` was done to it.
fn refused(verb: &str, change: impl Fn(&mut Value)) -> cmi5::Requirement {
    let mut statement = says(verb);
    change(&mut statement);
    match checked(&statement) {
        Ok(said) => panic!("{said:?} was taken: {statement}"),
        Err(refused) => refused.requirement,
    }
}

fn without(statement: &mut Value, pointer: &str, key: &str) {
    statement.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(key);
}

#[test]
fn statements_as_they_have_to_be_are_taken() {
    for (verb, said) in [
        ("initialized", Said::Initialized),
        ("completed", Said::Completed),
        ("passed", Said::Passed),
        ("failed", Said::Failed),
        ("terminated", Said::Terminated),
        (EXPERIENCED, Said::Allowed),
        (words::PASSED, Said::Allowed),
    ] {
        assert_eq!(checked(&says(verb)), Ok(said), "{verb}");
    }
}

#[test]
fn requirement_9_1_a_statement_has_an_id() {
    assert_eq!(refused(EXPERIENCED, |statement| without(statement, "", "id")), need::STATEMENT_ID);
}

#[test]
fn requirement_9_7_timestamps_are_there_and_in_utc() {
    assert_eq!(refused(EXPERIENCED, |statement| without(statement, "", "timestamp")), need::TIMESTAMP);
    for text in ["2026-11-26T09:30:00.000-06:00", "2026-11-26T18:30:00+09:00"] {
        assert_eq!(refused("initialized", |statement| statement["timestamp"] = text.into()), need::UTC, "{text}");
    }
    let mut statement = says("initialized");
    statement["timestamp"] = "2026-11-26T09:30:00+00:00".into();
    assert_eq!(checked(&statement), Ok(Said::Initialized));
}

#[test]
fn requirement_6_3_a_unit_voids_nothing() {
    let voids = |statement: &mut Value| {
        statement["verb"]["id"] = xapi::VOIDED.into();
        statement["object"] = json!({ "objectType": "StatementRef", "id": uuid::Uuid::from_u128(1) });
    };
    assert_eq!(refused(EXPERIENCED, voids), need::VOIDING);
}

#[test]
fn requirement_9_2_the_actor_is_the_learner_told_by_an_account() {
    for verb in ["passed", EXPERIENCED] {
        assert_eq!(refused(verb, |statement| statement["actor"]["objectType"] = "Group".into()), need::AGENT);
        let by_mail = |statement: &mut Value| statement["actor"] = json!({ "mbox": "mailto:sample@example.jp" });
        assert_eq!(refused(verb, by_mail), need::ACCOUNT);
        assert_eq!(refused(verb, |statement| statement["actor"]["account"]["name"] = "8".into()), need::ACTOR);
    }
}

#[test]
fn requirement_9_4_the_object_is_the_activity_of_the_launch() {
    for verb in ["initialized", "passed", "terminated"] {
        assert_eq!(refused(verb, |statement| statement["object"]["id"] = "https://example.com/au/0".into()), need::ACTIVITY);
    }
    let mut allowed = says(EXPERIENCED);
    allowed["object"]["id"] = "https://example.com/slide/3".into();
    assert_eq!(checked(&allowed), Ok(Said::Allowed));
}

#[test]
fn requirement_9_6_the_context_is_made_from_the_template() {
    for verb in ["passed", EXPERIENCED] {
        assert_eq!(refused(verb, |statement| without(statement, "", "context")), need::CONTEXT);
        assert_eq!(refused(verb, |statement| without(statement, "/context", "registration")), need::REGISTRATION);
        let other = |statement: &mut Value| statement["context"]["registration"] = "ccaf384c-f8d4-4e7a-8304-49af58f0b176".into();
        assert_eq!(refused(verb, other), need::REGISTRATION);
        assert_eq!(refused(verb, |statement| without(statement, "/context/extensions", words::SESSION_ID)), need::SESSION_ID);
        let other = |statement: &mut Value| statement["context"]["extensions"][words::SESSION_ID] = "other".into();
        assert_eq!(refused(verb, other), need::SESSION_ID);
        let other =
            |statement: &mut Value| statement["context"]["contextActivities"]["grouping"] = json!([{ "id": "https://example.com/x" }]);
        assert_eq!(refused(verb, other), need::TEMPLATE);
    }
}

#[test]
fn requirement_7_1_3_defined_statements_have_defined_verbs() {
    for verb in [EXPERIENCED, words::LAUNCHED, words::WAIVED, words::SATISFIED, words::ABANDONED] {
        let with_category =
            |statement: &mut Value| statement["context"]["contextActivities"]["category"] = json!([{ "id": words::CATEGORY }]);
        assert_eq!(refused(verb, with_category), need::KINDS, "{verb}");
    }
}

#[test]
fn requirement_9_6_2_2_the_move_on_category_goes_with_what_decides() {
    for verb in ["completed", "passed", "failed"] {
        let only = |statement: &mut Value| statement["context"]["contextActivities"]["category"] = json!([{ "id": words::CATEGORY }]);
        assert_eq!(refused(verb, only), need::MOVE_ON_MISSING, "{verb}");
    }
    for verb in ["initialized", "terminated"] {
        let both = |statement: &mut Value| {
            statement["context"]["contextActivities"]["category"] = json!([{ "id": words::CATEGORY }, { "id": words::CATEGORY_MOVE_ON }]);
        };
        assert_eq!(refused(verb, both), need::MOVE_ON_MISPLACED, "{verb}");
    }
    let alone = |statement: &mut Value| statement["context"]["contextActivities"]["category"] = json!({ "id": words::CATEGORY_MOVE_ON });
    assert_eq!(refused(EXPERIENCED, alone), need::MOVE_ON_MISPLACED);
}

#[test]
fn requirement_9_5_1_a_score_has_its_place_and_its_range() {
    for verb in ["initialized", "completed", "terminated"] {
        let scored = |statement: &mut Value| statement["result"]["score"] = json!({ "scaled": 0.5 });
        assert_eq!(refused(verb, scored), need::SCORE_PLACE, "{verb}");
    }
    for key in ["min", "max"] {
        assert_eq!(refused("passed", |statement| without(statement, "/result/score", key)), need::SCORE_RANGE, "{key}");
    }
    assert_eq!(refused("failed", |statement| statement["result"]["score"]["scaled"] = json!(-0.1)), need::SCORE_RANGE);
}

#[test]
fn requirement_9_3_4_a_score_agrees_with_the_mastery_score() {
    let scored = |scaled: f64| move |statement: &mut Value| statement["result"]["score"] = json!({ "scaled": scaled });
    assert_eq!(refused("passed", scored(0.79)), need::PASSED_SCORE);
    assert_eq!(refused("failed", scored(0.8)), need::FAILED_SCORE);
    assert_eq!(refused("failed", scored(0.81)), need::FAILED_SCORE);
    let mut edge = says("passed");
    scored(0.8)(&mut edge);
    assert_eq!(checked(&edge), Ok(Said::Passed));
}

#[test]
fn requirement_9_6_3_2_what_is_judged_says_its_mastery_score() {
    for verb in ["passed", "failed"] {
        assert_eq!(refused(verb, |statement| without(statement, "/context/extensions", words::MASTERY_SCORE)), need::MASTERY_SCORE);
        let other = |statement: &mut Value| statement["context"]["extensions"][words::MASTERY_SCORE] = json!(0.7);
        assert_eq!(refused(verb, other), need::MASTERY_SCORE);
    }
    let mut unscored = says("passed");
    without(&mut unscored, "/result", "score");
    without(&mut unscored, "/context/extensions", words::MASTERY_SCORE);
    assert_eq!(checked(&unscored), Ok(Said::Passed));
}

#[test]
fn requirement_9_5_2_success_says_what_the_verb_says() {
    assert_eq!(refused("passed", |statement| without(statement, "/result", "success")), need::SUCCESS_TRUE);
    assert_eq!(refused("passed", |statement| statement["result"]["success"] = false.into()), need::SUCCESS_TRUE);
    assert_eq!(refused("failed", |statement| without(statement, "/result", "success")), need::SUCCESS_FALSE);
    assert_eq!(refused("failed", |statement| statement["result"]["success"] = true.into()), need::SUCCESS_FALSE);
    assert_eq!(refused("completed", |statement| statement["result"]["success"] = true.into()), need::SUCCESS_PLACE);
    assert_eq!(refused("terminated", |statement| statement["result"]["success"] = true.into()), need::SUCCESS_PLACE);
}

#[test]
fn requirement_9_5_3_completion_says_what_the_verb_says() {
    assert_eq!(refused("completed", |statement| without(statement, "/result", "completion")), need::COMPLETION_TRUE);
    assert_eq!(refused("completed", |statement| statement["result"]["completion"] = false.into()), need::COMPLETION_TRUE);
    for verb in ["passed", "failed", "terminated", "initialized"] {
        assert_eq!(refused(verb, |statement| statement["result"]["completion"] = true.into()), need::COMPLETION_PLACE, "{verb}");
    }
}

#[test]
fn requirement_9_5_4_durations_are_there() {
    for (verb, requirement) in [
        ("terminated", need::DURATION_TERMINATED),
        ("completed", need::DURATION_COMPLETED),
        ("passed", need::DURATION_PASSED),
        ("failed", need::DURATION_FAILED),
    ] {
        assert_eq!(refused(verb, |statement| without(statement, "/result", "duration")), requirement, "{verb}");
    }
    assert_eq!(refused("terminated", |statement| without(statement, "", "result")), need::DURATION_TERMINATED);
}

#[test]
fn requirement_9_5_5_progress_is_a_whole_number_of_percent() {
    for wrong in [json!(101), json!(-1), json!(50.5), json!("50"), json!(null)] {
        let said = |statement: &mut Value| statement["result"]["extensions"] = json!({ words::PROGRESS: wrong });
        assert_eq!(refused("terminated", said), need::PROGRESS, "{wrong}");
    }
    let mut half = says("terminated");
    half["result"]["extensions"] = json!({ words::PROGRESS: 50 });
    assert_eq!(checked(&half), Ok(Said::Terminated));
}

#[test]
fn requirement_11_preferences_are_an_object_with_languages_and_sound() {
    let told = |content: &str| cmi5::preferences("application/json; charset=utf-8", content.as_bytes()).map_err(|not| not.requirement);
    assert_eq!(told(r#"{"languagePreference":"ja, en-US,fr-BE","audioPreference":"on"}"#), Ok(()));
    for (content, requirement) in [
        ("just some text", need::PREFERENCES),
        ("[]", need::PREFERENCES),
        (r#"{"audioPreference":"on"}"#, need::PREFERENCES),
        (r#"{"languagePreference":"ja"}"#, need::PREFERENCES),
        (r#"{"languagePreference":"ja","audioPreference":"loud"}"#, need::PREFERENCES),
        (r#"{"languagePreference":"not comma separated","audioPreference":"on"}"#, need::LANGUAGES),
        (r#"{"languagePreference":"","audioPreference":"on"}"#, need::LANGUAGES),
        (r#"{"languagePreference":"ja,,en","audioPreference":"on"}"#, need::LANGUAGES),
    ] {
        assert_eq!(told(content), Err(requirement), "{content}");
    }
    assert!(cmi5::preferences("text/plain", br#"{"languagePreference":"ja","audioPreference":"on"}"#).is_err());
    assert!(cmi5::preferences("application/octet-stream", b"").is_err());
}

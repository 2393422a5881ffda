//! What is said in a session, by the unit and by the portal, and what is refused.

use both_engines::both_engines;
use cmi5::vocabulary as words;
use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{Program, essentials, forbidden, program, structure, unit, verbs};
use crate::site::Site;

/// A course of one unit outside of every block.
async fn simple(program: &Program<'_>, move_on: &str) -> String {
    program.imports(structure(&unit(0, &format!("moveOn=\"{move_on}\""), "https://content.example.com/"))).await
}

#[both_engines]
async fn requirement_9_3_a_session_from_launch_to_satisfied(site: Site) {
    let program = program(&site).await;
    let package = program.imports(essentials()).await;
    let mut unit = program.launches(&package, 0, json!({})).await;
    assert!(unit.url.contains(".pkg.example.net/index.html?a=1&b=2&endpoint="), "{}", unit.url);
    assert_ne!(unit.activity, "https://example.com/au/0");
    unit.begins().await;
    assert_eq!(unit.data["launchMode"], "Normal");
    assert_eq!((&unit.data["masteryScore"], &unit.data["moveOn"]), (&json!(0.9), &json!("CompletedAndPassed")));
    assert_eq!((&unit.data["launchParameters"], &unit.data["entitlementKey"]["courseStructure"]), (&json!("Start=1"), &json!("xyz")));
    unit.says("completed").await.is(StatusCode::NO_CONTENT);
    unit.says("passed").await.is(StatusCode::NO_CONTENT);
    unit.says("terminated").await.is(StatusCode::NO_CONTENT);

    let said = program.statements(&unit.registration).await;
    assert_eq!(verbs(&said), ["launched", "initialized", "completed", "passed", "satisfied", "satisfied", "terminated"]);
    for own in [&said[0], &said[4], &said[5]] {
        assert_eq!(own["context"]["extensions"][words::SESSION_ID], unit.session.as_str());
        assert_eq!(own["context"]["registration"], unit.registration.as_str());
        assert!(own["context"]["contextActivities"]["category"].to_string().contains(words::CATEGORY));
    }
    let launched = &said[0]["context"]["extensions"];
    assert_eq!((&launched[words::LAUNCH_MODE], &launched[words::MASTERY_SCORE]), (&json!("Normal"), &json!(0.9)));
    assert!(launched[words::LAUNCH_URL].as_str().is_some_and(|url| url.ends_with(".pkg.example.net/index.html?a=1&b=2")));
    assert_eq!(said[4]["object"]["definition"]["type"], words::BLOCK);
    assert_eq!(said[5]["object"]["definition"]["type"], words::COURSE);
    assert_eq!(said[4]["context"]["contextActivities"]["grouping"][0]["id"], "https://example.com/block");
    assert_ne!(said[4]["object"]["id"], "https://example.com/block");
    assert_eq!(said[5]["context"]["contextActivities"]["grouping"][0]["id"], "https://example.com/course");
}

#[both_engines]
async fn requirement_13_1_4_each_move_on_is_met_by_what_it_says(site: Site) {
    let program = program(&site).await;
    for (move_on, verb) in
        [("Completed", "completed"), ("Passed", "passed"), ("CompletedOrPassed", "completed"), ("CompletedOrPassed", "passed")]
    {
        let package = simple(&program, move_on).await;
        let mut unit = program.launches(&package, 0, json!({})).await;
        unit.begins().await;
        unit.says(verb).await.is(StatusCode::NO_CONTENT);
        let said = program.statements(&unit.registration).await;
        assert_eq!(verbs(&said), ["launched", "initialized", verb, "satisfied"], "{move_on}");
    }
}

#[both_engines]
async fn requirement_9_6_1_what_needs_nothing_is_satisfied_with_the_registration(site: Site) {
    let program = program(&site).await;
    let package = simple(&program, "NotApplicable").await;
    let unit = program.launches(&package, 0, json!({})).await;
    let said = program.statements(&unit.registration).await;
    assert_eq!(verbs(&said), ["satisfied", "launched"]);
    assert_ne!(said[0]["context"]["extensions"][words::SESSION_ID], unit.session.as_str());
}

#[both_engines]
async fn requirement_8_2_a_token_is_given_once(site: Site) {
    let program = program(&site).await;
    let package = simple(&program, "Completed").await;
    let mut unit = program.launches(&package, 0, json!({})).await;
    assert!(unit.fetches().await["auth-token"].is_string());
    let again = unit.fetches().await;
    assert_eq!((&again["auth-token"], &again["error-code"]), (&Value::Null, &json!("1")));
    assert!(again["error-text"].is_string());
    unit.fetch = "https://mist.example.jp/xapi/sessions/nothing".to_owned();
    assert_eq!(unit.fetches().await["error-code"], "2");
    super::send(&site, Method::GET, "/xapi/sessions/nothing", &[], "").await.is(StatusCode::METHOD_NOT_ALLOWED);
}

#[both_engines]
async fn requirement_8_1_2_a_token_is_good_from_fetch_to_terminated(site: Site) {
    let program = program(&site).await;
    let package = simple(&program, "Completed").await;
    let mut unit = program.launches(&package, 0, json!({})).await;
    unit.reads_preferences().await.is(StatusCode::UNAUTHORIZED);
    unit.token = "Y2F0YXB1bHQ6c29tZSB3b3Jkcw==".to_owned();
    unit.reads_preferences().await.is(StatusCode::UNAUTHORIZED);
    unit.begins().await;
    let allowed = unit.statement("https://w3id.org/xapi/dod-isd/verbs/experienced");
    unit.puts(&allowed).await.is(StatusCode::NO_CONTENT);
    unit.puts(&allowed).await.is(StatusCode::NO_CONTENT);
    unit.says("terminated").await.is(StatusCode::NO_CONTENT);
    unit.says("https://w3id.org/xapi/dod-isd/verbs/experienced").await.is(StatusCode::UNAUTHORIZED);
    unit.reads_preferences().await.is(StatusCode::UNAUTHORIZED);
    let own = [("registration", unit.registration.as_str())];
    unit.sends(Method::GET, "statements", &own, "").await.is(StatusCode::UNAUTHORIZED);
}

#[both_engines]
async fn whoever_lost_the_answer_to_the_last_word_may_say_it_again(site: Site) {
    let program = program(&site).await;
    let package = simple(&program, "Completed").await;
    let mut unit = program.launches(&package, 0, json!({})).await;
    unit.begins().await;
    let completed = unit.statement("completed");
    unit.puts(&completed).await.is(StatusCode::NO_CONTENT);
    let last = unit.statement("terminated");
    unit.puts(&last).await.is(StatusCode::NO_CONTENT);
    let kept = program.statements(&unit.registration).await;

    // The very same is answered as the store answers it, alone or in a batch, and nothing is stored a second time.
    unit.puts(&last).await.is(StatusCode::NO_CONTENT);
    let again = unit.sends(Method::POST, "statements", &[], &json!([completed, last]).to_string()).await;
    assert_eq!(again.is(StatusCode::OK).json(), json!([completed["id"], last["id"]]));
    // What says something else under the same id is another statement.
    let mut other = last.clone();
    other["result"]["duration"] = "PT21S".into();
    unit.puts(&other).await.is(StatusCode::CONFLICT);
    // News is no repetition, and neither is a batch that holds some.
    let news = unit.statement("terminated");
    unit.puts(&news).await.is(StatusCode::UNAUTHORIZED);
    let mixed = json!([last, news]).to_string();
    unit.sends(Method::POST, "statements", &[], &mixed).await.is(StatusCode::UNAUTHORIZED);
    assert_eq!(program.statements(&unit.registration).await, kept);

    // Nobody says it with another secret, or a day later.
    let token = std::mem::replace(&mut unit.token, "Y2F0YXB1bHQ6c29tZSB3b3Jkcw==".to_owned());
    unit.puts(&last).await.is(StatusCode::UNAUTHORIZED);
    unit.token = token;
    site.later(kernel::Span::hours(25));
    unit.puts(&last).await.is(StatusCode::UNAUTHORIZED);
}

#[both_engines]
async fn a_token_is_gone_after_a_day(site: Site) {
    let program = program(&site).await;
    let package = simple(&program, "Completed").await;
    let mut unit = program.launches(&package, 0, json!({})).await;
    unit.fetches().await;
    site.later(kernel::Span::hours(25));
    unit.reads_preferences().await.is(StatusCode::UNAUTHORIZED);
    let mut late = program.launches(&package, 0, json!({})).await;
    site.later(kernel::Span::hours(25));
    assert_eq!(late.fetches().await["error-code"], "1");
}

#[both_engines]
async fn requirement_11_0_launch_data_and_preferences_come_before_initialized(site: Site) {
    let program = program(&site).await;
    let package = simple(&program, "Completed").await;
    let mut unit = program.launches(&package, 0, json!({})).await;
    unit.fetches().await;
    unit.template = json!({
        "contextActivities": { "grouping": [{ "id": "https://example.com/au/0" }] },
        "extensions": { words::SESSION_ID: unit.session },
    });
    assert_eq!(forbidden(&unit.says("https://example.com/verbs/looked").await), "9.3.0.0-4");
    assert_eq!(forbidden(&unit.says("initialized").await), "10.2.1.0-4");
    unit.reads_launch_data().await;
    assert_eq!(forbidden(&unit.says("initialized").await), "11.0.0.0-3");
    unit.reads_preferences().await.is(StatusCode::NOT_FOUND);
    unit.says("initialized").await.is(StatusCode::NO_CONTENT);
    assert_eq!(forbidden(&unit.says("initialized").await), "9.3.2.0-3");
}

#[both_engines]
async fn requirement_10_2_2_only_a_normal_launch_decides(site: Site) {
    let program = program(&site).await;
    let package = simple(&program, "Completed").await;
    for mode in ["Browse", "Review"] {
        let mut unit = program.launches(&package, 0, json!({ "mode": mode })).await;
        unit.begins().await;
        assert_eq!(unit.data["launchMode"], mode);
        for verb in ["completed", "passed", "failed"] {
            assert_eq!(forbidden(&unit.says(verb).await), "10.2.2.0-5", "{mode} {verb}");
        }
        unit.says("terminated").await.is(StatusCode::NO_CONTENT);
    }
    let wrong = json!({ "actor": super::actor("7"), "mode": "Exam" }).to_string();
    program.posts(&format!("/{package}/units/0/launches"), "application/json", wrong).await.is(StatusCode::UNPROCESSABLE_ENTITY);
}

#[both_engines]
async fn requirement_9_3_0_completed_and_passed_are_said_once_in_a_registration(site: Site) {
    let program = program(&site).await;
    let package = simple(&program, "CompletedAndPassed").await;
    let mut first = program.launches(&package, 0, json!({})).await;
    first.begins().await;
    for verb in ["completed", "passed", "terminated"] {
        first.says(verb).await.is(StatusCode::NO_CONTENT);
    }
    let mut second = program.launches(&package, 0, json!({ "registration": first.registration })).await;
    assert_eq!((&second.registration, &second.activity), (&first.registration, &first.activity));
    assert_ne!(second.session, first.session);
    second.begins().await;
    for (verb, requirement) in [("completed", "9.3.0.0-6"), ("passed", "9.3.0.0-7"), ("failed", "9.3.0.0-8")] {
        assert_eq!(forbidden(&second.says(verb).await), requirement);
    }
    // Another learner has nothing to do with it.
    let body = json!({ "actor": super::actor("8"), "registration": first.registration }).to_string();
    program.posts(&format!("/{package}/units/0/launches"), "application/json", body).await.is(StatusCode::UNPROCESSABLE_ENTITY);
}

#[both_engines]
async fn requirement_9_3_6_an_abandoned_session_says_nothing_more(site: Site) {
    let program = program(&site).await;
    let package = simple(&program, "Completed").await;
    let mut unit = program.launches(&package, 0, json!({})).await;
    unit.begins().await;
    let path = format!("/sessions/{}/abandonment", unit.session);
    program.posts(&path, "application/json", "{}").await.is(StatusCode::OK);
    program.posts(&path, "application/json", "{}").await.is(StatusCode::UNPROCESSABLE_ENTITY);
    unit.says("completed").await.is(StatusCode::UNAUTHORIZED);
    unit.reads_preferences().await.is(StatusCode::UNAUTHORIZED);
    let said = program.statements(&unit.registration).await;
    assert_eq!(verbs(&said), ["launched", "initialized", "abandoned"]);
    assert!(said[2]["result"]["duration"].is_string());
    assert_eq!(said[2]["context"]["extensions"][words::SESSION_ID], unit.session.as_str());
    assert_eq!((&said[2]["object"]["id"], &said[2]["actor"]), (&json!(unit.activity), &super::actor("7")));
}

#[both_engines]
async fn requirement_9_3_6_a_launch_abandons_what_is_open(site: Site) {
    let program = program(&site).await;
    let two = format!(
        "{}{}",
        unit(0, "moveOn=\"Completed\"", "https://content.example.com/0"),
        unit(1, "moveOn=\"Completed\"", "https://content.example.com/1")
    );
    let package = program.imports(structure(&two)).await;
    let mut first = program.launches(&package, 0, json!({})).await;
    first.begins().await;
    let mut second = program.launches(&package, 1, json!({ "registration": first.registration })).await;
    first.says("completed").await.is(StatusCode::UNAUTHORIZED);
    second.begins().await;
    second.says("completed").await.is(StatusCode::NO_CONTENT);
    let said = program.statements(&first.registration).await;
    assert_eq!(verbs(&said), ["launched", "initialized", "abandoned", "launched", "initialized", "completed"]);
}

#[both_engines]
async fn requirement_9_3_7_a_unit_is_waived_once_and_for_a_reason(site: Site) {
    let program = program(&site).await;
    let package = simple(&program, "CompletedAndPassed").await;
    let mut unit = program.launches(&package, 0, json!({})).await;
    unit.begins().await;
    unit.says("terminated").await.is(StatusCode::NO_CONTENT);
    let path = format!("/registrations/{}/units/0/waiver", unit.registration);
    program.posts(&path, "application/json", r#"{"reason":"Because"}"#).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    program.posts(&path, "application/json", r#"{"reason":"Administrative"}"#).await.is(StatusCode::OK);
    program.posts(&path, "application/json", r#"{"reason":"Administrative"}"#).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    let said = program.statements(&unit.registration).await;
    assert_eq!(verbs(&said), ["launched", "initialized", "terminated", "waived", "satisfied"]);
    let waived = &said[3];
    assert_eq!(waived["result"]["extensions"][words::REASON], "Administrative");
    assert_eq!((&waived["result"]["success"], &waived["result"]["completion"]), (&json!(true), &json!(true)));
    assert!(waived["context"]["contextActivities"]["category"].to_string().contains(words::CATEGORY_MOVE_ON));
    let session = &waived["context"]["extensions"][words::SESSION_ID];
    assert_ne!(*session, json!(unit.session));
    assert_eq!(said[4]["context"]["extensions"][words::SESSION_ID], *session);
}

#[both_engines]
async fn all_statements_of_a_request_are_taken_or_none(site: Site) {
    let program = program(&site).await;
    let package = simple(&program, "Completed").await;
    let mut unit = program.launches(&package, 0, json!({})).await;
    unit.begins().await;
    let (first, mut second) = (unit.statement("completed"), unit.statement("passed"));
    second["result"]["success"] = false.into();
    let batch = json!([first, second]);
    assert_eq!(forbidden(&unit.sends(Method::POST, "statements", &[], &batch.to_string()).await), "9.5.2.0-1");
    second["result"]["success"] = true.into();
    // They may come in any order: what counts are their timestamps.
    let last = unit.statement("terminated");
    let batch = json!([last, second, first]);
    unit.sends(Method::POST, "statements", &[], &batch.to_string()).await.is(StatusCode::OK);
    let said = program.statements(&unit.registration).await;
    assert_eq!(verbs(&said), ["launched", "initialized", "terminated", "passed", "completed", "satisfied"]);
}

#[both_engines]
async fn requirement_9_1_statements_that_break_a_rule_are_refused(site: Site) {
    let program = program(&site).await;
    let package = program.imports(essentials()).await;
    let mut unit = program.launches(&package, 0, json!({})).await;
    unit.begins().await;
    let refused = async |unit: &mut super::Unit<'_>, verb: &str, change: fn(&mut Value)| {
        let mut statement = unit.statement(verb);
        change(&mut statement);
        forbidden(&unit.sends(Method::POST, "statements", &[], &statement.to_string()).await)
    };
    let without = |statement: &mut Value, key: &str| drop(statement.as_object_mut().expect("an object").remove(key));
    assert_eq!(refused(&mut unit, "passed", |one| drop(one.as_object_mut().map(|one| one.remove("id")))).await, "9.1.0.0-1");
    assert_eq!(refused(&mut unit, "passed", |one| one["timestamp"] = "2026-11-22T09:00:00+09:00".into()).await, "9.7.0.0-2");
    assert_eq!(refused(&mut unit, "passed", |one| one["actor"]["objectType"] = "Group".into()).await, "9.2.0.0-2");
    assert_eq!(refused(&mut unit, "passed", |one| one["actor"] = json!({ "mbox": "mailto:a@example.jp" })).await, "9.2.0.0-3");
    assert_eq!(refused(&mut unit, "passed", |one| one["object"]["id"] = "https://example.com/au/0".into()).await, "8.1.5.0-6");
    assert_eq!(refused(&mut unit, "passed", |one| one["result"]["score"] = json!({ "scaled": 0.89 })).await, "9.3.4.0-2");
    assert_eq!(refused(&mut unit, "failed", |one| one["result"]["score"] = json!({ "scaled": 0.9 })).await, "9.3.5.0-2");
    // What breaks a rule of xAPI itself is a bad request.
    let mut statement = unit.statement("passed");
    without(&mut statement, "verb");
    unit.sends(Method::POST, "statements", &[], &statement.to_string()).await.is(StatusCode::BAD_REQUEST);
    let mut voiding = unit.statement(xapi::VOIDED);
    voiding["object"] = json!({ "objectType": "StatementRef", "id": site.now().uuid() });
    assert_eq!(forbidden(&unit.puts(&voiding).await), "6.3.0.0-1");
}

#[both_engines]
async fn requirement_9_3_7_what_was_met_by_itself_is_not_waived(site: Site) {
    let program = program(&site).await;
    let package = simple(&program, "Completed").await;
    let mut unit = program.launches(&package, 0, json!({})).await;
    unit.begins().await;
    unit.says("completed").await.is(StatusCode::NO_CONTENT);
    let path = format!("/registrations/{}/units/0/waiver", unit.registration);
    let refused = program.posts(&path, "application/json", r#"{"reason":"Administrative"}"#).await;
    assert_eq!(refused.is(StatusCode::UNPROCESSABLE_ENTITY).json()["wrong"], "satisfied");
    assert_eq!(verbs(&program.statements(&unit.registration).await), ["launched", "initialized", "completed", "satisfied"]);
}

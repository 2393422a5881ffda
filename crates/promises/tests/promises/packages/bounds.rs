//! A session sees and changes what is its learner's, in its registration, about its unit, and nothing else.

use both_engines::both_engines;
use cmi5::vocabulary as words;
use http::{Method, StatusCode};
use serde_json::json;

use super::{forbidden, program};
use crate::site::Site;

const OTHER_AGENT: &str = r#"{"account":{"homePage":"https://lms.example.com","name":"8"}}"#;
const OTHER_REGISTRATION: &str = "ccaf384c-f8d4-4e7a-8304-49af58f0b176";

#[both_engines]
async fn requirement_10_2_1_a_unit_keeps_states_of_its_own_and_leaves_its_launch_data(site: Site) {
    let program = program(&site).await;
    let package = program.imports(include_bytes!("one-unit.xml").as_slice()).await;
    let mut unit = program.launches(&package, 0, json!({})).await;
    unit.begins().await;
    let (activity, actor, registration) = (unit.activity.clone(), unit.actor.clone(), unit.registration.clone());
    let state = |name: &'static str| {
        [("stateId", name), ("activityId", activity.as_str()), ("agent", actor.as_str()), ("registration", registration.as_str())]
    };
    unit.sends(Method::PUT, "activities/state", &state("place"), r#"{"slide":3}"#).await.is(StatusCode::NO_CONTENT);
    let kept = unit.sends(Method::GET, "activities/state", &state("place"), "").await.is(StatusCode::OK).json();
    assert_eq!(kept["slide"], 3);
    for method in [Method::PUT, Method::POST, Method::DELETE] {
        let body = if method == Method::DELETE { "" } else { "{}" };
        assert_eq!(forbidden(&unit.sends(method, "activities/state", &state(words::LAUNCH_DATA), body).await), "10.2.1.0-5");
    }
    assert_eq!(forbidden(&unit.sends(Method::DELETE, "activities/state", &state("place")[1..], "").await), "10.2.1.0-5");
    for (at, value, requirement) in
        [(1, "https://example.com/other", "8.1.5.0-6"), (2, OTHER_AGENT, "8.1.3.0-3"), (3, OTHER_REGISTRATION, "8.1.4.0-3")]
    {
        let mut query = state("place");
        query[at].1 = value;
        assert_eq!(forbidden(&unit.sends(Method::GET, "activities/state", &query, "").await), requirement);
    }
}

#[both_engines]
async fn requirement_11_preferences_are_the_learners_and_sound(site: Site) {
    let program = program(&site).await;
    let package = program.imports(include_bytes!("one-unit.xml").as_slice()).await;
    let mut unit = program.launches(&package, 0, json!({})).await;
    unit.begins().await;
    let actor = unit.actor.clone();
    let query = [("profileId", words::PREFERENCES), ("agent", actor.as_str())];
    for (query, body, requirement) in [
        (vec![query[0]], "{}", "11.0.0.0-1"),
        (vec![query[0], ("agent", OTHER_AGENT)], "{}", "11.0.0.0-1"),
        (vec![("profileId", "other"), query[1]], "{}", "11.0.0.0-4"),
        (query.to_vec(), "[]", "11.0.0.0-5"),
        (query.to_vec(), r#"{"languagePreference":"ja"}"#, "11.0.0.0-5"),
        (query.to_vec(), r#"{"languagePreference":"","audioPreference":"on"}"#, "11.1.0.0-1"),
    ] {
        assert_eq!(forbidden(&unit.sends(Method::PUT, "agents/profile", &query, body).await), requirement, "{body}");
    }
    let sound = r#"{"languagePreference":"ja,en-US","audioPreference":"off"}"#;
    unit.sends(Method::PUT, "agents/profile", &query, sound).await.is(StatusCode::NO_CONTENT);
    assert_eq!(unit.reads_preferences().await.is(StatusCode::OK).json()["languagePreference"], "ja,en-US");
}

#[both_engines]
async fn a_session_reads_the_statements_of_its_registration_alone(site: Site) {
    let program = program(&site).await;
    let package = program.imports(include_bytes!("one-unit.xml").as_slice()).await;
    let mut other = program.launches(&package, 0, json!({ "actor": super::actor("8") })).await;
    other.begins().await;
    let foreign = other.statement("https://example.com/verbs/looked");
    other.puts(&foreign).await.is(StatusCode::NO_CONTENT);
    let mut unit = program.launches(&package, 0, json!({})).await;
    unit.begins().await;
    let own = unit.statement("https://example.com/verbs/looked");
    unit.puts(&own).await.is(StatusCode::NO_CONTENT);
    let registration = unit.registration.clone();
    let found = unit.sends(Method::GET, "statements", &[("registration", &registration)], "").await.is(StatusCode::OK).json();
    assert_eq!(found["statements"].as_array().map(Vec::len), Some(3));
    assert_eq!(forbidden(&unit.sends(Method::GET, "statements", &[], "").await), "8.1.4.0-3");
    let theirs = other.registration.clone();
    assert_eq!(forbidden(&unit.sends(Method::GET, "statements", &[("registration", &theirs)], "").await), "8.1.4.0-3");
    let id = |statement: &serde_json::Value| statement["id"].as_str().expect("an id").to_owned();
    unit.sends(Method::GET, "statements", &[("statementId", &id(&own))], "").await.is(StatusCode::OK);
    unit.sends(Method::GET, "statements", &[("statementId", &id(&foreign))], "").await.is(StatusCode::NOT_FOUND);
    // Who somebody else is, and what is known of other activities, is not asked for.
    assert_eq!(forbidden(&unit.sends(Method::GET, "agents", &[("agent", OTHER_AGENT)], "").await), "8.1.3.0-3");
    let elsewhere = [("activityId", "https://example.com/other")];
    assert_eq!(forbidden(&unit.sends(Method::GET, "activities", &elsewhere, "").await), "8.1.5.0-6");
    // What belongs to another session of somebody else is refused as a whole.
    let mut stolen = unit.statement("https://example.com/verbs/looked");
    stolen["context"]["registration"] = theirs.into();
    assert_eq!(forbidden(&unit.puts(&stolen).await), "9.6.1.0-1");
}

#[both_engines]
async fn a_token_is_shown_as_basic_or_as_bearer(site: Site) {
    let program = program(&site).await;
    let package = program.imports(include_bytes!("one-unit.xml").as_slice()).await;
    let mut unit = program.launches(&package, 0, json!({})).await;
    unit.fetches().await;
    let query = serde_urlencoded::to_string([("profileId", words::PREFERENCES), ("agent", &unit.actor)]).expect("a query");
    let bearer = format!("Bearer {}", unit.token);
    let headers = [("authorization", bearer.as_str()), ("x-experience-api-version", "1.0.3")];
    super::send(&site, Method::GET, &format!("/xapi/1.0.3/agents/profile?{query}"), &headers, "").await.is(StatusCode::NOT_FOUND);
    // It opens the record store and nothing else.
    super::send(&site, Method::POST, "/api/v1/packages", &headers[..1], "").await.is(StatusCode::UNAUTHORIZED);
}

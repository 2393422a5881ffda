//! Rules that no table holds: what depends on something else in the statement.

use serde_json::{Value, json};
use uuid::Uuid;
use xapi::requirement::{self, Requirement};
use xapi::{Actor, Ifi, Json, Received, Statement, StatementObject, Version};

use crate::sample::{self, VERSIONS, check, full, small, statement};

/// The small statement with this put in at a place of its top.
fn with(key: &str, value: Value) -> Value {
    let mut statement = small();
    statement[key] = value;
    statement
}

fn refused(statement: &Value, requirement: Requirement, path: &str) {
    for version in VERSIONS {
        let refused = check(statement, version).expect_err(&format!("{version}: {statement}"));
        assert_eq!((refused.requirement, refused.path.as_str()), (requirement, path), "{version}: {refused} in {statement}");
    }
}

fn taken(statement: &Value) {
    for version in VERSIONS {
        if let Err(refused) = check(statement, version) {
            panic!("{version}: {refused} in {statement}");
        }
    }
}

#[test]
fn an_actor_a_verb_and_an_object_are_enough() {
    taken(&small());
    for (key, requirement) in
        [("actor", requirement::ACTOR_MISSING), ("verb", requirement::VERB_MISSING), ("object", requirement::OBJECT_MISSING)]
    {
        let mut without = small();
        without.as_object_mut().unwrap().remove(key);
        refused(&without, requirement, "");
    }
}

#[test]
fn an_agent_has_exactly_one_identifier() {
    let identifiers = [
        ("mbox", json!("mailto:a@example.jp")),
        ("mbox_sha1sum", json!("cd9b00a5611f94eaa7b1661edab976068e364975")),
        ("openid", json!("http://openid.example.com/1")),
        ("account", json!({"homePage": "http://example.com", "name": ""})),
    ];
    refused(&with("actor", json!({"name": "a"})), requirement::AGENT_IFI, "/actor");
    for (one, value) in &identifiers {
        taken(&with("actor", json!({*one: value})));
        taken(&with("actor", json!({"objectType": "Group", *one: value})));
        for (two, other) in identifiers.iter().filter(|(two, _)| two != one) {
            refused(&with("actor", json!({*one: value, *two: other})), requirement::AGENT_IFI, "/actor");
            refused(&with("actor", json!({"objectType": "Group", *one: value, *two: other})), requirement::GROUP_IFI, "/actor");
        }
    }
}

#[test]
fn an_anonymous_group_has_members_and_an_identified_one_may() {
    let agent = json!({"mbox": "mailto:a@example.jp"});
    taken(&with("actor", json!({"objectType": "Group", "member": [agent]})));
    taken(&with("actor", json!({"objectType": "Group", "mbox": "mailto:b@example.jp", "member": []})));
    refused(&with("actor", json!({"objectType": "Group"})), requirement::MEMBER_OF_GROUP, "/actor");
    refused(&with("actor", json!({"objectType": "Group", "member": []})), requirement::MEMBER_OF_GROUP, "/actor/member");
    refused(
        &with("actor", json!({"objectType": "Agent", "mbox": "mailto:b@example.jp", "member": [agent]})),
        requirement::MEMBER_OF_GROUP,
        "/actor/member",
    );
}

#[test]
fn a_group_holds_no_group() {
    let group = json!({"objectType": "Group", "mbox": "mailto:a@example.jp"});
    refused(
        &with("actor", json!({"objectType": "Group", "member": [{"mbox": "mailto:b@example.jp"}, group]})),
        requirement::MEMBER,
        "/actor/member/1",
    );
}

#[test]
fn a_team_is_a_group_and_an_instructor_may_be_one() {
    let (agent, group) = (json!({"mbox": "mailto:a@example.jp"}), json!({"objectType": "Group", "mbox": "mailto:a@example.jp"}));
    taken(&with("context", json!({"team": group, "instructor": group})));
    taken(&with("context", json!({"instructor": agent})));
    refused(&with("context", json!({"team": agent})), requirement::TEAM, "/context/team");
}

#[test]
fn an_authority_that_is_a_group_is_anonymous_and_of_two() {
    let agent = |name: &str| json!({"mbox": format!("mailto:{name}@example.jp")});
    let group = |members: &[Value]| json!({"objectType": "Group", "member": members});
    taken(&with("authority", agent("a")));
    taken(&with("authority", group(&[agent("a"), agent("b")])));
    refused(&with("authority", group(&[agent("a")])), requirement::AUTHORITY_GROUP, "/authority/member");
    refused(&with("authority", group(&[agent("a"), agent("b"), agent("c")])), requirement::AUTHORITY_GROUP, "/authority/member");
    let mut identified = group(&[agent("a"), agent("b")]);
    for (key, value) in [
        ("mbox", json!("mailto:c@example.jp")),
        ("openid", json!("http://example.com/1")),
        ("account", json!({"homePage": "http://example.com", "name": "a"})),
    ] {
        identified[key] = value;
        refused(&with("authority", identified.clone()), requirement::AUTHORITY_GROUP, "/authority");
        identified.as_object_mut().unwrap().remove(key);
    }
}

#[test]
fn an_agent_as_object_says_that_it_is_one() {
    refused(&with("object", json!({"mbox": "mailto:a@example.jp"})), requirement::KEY, "/object/mbox");
    taken(&with("object", json!({"objectType": "Agent", "mbox": "mailto:a@example.jp"})));
    taken(&with("object", json!({"objectType": "Group", "mbox": "mailto:a@example.jp"})));
}

#[test]
fn what_voids_refers_to_a_statement() {
    let id = "fd41c918-b88b-4b20-a0a5-a4c32391aaa0";
    let mut voiding = with("verb", json!({"id": xapi::VOIDED}));
    refused(&voiding, requirement::VOIDING_OBJECT, "/object");
    voiding["object"] = json!({"objectType": "StatementRef", "id": id});
    taken(&voiding);
    assert_eq!(statement(&voiding).voids(), Uuid::try_parse(id).ok());
    voiding["verb"]["id"] = json!("http://example.com/verbs/voided");
    assert_eq!(statement(&voiding).voids(), None, "another verb that is called the same");
}

#[test]
fn a_substatement_has_nothing_that_a_store_gives_and_holds_no_other() {
    let sub = sample::substatement(Version::V1_0_3);
    taken(&with("object", sub.clone()));
    for (key, value, requirement) in [
        ("id", json!("fd41c918-b88b-4b20-a0a5-a4c32391aaa0"), requirement::SUB_ID),
        ("stored", json!("2013-05-18T05:32:34.804Z"), requirement::SUB_STORED),
        ("version", json!("1.0.0"), requirement::SUB_VERSION),
        ("authority", json!({"mbox": "mailto:a@example.jp"}), requirement::SUB_AUTHORITY),
        ("object", sub.clone(), requirement::SUB_NESTED),
    ] {
        let mut broken = sub.clone();
        broken[key] = value;
        refused(&with("object", broken), requirement, &format!("/object/{key}"));
    }
}

#[test]
fn a_revision_and_a_platform_are_of_an_activity() {
    for (key, requirement) in [("revision", requirement::REVISION_OF_ACTIVITY), ("platform", requirement::PLATFORM_OF_ACTIVITY)] {
        for version in VERSIONS {
            for (name, object) in sample::objects(version) {
                let mut statement = small();
                statement["object"] = object.clone();
                statement["context"] = json!({key: "1"});
                let is_activity = object.get("objectType").is_none_or(|kind| kind == "Activity");
                match check(&statement, version) {
                    Ok(_) => assert!(is_activity, "{name}"),
                    Err(refused) => assert_eq!(
                        (is_activity, refused.requirement, refused.path),
                        (false, requirement, format!("/context/{key}")),
                        "{name}"
                    ),
                }
            }
        }
    }
}

#[test]
fn the_lists_of_an_interaction_belong_to_its_type() {
    let lists = [
        ("choices", requirement::CHOICES, &["choice", "sequencing"][..]),
        ("scale", requirement::SCALE, &["likert"]),
        ("source", requirement::SOURCE, &["matching"]),
        ("target", requirement::TARGET, &["matching"]),
        ("steps", requirement::STEPS, &["performance"]),
    ];
    for kind in ["true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric", "other"] {
        taken(&with("object", sample::interaction(kind, &[])));
        for (list, requirement, kinds) in lists {
            let statement = with("object", sample::interaction(kind, &[list]));
            if kinds.contains(&kind) {
                taken(&statement);
            } else {
                refused(&statement, requirement, &format!("/object/definition/{list}"));
            }
        }
    }
    for key in ["correctResponsesPattern", "choices", "scale", "source", "target", "steps"] {
        let statement = with("object", json!({"id": "http://example.com/a", "definition": {key: []}}));
        refused(&statement, requirement::INTERACTION_TYPE_MISSING, "/object/definition");
    }
}

#[test]
fn the_ids_of_components_stand_once_in_a_list() {
    let mut object = sample::interaction("matching", &["source", "target"]);
    taken(&with("object", object.clone()));
    object["definition"]["source"] = json!([{"id": "a"}, {"id": "b"}, {"id": "a"}]);
    refused(&with("object", object), requirement::COMPONENT_ID, "/object/definition/source/2");
}

#[test]
fn scores_lie_where_they_should() {
    let score = |score: Value| with("result", json!({"score": score}));
    for good in [
        json!({}),
        json!({"scaled": 1.0}),
        json!({"scaled": -1.0}),
        json!({"scaled": 0.676_767_6}),
        json!({"raw": -1e300}),
        json!({"min": 0, "raw": 0, "max": 1}),
        json!({"min": 0, "raw": 1, "max": 1}),
        json!({"max": 0}),
        json!({"min": 5, "raw": 6}),
    ] {
        taken(&score(good));
    }
    for (bad, requirement, key) in [
        (json!({"scaled": 1.01}), requirement::SCORE_SCALED, "scaled"),
        (json!({"scaled": -1.00001}), requirement::SCORE_SCALED, "scaled"),
        (json!({"raw": 2, "max": 1}), requirement::SCORE_RAW, "raw"),
        (json!({"raw": 0, "min": 1}), requirement::SCORE_RAW, "raw"),
        (json!({"min": 2, "max": 1}), requirement::SCORE_MIN, "min"),
        (json!({"min": 1, "max": 1, "raw": 1}), requirement::SCORE_MIN, "min"),
    ] {
        refused(&score(bad), requirement, &format!("/result/score/{key}"));
    }
}

#[test]
fn context_activities_are_not_empty_and_have_four_keys() {
    refused(&with("context", json!({"contextActivities": {}})), requirement::CONTEXT_ACTIVITIES_EMPTY, "/context/contextActivities");
    let other = json!({"contextActivities": {"Parent": {"id": "http://example.com/a"}}});
    refused(&with("context", other), requirement::CONTEXT_ACTIVITY_KEY, "/context/contextActivities/Parent");
    let agent = json!({"contextActivities": {"parent": [{"objectType": "Agent", "mbox": "mailto:a@example.jp"}]}});
    refused(&with("context", agent), requirement::CONTEXT_ACTIVITY, "/context/contextActivities/parent/0/objectType");
}

#[test]
fn what_came_with_the_second_version_is_unknown_to_the_first() {
    let second = full(&sample::activity(), Version::V2_0_0);
    let refused = check(&second, Version::V1_0_3).unwrap_err();
    assert_eq!((refused.requirement, refused.path.as_str()), (requirement::KEY, "/context/contextAgents"));
    let related = |value: Value| {
        let mut statement = small();
        statement["context"] = value;
        let refused = check(&statement, Version::V2_0_0).unwrap_err();
        (refused.requirement, refused.path)
    };
    let (agent, group) = (json!({"mbox": "mailto:a@example.jp"}), json!({"objectType": "Group", "mbox": "mailto:a@example.jp"}));
    for (context, requirement, path) in [
        (
            json!({"contextAgents": [{"objectType": "contextAgent", "agent": group}]}),
            requirement::CONTEXT_AGENT,
            "/context/contextAgents/0/agent",
        ),
        (
            json!({"contextGroups": [{"objectType": "contextGroup", "group": agent}]}),
            requirement::CONTEXT_GROUP,
            "/context/contextGroups/0/group",
        ),
        (
            json!({"contextAgents": [{"objectType": "contextGroup", "agent": agent}]}),
            requirement::CONTEXT_AGENT_TYPE,
            "/context/contextAgents/0/objectType",
        ),
        (json!({"contextGroups": [{"group": group}]}), requirement::CONTEXT_GROUP_TYPE, "/context/contextGroups/0"),
        (
            json!({"contextAgents": [{"objectType": "contextAgent", "agent": agent, "relevantTypes": []}]}),
            requirement::RELEVANT_TYPES,
            "/context/contextAgents/0/relevantTypes",
        ),
        (
            json!({"contextGroups": [{"objectType": "contextGroup", "group": group, "relevantTypes": ["abc"]}]}),
            requirement::RELEVANT_TYPES,
            "/context/contextGroups/0/relevantTypes/0",
        ),
    ] {
        assert_eq!(related(context), (requirement, path.to_owned()));
    }
}

#[test]
fn a_batch_says_in_which_statement_it_failed() {
    let batch = |items: &Value| Statement::parse_batch(items.to_string().as_bytes(), Version::V1_0_3, 3);
    assert!(batch(&json!([])).unwrap().statements.is_empty());
    assert!(!batch(&small()).unwrap().is_list);
    let three = batch(&json!([small(), small(), small()])).unwrap();
    assert!(three.is_list && three.statements.len() == 3);
    let refused = batch(&json!([small(), with("verb", json!({"id": ""}))])).unwrap_err();
    assert_eq!((refused.requirement, refused.path.as_str()), (requirement::VERB_ID, "/1/verb/id"));
    assert_eq!(batch(&json!([small(), small(), small(), small()])).unwrap_err().requirement, requirement::LIMIT);
    assert_eq!(batch(&json!([[small()]])).unwrap_err().path, "/0");
}

#[test]
fn what_was_sent_is_kept_to_the_digit() {
    let sent = r#"{"verb":{"id":"http://example.com/v"},"object":{"id":"http://example.com/a"},"result":{"score":{"raw":12.1250,"max":1e2}},"actor":{"mbox":"mailto:a@example.jp"}}"#;
    assert_eq!(Statement::parse(sent.as_bytes(), Version::V1_0_3).unwrap().json().to_string(), sent);
}

#[test]
fn a_store_adds_what_is_missing_and_overwrites_what_is_its_own() {
    let authority = Json::parse(br#"{"mbox":"mailto:lrs@example.jp"}"#).unwrap();
    let id = Uuid::try_parse("8f87ccde-bb56-4c2e-ab83-44982ef22df0").unwrap();
    let received = Received { id, stored: "2026-11-26T09:30:00.5Z".parse().unwrap(), authority: &authority };
    let mut sent = small();
    sent["context"] = json!({"contextActivities": {"parent": {"id": "http://example.com/one"}}});
    sent["stored"] = json!("2013-05-18T05:32:34.804Z");
    for (version, says) in [(Version::V1_0_3, "1.0.0"), (Version::V2_0_0, "2.0.0")] {
        let stored = check(&sent, version).unwrap().received(&received);
        let stored: Value = serde_json::from_str(&stored.json().to_string()).unwrap();
        let moment = "2026-11-26T09:30:00.500000Z";
        assert_eq!(stored["id"], json!(id.to_string()));
        assert_eq!((&stored["timestamp"], &stored["stored"], &stored["version"]), (&json!(moment), &json!(moment), &json!(says)));
        assert_eq!(stored["authority"], json!({"mbox": "mailto:lrs@example.jp"}));
        assert_eq!(stored["context"]["contextActivities"]["parent"], json!([{"id": "http://example.com/one"}]));
    }
    let whole = full(&sample::substatement(Version::V1_0_3), Version::V1_0_3);
    let stored: Value = serde_json::from_str(&statement(&whole).received(&received).json().to_string()).unwrap();
    for key in ["id", "timestamp", "version"] {
        assert_eq!(stored[key], whole[key], "{key} was said");
    }
    assert!(stored["object"]["context"]["contextActivities"]["grouping"].is_array());
}

#[test]
fn a_statement_is_read_by_its_parts() {
    let statement = statement(&full(&sample::activity(), Version::V2_0_0));
    assert_eq!(statement.actor().name(), Some("見本 花子"));
    assert!(matches!(statement.actor().ifi(), Some(Ifi::MboxSha1Sum(_))));
    assert_eq!(statement.verb().id(), "http://example.com/verbs/answered");
    let StatementObject::Activity(activity) = statement.object() else { panic!("an activity") };
    assert_eq!(activity.id(), "http://example.com/activities/訓練");
    let context = statement.context().unwrap();
    assert_eq!(context.activities().map(|(key, _)| key).collect::<Vec<_>>(), ["parent", "parent", "grouping", "category"]);
    assert_eq!(context.actors().count(), 2);
    assert!(matches!(context.team(), Some(Actor::Group(_))));
    assert_eq!(statement.attachments().next().unwrap().length(), 27);
    assert_eq!(statement.timestamp().unwrap().instant().to_string(), "2026-11-26T00:30:00.123Z");
    assert_eq!(statement.authority().unwrap().members().count(), 2);
}

#[test]
fn a_parameter_is_checked_like_a_part_of_a_statement() {
    let json = |text: &str| Json::parse(text.as_bytes()).unwrap();
    assert!(Actor::of(&json(r#"{"mbox":"mailto:a@example.jp"}"#), Version::V1_0_3).is_ok());
    for bad in [
        r#"{"mbox":"a@example.jp"}"#,
        "{}",
        "[]",
        r#""mailto:a@example.jp""#,
        "null",
        r#"{"objectType":"Person","mbox":"mailto:a@example.jp"}"#,
    ] {
        assert!(Actor::of(&json(bad), Version::V2_0_0).is_err(), "{bad}");
    }
}

#[test]
fn who_is_asked_for_has_an_identifier() {
    let key = |text: &str| xapi::agent_key(text, Version::V2_0_0).map_err(|refused| refused.requirement);
    assert_eq!(key(r#"{"mbox":"mailto:a@EXAMPLE.jp"}"#).as_deref(), Ok("mbox mailto:a@example.jp"));
    assert_eq!(key(r#"{"objectType":"Group","mbox":"mailto:a@example.jp"}"#).as_deref(), Ok("mbox mailto:a@example.jp"));
    assert_eq!(key(r#"{"objectType":"Group","member":[{"mbox":"mailto:a@example.jp"}]}"#), Err(requirement::GROUP_IFI));
    assert_eq!(key("mailto:a@example.jp"), Err(requirement::WELL_FORMED));
}

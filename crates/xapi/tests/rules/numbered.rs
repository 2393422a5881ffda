//! Each requirement by its number, with a statement that breaks it and nothing else.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use xapi::requirement::{self as is, ALL, Requirement};
use xapi::{Statement, Version};

use crate::sample::{check, full, interaction, objects, substatement};

/// What is done to a place of a whole statement.
enum Broken {
    /// Another value is put there.
    Put(Value),
    /// The place is taken out.
    Gone,
}

use Broken::{Gone, Put};

/// The number, the object of the statement, the place, and what is done there.
#[expect(clippy::too_many_lines, reason = "one line for each requirement")]
fn cases() -> Vec<(Requirement, &'static str, &'static str, Broken)> {
    let agent = || json!({"mbox": "mailto:a@example.jp"});
    let text = || Put(json!("should fail"));
    let number = || Put(json!(12345));
    vec![
        (is::NULL, "activity", "/actor/name", Put(Value::Null)),
        (is::ACTOR_MISSING, "activity", "/actor", Gone),
        (is::VERB_MISSING, "activity", "/verb", Gone),
        (is::OBJECT_MISSING, "activity", "/object", Gone),
        (is::ACTOR_MISSING, "substatement", "/object/actor", Gone),
        (is::VERB_MISSING, "substatement", "/object/verb", Gone),
        (is::OBJECT_MISSING, "substatement", "/object/object", Gone),
        (is::TYPE, "activity", "/verb", text()),
        (is::TYPE, "activity", "/object", text()),
        (is::TYPE, "activity", "/result", text()),
        (is::TYPE, "activity", "/context", text()),
        (is::KEY_CASE, "activity", "/iD", Put(json!("fd41c918-b88b-4b20-a0a5-a4c32391aaa0"))),
        (is::KEY, "activity", "/key", text()),
        (is::LANGUAGE_TAG, "activity", "/verb/display/a12345", text()),
        (is::TIMESTAMP, "activity", "/timestamp", text()),
        (is::TIMESTAMP, "substatement", "/object/timestamp", text()),
        (is::STORED, "activity", "/stored", text()),
        (is::AUTHORITY, "activity", "/authority", text()),
        (is::ATTACHMENTS, "activity", "/attachments", Put(json!({}))),
        (is::ATTACHMENTS, "activity", "/attachments/0", number()),
        (is::ID, "activity", "/id", text()),
        (is::ID_STRING, "activity", "/id", number()),
        (is::ACTOR_TYPE, "activity", "/actor/objectType", Put(json!("agent"))),
        (is::OBJECT_TYPE_STRING, "activity", "/actor/objectType", number()),
        (is::ACTOR_NAME, "activity", "/actor/name", number()),
        (is::AGENT_IFI, "activity", "/actor/mbox_sha1sum", Gone),
        (is::MEMBER_OF_GROUP, "activity", "/actor/member", Put(json!([agent()]))),
        (is::MEMBER, "activity", "/context/team/member", Put(json!({}))),
        (is::MEMBER, "activity", "/context/team/member/0", Put(json!({"objectType": "Group", "mbox": "mailto:a@example.jp"}))),
        (is::GROUP_IFI, "activity", "/context/team/mbox", Put(json!("mailto:a@example.jp"))),
        (is::MBOX, "activity", "/context/instructor/mbox", Put(json!("mailto:should.fail.com"))),
        (is::MBOX_SHA1SUM, "activity", "/actor/mbox_sha1sum", text()),
        (is::OPENID, "activity", "/context/team/openid", text()),
        (is::ACCOUNT, "agent", "/object/account", text()),
        (is::HOME_PAGE, "agent", "/object/account/homePage", text()),
        (is::HOME_PAGE, "agent", "/object/account/homePage", Gone),
        (is::ACCOUNT_NAME, "agent", "/object/account/name", Put(json!({}))),
        (is::ACCOUNT_NAME, "agent", "/object/account/name", Gone),
        (is::VERB_ID, "activity", "/verb/id", Put(json!("ab=c://should.fail.com"))),
        (is::VERB_ID, "activity", "/verb/id", Gone),
        (is::VERB_DISPLAY, "activity", "/verb/display", text()),
        (is::OBJECT_TYPE, "activity", "/object/objectType", Put(json!("activity"))),
        (is::ACTIVITY_ID, "activity", "/object/id", text()),
        (is::ACTIVITY_ID, "activity", "/object/id", Gone),
        (is::DEFINITION, "activity", "/object/definition", text()),
        (is::INTERACTION_TYPE, "choice", "/object/definition/interactionType", text()),
        (is::CORRECT_RESPONSES, "choice", "/object/definition/correctResponsesPattern", Put(json!([1]))),
        (is::STEPS, "performance", "/object/definition/steps", Put(json!({}))),
        (is::STEPS, "choice", "/object/definition/steps", Put(json!([{"id": "a"}]))),
        (is::TARGET, "matching", "/object/definition/target", text()),
        (is::TARGET, "choice", "/object/definition/target", Put(json!([{"id": "a"}]))),
        (is::SOURCE, "matching", "/object/definition/source", text()),
        (is::SCALE, "likert", "/object/definition/scale", text()),
        (is::CHOICES, "choice", "/object/definition/choices", text()),
        (is::CHOICES, "sequencing", "/object/definition/choices", number()),
        (is::DEFINITION_NAME, "activity", "/object/definition/name", text()),
        (is::DEFINITION_EXTENSIONS, "activity", "/object/definition/extensions", text()),
        (is::COMPONENT_ID, "choice", "/object/definition/choices/0/id", number()),
        (is::COMPONENT_ID, "choice", "/object/definition/choices/0/id", Gone),
        (is::COMPONENT_ID, "choice", "/object/definition/choices/1/id", Put(json!("a"))),
        (is::DEFINITION_DESCRIPTION, "activity", "/object/definition/description", text()),
        (is::DEFINITION_TYPE, "activity", "/object/definition/type", text()),
        (is::MORE_INFO, "activity", "/object/definition/moreInfo", text()),
        (is::COMPONENT_DESCRIPTION, "likert", "/object/definition/scale/0/description", text()),
        (is::COMPONENT, "performance", "/object/definition/steps/0", text()),
        (is::INTERACTION_TYPE_MISSING, "other", "/object/definition/interactionType", Gone),
        (is::SUB_AUTHORITY, "substatement", "/object/authority", Put(agent())),
        (is::SUB_VERSION, "substatement", "/object/version", Put(json!("1.0.0"))),
        (is::SUB_STORED, "substatement", "/object/stored", Put(json!("2013-05-18T05:32:34.804Z"))),
        (is::SUB_ID, "substatement", "/object/id", Put(json!("fd41c918-b88b-4b20-a0a5-a4c32391aaa0"))),
        (is::SUB_NESTED, "substatement", "/object/object", Put(substatement(Version::V1_0_3))),
        (is::REFERENCE_ID, "reference", "/object/id", text()),
        (is::REFERENCE_ID, "reference", "/object/id", Gone),
        (is::REFERENCE_TYPE, "activity", "/context/statement/objectType", Gone),
        (is::REFERENCE_TYPE, "activity", "/context/statement/objectType", Put(json!("statementref"))),
        (is::SUCCESS, "activity", "/result/success", Put(json!("true"))),
        (is::COMPLETION, "activity", "/result/completion", Put(json!("false"))),
        (is::RESPONSE, "activity", "/result/response", number()),
        (is::RESULT_EXTENSIONS, "activity", "/result/extensions", text()),
        (is::SCORE, "activity", "/result/score", number()),
        (is::SCORE_MAX, "activity", "/result/score/max", Put(json!("100"))),
        (is::SCORE_MIN, "activity", "/result/score/min", Put(json!(100.5))),
        (is::SCORE_RAW, "activity", "/result/score/raw", Put(json!(100.5))),
        (is::SCORE_SCALED, "activity", "/result/score/scaled", Put(json!(-1.00001))),
        (is::REVISION_OF_ACTIVITY, "agent", "/context/revision", Put(json!("1"))),
        (is::PLATFORM_OF_ACTIVITY, "reference", "/context/platform", Put(json!("1"))),
        (is::CONTEXT_ACTIVITIES, "activity", "/context/contextActivities", text()),
        (is::REGISTRATION, "activity", "/context/registration", text()),
        (is::INSTRUCTOR, "activity", "/context/instructor", text()),
        (is::TEAM, "activity", "/context/team", Put(agent())),
        (is::REVISION, "activity", "/context/revision", number()),
        (is::PLATFORM, "activity", "/context/platform", Put(json!({}))),
        (is::LANGUAGE, "activity", "/context/language", Put(json!("a12345"))),
        (is::CONTEXT_STATEMENT, "activity", "/context/statement", text()),
        (is::CONTEXT_ACTIVITY_KEY, "activity", "/context/contextActivities/key", Put(json!([]))),
        (is::CONTEXT_ACTIVITY, "activity", "/context/contextActivities/other", text()),
        (is::CONTEXT_ACTIVITIES_EMPTY, "activity", "/context/contextActivities", Put(json!({}))),
        (is::CONTEXT_EXTENSIONS, "activity", "/context/extensions", text()),
        (is::AUTHORITY_GROUP, "activity", "/authority/member", Put(json!([agent()]))),
        (is::AUTHORITY_GROUP, "activity", "/authority/mbox", Put(json!("mailto:a@example.jp"))),
        (is::VERSION, "activity", "/version", Put(json!("0.9.9"))),
        (is::LENGTH, "activity", "/attachments/0/length", text()),
        (is::LENGTH, "activity", "/attachments/0/length", Gone),
        (is::SHA2, "activity", "/attachments/0/sha2", number()),
        (is::SHA2, "activity", "/attachments/0/sha2", Gone),
        (is::FILE_URL, "activity", "/attachments/0/fileUrl", text()),
        (is::CONTENT_TYPE, "activity", "/attachments/0/contentType", number()),
        (is::CONTENT_TYPE, "activity", "/attachments/0/contentType", Gone),
        (is::ATTACHMENT_DISPLAY, "activity", "/attachments/0/display", text()),
        (is::ATTACHMENT_DISPLAY, "activity", "/attachments/0/display", Gone),
        (is::USAGE_TYPE, "activity", "/attachments/0/usageType", text()),
        (is::USAGE_TYPE, "activity", "/attachments/0/usageType", Gone),
        (is::EXTENSION_KEY, "activity", "/result/extensions", Put(json!({"should fail": true}))),
        (is::LANGUAGE_MAP, "activity", "/verb/display", Put(json!({}))),
        (is::LANGUAGE_MAP, "activity", "/attachments/0/description", text()),
        (is::DURATION, "activity", "/result/duration", Put(json!("PA1H0M0S"))),
        (is::CONTEXT_AGENTS, "activity", "/context/contextAgents", Put(json!({}))),
        (is::CONTEXT_AGENTS, "activity", "/context/contextAgents/0/agent", Gone),
        (is::CONTEXT_AGENT_TYPE, "activity", "/context/contextAgents/0/objectType", text()),
        (is::CONTEXT_AGENT, "activity", "/context/contextAgents/0/agent", text()),
        (is::CONTEXT_GROUPS, "activity", "/context/contextGroups", text()),
        (is::CONTEXT_GROUP_TYPE, "activity", "/context/contextGroups/0/objectType", text()),
        (is::CONTEXT_GROUP, "activity", "/context/contextGroups/0/group", Put(agent())),
        (is::RELEVANT_TYPES, "activity", "/context/contextAgents/0/relevantTypes", Put(json!([]))),
        (is::RELEVANT_TYPES, "activity", "/context/contextGroups/0/relevantTypes", Put(json!(["abc"]))),
    ]
}

fn broken(object: &Value, path: &str, how: &Broken) -> Value {
    let mut statement = full(object, Version::V2_0_0);
    let (above, key) = path.rsplit_once('/').unwrap();
    match (statement.pointer_mut(above).unwrap(), how) {
        (Value::Object(map), Put(value)) => {
            map.insert(key.to_owned(), value.clone());
        }
        (Value::Object(map), Gone) => {
            map.remove(key).unwrap();
        }
        (Value::Array(items), Put(value)) => items[key.parse::<usize>().unwrap()] = value.clone(),
        _ => panic!("{path}"),
    }
    statement
}

#[test]
fn each_number_is_named_when_its_requirement_is_broken() {
    let objects = objects(Version::V2_0_0);
    for (requirement, name, path, how) in cases() {
        let object = &objects.iter().find(|(there, _)| *there == name).unwrap().1;
        let refused = check(&broken(object, path, &how), Version::V2_0_0).expect_err(path);
        assert_eq!(refused.requirement, requirement, "{path}: {refused}");
        assert!(path.starts_with(&refused.path) || refused.path.starts_with(path) || requirement == is::SCORE_MIN, "{path}: {refused}");
    }
}

#[test]
fn each_number_of_a_statement_has_such_a_case() {
    let elsewhere = [
        // JSON itself, parameters, bodies, signatures, documents and headers have tests of their own.
        is::FORMAT,
        is::WELL_FORMED,
        is::ENCODING,
        is::ONCE,
        is::LIMIT,
        is::ALTERNATE,
        is::VOIDING_OBJECT,
        is::SIGNATURE,
        is::SIGNED_STATEMENT,
        is::SIGNATURE_ALGORITHM,
        is::BODY_TYPE,
        is::EXCESS_PART,
        is::MISSING_PART,
        is::BOUNDARY,
        is::BOUNDARY_NAMED,
        is::PART_HASH,
        is::FIRST_PART_JSON,
        is::PART_BINARY,
        is::MULTIPART,
        is::DOCUMENT_OBJECT,
        is::DOCUMENT_TYPE,
        is::VERSION_HEADER,
        is::PARAMETER_VALUE,
        is::VOIDED_STATEMENT,
        is::ONE_STATEMENT,
        is::PARAMETER,
        is::PARAMETER_CASE,
    ];
    let tried: BTreeSet<Requirement> = cases().iter().map(|case| case.0).chain(elsewhere).collect();
    let missing: Vec<&Requirement> = ALL.iter().filter(|requirement| !tried.contains(requirement)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn floats_keep_their_precision_for_they_are_kept_as_text() {
    let mut statement = full(&interaction("numeric", &[]), Version::V1_0_3);
    statement["result"]["score"] = json!({"min": "MIN", "raw": 12.125, "max": 45.45});
    let text = statement.to_string().replace("\"MIN\"", "0.121234340000000001");
    assert!(Statement::parse(text.as_bytes(), Version::V1_0_3).unwrap().json().to_string().contains("\"min\":0.121234340000000001"));
}

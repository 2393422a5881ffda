//! What a statement is found by (xAPI-Communication 2.1.3).

use serde_json::json;
use xapi::{ActivityRole, AgentRole, Index, Version};

use crate::sample::{self, full, small, statement};

fn agents(index: &Index, role: AgentRole, within: bool) -> Vec<&str> {
    index.agents.iter().filter(|entry| entry.role == role && entry.within == within).map(|entry| entry.key.as_str()).collect()
}

fn activities(index: &Index, role: ActivityRole, within: bool) -> Vec<&str> {
    index.activities.iter().filter(|entry| entry.role == role && entry.within == within).map(|entry| entry.id.as_str()).collect()
}

const ACCOUNT: &str = "account https://example.com/ 7";
const TARO: &str = "mbox mailto:taro@example.jp";

#[test]
fn agents_are_found_by_their_role_here_and_within() {
    let index = Index::of(&statement(&full(&sample::substatement(Version::V2_0_0), Version::V2_0_0)));
    for within in [false, true] {
        assert_eq!(agents(&index, AgentRole::Actor, within), ["mbox_sha1sum cd9b00a5611f94eaa7b1661edab976068e364975"]);
        assert_eq!(agents(&index, AgentRole::Instructor, within), ["mbox mailto:sensei@example.jp"]);
        assert_eq!(
            agents(&index, AgentRole::Team, within),
            [ACCOUNT, "mbox mailto:hanako@example.jp", "openid http://openid.example.com/1"],
            "with its members"
        );
        assert_eq!(agents(&index, AgentRole::Context, within), [ACCOUNT, "mbox mailto:nurse@example.jp", TARO]);
    }
    assert_eq!(agents(&index, AgentRole::Authority, false), [ACCOUNT, TARO]);
    let direct: Vec<_> = index.agents.iter().filter(|entry| entry.is_direct()).collect();
    assert_eq!(direct.len(), 1, "without related_agents the actor and the object alone");
    let index = Index::of(&statement(&full(&json!({"objectType": "Agent", "mbox": "mailto:taro@EXAMPLE.jp"}), Version::V2_0_0)));
    assert_eq!(agents(&index, AgentRole::Object, false), [TARO]);
}

#[test]
fn activities_are_found_by_their_role_here_and_within() {
    let index = Index::of(&statement(&full(&sample::substatement(Version::V2_0_0), Version::V2_0_0)));
    let training = "http://example.com/activities/訓練";
    for within in [false, true] {
        assert_eq!(activities(&index, ActivityRole::Parent, within), ["http://example.com/activities/other", training]);
        assert_eq!(activities(&index, ActivityRole::Grouping, within), ["http://example.com/activities/one"]);
        assert_eq!(activities(&index, ActivityRole::Category, within), ["http://example.com/profiles/1"]);
        assert!(activities(&index, ActivityRole::Other, within).is_empty());
    }
    assert_eq!(activities(&index, ActivityRole::Object, true), [training]);
    assert!(!index.activities.iter().any(xapi::ActivityEntry::is_direct), "the activity of a statement within is a related one");
    assert!(Index::of(&statement(&small())).activities[0].is_direct());
}

#[test]
fn verbs_registrations_references_and_moments_are_kept() {
    let id = "8f87ccde-bb56-4c2e-ab83-44982ef22df0";
    let reference = json!({"objectType": "StatementRef", "id": id});
    let mut value = full(&reference, Version::V1_0_3);
    let index = Index::of(&statement(&value));
    assert_eq!(index.verb, "http://example.com/verbs/answered");
    assert_eq!(index.registration.unwrap().to_string(), "ec531277-b57b-4c15-8d91-d292c5b2b8f7");
    assert_eq!((index.refers_to.unwrap().to_string().as_str(), index.voids), (id, None));
    assert_eq!(index.timestamp.unwrap().to_string(), "2026-11-26T00:30:00.123Z");
    value["verb"] = json!({"id": xapi::VOIDED});
    assert_eq!(Index::of(&statement(&value)).voids, Index::of(&statement(&value)).refers_to);
    let mut within = small();
    within["object"] = sample::substatement(Version::V1_0_3);
    within["object"]["object"] = reference;
    within["object"]["context"] = json!({});
    assert_eq!(Index::of(&statement(&within)).refers_to, None);
}

#[test]
fn what_a_statement_says_of_activities_and_verbs_is_gathered() {
    let statement = statement(&full(&sample::substatement(Version::V2_0_0), Version::V2_0_0));
    let found: Vec<&str> = xapi::definitions(&statement).map(|(id, _)| id).collect();
    assert_eq!(found, ["http://example.com/activities/訓練"; 3], "the object within, and the parents of both");
    assert_eq!(xapi::displays(&statement).count(), 2);
}

//! Filters, held against what the specification says of each statement by itself.

use both_engines::both_engines;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};
use std::collections::HashMap;
use xapi::{Index, Query, Statement, Version, Which};

use super::{Client, client, id};
use crate::site::Site;

const AGENTS: [&str; 3] = ["mailto:a@example.jp", "mailto:b@example.jp", "mailto:c@example.jp"];
const VERBS: [&str; 3] =
    ["http://adlnet.gov/expapi/verbs/experienced", "http://adlnet.gov/expapi/verbs/passed", "http://adlnet.gov/expapi/verbs/voided"];
const ACTIVITIES: [&str; 3] = ["https://mist.example.jp/1", "https://mist.example.jp/2", "https://mist.example.jp/3"];

/// What a room holds: every statement as the store returns it.
struct Held {
    client: Client,
    statements: Vec<(String, Statement, jiff::Timestamp)>,
}

fn some(random: &mut StdRng, number: u128) -> Value {
    let agent = |random: &mut StdRng| json!({ "mbox": AGENTS.choose(random).expect("one") });
    let activity = |random: &mut StdRng| json!({ "id": ACTIVITIES.choose(random).expect("one") });
    let verb = *VERBS[..2].choose(random).expect("one");
    let reference = json!({ "objectType": "StatementRef", "id": id(random.random_range(1..=40)) });
    let (verb, object) = match random.random_range(0..10) {
        0 => (VERBS[2], reference),
        1..=3 => (verb, reference),
        4 => {
            let mut agent = agent(random);
            agent["objectType"] = json!("Agent");
            (verb, agent)
        }
        5 => {
            (verb, json!({ "objectType": "SubStatement", "actor": agent(random), "verb": { "id": VERBS[0] }, "object": activity(random) }))
        }
        _ => (verb, activity(random)),
    };
    let mut statement = json!({ "id": id(number), "actor": agent(random), "verb": { "id": verb }, "object": object });
    if random.random_bool(0.2) {
        statement["actor"] = json!({ "objectType": "Group", "member": [agent(random), { "mbox": "mailto:d@example.jp" }] });
    }
    if random.random_bool(0.6) {
        statement["context"] = json!({
            "instructor": agent(random),
            "registration": id(random.random_range(100..102)),
            "contextActivities": { "parent": [activity(random)] },
        });
    }
    statement
}

fn asked(random: &mut StdRng) -> Vec<(&'static str, String)> {
    let mut filter: Vec<(&'static str, String)> = Vec::new();
    if random.random_bool(0.5) {
        filter.push(("agent", json!({ "mbox": AGENTS.choose(random).expect("one") }).to_string()));
        filter.push(("related_agents", random.random_bool(0.5).to_string()));
    }
    if random.random_bool(0.4) {
        filter.push(("verb", (*VERBS.choose(random).expect("one")).to_owned()));
    }
    if random.random_bool(0.5) {
        filter.push(("activity", (*ACTIVITIES.choose(random).expect("one")).to_owned()));
        filter.push(("related_activities", random.random_bool(0.5).to_string()));
    }
    if random.random_bool(0.3) {
        filter.push(("registration", id(random.random_range(100..102))));
    }
    filter.push(("ascending", random.random_bool(0.5).to_string()));
    filter.push(("limit", random.random_range(1..12).to_string()));
    filter
}

impl Held {
    /// The statements that suit by themselves or by what they refer to, and are not voided.
    fn suiting(&self, filter: &[(&'static str, String)]) -> Vec<String> {
        let parameters = filter.iter().map(|(name, value)| (*name, value.as_str()));
        let Which::Many(filter) = Query::of_parameters(parameters, Version::V2_0_0).expect("a filter").which else { panic!("many") };
        let indexes: HashMap<&str, (Index, jiff::Timestamp)> =
            self.statements.iter().map(|(id, statement, stored)| (id.as_str(), (Index::of(statement), *stored))).collect();
        let timeless = xapi::Filter { since: None, until: None, ..filter.clone() };
        let suits = |id: &str| {
            let (mut next, mut steps) = (Some(id.to_owned()), 0);
            while let Some((index, stored)) = next.as_deref().and_then(|id| indexes.get(id)) {
                if timeless.suits(index, *stored) {
                    return true;
                }
                steps += 1;
                next = index.refers_to.map(|id| id.to_string()).filter(|_| steps <= 8);
            }
            false
        };
        let moments =
            |stored: jiff::Timestamp| filter.since.is_none_or(|since| stored > since) && filter.until.is_none_or(|until| stored <= until);
        let is_voided = |id: &str| {
            indexes[id].0.voids.is_none() && indexes.values().any(|(index, _)| index.voids.is_some_and(|voids| voids.to_string() == id))
        };
        let mut found: Vec<String> = self
            .statements
            .iter()
            .filter(|(id, _, stored)| moments(*stored) && suits(id) && !is_voided(id))
            .map(|(id, ..)| id.clone())
            .collect();
        if !filter.ascending {
            found.reverse();
        }
        found
    }
}

#[both_engines]
async fn a_filter_finds_what_suits_of_its_own_organization_and_nothing_else(site: Site) {
    let mut random = StdRng::seed_from_u64(20_261_122);
    let mut rooms = Vec::new();
    for (key, code) in [("a", "1111111"), ("b", "2222222")] {
        let client = client(&site, key, Some(code), "2.0.0").await;
        rooms.push(Held { client, statements: Vec::new() });
    }
    for number in 1..=40 {
        for room in &mut rooms {
            room.client.posts(&some(&mut random, number)).await;
            for parameter in ["statementId", "voidedStatementId"] {
                let answer = room.client.get(&format!("/statements?{parameter}={}", id(number))).await;
                if answer.status.is_success() {
                    let statement = Statement::parse(&answer.bytes, Version::V2_0_0).expect("a statement");
                    let stored = answer.json()["stored"].as_str().expect("a moment").parse().expect("a moment");
                    room.statements.push((id(number), statement, stored));
                }
            }
        }
    }
    let mut found_any = 0;
    for _ in 0..120 {
        let mut filter = asked(&mut random);
        for room in &rooms {
            if random.random_bool(0.3) {
                filter.retain(|(name, _)| !["since", "until"].contains(name));
                filter.push(("since", room.statements[random.random_range(0..20)].2.to_string()));
                filter.push(("until", room.statements[random.random_range(15..40)].2.to_string()));
            }
            let parameters: Vec<(&str, &str)> = filter.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let expected = room.suiting(&filter);
            assert_eq!(room.client.found(&parameters).await, expected, "{filter:?}");
            found_any += usize::from(!expected.is_empty());
        }
    }
    assert!(found_any > 60, "{found_any}");
}

//! The parameters of a GET of statements, and what they find (xAPI-Communication 2.1.3).

use proptest::prelude::*;
use serde_json::json;
use xapi::requirement::{self, Requirement};
use xapi::{Filter, Format, Index, Query, Version, Which};

use crate::sample::{self, full, small, statement};

const ID: &str = "fd41c918-b88b-4b20-a0a5-a4c32391aaa0";

fn query(parameters: &[(&str, &str)]) -> Result<Query, (Requirement, String)> {
    Query::of_parameters(parameters.iter().copied(), Version::V1_0_3).map_err(|refused| (refused.requirement, refused.path))
}

fn filter(parameters: &[(&str, &str)]) -> Filter {
    match query(parameters).unwrap().which {
        Which::Many(filter) => filter,
        other => panic!("{other:?}"),
    }
}

fn refused(parameters: &[(&str, &str)], requirement: Requirement, path: &str) {
    assert_eq!(query(parameters), Err((requirement, path.to_owned())), "{parameters:?}");
}

fn stored() -> jiff::Timestamp {
    "2026-11-26T00:30:01Z".parse().unwrap()
}

#[test]
fn all_parameters_of_the_specification_are_understood() {
    assert_eq!(filter(&[]), Filter::default());
    let all = filter(&[
        ("agent", r#"{"mbox":"mailto:a@EXAMPLE.jp"}"#),
        ("verb", "http://example.com/v"),
        ("activity", "http://example.com/a"),
        ("registration", ID),
        ("related_activities", "true"),
        ("related_agents", "false"),
        ("since", "2026-11-26T00:00:00Z"),
        ("until", "2026-11-26T09:00:00+09:00"),
        ("limit", "10"),
        ("ascending", "true"),
    ]);
    assert_eq!(all.agent.as_deref(), Some("mbox mailto:a@example.jp"));
    assert_eq!((all.since, all.until), (all.until, all.since), "the same moment");
    assert_eq!((all.limit, all.ascending, all.related_activities, all.related_agents), (10, true, true, false));
    let one = query(&[("format", "canonical"), ("statementId", ID), ("attachments", "true")]).unwrap();
    assert_eq!(one, Query { which: Which::One(ID.parse().unwrap()), format: Format::Canonical, attachments: true });
    assert_eq!(query(&[("voidedStatementId", ID)]).unwrap().which, Which::Voided(ID.parse().unwrap()));
}

#[test]
fn a_parameter_that_is_unknown_or_in_other_capitals_is_refused() {
    refused(&[("foo", "bar")], requirement::PARAMETER, "?foo");
    refused(&[("StatementId", ID)], requirement::PARAMETER_CASE, "?StatementId");
    refused(&[("Verb", "http://example.com/v")], requirement::PARAMETER_CASE, "?Verb");
    refused(&[("verb", "http://example.com/v"), ("verb", "http://example.com/w")], requirement::PARAMETER_VALUE, "?verb");
}

#[test]
fn an_id_goes_with_the_form_and_the_attachments_alone() {
    for (name, value) in [
        ("agent", r#"{"mbox":"mailto:a@example.jp"}"#),
        ("verb", "http://example.com/v"),
        ("activity", "http://example.com/a"),
        ("registration", ID),
        ("related_activities", "true"),
        ("related_agents", "true"),
        ("since", "2026-11-26T00:00:00Z"),
        ("until", "2026-11-26T00:00:00Z"),
        ("limit", "1"),
        ("ascending", "true"),
    ] {
        refused(&[("statementId", ID), (name, value)], requirement::ONE_STATEMENT, &format!("?{name}"));
        refused(&[(name, value), ("voidedStatementId", ID)], requirement::VOIDED_STATEMENT, &format!("?{name}"));
    }
    refused(&[("statementId", ID), ("voidedStatementId", ID)], requirement::ONE_STATEMENT, "?voidedStatementId");
}

#[test]
fn values_are_held_to_the_rules_of_statements() {
    for (name, values) in [
        ("statementId", &["", "1", "AA97B177-9383-4934-8543-0F91A7A028368"][..]),
        ("voidedStatementId", &["", "x"]),
        ("registration", &["", "x"]),
        ("verb", &["", "attended", "not a uri"]),
        ("activity", &["", "a b"]),
        ("since", &["", "yesterday", "2026-11-26", "2008-09-15T15:53:00.601-00:00"]),
        ("until", &["", "x"]),
        ("limit", &["", "-1", "1.5", "x", "99999999999999999999999", "+1", "１"]),
        ("ascending", &["", "1", "True", "yes"]),
        ("attachments", &["", "1"]),
        ("related_agents", &["", "TRUE"]),
        ("related_activities", &["", "no"]),
    ] {
        for value in values {
            refused(&[(name, value)], requirement::PARAMETER_VALUE, &format!("?{name}"));
        }
    }
    refused(&[("format", "IDS")], requirement::FORMAT, "?format");
    refused(&[("agent", "{}")], requirement::AGENT_IFI, "?agent");
    refused(&[("agent", r#"{"mbox":"a@example.jp"}"#)], requirement::MBOX, "?agent/mbox");
    refused(&[("agent", "x")], requirement::WELL_FORMED, "?agent");
}

#[test]
fn filters_find_directly_or_what_is_related() {
    let index = Index::of(&statement(&full(&sample::substatement(Version::V2_0_0), Version::V2_0_0)));
    let finds = |parameters: &[(&str, &str)]| filter(parameters).suits(&index, stored());
    for (agent, direct) in [
        (r#"{"mbox_sha1sum":"CD9B00A5611F94EAA7B1661EDAB976068E364975"}"#, true),
        (r#"{"mbox":"mailto:sensei@example.jp"}"#, false),
        (r#"{"mbox":"mailto:hanako@example.jp"}"#, false),
        (r#"{"account":{"homePage":"https://example.com/","name":"7"}}"#, false),
        (r#"{"mbox":"mailto:nurse@example.jp"}"#, false),
    ] {
        assert_eq!(finds(&[("agent", agent)]), direct, "{agent}");
        assert!(finds(&[("agent", agent), ("related_agents", "true")]), "{agent}");
    }
    assert!(!finds(&[("agent", r#"{"mbox":"mailto:nobody@example.jp"}"#), ("related_agents", "true")]));
    for activity in ["http://example.com/activities/訓練", "http://example.com/activities/one", "http://example.com/profiles/1"] {
        assert!(!finds(&[("activity", activity)]), "{activity}");
        assert!(finds(&[("activity", activity), ("related_activities", "true")]), "{activity}");
    }
    assert!(finds(&[("verb", "http://example.com/verbs/answered")]) && !finds(&[("verb", "http://example.com/verbs/Answered")]));
    assert!(finds(&[("registration", "EC531277-B57B-4C15-8D91-D292C5B2B8F7")]) && !finds(&[("registration", ID)]));
}

#[test]
fn since_is_before_and_until_is_not_after() {
    let index = Index::of(&statement(&small()));
    let finds = |name: &str, moment: &str| filter(&[(name, moment)]).suits(&index, stored());
    assert!(finds("since", "2026-11-26T00:30:00.999999Z") && !finds("since", "2026-11-26T00:30:01Z"));
    assert!(finds("until", "2026-11-26T00:30:01Z") && !finds("until", "2026-11-26T00:30:00.999999Z"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn more_filters_find_no_more(which in 0_u32..64, object in 0_usize..16) {
        let version = Version::V2_0_0;
        let index = Index::of(&statement(&full(&sample::objects(version)[object].1, version)));
        let agent = json!({"mbox": "mailto:hanako@example.jp"}).to_string();
        let all = [
            ("agent", agent.as_str()), ("activity", "http://example.com/activities/訓練"), ("verb", "http://example.com/verbs/answered"),
            ("registration", "ec531277-b57b-4c15-8d91-d292c5b2b8f7"), ("since", "2026-11-26T00:00:00Z"), ("until", "2026-11-26T00:00:00Z"),
        ];
        let chosen: Vec<_> = all.iter().enumerate().filter(|(n, _)| which & 1 << n != 0).map(|(_, pair)| *pair).collect();
        let alone = chosen.iter().all(|pair| filter(&[*pair]).suits(&index, stored()));
        prop_assert_eq!(filter(&chosen).suits(&index, stored()), alone, "each by itself, or not all together");
        let related = [&chosen[..], &[("related_agents", "true"), ("related_activities", "true")]].concat();
        prop_assert!(!alone || filter(&related).suits(&index, stored()), "what is related is more");
    }
}

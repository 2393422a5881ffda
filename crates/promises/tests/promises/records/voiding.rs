//! Statements that are voided, and what refers to statements.

use both_engines::both_engines;
use http::StatusCode;
use serde_json::json;

use super::{VERSIONS, client, id, statement, voiding};
use crate::site::Site;

#[both_engines]
async fn a_voided_statement_is_returned_by_its_own_parameter_alone(site: Site) {
    for version in VERSIONS {
        let client = client(&site, version, Some(version), version).await;
        client.posts(&statement(1)).await;
        client.posts(&voiding(2, 1)).await;
        client.get(&format!("/statements?statementId={}", id(1))).await.is(StatusCode::NOT_FOUND);
        assert_eq!(client.get(&format!("/statements?voidedStatementId={}", id(1))).await.is(StatusCode::OK).json()["id"], id(1));
        client.get(&format!("/statements?voidedStatementId={}", id(2))).await.is(StatusCode::NOT_FOUND);
        assert_eq!(client.found(&[]).await, [id(2)]);
        // What refers to it is found by what it says.
        assert_eq!(client.found(&[("agent", r#"{"mbox":"mailto:taro@example.jp"}"#)]).await, [id(2)]);
    }
}

#[both_engines]
async fn what_voids_may_come_before_what_it_voids(site: Site) {
    let client = client(&site, "key", None, "2.0.0").await;
    client.posts(&voiding(2, 1)).await;
    client.posts(&statement(1)).await;
    client.get(&format!("/statements?statementId={}", id(1))).await.is(StatusCode::NOT_FOUND);
    client.get(&format!("/statements?voidedStatementId={}", id(1))).await.is(StatusCode::OK);
    assert_eq!(client.found(&[("activity", "https://mist.example.jp/courses/beginner")]).await, [id(2)]);
}

#[both_engines]
async fn what_voids_is_never_voided(site: Site) {
    let client = client(&site, "key", None, "1.0.3").await;
    client.posts(&statement(1)).await;
    client.posts(&voiding(2, 1)).await;
    client.posts(&voiding(3, 2)).await;
    client.posts(&voiding(5, 4)).await;
    client.posts(&voiding(4, 1)).await;
    for number in [2, 3, 4, 5] {
        client.get(&format!("/statements?statementId={}", id(number))).await.is(StatusCode::OK);
    }
}

#[both_engines]
async fn a_reference_is_found_by_all_that_its_statement_says_and_by_nothing_put_together(site: Site) {
    let client = client(&site, "key", None, "2.0.0").await;
    let refers = |number: u128, other: u128, mail: &str| {
        json!({
            "id": id(number),
            "actor": { "mbox": mail },
            "verb": { "id": "http://adlnet.gov/expapi/verbs/commented" },
            "object": { "objectType": "StatementRef", "id": id(other) },
        })
    };
    // A chain, of which the middle comes last.
    client.posts(&refers(3, 2, "mailto:third@example.jp")).await;
    client.posts(&statement(1)).await;
    client.posts(&refers(2, 1, "mailto:second@example.jp")).await;
    let (taro, second) = (r#"{"mbox":"mailto:taro@example.jp"}"#, r#"{"mbox":"mailto:second@example.jp"}"#);
    let experienced = ("verb", "http://adlnet.gov/expapi/verbs/experienced");
    assert_eq!(client.found(&[("agent", taro)]).await, [id(2), id(1), id(3)]);
    assert_eq!(client.found(&[("agent", second)]).await, [id(2), id(3)]);
    assert_eq!(client.found(&[("agent", taro), experienced]).await, [id(2), id(1), id(3)]);
    assert_eq!(client.found(&[("agent", second), experienced]).await, Vec::<String>::new(), "no statement says both");
    // Two that refer to each other lead nowhere else.
    client.posts(&json!([refers(5, 6, "mailto:fifth@example.jp"), refers(6, 5, "mailto:sixth@example.jp")])).await;
    assert_eq!(client.found(&[("agent", r#"{"mbox":"mailto:fifth@example.jp"}"#)]).await, [id(6), id(5)]);
}

//! Every client is in the room of its organization, and sees nothing of another one.

use both_engines::both_engines;
use http::{Method, StatusCode};
use serde_json::json;

use super::{client, encoded, id, statement, voiding};
use crate::site::Site;

#[both_engines]
async fn what_one_organization_stores_is_not_there_for_another(site: Site) {
    let own = client(&site, "own", Some("1111111"), "2.0.0").await;
    let second = client(&site, "second", Some("1111111"), "1.0.3").await;
    let other = client(&site, "other", Some("2222222"), "2.0.0").await;
    let portal = client(&site, "portal", None, "2.0.0").await;
    let mut told = statement(1);
    told["object"]["definition"] = json!({ "name": { "ja": "初級" } });
    own.posts(&told).await;
    let state =
        encoded(&[("activityId", "https://mist.example.jp/x"), ("agent", r#"{"mbox":"mailto:taro@example.jp"}"#), ("stateId", "a")]);
    own.send_json(Method::PUT, &format!("/activities/state?{state}"), &json!(1)).await.is(StatusCode::NO_CONTENT);
    assert_eq!(second.found(&[]).await, [id(1)], "the other client of the same organization sees it");
    second.get(&format!("/activities/state?{state}")).await.is(StatusCode::OK);
    for stranger in [&other, &portal] {
        for filter in
            [&[][..], &[("agent", r#"{"mbox":"mailto:taro@example.jp"}"#)], &[("verb", "http://adlnet.gov/expapi/verbs/experienced")]]
        {
            assert_eq!(stranger.found(filter).await, Vec::<String>::new());
        }
        stranger.get(&format!("/statements?statementId={}", id(1))).await.is(StatusCode::NOT_FOUND);
        stranger.get(&format!("/activities/state?{state}")).await.is(StatusCode::NOT_FOUND);
        let activity = stranger.get("/activities?activityId=https://mist.example.jp/courses/beginner").await.json();
        assert_eq!(activity.get("definition"), None);
        let person = stranger.get(&format!("/agents?{}", encoded(&[("agent", r#"{"mbox":"mailto:taro@example.jp"}"#)]))).await.json();
        assert_eq!(person.get("name"), None);
        // Ids are each organization's own: nothing is told of another's, nothing is voided there.
        stranger.posts(&voiding(2, 1)).await;
        let mut same_id = statement(1);
        same_id["verb"]["id"] = json!("http://adlnet.gov/expapi/verbs/answered");
        stranger.posts(&same_id).await;
    }
    assert_eq!(own.get(&format!("/statements?statementId={}", id(1))).await.is(StatusCode::OK).json()["verb"], statement(1)["verb"]);
}

#[both_engines]
async fn a_client_that_has_ended_opens_nothing(site: Site) {
    let client = client(&site, "key", None, "2.0.0").await;
    client.get("/statements").await.is(StatusCode::OK);
    site.write(async |tx, now| {
        let all = records::clients::all(tx).await?;
        assert!(records::clients::end(tx, all[0].id, "test", now).await?);
        assert!(!records::clients::end(tx, all[0].id, "test", now).await?);
        Ok(())
    })
    .await;
    client.get("/statements").await.is(StatusCode::UNAUTHORIZED);
}

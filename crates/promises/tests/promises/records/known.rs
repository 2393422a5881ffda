//! What all statements together say about an agent or an activity.

use both_engines::both_engines;
use http::StatusCode;
use serde_json::json;

use super::{VERSIONS, client, encoded, statement};
use crate::site::Site;

#[both_engines]
async fn an_activity_is_what_all_statements_say_of_it(site: Site) {
    for version in VERSIONS {
        let client = client(&site, version, Some(version), version).await;
        let path = "/activities?activityId=https://mist.example.jp/courses/beginner";
        let bare = json!({ "objectType": "Activity", "id": "https://mist.example.jp/courses/beginner" });
        assert_eq!(client.get(path).await.is(StatusCode::OK).json(), bare);
        let (mut first, mut second) = (statement(1), statement(2));
        first["object"]["definition"] = json!({ "name": { "ja": "初級" }, "type": "http://adlnet.gov/expapi/activities/course" });
        second["object"]["definition"] = json!({ "name": { "en": "Beginners" } });
        client.posts(&first).await;
        client.posts(&json!([second, statement(3)])).await;
        let got = client.get(path).await.json();
        assert_eq!(got["definition"]["name"], json!({ "ja": "初級", "en": "Beginners" }));
        assert_eq!(got["definition"]["type"], "http://adlnet.gov/expapi/activities/course");
    }
}

#[both_engines]
async fn a_person_has_all_names_of_an_agent(site: Site) {
    for version in VERSIONS {
        let client = client(&site, version, Some(version), version).await;
        let path = format!("/agents?{}", encoded(&[("agent", r#"{"mbox":"mailto:taro@example.jp"}"#)]));
        let bare = json!({ "objectType": "Person", "mbox": ["mailto:taro@example.jp"] });
        assert_eq!(client.get(&path).await.is(StatusCode::OK).json(), bare, "also of somebody who is in no statement");
        let mut other = statement(2);
        other["actor"]["name"] = json!("Taro\u{0}");
        client.posts(&json!([statement(1), other])).await;
        let mut names: Vec<String> = serde_json::from_value(client.get(&path).await.json()["name"].clone()).expect("names");
        names.sort();
        assert_eq!(names, ["Taro\u{0}", "見本 太郎"]);
    }
}

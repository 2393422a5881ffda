//! What somebody has learned stands on one page of theirs, follows what is decided, and can be taken along. The store says the same.

use both_engines::both_engines;
use http::StatusCode;
use serde_json::Value;

use super::{Client, client};
use crate::attendance::Held;
use crate::learning::{learner, takes};
use crate::site::{Site, Visitor};

const MINE: &str = "/my/record";

/// The statements that somebody takes along, the latest first: verb, name of the object.
async fn taken_along(visitor: &mut Visitor) -> Vec<(String, String)> {
    let file = visitor.get(&format!("{MINE}.json")).await;
    let all: Vec<Value> = serde_json::from_str(&file.is(StatusCode::OK).body()).expect("statements");
    let end = |iri: &Value| iri.as_str().and_then(|iri| iri.rsplit('/').next()).unwrap_or_default().to_owned();
    all.iter()
        .map(|one| (end(&one["verb"]["id"]), one["object"]["definition"]["name"]["ja"].as_str().unwrap_or_default().to_owned()))
        .collect()
}

/// Who attended, as the store has it.
async fn said(program: &Client) -> Vec<Value> {
    let found = program.get("/statements?verb=http%3A%2F%2Fadlnet.gov%2Fexpapi%2Fverbs%2Fattended").await.is(StatusCode::OK).json();
    found["statements"].as_array().expect("a list").clone()
}

#[both_engines]
async fn attendance_stands_in_the_record_while_it_is_true(site: Site) {
    let mut held = Held::on(site).await;
    held.brings_in("zoom-meeting-en.csv").await;
    learner(&held.site, "hanako@example.jp").await.get(MINE).await.is(StatusCode::OK).shows("まだ記録がありません");
    held.closes().await;
    held.site.deliver().await;

    let mut hanako = learner(&held.site, "hanako@example.jp").await;
    let page = hanako.get(MINE).await;
    page.is(StatusCode::OK).shows("令和8年度").shows("経営者向け 第3回").shows("出席").shows("46分").shows("受講証明書").shows("交付");
    assert!(page.attributes("main th a", "href").contains(&"/trainings/R8/executive/3".to_owned()));
    let mut absent = learner(&held.site, "sakio@example.jp").await;
    absent.get(MINE).await.shows("まだ記録がありません");

    let program = client(&held.site, "portal", None, "1.0.3").await;
    let attended = said(&program).await;
    assert_eq!(attended.len(), 3, "three were there");
    assert!(attended.iter().all(|one| one["actor"]["account"]["name"].as_str().is_some_and(|name| name.starts_with("persons/"))));
    assert!(attended.iter().all(|one| one.get("actor").is_some_and(|actor| actor.get("name").is_none())), "nobody is named");

    // What is decided anew by the same facts is said once; what is decided otherwise takes the place of what was said.
    let form = held.page("/closing").await.form("/reopening");
    held.office.submit_and_open(&form.choose("reason", "file")).await;
    held.marks("見本 花子", "absent").await;
    held.marks("試験 﨑男", "present").await;
    held.closes().await;
    held.site.deliver().await;
    let ids = |all: &[Value]| all.iter().map(|one| one["id"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>();
    let now = said(&program).await;
    assert_eq!(now.len(), 3);
    assert_eq!(ids(&now).iter().filter(|id| ids(&attended).contains(id)).count(), 2, "two are as they were");
    hanako.get(MINE).await.hides("経営者向け 第3回").shows("まだ記録がありません");
    assert_eq!(taken_along(&mut absent).await.len(), 2, "the session and its certificate");
}

#[both_engines]
async fn every_test_and_the_completion_of_a_course_stand_in_the_record_of_their_learner_alone(site: Site) {
    let mut nurse = learner(&site, "hanako@example.jp").await;
    takes(&site, &mut nurse, "test_out").await;
    site.deliver().await;
    let page = nurse.get(MINE).await;
    page.is(StatusCode::OK).shows("はじめての情報セキュリティ").shows("事前確認").shows("合格").shows("修了");
    let said = taken_along(&mut nurse).await;
    assert_eq!(said.iter().map(|(verb, _)| verb.as_str()).collect::<Vec<_>>().len(), 2, "{said:?}");
    assert!(said.iter().any(|(verb, _)| verb == "passed") && said.iter().any(|(verb, _)| verb == "completed"), "{said:?}");
    // A job that is done again says nothing twice.
    site.deliver().await;
    assert_eq!(taken_along(&mut nurse).await.len(), 2);

    let table = nurse.get(&format!("{MINE}.csv")).await;
    let text = table.is(StatusCode::OK).body();
    assert!(text.contains("はじめての情報セキュリティ") && text.contains("識別子"), "{text}");
    let book = nurse.get(&format!("{MINE}.xlsx")).await;
    assert!(book.is(StatusCode::OK).bytes.starts_with(b"PK"));
    assert!(book.header("content-disposition").contains("learning-record-2026-"));

    let mut other = learner(&site, "taro@example.jp").await;
    other.get(MINE).await.shows("まだ記録がありません");
    assert!(taken_along(&mut other).await.is_empty());
    site.visitor("試験 﨑男").get(MINE).await.is(StatusCode::SEE_OTHER);
    nurse.get(&format!("/en{MINE}")).await.is(StatusCode::OK).shows("Learning record").shows("completed");
}

#[both_engines]
async fn what_a_system_says_about_an_address_is_read_by_whoever_owns_it(site: Site) {
    let program = client(&site, "portal", None, "2.0.0").await;
    let many: Vec<Value> = (1..=60)
        .map(|n| {
            serde_json::json!({
                "id": super::id(n),
                "actor": { "mbox": "mailto:hanako@example.jp" },
                "verb": { "id": "http://adlnet.gov/expapi/verbs/passed", "display": { "en": "passed" } },
                "object": { "id": format!("https://lms.example.jp/{n}"), "definition": { "name": { "ja": format!("第{n}課") } } },
                "result": { "score": { "scaled": 0.9 }, "duration": "PT2M30S" },
                "timestamp": "2026-05-01T10:00:00+09:00",
            })
        })
        .collect();
    program.posts(&Value::Array(many)).await;
    let mut nurse = learner(&site, "hanako@example.jp").await;
    let first = nurse.get(MINE).await;
    first.shows("第60課").shows("第11課").hides("第10課").shows("得点 90%").shows("2分30秒").shows("合格");
    assert!(first.attributes("main th a", "href").is_empty(), "no way leads to another system");
    let next = first.attributes("nav.pager a[rel=next]", "href").remove(0);
    nurse.get(&next).await.shows("第10課").shows("第1課").shows("いちばん新しい記録へ");
    assert_eq!(taken_along(&mut nurse).await.len(), 60);
    learner(&site, "taro@example.jp").await.get(MINE).await.shows("まだ記録がありません");
}

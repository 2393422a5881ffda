//! What somebody has learned stands on one page of theirs, follows what is decided, and can be taken along. The store says the same.

use access::Role;
use both_engines::both_engines;
use db::sql;
use http::StatusCode;
use kernel::Uuid;
use records::clients::{self, NewClient, NotMade};
use serde_json::{Value, json};

use super::{Client, client, id, statement};
use crate::attendance::Held;
use crate::certificates::certified;
use crate::learning::{learner, takes};
use crate::office::staff::staff;
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

const ATTENDED: &str = "http://adlnet.gov/expapi/verbs/attended";
const EARNED: &str = "http://id.tincanapi.com/verb/earned";
const PASSED: &str = "http://adlnet.gov/expapi/verbs/passed";
const COMPLETED: &str = "http://adlnet.gov/expapi/verbs/completed";

/// Who did this, as the store has it. What voids such a statement meets the filter by what it refers to, and is left out.
async fn said(program: &Client, verb: &str) -> Vec<Value> {
    let found = program.get(&format!("/statements?verb={}", verb.replace(':', "%3A").replace('/', "%2F"))).await;
    let mut said = found.is(StatusCode::OK).json()["statements"].as_array().expect("a list").clone();
    said.retain(|one| one["verb"]["id"] == verb);
    said
}

fn ids(all: &[Value]) -> Vec<String> {
    all.iter().map(|one| one["id"].as_str().unwrap_or_default().to_owned()).collect()
}

/// How many of these are among those.
fn kept(before: &[Value], now: &[Value]) -> usize {
    let before = ids(before);
    ids(now).iter().filter(|id| before.contains(id)).count()
}

/// What another system says about the address of 花子.
fn passed(number: u128, at: &str) -> Value {
    json!({
        "id": id(number),
        "actor": { "mbox": "mailto:hanako@example.jp" },
        "verb": { "id": "http://adlnet.gov/expapi/verbs/passed", "display": { "en": "passed" } },
        "object": { "id": format!("https://lms.example.jp/{number}"), "definition": { "name": { "ja": format!("第{number}課") } } },
        "result": { "score": { "scaled": 0.9 }, "duration": "PT2M30S" },
        "timestamp": at,
    })
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
    let attended = said(&program, ATTENDED).await;
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
    let now = said(&program, ATTENDED).await;
    assert_eq!((now.len(), kept(&attended, &now)), (3, 2), "two are as they were");
    hanako.get(MINE).await.hides("経営者向け 第3回").shows("まだ記録がありません");
    assert_eq!(taken_along(&mut absent).await.len(), 2, "the session and its certificate");
}

#[both_engines]
async fn minutes_that_change_are_said_anew_where_the_verdict_stays(site: Site) {
    let mut held = Held::on(site).await;
    held.brings_in("zoom-meeting-en.csv").await;
    held.closes().await;
    held.site.deliver().await;
    let mut hanako = learner(&held.site, "hanako@example.jp").await;
    hanako.get(MINE).await.shows("46分");
    let program = client(&held.site, "portal", None, "1.0.3").await;
    let before = said(&program, ATTENDED).await;

    let form = held.page("/closing").await.form("/reopening");
    held.office.submit_and_open(&form.choose("reason", "file")).await;
    let file = "名前,メール,参加時刻,退出時刻\n見本 花子,hanako@example.jp,2026/12/23 17:45,2026/12/23 17:55\n";
    let preview = held.sends("list.csv", file.as_bytes()).await;
    held.office.submit_and_open(&preview.form(&preview.path)).await;
    assert!(held.why("見本 花子").await.contains("60分中52分"));
    held.closes().await;
    assert!(held.site.deliver().await.is_empty(), "nobody is told, since nobody became anything else");
    hanako.get(MINE).await.shows("52分").hides("46分");
    let now = said(&program, ATTENDED).await;
    assert_eq!((now.len(), kept(&before, &now)), (3, 2), "one takes the place of another, and two are as they were");
}

#[both_engines]
async fn what_another_program_says_of_a_registration_is_not_taken_back_by_the_portal(site: Site) {
    let mut held = Held::on(site).await;
    held.brings_in("zoom-meeting-en.csv").await;
    held.closes().await;
    held.site.deliver().await;
    let program = client(&held.site, "other", None, "1.0.3").await;
    let foreign: Vec<Value> = (1..)
        .zip(said(&program, ATTENDED).await)
        .map(|(number, said)| {
            let mut foreign = statement(number);
            foreign["context"] = json!({ "registration": said["context"]["registration"] });
            foreign
        })
        .collect();
    program.posts(&json!(foreign)).await;

    held.marks("見本 花子", "absent").await;
    held.site.deliver().await;
    assert_eq!(said(&program, ATTENDED).await.len(), 2, "the portal has taken back its own");
    for number in 1..=3 {
        program.get(&format!("/statements?statementId={}", id(number))).await.is(StatusCode::OK);
    }
}

#[both_engines]
async fn a_certificate_that_takes_anothers_place_is_the_only_one_in_the_record_and_no_code_is_in_the_store(site: Site) {
    let (_, first, _) = certified(&site, "見本 太郎").await;
    let mut taro = learner(&site, "taro@example.jp").await;
    let own = format!("/certificates/{first}.pdf");
    let page = taro.get(MINE).await;
    assert_eq!(page.shows("交付").attributes("main th a", "href"), [own.as_str()]);
    taro.get(&own).await.is(StatusCode::OK);
    let program = client(&site, "portal", None, "1.0.3").await;
    let before = said(&program, EARNED).await;
    assert_eq!(before.len(), 1);
    assert_eq!(before[0]["object"]["id"], format!("https://mist.example.jp/certificates/{first}"));

    let mut office = staff(&site, Role::Secretariat).await;
    let form = office.get(&format!("/staff/certificates/{first}/reissue")).await.form("/reissue");
    let form = form.fill("name", "見本　太朗").fill("note", "お名前の漢字");
    office.submit_and_open(&form).await.shows("再発行しました");
    site.deliver().await;
    let now = said(&program, EARNED).await;
    assert_eq!((now.len(), kept(&before, &now)), (1, 0), "one takes the place of the other");
    let page = taro.get(MINE).await;
    assert_eq!(page.texts("main td").iter().filter(|text| text.trim() == "交付").count(), 1);
    let shown = page.attributes("main th a", "href");
    assert_eq!(shown.len(), 1);
    assert_ne!(shown[0], own);
    taro.get(&shown[0]).await.is(StatusCode::OK);
    let everything = program.get("/statements").await;
    assert!(!everything.is(StatusCode::OK).body().contains("/verify/"), "that page shows the name to whoever has its address");
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
    let many: Value = (1..=60).map(|number| passed(number, "2026-05-01T10:00:00+09:00")).collect();
    program.posts(&many).await;
    let mut nurse = learner(&site, "hanako@example.jp").await;
    let first = nurse.get(MINE).await;
    first.shows("ページを分けています").shows("第60課").shows("第11課").hides("第10課").shows("得点 90%").shows("2分30秒").shows("合格");
    assert!(first.attributes("main th a", "href").is_empty(), "no way leads to another system");
    let next = first.attributes("nav.pager a[rel=next]", "href").remove(0);
    nurse.get(&next).await.shows("第10課").shows("第1課").shows("いちばん新しい記録へ");
    assert_eq!(taken_along(&mut nurse).await.len(), 60);
    learner(&site, "taro@example.jp").await.get(MINE).await.shows("まだ記録がありません");
}

#[both_engines]
async fn what_happened_last_stands_first_and_each_year_once_on_a_page_whenever_it_was_recorded(site: Site) {
    let program = client(&site, "portal", None, "2.0.0").await;
    let days = [(1, "2026-06-01T10:00:00+09:00"), (2, "2025-05-01T10:00:00+09:00"), (3, "2026-05-01T10:00:00+09:00")];
    for (number, at) in days {
        program.posts(&passed(number, at)).await;
    }
    let page = learner(&site, "hanako@example.jp").await.get(MINE).await;
    assert_eq!(page.texts("section.band h2"), ["令和8年度", "令和7年度"]);
    assert_eq!(page.texts("th[scope=row]"), ["第1課", "第3課", "第2課"]);
    page.hides("ページを分けています");
}

#[both_engines]
async fn what_another_program_says_first_under_an_id_of_the_portal_keeps_nothing_out(site: Site) {
    let mut nurse = learner(&site, "hanako@example.jp").await;
    takes(&site, &mut nurse, "test_out").await;
    // By these the portal calls what it says of a test and of a course.
    let find = sql!("SELECT id FROM study_tests UNION ALL SELECT id FROM studies");
    let taken: Vec<Uuid> = site.db().read(async move |tx| tx.all(find, &[]).await).await.expect("they can be read");
    assert_eq!(taken.len(), 2);
    let program = client(&site, "other", None, "2.0.0").await;
    let foreign = |id: &Uuid| {
        let mut foreign = statement(1);
        foreign["id"] = json!(id);
        foreign
    };
    program.posts(&taken.iter().map(foreign).collect()).await;

    // A job that is done again says nothing twice, under whichever id.
    for _ in 0..2 {
        site.deliver().await;
        for verb in [PASSED, COMPLETED] {
            let own = said(&program, verb).await;
            assert_eq!(own.len(), 1, "{verb}");
            assert_eq!(own[0]["authority"]["account"]["name"], "system");
        }
        let again = sql!("UPDATE jobs SET done_at = NULL WHERE kind IN ('learning.handed_in', 'learning.completed')");
        site.write(async move |tx, _| {
            assert_eq!(tx.run(again, &[]).await?, 2);
            Ok(())
        })
        .await;
    }
    let verbs: Vec<String> = taken_along(&mut nurse).await.into_iter().map(|(verb, _)| verb).collect();
    assert!(verbs.len() == 2 && verbs.contains(&"passed".to_owned()) && verbs.contains(&"completed".to_owned()), "{verbs:?}");
    for id in taken {
        let kept = program.get(&format!("/statements?statementId={id}")).await.is(StatusCode::OK).json();
        assert_eq!((&kept["verb"], &kept["authority"]["account"]["name"]), (&statement(1)["verb"], &json!("other")));
    }
}

#[both_engines]
async fn no_program_gets_the_name_under_which_the_portal_vouches(site: Site) {
    site.write(async |tx, now| {
        let new = NewClient::drawn("見本".to_owned(), None, Some("system".to_owned()), None);
        assert_eq!(clients::make(tx, &new, "test", now).await?, Err(NotMade::KeyTaken));
        assert!(clients::all(tx).await?.iter().all(|client| client.key != "system"));
        Ok(())
    })
    .await;
}

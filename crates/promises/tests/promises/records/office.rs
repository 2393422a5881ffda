//! Those who run the store see what is in it as a person reads it, and make and end the programs that speak to it.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;
use serde_json::json;

use super::{client, id};
use crate::office::staff::staff;
use crate::site::Site;

#[both_engines]
async fn a_programs_key_is_shown_once_opens_its_own_room_and_ends_at_once(site: Site) {
    client(&site, "other", Some("1310000001"), "2.0.0").await;
    let mut operator = staff(&site, Role::Operator).await;
    let form = operator.get("/staff/records/clients/new").await.is(StatusCode::OK).form("/staff/records/clients");
    operator.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("使いみちを入れてください");
    let unknown = form.clone().fill("name", "院内の学習システム").fill("organization", "9999999999");
    let refused = operator.submit(&unknown).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY).shows("このコードの医療機関は登録されていません");
    assert_eq!(refused.form("/staff/records/clients").value("name"), "院内の学習システム", "what was typed is kept");

    let form = refused.form("/staff/records/clients").fill("organization", "1310000001");
    let made = operator.submit(&form).await;
    made.is(StatusCode::OK).shows("いま写してください").shows("院内の学習システム").shows("1310000001");
    assert_eq!(made.header("cache-control"), "no-store");
    let [key, secret] = ["#client-key", "#client-secret"].map(|field| made.attributes(field, "value")[0].clone());
    let again = operator.submit(&form).await;
    again.is(StatusCode::OK).shows("すでに作られています");
    assert!(!again.body().contains(&secret), "never again");

    let mut program = client(&site, "unused", None, "2.0.0").await;
    program.identify(&key, &secret);
    program.posts(&said(1, "見本 太郎", "合格した", "見本のコース")).await;
    assert_eq!(program.found(&[]).await.len(), 1);
    operator.get("/staff/records").await.is(StatusCode::OK).shows("まだ記録がありません");
    let theirs = operator.get("/staff/records?organization=1310000001").await;
    theirs
        .is(StatusCode::OK)
        .shows("見本 太郎（taro@example.jp）")
        .shows("合格した")
        .shows("見本のコース")
        .shows("得点 90%")
        .shows("2分30秒");

    let list = operator.get("/staff/records/clients").await;
    list.is(StatusCode::OK).shows("院内の学習システム").shows(&key);
    assert!(!list.body().contains(&secret));
    let end = list.attributes("td a", "href").into_iter().next().expect("one can be ended");
    let form = operator.get(&end).await.shows("届いた記録は残ります").form(&end);
    operator.submit_and_open(&form).await.shows("プログラムを終わらせました");
    operator.get(&end).await.is(StatusCode::NOT_FOUND);
}

fn said(n: u128, who: &str, did: &str, what: &str) -> serde_json::Value {
    json!({
        "id": id(n),
        "actor": { "name": who, "mbox": "mailto:taro@example.jp" },
        "verb": { "id": format!("https://example.jp/verbs/{n}"), "display": { "ja": did } },
        "object": { "id": format!("https://example.jp/courses/{n}"), "definition": { "name": { "ja": what } } },
        "result": { "success": true, "score": { "scaled": 0.9 }, "duration": "PT2M30S" },
    })
}

#[both_engines]
async fn the_store_is_looked_through_by_person_verb_and_activity_page_by_page(site: Site) {
    let program = client(&site, "portal", None, "2.0.0").await;
    let mut secretariat = staff(&site, Role::Secretariat).await;
    let many: Vec<serde_json::Value> = (1..=30).map(|n| said(n, "見本 花子", "学んだ", &format!("第{n}課"))).collect();
    program.posts(&json!(many)).await;

    let first = secretariat.get("/staff/records").await;
    first.is(StatusCode::OK).shows("30件").shows("第30課").shows("第6課");
    let next = first.attributes("nav.pager a[rel=next]", "href").remove(0);
    let second = secretariat.get(&next).await;
    second.shows("第5課").shows("第1課");
    assert_eq!(second.attributes("tbody a", "href").len(), 5);
    let one = secretariat.get("/staff/records?verb=https%3A%2F%2Fexample.jp%2Fverbs%2F7").await;
    assert_eq!(one.shows("第7課").attributes("tbody a", "href").len(), 1);
    let hers = secretariat.get("/staff/records?agent=taro%40example.jp&activity=https%3A%2F%2Fexample.jp%2Fcourses%2F9").await;
    let path = hers.shows("第9課").attributes("tbody a", "href").remove(0);
    let page = secretariat.get(&path).await;
    page.is(StatusCode::OK).shows("見本 花子（taro@example.jp）").shows("合格").shows("\"scaled\": 0.9");
    secretariat.get("/staff/records?agent=nobody%40example.jp").await.shows("当てはまる記録がありません");
    let wrong = secretariat.get("/staff/records?agent=taro&verb=passed&registration=7").await;
    wrong
        .is(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("メールアドレスか、xAPIのエージェント")
        .shows("「https://」で始まる識別子を入れて")
        .shows("UUIDの形で");
    assert_eq!(wrong.attributes("#verb", "value"), ["passed"], "what was typed is kept");

    let voiding = json!({
        "actor": { "mbox": "mailto:admin@example.jp" },
        "verb": { "id": "http://adlnet.gov/expapi/verbs/voided" },
        "object": { "objectType": "StatementRef", "id": id(9) },
    });
    program.posts(&voiding).await;
    secretariat.get(&path).await.is(StatusCode::OK).shows("取り消しました");
}

#[both_engines]
async fn whoever_sees_applicants_reads_who_the_portals_own_people_are(site: Site) {
    let mut secretariat = staff(&site, Role::Secretariat).await;
    let address = "jimukyoku@example.jp";
    let find = async |tx: &mut db::Tx<'_>| people::accounts::by_email(tx, &"jimukyoku@example.jp".parse().expect("an address")).await;
    let account = site.db().read(find).await.expect("it can be read").expect("who has signed in").id;
    let actor = records::experiences::Who::Account(account.uuid()).agent("https://mist.example.jp");
    let program = client(&site, "portal", None, "2.0.0").await;
    let statement = json!({
        "id": id(1),
        "actor": actor,
        "verb": { "id": "https://example.jp/verbs/1", "display": { "ja": "学んだ" } },
        "object": { "id": "https://example.jp/courses/1", "definition": { "name": { "ja": "第1課" } } },
    });
    program.posts(&statement).await;

    let list = secretariat.get("/staff/records").await;
    assert_eq!(list.is(StatusCode::OK).texts("tbody td span[lang=ja]").first().map(String::as_str), Some(address));
    list.hides(&account.to_string());
    let path = list.attributes("tbody a", "href").remove(0);
    secretariat.get(&path).await.is(StatusCode::OK).shows(address);
    // The operator looks after the store, and not at people.
    staff(&site, Role::Operator).await.get("/staff/records").await.is(StatusCode::OK).shows(&account.to_string()).hides(address);
}

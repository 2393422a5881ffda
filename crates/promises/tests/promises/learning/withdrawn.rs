//! A result of an in-house course that came to the wrong person is taken back or put right: it counts no more, and stays seen.

use access::Role;
use both_engines::both_engines;
use http::{Method, StatusCode};
use kernel::Uuid;

use super::assigned::{assigns, institutions};
use super::in_house::{Stick, clerk_of, millis, takes_along};
use super::learner;
use crate::office::staff::staff;
use crate::site::Site;

const WHY: &str = "同じ氏名の別の方の結果だったため";

/// Where a result is taken back.
fn result_of(stick: &Stick, n: u128) -> String {
    format!("{}/results/{}", stick.path, Uuid::from_u128(n))
}

/// How often results were put down, and how often they were taken back.
async fn counted(site: &Site) -> (i64, i64) {
    let count = db::sql!("SELECT (SELECT COUNT(*) FROM kit_results), (SELECT COUNT(*) FROM kit_withdrawals)");
    site.db().read(async move |tx: &mut db::Tx<'_>| tx.one(count, &[]).await).await.expect("two counts")
}

#[both_engines]
async fn a_result_of_the_wrong_person_is_taken_back_and_stays_seen(site: Site) {
    let (own, other) = institutions(&site).await;
    let (mut clerk, base) = clerk_of(&site, own).await;
    let assigned = assigns(&mut clerk, &base, "course-beginner", &[], "2026-12-20", "を3人に割り当てます").await;
    let stick = takes_along(&mut clerk, &base, "12月の病棟研修").await;
    let people = [Stick::sitting(1, "見本 花子", 0, millis(&site)), Stick::sitting(2, "見本 太郎", 0, millis(&site))];
    stick.records(&mut clerk, &stick.file(&people)).await.shows("新しく2件を記録しました").hides("取り消し済み");
    clerk.get(&assigned).await.shows("3人：修了2人、未修了1人、対象外0人");
    let mut nurse = learner(&site, "hanako@example.jp").await;
    nurse.get("/my/courses/beginner").await.shows("院内実施・自己申告");

    // What is missing is said, and what was typed stays.
    let path = result_of(&stick, 1);
    let page = clerk.get(&path).await;
    page.is(StatusCode::OK).shows("hanako@example.jp").shows("記録は消えず");
    let refused = clerk.submit(&page.form(&path).fill("reason", WHY)).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY).shows("どうするかを選んでください");
    assert_eq!(refused.form(&path).value("reason"), WHY);
    let form = page.form(&path).choose("instead", "nobody");
    clerk.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("理由を書いてください");
    let long = form.clone().fill("reason", &"長".repeat(201));
    clerk.submit(&long).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("200文字まで");
    assert_eq!(counted(&site).await, (2, 0), "nothing is taken back by that");

    // Two pages stand open; the button of the first is pressed twice.
    let form = form.fill("reason", WHY);
    let late = clerk.get(&path).await.form(&path).choose("instead", "nobody").fill("reason", "二度目");
    clerk
        .submit_and_open(&form)
        .await
        .is(StatusCode::OK)
        .shows("記録を取り消しました")
        .shows("取り消し済み")
        .shows("institution_admin@example.jp")
        .shows(WHY)
        .shows("hanako@example.jp");
    clerk.submit(&form).await.is(StatusCode::SEE_OTHER);
    let twice = clerk.submit(&late).await;
    twice.is(StatusCode::UNPROCESSABLE_ENTITY).shows("先に取り消されています").shows("今回は何も変えていません").shows(WHY).hides("二度目");
    assert!(clerk.get(&path).await.is(StatusCode::OK).find_form(&path).is_none(), "there is nothing more to take back");
    assert_eq!(counted(&site).await, (2, 1), "nothing is erased, and nothing taken back twice");

    // It counts for nobody any more, and that of somebody else still does.
    clerk.get(&assigned).await.shows("3人：修了1人、未修了2人、対象外0人");
    assert_eq!(clerk.get(&format!("{base}/kits")).await.texts("tbody tr td:last-child"), ["記録した数 1"]);
    nurse.get("/my/courses/beginner").await.hides("院内実施・自己申告");
    nurse.get("/my").await.hides("院内実施・自己申告");
    learner(&site, "taro@example.jp").await.get("/my/courses/beginner").await.shows("院内実施・自己申告");
    let csv = clerk.get(&format!("{}/results.csv", stick.path)).await.is(StatusCode::OK).body();
    let lines: Vec<&str> = csv.lines().filter(|line| line.contains("取り消し済み")).collect();
    assert!(lines.len() == 1 && lines[0].contains("見本 花子") && lines[0].contains(WHY), "{csv}");
    let trail = staff(&site, Role::Auditor).await.get("/staff/audit?act=kits.result_withdrawn").await;
    let entries = trail.texts("ol.audit li");
    assert!(entries.len() == 1 && entries[0].contains("院内研修の結果の取り消し") && entries[0].contains(WHY), "{entries:?}");

    // Under another institution or another package there is no such result; the secretariat sees it.
    let elsewhere = takes_along(&mut clerk, &base, "別の研修").await;
    let taro = result_of(&stick, 2);
    let form = clerk.get(&taro).await.form(&taro).choose("instead", "nobody").fill("reason", WHY);
    for path in [taro.replace(&own.to_string(), &other.to_string()), result_of(&elsewhere, 2), result_of(&stick, 3)] {
        clerk.get(&path).await.is(StatusCode::NOT_FOUND);
        clerk.send(Method::POST, &path, form.encoded()).await.is(StatusCode::NOT_FOUND);
    }
    nurse.get(&taro).await.is(StatusCode::NOT_FOUND);
    let mut office = staff(&site, Role::Secretariat).await;
    let seen = taro.replace("/institutions/", "/staff/organizations/");
    office.get(&seen).await.is(StatusCode::OK).shows("見本 太郎");
    office.get(&seen.replace(&own.to_string(), &other.to_string())).await.is(StatusCode::NOT_FOUND);
    assert_eq!(counted(&site).await, (2, 1));
}

#[both_engines]
async fn what_was_taken_back_comes_in_again_by_the_same_file_and_is_asked_about(site: Site) {
    let (own, _) = institutions(&site).await;
    let (mut clerk, base) = clerk_of(&site, own).await;
    let stick = takes_along(&mut clerk, &base, "12月の病棟研修").await;
    let file = stick.file(&[Stick::sitting(1, "見本 花子", 0, millis(&site)), Stick::sitting(2, "見本 太郎", 0, millis(&site))]);
    stick.records(&mut clerk, &file).await.shows("新しく2件");
    let path = result_of(&stick, 1);
    let form = clerk.get(&path).await.form(&path).choose("instead", "nobody").fill("reason", WHY);
    clerk.submit_and_open(&form).await.shows("記録を取り消しました");

    let sent = stick.sends(&mut clerk, &file).await;
    let again = sent.is(StatusCode::SEE_OTHER).location().to_owned();
    let page = clerk.get(&again).await;
    page.is(StatusCode::OK).shows("1件は、前に取り消した記録です").shows("取り消し済み").shows("記録済み");
    let field = format!("person-{}", Uuid::from_u128(1));
    let form = page.form(&again);
    assert_eq!(form.offers(&field).len(), 2, "whoever bears the name, or the name alone");
    // Nobody is chosen: it does not come to the same person by its name once more.
    clerk.submit_and_open(&form).await.shows("新しく1件を記録しました。1件は前に記録したものと同じです。").shows(WHY);
    learner(&site, "hanako@example.jp").await.get("/my/courses/beginner").await.hides("院内実施・自己申告");
    assert_eq!(counted(&site).await, (3, 1));
    let known = stick.sends(&mut clerk, &file).await;
    known.is(StatusCode::UNPROCESSABLE_ENTITY).shows("二重に記録されることはありません");

    // Taken back once more, it is put down for whoever is chosen.
    let form = clerk.get(&path).await.shows("氏名のまま記録").form(&path).choose("instead", "nobody").fill("reason", WHY);
    clerk.submit_and_open(&form).await.shows("記録を取り消しました");
    stick.sends(&mut clerk, &file).await.is(StatusCode::SEE_OTHER);
    let form = clerk.get(&again).await.form(&again).choose_saying(&field, "hanako@example.jp");
    clerk.submit_and_open(&form).await.shows("新しく1件を記録しました");
    learner(&site, "hanako@example.jp").await.get("/my/courses/beginner").await.shows("院内実施・自己申告");
    assert_eq!(counted(&site).await, (4, 2));
}

#[both_engines]
async fn a_result_is_put_right_for_somebody_else_on_the_list(site: Site) {
    let (own, _) = institutions(&site).await;
    let (mut clerk, base) = clerk_of(&site, own).await;
    let assigned = assigns(&mut clerk, &base, "course-beginner", &[], "2026-12-20", "を3人に割り当てます").await;
    let stick = takes_along(&mut clerk, &base, "12月の病棟研修").await;
    stick.records(&mut clerk, &stick.file(&[Stick::sitting(1, "見本 花子", 0, millis(&site))])).await.shows("新しく1件");
    let path = result_of(&stick, 1);
    let form = clerk.get(&path).await.form(&path).choose("instead", "person").fill("reason", WHY);
    for (email, why) in
        [("髙子", "読み取れません"), ("jiro@example.jp", "職員の名簿にいません"), ("hanako@example.jp", "いまの記録と同じです")]
    {
        let refused = clerk.submit(&form.clone().fill("email", email).without("key")).await;
        refused.is(StatusCode::UNPROCESSABLE_ENTITY).shows(why);
        assert_eq!(refused.form(&path).value("email"), email);
    }
    assert_eq!(counted(&site).await, (1, 0));
    clerk.submit_and_open(&form.fill("email", " Takako@example.jp ")).await.shows("記録を直しました").shows("takako@example.jp").shows(WHY);
    learner(&site, "hanako@example.jp").await.get("/my/courses/beginner").await.hides("院内実施・自己申告");
    learner(&site, "takako@example.jp").await.get("/my/courses/beginner").await.shows("院内実施・自己申告");
    clerk.get(&format!("{assigned}?show=done")).await.shows("takako@example.jp").hides("hanako@example.jp");

    // And by its name alone: nobody's on the list.
    let form = clerk.get(&path).await.form(&path).choose("instead", "name").fill("reason", "名簿にいない方だったため");
    clerk.submit_and_open(&form).await.shows("記録を直しました").shows("氏名のまま記録");
    learner(&site, "takako@example.jp").await.get("/my/courses/beginner").await.hides("院内実施・自己申告");
    clerk.get(&assigned).await.shows("3人：修了0人");
    let page = clerk.get(&path).await;
    assert_eq!(page.form(&path).offers("instead").len(), 2, "that it is by name is no choice any more");
    assert_eq!(counted(&site).await, (3, 2));
    clerk.get(&stick.path).await.shows("hanako@example.jp").shows("takako@example.jp").shows("名簿にいない方だったため");
}

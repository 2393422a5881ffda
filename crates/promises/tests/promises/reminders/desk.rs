//! The pages of the secretariat: the mails of a session and of a year, switched, changed, and sent to oneself.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;

use super::{SESSION, addresses, days_from, deliver_at, plan, starts};
use crate::office::staff;
use crate::site::Site;

#[both_engines]
async fn the_page_says_what_goes_out_when_and_to_how_many(site: Site) {
    site.visitor("見本 太郎").applies_for(SESSION).await;
    let id = site.session(SESSION).await.id;
    let mut office = staff(&site, Role::Secretariat).await;
    let page = office.get(&format!("/staff/sessions/{id}/mails")).await;
    page.is(StatusCode::OK).shows("1週間前のお知らせ").shows("開始の7日前の8:00").shows("いまの対象 1人").shows("送信予定");
    page.shows("出席の記録と受講証明書のお知らせ");
    let rule = office.get(&format!("/staff/sessions/{id}/mails/day")).await;
    rule.is(StatusCode::OK).shows("【明日").shows("見本 太郎").shows("参加方法 オンライン").shows("いまの対象は1人です");
    let english = office.get(&format!("/staff/sessions/{id}/mails/day?read=en")).await;
    english.is(StatusCode::OK).shows("[Tomorrow at").shows("How: online");
    office.get("/staff/programmes/R8/mails").await.is(StatusCode::OK).shows("1週間前のお知らせ").shows("研修ごとの設定");
    office.get(&format!("/staff/sessions/{id}/mails/nonsense")).await.is(StatusCode::NOT_FOUND);
}

#[both_engines]
async fn a_rule_is_switched_off_and_on_and_its_time_and_words_are_changed(site: Site) {
    site.visitor("見本 太郎").applies_for(SESSION).await;
    site.deliver().await;
    plan(&site).await;
    let (id, begins) = (site.session(SESSION).await.id, starts(&site).await);
    let mut office = staff(&site, Role::Secretariat).await;
    let path = |rule: &str| format!("/staff/sessions/{id}/mails/{rule}");
    let form = office.get(&path("week")).await.form(&path("week")).choose("send", "no");
    office.submit_and_open(&form).await.is(StatusCode::OK).shows("いまの設定では、送りません");
    assert!(deliver_at(&site, days_from(begins, -7, 8)).await.is_empty());

    // A week later they sign in again.
    let mut office = staff(&site, Role::Secretariat).await;
    let form = office.get(&path("day")).await.form(&path("day")).fill("days", "2").fill("at", "１７：３０");
    let form = form.fill("extra_ja", "カメラは切ったままで構いません。");
    office.submit_and_open(&form).await.is(StatusCode::OK).shows("開始の2日前の17:30");
    let told = deliver_at(&site, days_from(begins, -2, 17).plus(kernel::Span::minutes(30))).await;
    assert_eq!(addresses(&told), ["taro@example.jp"]);
    assert!(told[0].subject.starts_with("【あと2日"), "{}", told[0].subject);
    assert!(told[0].text.contains("カメラは切ったままで構いません。"), "{}", told[0].text);
    assert!(deliver_at(&site, days_from(begins, -1, 8)).await.is_empty(), "it went out two days before");

    let mut office = staff(&site, Role::Secretariat).await;
    let form = office.get(&path("day")).await.form(&path("day")).with("do", "reset");
    office.submit_and_open(&form).await.is(StatusCode::OK).shows("もとの設定に戻しました");
}

#[both_engines]
async fn nobody_is_written_to_at_night(site: Site) {
    let id = site.session(SESSION).await.id;
    let mut office = staff(&site, Role::Secretariat).await;
    let path = format!("/staff/sessions/{id}/mails/day");
    for (field, wrong) in [("at", "22:00"), ("at", "7:59"), ("at", "x"), ("days", "-1"), ("days", "61")] {
        let form = office.get(&path).await.form(&path).fill(field, wrong);
        office.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[both_engines]
async fn a_setting_of_the_course_holds_where_the_session_has_none(site: Site) {
    site.visitor("見本 太郎").applies_for(SESSION).await;
    let id = site.session(SESSION).await.id;
    let mut office = staff(&site, Role::Secretariat).await;
    let path = "/staff/programmes/R8/executive/mails/week";
    let form = office.get(path).await.is(StatusCode::OK).form(path).fill("days", "10");
    office.submit_and_open(&form).await.is(StatusCode::OK).shows("設定を変えました");
    office.get(&format!("/staff/sessions/{id}/mails")).await.shows("開始の10日前の8:00").shows("この研修の設定");
}

#[both_engines]
async fn a_test_goes_to_whoever_asks_and_to_nobody_else(site: Site) {
    site.visitor("見本 太郎").applies_for(SESSION).await;
    site.deliver().await;
    let id = site.session(SESSION).await.id;
    let mut office = staff(&site, Role::Secretariat).await;
    let form = office.get(&format!("/staff/sessions/{id}/mails/day")).await.form("/specimen");
    office.submit_and_open(&form).await.is(StatusCode::OK).shows("テストを送りました");
    let told = site.deliver().await;
    assert_eq!(addresses(&told), ["jimukyoku@example.jp"]);
    assert!(told[0].subject.starts_with("【テスト】【明日"), "{}", told[0].subject);
}

#[both_engines]
async fn the_hours_at_which_people_are_written_to_are_a_setting(site: Site) {
    site.visitor("見本 太郎").applies_for(SESSION).await;
    site.deliver().await;
    plan(&site).await;
    let (id, begins) = (site.session(SESSION).await.id, starts(&site).await);
    let mut office = staff(&site, Role::Secretariat).await;
    let path = "/staff/settings/mails";
    for (from, until, words) in
        [("10:00", "9:00", "終わりは、始まりより後の時刻にしてください"), ("25:00", "19:00", "のような時刻で入力してください")]
    {
        let form = office.get(path).await.is(StatusCode::OK).form(path).fill("mails-from", from).fill("mails-until", until);
        office.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows(words);
    }
    let form = office.get(path).await.form(path).fill("mails-from", "１０：００").fill("mails-until", "18:00");
    office.submit_and_open(&form).await.is(StatusCode::OK).shows("10:00");
    let rule = office.get(&format!("/staff/sessions/{id}/mails/day")).await;
    rule.is(StatusCode::OK).shows("10:00から18:00までの間");

    // What the program looks at once an hour.
    site.later(kernel::Span::hours(1));
    plan(&site).await;
    assert!(deliver_at(&site, days_from(begins, -7, 8)).await.is_empty(), "it used to go out at eight");
    assert_eq!(addresses(&deliver_at(&site, days_from(begins, -7, 10)).await), ["taro@example.jp"]);
    assert!(deliver_at(&site, days_from(begins, -1, 8)).await.is_empty());
    assert_eq!(addresses(&deliver_at(&site, days_from(begins, -1, 10)).await), ["taro@example.jp"]);
}

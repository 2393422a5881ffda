//! Closing: everybody is told what they are and why; corrections and reviews tell only those for whom something changes.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;

use super::Held;
use crate::office::staff::staff;
use crate::site::Site;

#[both_engines]
async fn closing_says_first_what_it_does_and_tells_everybody_what_they_are_and_why(site: Site) {
    let mut held = Held::on(site).await;
    held.brings_in("zoom-meeting-en.csv").await;
    let page = held.page("/closing").await;
    assert_eq!(page.texts(".tally b"), ["3", "2", "0"], "出席, 欠席, 確認中");
    page.shows("5名に、結果をメールでお知らせします").shows("3名について、受講証明書の発行に進みます");
    assert!(held.site.deliver().await.is_empty(), "nobody is told before");
    held.closes().await.shows("出席を締めました").shows("5名に結果をメールでお知らせします");

    let letters = held.site.deliver().await;
    assert_eq!(letters.len(), 5);
    let of = |to: &str| letters.iter().find(|letter| letter.to == to).expect("a letter");
    assert!(of("hanako@example.jp").text.contains("60分中46分参加（基準45分以上）：出席"), "{}", of("hanako@example.jp").text);
    assert!(of("sakio@example.jp").text.contains("60分中30分参加（基準45分以上）：欠席"));

    let mut hanako = held.site.visitor("見本 花子");
    let page = hanako.opens_link(&of("hanako@example.jp").link("/a/")).await;
    page.shows("出席").shows("60分中46分参加（基準45分以上）：出席").shows("出席の記録について申し出る");

    // The same button again does nothing more.
    held.page("/closing").await.shows("締めたあとの見直し");
    assert!(held.site.deliver().await.is_empty());
    let mut auditor = staff(&held.site, Role::Auditor).await;
    auditor.get("/staff/audit").await.shows("出席を締めた").shows("受講の完了");
}

#[both_engines]
async fn before_closing_a_person_sees_that_nothing_is_decided(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    taro.applies_for(super::SESSION).await;
    taro.own_page().await.hides("出席の記録");
    site.at(super::AFTER);
    taro.own_page().await.shows("未確定").shows("決まったら、メールでお知らせします");
}

#[both_engines]
async fn marks_by_hand_have_a_reason_and_can_be_taken_back(site: Site) {
    let mut held = Held::on(site).await;
    let page = held.page("").await;
    let id = page.attributes("input[name=id]", "value")[0].clone();
    let form = held.page(&format!("/selection?do=present&id={id}")).await.shows("1名を「出席」とします").form("/marks");
    held.office.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("理由を選んでください");
    let other = form.clone().choose("reason", "other");
    held.office.submit(&other).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("覚え書きを");
    let done = held.office.submit_and_open(&form.choose("reason", "seen")).await;
    done.shows("1名の出席を手で決めました").shows("事務局が確認しました（当日、参加を確認。60分中0分参加（基準45分以上））：出席");
    let undone = held.office.submit_and_open(&done.form("/marks/undo")).await;
    undone.shows("1名について、元に戻しました").hides("事務局が確認しました");
}

#[both_engines]
async fn a_correction_after_closing_tells_the_one_whom_it_changes(site: Site) {
    let mut held = Held::on(site).await;
    held.brings_in("zoom-meeting-en.csv").await;
    held.closes().await;
    held.site.deliver().await;
    held.page("/import").await.shows("出席を締めたあとなので、変更できません");
    held.marks("試験 﨑男", "present").await.shows("1名の出席を手で決めました");
    let letters = held.site.deliver().await;
    assert_eq!(letters.iter().map(|letter| letter.to.as_str()).collect::<Vec<_>>(), ["sakio@example.jp"]);
    assert!(letters[0].subject.contains("【出席】"));
    held.marks("見本 太郎", "present").await;
    assert!(held.site.deliver().await.is_empty(), "he was present before");
}

#[both_engines]
async fn a_review_after_closing_tells_only_those_for_whom_something_changed(site: Site) {
    let mut held = Held::on(site).await;
    held.brings_in("zoom-meeting-en.csv").await;
    held.closes().await;
    held.site.deliver().await;
    let form = held.page("/closing").await.form("/reopening");
    held.office.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("見直しの理由を選んでください");
    held.office.submit_and_open(&form.choose("reason", "file")).await.shows("締めたあとの見直しを始めました");
    held.page("").await.shows("未確定").shows("いま締めると");

    // Of 𠮷見 見本, nothing was known before.
    held.brings_in("zoom-meeting-ja.csv").await;
    held.closes().await.shows("1名に結果をメールでお知らせします");
    let letters = held.site.deliver().await;
    assert_eq!(letters.iter().map(|letter| letter.to.as_str()).collect::<Vec<_>>(), ["yoshimi@example.jp"]);
}

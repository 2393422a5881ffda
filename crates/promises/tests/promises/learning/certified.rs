//! A completed course brings a 修了証, once, under the name that its learner has written.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;

use super::{MINE, learner, takes};
use crate::certificates::text_of;
use crate::office::staff;
use crate::site::Site;

#[both_engines]
async fn a_completed_course_brings_a_certificate_once_a_name_is_written(site: Site) {
    let mut nurse = learner(&site, "hanako@example.jp").await;
    takes(&site, &mut nurse, "test_out").await.shows("お名前を書くと、修了証を発行します");
    assert!(site.deliver().await.is_empty(), "without a name there is nothing to print");
    let page = nurse.get(MINE).await;
    let form = page.is(StatusCode::OK).form("/name");
    let wrong = nurse.submit(&form.clone().with("family", "").with("given", "髙子")).await;
    wrong.is(StatusCode::UNPROCESSABLE_ENTITY).shows("姓を入れてください");
    assert_eq!(wrong.form("/name").value("given"), "髙子", "what was typed stays");
    let named = form.with("family", "例示").with("given", "髙子").with("workplace", "みほん市立総合病院");
    nurse.submit_and_open(&named).await.is(StatusCode::OK).shows("お名前を保存しました").shows("修了証を作成しています");

    let letters = site.deliver().await;
    let letters = [letters, site.deliver().await].concat();
    assert_eq!(letters.len(), 1, "one mail");
    assert_eq!((letters[0].to.as_str(), letters[0].subject.contains("修了証ができました")), ("hanako@example.jp", true));
    let verify = letters[0].link("/verify/");
    let paper = site.get(&verify).await;
    paper
        .is(StatusCode::OK)
        .shows("例示 髙子")
        .shows("みほん市立総合病院")
        .shows("はじめての情報セキュリティ")
        .shows("eラーニング（事前確認に合格）")
        .shows("R8-LB-000001");
    let badge = site.get(&format!("{verify}/badge")).await;
    assert_eq!(badge.is(StatusCode::OK).body().split('.').count(), 3, "a signed badge");

    let mine = nurse.get("/my").await;
    mine.shows("R8-LB-000001").shows("修了証（PDF）");
    assert_eq!(mine.attributes(".learning a[href$='.pdf']", "href").len(), 1, "it stands beside its course");
    let record = nurse.get(&format!("{MINE}/record")).await;
    record.shows("R8-LB-000001").shows("例示 髙子（みほん市立総合病院）");
    let file = nurse.get(MINE).await.attributes("#certificate a.button", "href")[0].clone();
    let sheet = nurse.get(&file).await;
    let text = text_of(&sheet.is(StatusCode::OK).bytes);
    for printed in ["修了証", "例示髙子", "R8-LB-000001", "コース"] {
        assert!(text.contains(printed), "{printed}:\n{text}");
    }
    learner(&site, "taro@example.jp").await.get(&file).await.is(StatusCode::NOT_FOUND);
    site.visitor("試験 﨑男").get(&file).await.is(StatusCode::SEE_OTHER);

    site.at("2026-12-01T09:00+09:00");
    let mut nurse = learner(&site, "hanako@example.jp").await;
    takes(&site, &mut nurse, "test").await.shows("修了証ができています");
    assert!(site.deliver().await.is_empty(), "the first completion stays, and so does its certificate");
}

#[both_engines]
async fn a_name_that_was_written_before_is_on_the_certificate_that_says_how_time_was_measured(site: Site) {
    let mut nurse = learner(&site, "hanako@example.jp").await;
    let slide = "/courses/beginner/habits/night-shift-later";
    let form = nurse.get(slide).await.form(slide);
    nurse.submit(&form).await;
    let form = nurse.get(MINE).await.form("/name").with("family", "見本").with("given", "花子");
    nurse.submit_and_open(&form).await.shows("見本 花子");
    for unit in &super::course().units {
        super::does(&mut nurse, unit).await;
    }
    takes(&site, &mut nurse, "test").await.shows("修了証を作成しています");
    let letters = [site.deliver().await, site.deliver().await].concat();
    let paper = site.get(&letters[0].link("/verify/")).await;
    paper.shows("見本 花子").shows("eラーニング（全単元と確認テスト）").shows("テスト15問のうち15問正解").shows("1ページ3分までとして合計");

    // The secretariat finds it among the others, makes it anew, and ends it.
    let mut office = staff(&site, Role::Secretariat).await;
    office.get("/staff/certificates").await.shows("R8-LB-000001");
    let list = office.get("/staff/certificates").await;
    let path =
        list.attributes("main th a", "href").into_iter().find(|href| href.starts_with("/staff/certificates/")).expect("a certificate");
    office.get(&path).await.is(StatusCode::OK).shows("見本 花子");
    let form = office.get(&format!("{path}/reissue")).await.form("/reissue").with("name", "見本　華子").with("note", "字の誤り");
    office.submit_and_open(&form).await.is(StatusCode::OK);
    let letters = [site.deliver().await, site.deliver().await].concat();
    assert!(letters[0].subject.contains("再発行しました"), "{}", letters[0].subject);
    let mut nurse = learner(&site, "hanako@example.jp").await;
    nurse.get(MINE).await.shows("R8-LB-000002");
    let mine = nurse.get("/my").await;
    let verify = mine.attributes("main a", "href").into_iter().find(|href| href.starts_with("/verify/")).expect("the way to check it");
    site.get(&verify).await.shows("見本 華子").shows("R8-LB-000002").shows("はじめての情報セキュリティ");
}

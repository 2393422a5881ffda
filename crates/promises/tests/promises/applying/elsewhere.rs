//! A second session with the same contents: move or attend both, asked of whoever applies, and told to nobody else.

use both_engines::both_engines;
use http::StatusCode;

use crate::site::Outcome::Applied;
use crate::site::{Answer, Form, Site, Visitor};

/// The page that answers to an application for the fourth session by somebody who has the third.
async fn asked(visitor: &mut Visitor) -> Answer {
    let form = visitor.confirmation("R8/executive/4").await.map_err(|page| page.text()).unwrap();
    let page = visitor.submit(&form).await;
    page.is(StatusCode::OK);
    page
}

#[both_engines]
async fn who_applies_for_a_second_session_of_the_same_contents_is_asked_and_nothing_is_said_of_the_first(site: Site) {
    let mut takako = site.visitor("例示 髙子");
    assert_eq!(takako.applies_for("R8/executive/3").await, Applied);
    let first = site.deliver().await.remove(0);

    // Another browser knows nothing of the first application.
    let mut other = site.visitor("例示 髙子");
    let page = asked(&mut other).await;
    assert_eq!(page.heading(), "同じ内容の別の回に申し込まれています");
    page.shows("両方に出席する").hides("R8-E3-0001").hides("12月23日").hides("/a/");
    assert!(other.cookies.is_empty(), "nothing opens the first application");
    assert_eq!(site.session("R8/executive/4").await.taken, 0);

    let letters = site.deliver().await;
    assert_eq!(letters.len(), 1);
    assert_eq!((letters[0].to.as_str(), letters[0].has_entry()), ("takako@example.jp", false));
    assert!(letters[0].subject.contains("すでに12月23日の第3回に申し込まれています"), "{}", letters[0].subject);
    let link = letters[0].link("/a/");
    assert!(link.starts_with(&first.link("/a/")), "her own link, to her own address");

    // One tap in the mail, one on the page.
    let mut at_home = site.visitor("例示 髙子");
    let page = at_home.opens_link(&link).await;
    let form = page.is(StatusCode::OK).form("/move");
    assert!(!form.value("session").is_empty(), "the session that was asked about is chosen");
    at_home.submit_and_open(&form).await.is(StatusCode::OK).shows("R8-E4-0001").shows("日程を変更しました");
    let taken = (site.session("R8/executive/3").await.taken, site.session("R8/executive/4").await.taken);
    assert_eq!(taken, (0, 1));
}

#[both_engines]
async fn both_sessions_can_be_attended_by_one_more_tap(site: Site) {
    assert_eq!(site.visitor("例示 髙子").applies_for("R8/executive/3").await, Applied);
    let mut takako = site.visitor("例示 髙子");
    let both: Form = asked(&mut takako).await.form("/confirmation");
    assert_eq!(takako.confirms(&both).await, Applied);
    takako.own_page().await.shows("R8-E4-0001");
    // Pressed twice is once.
    takako.submit(&both).await.is(StatusCode::SEE_OTHER);
    let taken = (site.session("R8/executive/3").await.taken, site.session("R8/executive/4").await.taken);
    assert_eq!(taken, (1, 1));
}

#[both_engines]
async fn who_holds_the_first_application_is_asked_before_anything_is_sent(site: Site) {
    let mut takako = site.visitor("例示 髙子");
    assert_eq!(takako.applies_for("R8/executive/3").await, Applied);
    site.deliver().await;
    let form = takako.fills_in("R8/executive/4").await;
    let page = takako.submit(&form).await;
    page.is(StatusCode::OK).shows("すでに2026年12月23日（水）17:00～18:00の回に申し込まれています").shows("両方に出席する");
    takako.submit_and_open(&page.form("/move")).await.is(StatusCode::OK).shows("R8-E4-0001");
    assert_eq!(site.deliver().await.len(), 1, "only the mail about the change");

    // Somebody else at the same browser is not told.
    let mut colleague = takako.clone();
    colleague.person = site.visitor("見本 太郎").person;
    let form = colleague.fills_in("R8/executive/3").await;
    colleague.submit(&form).await.is(StatusCode::OK).hides("申し込まれています");
}

#[both_engines]
async fn nobody_is_asked_about_a_session_that_is_over_cancelled_or_of_other_contents(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    assert_eq!(taro.applies_for("R8/admin/7").await, Applied, "another training");
    let mut hanako = site.visitor("見本 花子");
    assert_eq!(hanako.applies_for("R8/executive/3").await, Applied);
    hanako.cancels().await;
    assert_eq!(site.visitor("見本 花子").applies_for("R8/executive/4").await, Applied, "given up");
    site.at("2026-12-23T18:00+09:00");
    assert_eq!(site.visitor("見本 太郎").applies_for("R8/executive/4").await, Applied, "held already");
    let asked = site.deliver().await.into_iter().any(|letter| letter.subject.contains("ご確認ください"));
    assert!(!asked, "nobody was asked");
}

#[both_engines]
async fn the_question_comes_in_english_too(site: Site) {
    assert_eq!(site.visitor("例示 髙子").applies_for("R8/executive/3").await, Applied);
    site.deliver().await;
    let mut takako = site.visitor("例示 髙子").in_english();
    let form = takako.confirmation("R8/executive/4").await.map_err(|page| page.text()).unwrap();
    takako.submit(&form).await.is(StatusCode::OK).shows("Attend both");
    let letter = site.deliver().await.remove(0);
    assert!(letter.subject.contains("you have applied for Session 3"), "{}", letter.subject);
}

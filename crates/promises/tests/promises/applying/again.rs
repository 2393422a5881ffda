//! What happens twice happens once.

use both_engines::both_engines;
use http::StatusCode;

use crate::site::Outcome::{AlreadyApplied, Applied};
use crate::site::{Person, Site};

#[both_engines]
async fn the_same_person_twice_is_once_and_whoever_typed_learns_only_that(site: Site) {
    assert_eq!(site.visitor("例示 髙子").applies_for("R8/executive/3").await, Applied);
    let first = site.deliver().await.remove(0);

    // A colleague types her name with the usual kanji and blanks of her own, at another browser.
    let typed =
        Person {
            family: "例 示".into(), given: " 高子　".into(), email: "Ｔａｋａｋｏ＠example.jp".into(), ..Person::named("例示 髙子")
        };
    let mut colleague = site.visit_by(typed);
    let form = colleague.confirmation("R8/executive/3").await.map_err(|page| page.text()).unwrap();
    let answer = colleague.submit(&form).await;
    answer.is(StatusCode::OK).hides("R8-E3-0001").hides("/a/");
    assert_eq!(answer.heading(), "すでに申し込まれています");
    assert!(colleague.cookies.is_empty(), "nothing opens her application");

    let letters = site.deliver().await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, "takako@example.jp");
    assert_eq!(letters[0].link("/a/"), first.link("/a/"), "her own link, to her own address");
    assert_eq!(site.session("R8/executive/3").await.taken, 1);
}

#[both_engines]
async fn two_colleagues_on_one_mailbox_are_two_people(site: Site) {
    let mut taro = site.visit_by(Person::named("見本 太郎").at("clinic@example.jp"));
    let mut hanako = site.visit_by(Person::named("見本 花子").at("clinic@example.jp"));
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    assert_eq!(hanako.applies_for("R8/executive/3").await, Applied);
    assert_eq!(site.session("R8/executive/3").await.taken, 2);
    assert_ne!(taro.application, hanako.application);

    let letters = site.deliver().await;
    assert_eq!(letters.len(), 2);
    assert_ne!(letters[0].link("/a/"), letters[1].link("/a/"));
}

#[both_engines]
async fn a_button_pressed_twice_applies_once_and_both_lead_to_the_same_page(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    let form = taro.confirmation("R8/executive/3").await.map_err(|page| page.text()).unwrap();
    let mut second_tab = taro.clone();
    let (first, second) = tokio::join!(taro.submit(&form), second_tab.submit(&form));
    assert_eq!(first.is(StatusCode::SEE_OTHER).location(), second.is(StatusCode::SEE_OTHER).location());

    let back = taro.submit(&form).await;
    assert_eq!(back.is(StatusCode::SEE_OTHER).location(), first.location(), "also after the way back");
    assert_eq!(site.session("R8/executive/3").await.taken, 1);
    assert_eq!(site.deliver().await.len(), 1);
}

#[both_engines]
async fn a_form_whose_key_was_used_for_something_else_changes_nothing(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    let form = taro.confirmation("R8/executive/3").await.map_err(|page| page.text()).unwrap();
    assert_eq!(taro.confirms(&form).await, Applied);
    let other = form.with("family", "例示").with("email", "reiji@example.jp");
    site.visitor("見本 花子").submit(&other).await.is(StatusCode::CONFLICT);
    assert_eq!(site.session("R8/executive/3").await.taken, 1);
}

#[both_engines]
async fn who_cancelled_may_apply_again(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    taro.cancels().await.is(StatusCode::OK);
    assert_eq!(site.visitor("見本 太郎").applies_for("R8/executive/3").await, Applied);
    assert_eq!(site.visitor("見本 太郎").applies_for("R8/executive/3").await, AlreadyApplied);
}

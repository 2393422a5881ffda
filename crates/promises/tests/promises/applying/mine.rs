//! マイページ: everything under the address that somebody signed in with.

use both_engines::both_engines;
use http::StatusCode;

use crate::site::{Outcome::Applied, Person, Site, Visitor};

async fn signs_in(site: &Site, email: &str) -> Visitor {
    let mut visitor = site.visitor("見本 太郎");
    let form = visitor.get("/sign-in").await.form("/sign-in").fill("email", email);
    visitor.submit(&form).await.is(StatusCode::OK);
    let link = site.deliver().await.iter().find_map(|letter| letter.links("/sign-in/link/").pop()).expect("a link");
    let button = visitor.get(&link).await.form(&link);
    assert_eq!(visitor.submit(&button).await.is(StatusCode::SEE_OTHER).location(), "/my");
    visitor
}

#[both_engines]
async fn whoever_signs_in_sees_every_application_under_the_address_and_no_other(site: Site) {
    let mut taro = site.visit_by(Person::named("見本 太郎").at("clinic@example.jp"));
    let mut hanako = site.visit_by(Person::named("見本 花子").at("clinic@example.jp"));
    let mut takako = site.visitor("例示 髙子");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    assert_eq!(hanako.applies_for("R8/executive/4").await, Applied);
    assert_eq!(takako.applies_for("R8/executive/3").await, Applied);
    site.deliver().await;

    let mut clinic = signs_in(&site, "ＣＬＩＮＩＣ＠example.jp").await;
    let page = clinic.get("/my").await;
    page.is(StatusCode::OK)
        .shows("R8-E3-0001")
        .shows("R8-E4-0001")
        .shows("見本 太郎")
        .shows("見本 花子")
        .hides("例示 髙子")
        .hides("R8-E3-0002");
    clinic.get(&taro.application).await.is(StatusCode::OK).shows("R8-E3-0001");
    clinic.get(&takako.application).await.is(StatusCode::NOT_FOUND);
    clinic.application.clone_from(&hanako.application);
    clinic.cancels().await.shows("取り消しました");
    clinic.get("/my").await.shows("R8-E4-0001");
}

#[both_engines]
async fn whoever_has_signed_in_finds_the_form_filled_in_as_the_last_time(site: Site) {
    let mut taro = site.visit_by(Person::named("見本 太郎").at("clinic@example.jp"));
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    site.deliver().await;
    let address = "/apply/R8/executive/4";
    assert_eq!(site.visitor("見本 太郎").get(address).await.form(address).value("family"), "", "a stranger is told nothing");

    let mut clinic = signs_in(&site, "clinic@example.jp").await;
    let page = clinic.get(address).await;
    page.shows("前回のお申し込みの内容を入れてあります");
    let form = page.form(address);
    let before = ["family", "given", "email", "place", "kind", "prefecture"].map(|field| form.value(field).to_owned());
    assert_eq!(before[..3], ["見本", "太郎", "clinic@example.jp"]);
    assert!(before[3..].iter().all(|value| !value.is_empty()), "{before:?}");
    assert_eq!(form.value("question"), "", "a question is asked once");

    let page = clinic.get(&format!("{address}?as=new")).await;
    page.hides("前回のお申し込みの内容");
    assert_eq!(page.form(address).value("family"), "");
}

#[both_engines]
async fn the_form_for_a_colleague_begins_with_the_workplace_and_nothing_else(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    let links = taro.own_page().await.is(StatusCode::OK).attributes("main a", "href");
    let link = links.into_iter().find(|href| href.contains("?from=")).expect("a way to apply for a colleague");
    let address = "/apply/R8/executive/3";
    let form = taro.get(&link).await.form(address);
    assert!(!form.value("place").is_empty(), "the workplace is filled in");
    for field in ["family", "given", "family_kana", "given_kana", "email"] {
        assert_eq!(form.value(field), "", "{field} is somebody else's");
    }
    assert_eq!(site.visitor("見本 花子").get(&link).await.form(address).value("place"), "", "a stranger is told nothing");
}

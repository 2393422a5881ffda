//! The link of an application: opens one application for as long as it is of use, and nothing else.

use both_engines::both_engines;
use http::StatusCode;
use kernel::Span;

use crate::site::{Outcome::Applied, Person, Site};

#[both_engines]
async fn the_link_of_the_mail_opens_the_application_at_another_browser(site: Site) {
    assert_eq!(site.visitor("見本 太郎").applies_for("R8/executive/3").await, Applied);
    let link = site.deliver().await[0].link("/a/");
    let mut phone = site.visitor("見本 太郎");
    let page = phone.opens_link(&link).await;
    page.is(StatusCode::OK).shows("R8-E3-0001");
    assert!(!phone.application.contains("/a/"), "the address that stays in the browser carries no secret");
    phone.cancels().await.shows("取り消しました");
}

#[both_engines]
async fn a_link_opens_until_ninety_days_after_the_end(site: Site) {
    assert_eq!(site.visitor("見本 太郎").applies_for("R8/executive/3").await, Applied);
    let link = site.deliver().await[0].link("/a/");
    let mut holder = site.visitor("見本 太郎");
    holder.opens_link(&link).await;
    site.at("2026-12-23T18:00+09:00");
    site.later(Span::micros(90 * 24 * 3_600_000_000 - 1));
    site.visitor("見本 太郎").opens_link(&link).await.is(StatusCode::OK).shows("この回は終わりました");

    site.later(Span::micros(1));
    site.visitor("見本 太郎").get(&link).await.is(StatusCode::GONE);
    assert_ne!(holder.own_page().await.status, StatusCode::OK, "nor does the cookie that it once gave");
}

#[both_engines]
async fn a_link_that_was_never_ours_opens_nothing(site: Site) {
    assert_eq!(site.visitor("見本 太郎").applies_for("R8/executive/3").await, Applied);
    let link = site.deliver().await[0].link("/a/");
    let token = link.strip_prefix("/a/").unwrap();
    let last = if token.ends_with('A') { 'B' } else { 'A' };
    let changed = format!("/a/{}{last}", &token[..token.len() - 1]);
    for wrong in [changed.as_str(), "/a/x", "/a/AAAA"] {
        site.get(wrong).await.is(StatusCode::NOT_FOUND);
    }
}

#[both_engines]
async fn the_address_without_the_link_asks_who_it_is(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    let answer = site.get(&taro.application).await;
    assert!(answer.is(StatusCode::SEE_OTHER).location().starts_with("/sign-in"), "{}", answer.location());
}

#[both_engines]
async fn asking_for_ones_links_is_answered_alike_whether_the_address_is_known_or_not(site: Site) {
    site.visit_by(Person::named("見本 太郎").at("clinic@example.jp")).applies_for("R8/executive/3").await;
    site.visit_by(Person::named("見本 花子").at("clinic@example.jp")).applies_for("R8/executive/4").await;
    site.deliver().await;

    let mut visitor = site.visitor("見本 太郎");
    let form = visitor.get("/links").await.form("/links");
    let known = visitor.submit(&form.clone().fill("email", "clinic@example.jp")).await;
    let form = visitor.get("/links").await.form("/links");
    let unknown = visitor.submit(&form.fill("email", "nobody@example.jp")).await;
    assert_eq!(known.status, unknown.status);
    assert_eq!(known.body().replace("clinic@", "nobody@"), unknown.body());

    let letters = site.deliver().await;
    assert_eq!(letters.len(), 1, "one mail, to the address that is known");
    assert_eq!((letters[0].to.as_str(), letters[0].links("/a/").len()), ("clinic@example.jp", 2), "every name of the address");
    for name in ["見本 太郎", "見本 花子"] {
        assert!(letters[0].text.contains(name), "{}", letters[0].text);
    }
    for link in letters[0].links("/a/") {
        site.visitor("見本 花子").opens_link(&link).await.is(StatusCode::OK);
    }
}

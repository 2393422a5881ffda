//! Somebody else's name at a screen: whoever is listed hears of it, keeps what they had, and gives nobody anything by it.

use both_engines::both_engines;
use http::StatusCode;

use super::together::{code, named, opens_a_screen};
use super::{OPEN, SESSION, evidence, prepare, seated};
use crate::archive::{self, Office};
use crate::site::Outcome::{Applied, Waiting};
use crate::site::{Answer, Letter, Outcome, Site, Visitor};

async fn told(site: &Site) -> Vec<Letter> {
    site.deliver().await.into_iter().filter(|letter| letter.subject.contains("集合視聴")).collect()
}

/// The host lists somebody by name.
async fn lists(host: &mut Visitor, family: &str, given: &str, email: &str) -> Answer {
    let form = host.get(&format!("{}/viewing", host.application)).await.is(StatusCode::OK).form("/viewing#add-h");
    let page = host.submit_and_open(&named(form, family, given, email)).await;
    page.is(StatusCode::OK);
    page
}

/// The host presses the button that takes somebody away.
async fn removes(host: &mut Visitor, application: &str) -> Answer {
    let page = host.get(&format!("{}/viewing", host.application)).await;
    let form = page.is(StatusCode::OK).form_of("/viewing", "application", application).with("do", "remove");
    let page = host.submit_and_open(&form).await;
    page.is(StatusCode::OK);
    page
}

async fn standing(visitor: &mut Visitor) -> Outcome {
    let page = visitor.own_page().await;
    visitor.outcome(&page)
}

fn id(visitor: &Visitor) -> String {
    visitor.application.rsplit('/').next().unwrap_or_default().to_owned()
}

#[both_engines]
async fn whoever_waits_and_is_listed_hears_of_it_and_is_back_in_the_line_when_removed(site: Site) {
    prepare(&site, &[]).await;
    site.limit(SESSION, 1, 5).await;
    let mut host = seated(&site, "見本 太郎").await;
    let (mut hanako, mut takako) = (site.visitor("見本 花子"), site.visitor("例示 髙子"));
    assert_eq!(hanako.applies_for(SESSION).await, Waiting(1));
    assert_eq!(takako.applies_for(SESSION).await, Waiting(2));
    site.at(OPEN);
    site.deliver().await;
    opens_a_screen(&mut host).await;

    let page = lists(&mut host, "見本", "花子", "hanako@example.jp").await;
    page.shows("1名が視聴しています");
    let letters = told(&site).await;
    assert_eq!(letters.iter().map(|letter| letter.to.as_str()).collect::<Vec<_>>(), ["hanako@example.jp"]);
    for words in ["見本内科クリニックの画面", "元の順番に戻ります", "出席の記録について申し出る"] {
        assert!(letters[0].text.contains(words), "no {words}: {}", letters[0].text);
    }
    assert_eq!((standing(&mut hanako).await, standing(&mut takako).await), (Applied, Waiting(1)));
    assert_eq!((site.session(SESSION).await.taken, site.session(SESSION).await.waiting), (1, 1));

    removes(&mut host, &id(&hanako)).await.shows("0名が視聴しています");
    assert_eq!((standing(&mut hanako).await, standing(&mut takako).await), (Waiting(1), Waiting(2)));
    hanako.own_page().await.hides("集合視聴で登録しました");
    assert!(evidence(&site).await.is_empty(), "she was never there");
    assert_eq!((site.session(SESSION).await.taken, site.session(SESSION).await.waiting), (1, 2));
    hanako.cancels().await.is(StatusCode::OK).shows("取り消しました");
}

#[both_engines]
async fn whoever_has_a_seat_is_told_that_their_name_was_typed_and_how_to_say_that_it_was_not_them(site: Site) {
    prepare(&site, &[]).await;
    let mut host = seated(&site, "見本 太郎").await;
    let mut hanako = seated(&site, "見本 花子").await;
    site.at(OPEN);
    site.deliver().await;
    let screen = opens_a_screen(&mut host).await;
    let address = format!("/together/{}", code(&screen));
    let mut stranger = site.visitor("試験 﨑男");
    let form = stranger.get(&address).await.form(&address);
    stranger.submit_and_open(&named(form, "見本", "花子", "hanako@example.jp")).await.shows("すでにこの回に申し込まれています");
    let letters = told(&site).await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, "hanako@example.jp");
    assert!(!letters[0].text.contains("順番"), "she has waited for nothing: {}", letters[0].text);
    assert_eq!(standing(&mut hanako).await, Applied);

    // Once the session is over the link leads to where one says so.
    site.at("2026-12-23T19:00+09:00");
    let mut phone = site.visitor("見本 花子");
    let page = phone.open(&letters[0].link("/a/")).await;
    assert_eq!(page.is(StatusCode::OK).path, format!("{}/attendance", hanako.application));
    page.form("/attendance");
}

#[both_engines]
async fn listing_and_removing_somebody_again_and_again_fills_no_mailbox(site: Site) {
    prepare(&site, &[]).await;
    let mut host = seated(&site, "見本 太郎").await;
    site.at(OPEN);
    site.deliver().await;
    opens_a_screen(&mut host).await;
    let mut letters = 0;
    for _ in 0..8 {
        let page = lists(&mut host, "例示", "髙子", "takako@example.jp").await;
        letters += told(&site).await.len();
        let application = page.form("/viewing").value("application").to_owned();
        removes(&mut host, &application).await.shows("0名が視聴しています");
    }
    assert_eq!(letters, 5);
}

#[both_engines]
async fn a_name_typed_at_a_screen_opens_nobodys_record_of_another_session(site: Site) {
    Office::on(&site, archive::SESSION).await.has_published().await;
    archive::open_now(&site, "R5").await;
    let (mut hanako, page) = archive::joins(&site, "見本 花子", archive::SESSION).await;
    let hers = page.is(StatusCode::OK).form("/seen").value("as").to_owned();
    archive::sees(&mut hanako, archive::SESSION, "0-40").await;
    prepare(&site, &[]).await;
    let mut host = seated(&site, "見本 太郎").await;
    site.at(OPEN);
    let screen = opens_a_screen(&mut host).await;
    let address = format!("/together/{}", code(&screen));
    let mut stranger = site.visitor("試験 﨑男");
    let form = stranger.get(&address).await.form(&address);
    stranger.submit_and_open(&named(form, "見本", "花子", "hanako@example.jp")).await.shows("集合視聴に加わりました");

    let path = format!("/archive/{}", archive::SESSION);
    let page = stranger.get(&path).await;
    page.is(StatusCode::OK).shows("メールのリンクから開いてください").hides("見本 花子");
    assert!(page.find_form("/seen").is_none() && !page.body().contains(&hers), "{}", page.body());
}

//! What a typed name opens: the application that was made by it. What else is that person's needs a link that came by mail.

use both_engines::both_engines;
use http::{Method, StatusCode};

use super::{Office, SESSION, joins, open_now, sees};
use crate::site::Outcome::Applied;
use crate::site::{Answer, Site, Visitor};

/// A recording that is open, and a person who has seen forty seconds of it: her browser, and the id of her application.
async fn she_has_watched(site: &Site) -> (Visitor, String) {
    Office::on(site, SESSION).await.has_published().await;
    open_now(site, "R5").await;
    let (mut hanako, page) = joins(site, "見本 花子", SESSION).await;
    let id = page.is(StatusCode::OK).form("/seen").value("as").to_owned();
    assert_eq!(sees(&mut hanako, SESSION, "0-40").await["seen"], "0-40");
    site.deliver().await;
    (hanako, id)
}

async fn player(visitor: &mut Visitor) -> Answer {
    visitor.get(&format!("/archive/{SESSION}")).await
}

/// Nothing of her record is shown to this browser, and nothing is put down in it.
async fn is_kept_out(visitor: &mut Visitor, hanako: &mut Visitor, id: &str) -> Answer {
    let page = player(visitor).await;
    page.is(StatusCode::OK).shows("メールのリンクから開いてください").hides("見本 花子").hides("受講済み").hides("まだ見ていないところ");
    assert!(page.find_form("/seen").is_none() && !page.body().contains(id), "{}", page.body());
    let seen = format!("/archive/{SESSION}/seen");
    let told = visitor.send(Method::POST, &seen, format!("as={id}&seen=0-120&at=0")).await;
    assert_eq!(told.is(StatusCode::OK).json()["recorded"], false);
    let check = format!("/archive/{SESSION}/check");
    visitor.get(&format!("{check}?as={id}")).await.is(StatusCode::CONFLICT).shows("メールのリンクから開いてください");
    visitor.send(Method::POST, &check, format!("as={id}&q0=0&q1=1")).await.is(StatusCode::CONFLICT);
    player(hanako).await.shows("まだ見ていないところ：0:40～2:00").hides("受講済みになりました");
    page
}

/// Her record is this browser's to go on with.
async fn is_hers(visitor: &mut Visitor, id: &str) {
    let page = player(visitor).await;
    page.is(StatusCode::OK).shows("見本 花子").shows("まだ見ていないところ：0:40～2:00");
    assert_eq!(page.form("/seen").value("as"), id);
}

#[both_engines]
async fn a_name_typed_for_another_session_opens_nobodys_record_and_the_link_of_the_mail_does(site: Site) {
    let (mut hanako, id) = she_has_watched(&site).await;
    let mut stranger = site.visitor("見本 花子");
    assert_eq!(stranger.applies_for("R8/executive/3").await, Applied);
    let page = is_kept_out(&mut stranger, &mut hanako, &id).await;
    let link = site.deliver().await.remove(0).link("/a/");

    // The page says what to do, and one press does it: the links go to the address, whoever pressed.
    stranger.submit(&page.form("/links")).await.is(StatusCode::OK).shows("メールをご確認ください");
    let letters = site.deliver().await;
    assert_eq!((letters.len(), letters[0].to.as_str()), (1, "hanako@example.jp"));
    assert!(!letters[0].links("/a/").is_empty());
    is_kept_out(&mut stranger, &mut hanako, &id).await;

    let mut phone = site.visitor("見本 花子");
    phone.open(&link).await.is(StatusCode::OK);
    is_hers(&mut phone, &id).await;
    for link in letters[0].links("/a/") {
        let mut other = site.visitor("見本 花子");
        other.open(&link).await.is(StatusCode::OK);
        is_hers(&mut other, &id).await;
    }
}

#[both_engines]
async fn what_a_page_shows_to_whoever_typed_proves_no_more_than_typing(site: Site) {
    let (mut hanako, id) = she_has_watched(&site).await;
    let mut stranger = site.visitor("見本 花子");
    let page = stranger.get("/apply/R8/admin").await;
    let form = stranger.person.fills(page.is(StatusCode::OK).form("/admin"));
    let confirm = stranger.submit(&form).await.is(StatusCode::OK).form("/confirmation");
    let parts = stranger.submit_and_open(&confirm).await;
    let shown = parts.is(StatusCode::OK).attributes("td.act a", "href");
    assert!(shown[0].starts_with("/a/"), "{shown:?}");
    stranger.open(&shown[0]).await.is(StatusCode::OK);
    is_kept_out(&mut stranger, &mut hanako, &id).await;

    // On the page of whoever came by the mail the same link is good for another device.
    let mailed = site.deliver().await.remove(0).link("/a/");
    let mut owner = site.visitor("見本 花子");
    owner.opens_link(&mailed).await.is(StatusCode::OK);
    let parts = owner.get(&format!("{}/series", owner.application.clone())).await;
    let shown = parts.is(StatusCode::OK).attributes("td.act a", "href").remove(0);
    let mut phone = site.visitor("見本 花子");
    phone.open(&shown).await.is(StatusCode::OK);
    is_hers(&mut phone, &id).await;
}

#[both_engines]
async fn a_stranger_is_told_the_same_whether_there_is_a_record_or_not(site: Site) {
    let (_, id) = she_has_watched(&site).await;
    let (mut of_hanako, mut of_takako) = (site.visitor("見本 花子"), site.visitor("例示 髙子"));
    assert_eq!(of_hanako.applies_for("R8/executive/3").await, Applied);
    assert_eq!(of_takako.applies_for("R8/executive/3").await, Applied);
    let (one, other) = (player(&mut of_hanako).await, player(&mut of_takako).await);
    assert_eq!(one.text().replace("hanako@", "takako@"), other.text());
    assert!(!one.body().contains(&id));
}

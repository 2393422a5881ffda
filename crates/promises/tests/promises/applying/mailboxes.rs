//! Whoever types an address has only so many mails sent to it, and learns nothing by how many it were.

use both_engines::both_engines;
use http::StatusCode;
use kernel::Span;

use crate::site::Outcome::{AlreadyApplied, Applied};
use crate::site::{Answer, Site, Visitor};

/// Types an address into the one form of a page.
async fn types(visitor: &mut Visitor, path: &str, email: &str) -> Answer {
    let form = visitor.get(path).await.is(StatusCode::OK).form(path).fill("email", email);
    visitor.submit(&form).await
}

/// The same twenty times, each time with the same answer.
async fn types_and_types(site: &Site, path: &str, email: &str) {
    let mut stranger = site.visitor("試験 﨑男");
    let first = types(&mut stranger, path, email).await;
    first.is(StatusCode::OK);
    for _ in 1..20 {
        let again = types(&mut stranger, path, email).await;
        assert_eq!(again.is(StatusCode::OK).text(), first.text());
    }
}

#[both_engines]
async fn twenty_who_ask_for_the_links_of_an_address_fill_no_mailbox(site: Site) {
    for name in ["見本 太郎", "見本 花子"] {
        assert_eq!(site.visitor(name).applies_for("R8/executive/3").await, Applied);
    }
    site.deliver().await;
    types_and_types(&site, "/links", "taro@example.jp").await;
    types_and_types(&site, "/links", "nobody@example.jp").await;
    let to: Vec<String> = site.deliver().await.into_iter().map(|letter| letter.to).collect();
    assert_eq!(to, ["taro@example.jp"; 5]);

    // Another address is not affected, and this one is written to again when it has been quiet.
    let mut visitor = site.visitor("見本 花子");
    types(&mut visitor, "/links", "hanako@example.jp").await;
    assert_eq!(site.deliver().await.len(), 1);
    site.later(Span::seconds(1));
    types(&mut visitor, "/links", "taro@example.jp").await;
    types(&mut visitor, "/links", "taro@example.jp").await;
    assert_eq!(site.deliver().await.len(), 1);
}

#[both_engines]
async fn a_wish_that_stands_mails_nothing_more(site: Site) {
    types_and_types(&site, "/tell-me/executive", "taro@example.jp").await;
    let letters = site.deliver().await;
    assert_eq!(letters.len(), 1);
    let mut taro = site.visitor("見本 太郎");
    types(&mut taro, "/tell-me/admin", "taro@example.jp").await;
    assert_eq!(site.deliver().await.len(), 1, "another wish is confirmed");

    // Whoever has ended it and wishes it anew is told anew: what a stranger cannot do.
    let end = letters[0].link("/tell-me/end/");
    let page = taro.get(&end).await;
    taro.submit(&page.form(&end)).await.is(StatusCode::OK);
    types(&mut taro, "/tell-me/executive", "taro@example.jp").await;
    assert_eq!(site.deliver().await.len(), 1);
}

#[both_engines]
async fn applying_again_and_again_for_somebody_fills_no_mailbox(site: Site) {
    assert_eq!(site.visitor("見本 太郎").applies_for("R8/executive/3").await, Applied);
    site.deliver().await;
    for _ in 0..12 {
        assert_eq!(site.visitor("見本 太郎").applies_for("R8/executive/3").await, AlreadyApplied);
    }
    let letters = site.deliver().await;
    assert_eq!(letters.iter().map(|letter| letter.to.as_str()).collect::<Vec<_>>(), ["taro@example.jp"; 5]);
    assert_eq!(site.session("R8/executive/3").await.taken, 1);

    assert_eq!(site.visitor("見本 花子").applies_for("R8/executive/3").await, Applied);
    assert_eq!(site.visitor("見本 花子").applies_for("R8/executive/3").await, AlreadyApplied);
    assert_eq!(site.deliver().await.len(), 2, "another address is not affected");
}

//! "Tell me when it opens", by audience.

use both_engines::both_engines;
use db::Engine;
use http::StatusCode;
use kernel::Span;

use crate::site::Site;

/// The portal before the applications of R8 open.
struct InAugust(Site);

impl InAugust {
    async fn on(engine: Engine) -> Self {
        Self(Site::since(engine, "2026-08-20T09:00+09:00").await)
    }
}

async fn asks(site: &Site, audience: &str, email: &str) {
    let mut visitor = site.visitor("見本 太郎");
    let address = format!("/tell-me/{audience}");
    let form = visitor.get(&address).await.form(&address).fill("email", email);
    visitor.submit(&form).await.is(StatusCode::OK).shows(email);
}

#[both_engines]
async fn who_asked_is_told_once_when_applications_open(InAugust(site): InAugust) {
    asks(&site, "executive", "hanako@example.jp").await;
    asks(&site, "executive", "hanako@example.jp").await;
    asks(&site, "admin", "takako@example.jp").await;
    let asked = site.deliver().await;
    assert!(asked.iter().all(|letter| !letter.links("/tell-me/end/").is_empty()), "each says how to end it");

    site.at("2026-09-01T09:59:59.999999+09:00");
    assert!(site.deliver().await.is_empty());
    site.at("2026-09-01T10:00+09:00");
    let mut told: Vec<_> = site.deliver().await.into_iter().map(|letter| (letter.to.clone(), letter.link("/apply/"))).collect();
    told.sort();
    let to = |(to, _): &(String, String)| to.clone();
    assert_eq!(
        told.iter().map(to).collect::<Vec<_>>(),
        ["hanako@example.jp", "takako@example.jp"],
        "each once, though there are many sessions"
    );
    assert!(told[0].1.starts_with("/apply/R8/executive/") && told[1].1.starts_with("/apply/R8/admin/"), "{told:?}");
    site.get(&told[0].1).await.is(StatusCode::OK);
    site.later(Span::days(1));
    assert!(site.deliver().await.is_empty());
}

#[both_engines]
async fn who_ends_it_is_not_told_and_a_mail_scanner_that_opens_the_link_ends_nothing(InAugust(site): InAugust) {
    asks(&site, "executive", "hanako@example.jp").await;
    asks(&site, "executive", "takako@example.jp").await;
    let letters = site.deliver().await;
    let end = |to: &str| letters.iter().find(|letter| letter.to == to).unwrap().link("/tell-me/end/");
    let mut hanako = site.visitor("見本 花子");
    let page = hanako.get(&end("hanako@example.jp")).await;
    hanako.submit(&page.form(&end("hanako@example.jp"))).await.is(StatusCode::OK);
    site.get(&end("takako@example.jp")).await.is(StatusCode::OK);

    site.at("2026-09-01T10:00+09:00");
    let told = site.deliver().await;
    assert_eq!(told.iter().map(|letter| letter.to.as_str()).collect::<Vec<_>>(), ["takako@example.jp"]);
}

/// The portal before the applications of any training of R8 open.
struct Early(Site);

impl Early {
    async fn on(engine: Engine) -> Self {
        Self(Site::since(engine, "2026-08-10T09:00+09:00").await)
    }
}

#[both_engines]
async fn each_of_the_four_audiences_is_told_of_its_own_training(Early(site): Early) {
    let audiences = ["intro", "executive", "admin", "beginner"];
    for audience in audiences {
        asks(&site, audience, &format!("{audience}@example.jp")).await;
    }
    assert_eq!(site.deliver().await.len(), 4);
    site.at("2026-09-01T10:00+09:00");
    let mut told = site.deliver().await;
    told.sort_by(|one, other| one.to.cmp(&other.to));
    for letter in &told {
        let audience = letter.to.split('@').next().expect("an address");
        assert!(letter.link("/apply/").starts_with(&format!("/apply/R8/{audience}/")), "{}", letter.text);
        assert!(!letter.links("/tell-me/end/").is_empty(), "{}", letter.text);
    }
    let mut expected = audiences.map(|audience| format!("{audience}@example.jp")).to_vec();
    expected.sort();
    assert_eq!(told.into_iter().map(|letter| letter.to).collect::<Vec<_>>(), expected);
    site.get("/tell-me/nobody").await.is(StatusCode::NOT_FOUND);
}

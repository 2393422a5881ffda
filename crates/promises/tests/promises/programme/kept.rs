//! Public pages are kept rendered, and made anew at the very instant at which something they show changes.

use both_engines::both_engines;
use http::StatusCode;

use crate::site::{Outcome, Person, Site};

const PAGE: &str = "/trainings/R8/executive";

async fn etag(site: &Site) -> String {
    site.get(PAGE).await.header("etag").to_owned()
}

async fn apply(site: &Site, people: std::ops::Range<usize>) {
    for n in people {
        assert_ne!(site.visit_by(Person::number(n)).applies_for("R8/executive/3").await, Outcome::AlreadyApplied);
    }
}

#[both_engines]
async fn a_browser_that_has_the_page_is_told_that_nothing_changed(site: Site) {
    let etag = etag(&site).await;
    assert!(!etag.is_empty());
    let answer = site.visitor("見本 太郎").with_header("if-none-match", &etag).get(PAGE).await;
    answer.is(StatusCode::NOT_MODIFIED);
    assert!(answer.bytes.is_empty());
    let answer = site.visitor("見本 太郎").with_header("if-none-match", "\"other\"").get(PAGE).await;
    answer.is(StatusCode::OK);
}

#[both_engines]
async fn the_kept_page_changes_when_the_clock_changes_what_it_shows(site: Site) {
    for (last, first) in [
        ("2026-11-22T23:59:59.999999+09:00", "2026-11-23T00:00+09:00"),
        ("2026-12-17T12:59:59.999999+09:00", "2026-12-17T13:00+09:00"),
        ("2026-12-23T16:59:59.999999+09:00", "2026-12-23T17:00+09:00"),
        ("2026-12-23T17:59:59.999999+09:00", "2026-12-23T18:00+09:00"),
    ] {
        site.at(last);
        let before = etag(&site).await;
        assert_eq!(etag(&site).await, before);
        site.at(first);
        assert_ne!(etag(&site).await, before, "{first}");
    }
}

#[both_engines]
async fn the_kept_page_changes_with_a_booking_only_when_the_word_for_the_seats_does(site: Site) {
    site.limit("R8/executive/3", 10, 1).await;
    let free = etag(&site).await;
    apply(&site, 0..8).await;
    assert_eq!(etag(&site).await, free, "no page tells how many seats are left");

    apply(&site, 8..9).await;
    site.get(PAGE).await.shows("残りわずか");
    let few = etag(&site).await;
    assert_ne!(few, free);

    apply(&site, 9..10).await;
    site.get(PAGE).await.shows("定員に達しました").shows("キャンセル待ちを受け付けています");
    apply(&site, 10..11).await;
    site.get(PAGE).await.shows("キャンセル待ちも定員になりました");
    assert_eq!(site.session("R8/executive/3").await.taken, 10);
}

#[both_engines]
async fn the_kept_page_changes_when_a_seat_comes_free(site: Site) {
    site.limit("R8/executive/3", 1, 0).await;
    let mut taro = site.visitor("見本 太郎");
    taro.applies_for("R8/executive/3").await;
    site.get(PAGE).await.shows("定員に達しました");
    taro.cancels().await;
    site.get(PAGE).await.shows("定員に達しました");
    site.later(kernel::Span::minutes(10));
    site.deliver().await;
    site.get(PAGE).await.hides("定員に達しました");
}

#[both_engines]
async fn a_kept_page_is_the_same_in_every_encoding(site: Site) {
    let plain = site.get(PAGE).await;
    for encoding in ["gzip", "br"] {
        let packed = site.visitor("見本 太郎").with_header("accept-encoding", encoding).get(PAGE).await;
        assert_eq!(packed.header("content-encoding"), encoding);
        assert!(packed.bytes.len() * 3 < plain.bytes.len(), "{} of {}", packed.bytes.len(), plain.bytes.len());
        assert_eq!(packed.header("vary"), "Accept-Encoding");
        assert_ne!(packed.header("etag"), plain.header("etag"), "a cache must not mix them up");
    }
}

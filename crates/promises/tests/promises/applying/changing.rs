//! Moving to another date, cancelling, and ten minutes to think again.

use both_engines::both_engines;
use http::StatusCode;
use kernel::Span;

use crate::site::letter::Entry;
use crate::site::{Outcome::Applied, Site, Visitor};

/// The type of the calendar file on the page of the application, which says the same method as the file.
async fn download(visitor: &mut Visitor) -> String {
    let file = visitor.get(&format!("{}/calendar.ics", visitor.application)).await;
    let kind = file.is(StatusCode::OK).header("content-type").to_owned();
    assert!(kind.ends_with(&format!("method={}", Entry::read(&file.body()).method)), "{kind}");
    kind
}

#[both_engines]
async fn a_move_takes_the_new_seat_gives_up_the_old_one_and_updates_the_calendar(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    let made = site.deliver().await.remove(0);
    taro.moves_to("第4回").await.shows("日程を変更しました").shows("2027年1月19日（火）").shows("R8-E4-0001");
    assert_eq!(site.session("R8/executive/3").await.taken, 0);
    assert_eq!(site.session("R8/executive/4").await.taken, 1);

    let letters = site.deliver().await;
    assert_eq!(letters.len(), 1);
    let (before, after) = (made.entry(), letters[0].entry());
    assert_eq!(after.uid, before.uid, "the same entry in the calendar");
    assert_eq!((after.method.as_str(), after.sequence), ("REQUEST", before.sequence + 1));
    assert_eq!(after.starts, "DTSTART;TZID=Asia/Tokyo:20270119T160000");
}

#[both_engines]
async fn a_move_to_a_full_session_leaves_everything_as_it_was(site: Site) {
    site.limit("R8/executive/4", 1, 0).await;
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    let chosen = taro.get(&format!("{}/move", taro.application)).await.form("/move").choose_saying("session", "第4回");
    assert_eq!(site.visitor("見本 花子").applies_for("R8/executive/4").await, Applied);

    taro.submit(&chosen).await.is(StatusCode::CONFLICT).shows("いまの日程はそのままです");
    taro.own_page().await.shows("R8-E3-0001");
    assert_eq!((site.session("R8/executive/3").await.taken, site.session("R8/executive/4").await.taken), (1, 1));
    let offered = taro.get(&format!("{}/move", taro.application)).await.form("/move");
    assert!(offered.offers("session").iter().all(|words| !words.contains("第4回")), "what is full is not offered");
}

#[both_engines]
async fn cancelling_sends_cancel_and_undoing_within_ten_minutes_sends_request(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    let mut letters = site.deliver().await;
    taro.cancels().await.shows("申し込みを取り消しました").shows("9:10まで、元に戻せます");
    letters.extend(site.deliver().await);
    site.later(Span::micros(10 * 60_000_000 - 1));
    letters.extend(site.deliver().await);
    assert_eq!(download(&mut taro).await, "text/calendar; charset=utf-8; method=CANCEL");
    taro.undoes().await.shows("取り消しを元に戻しました").shows("R8-E3-0001");
    letters.extend(site.deliver().await);

    assert_eq!(download(&mut taro).await, "text/calendar; charset=utf-8; method=REQUEST");

    let entries: Vec<_> = letters.iter().map(crate::site::letter::Letter::entry).collect();
    let told: Vec<_> = entries.iter().map(|entry| (entry.method.as_str(), entry.sequence)).collect();
    assert_eq!(told, [("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2)]);
    assert!(entries.iter().all(|entry| entry.uid == entries[0].uid));

    site.later(Span::hours(1));
    assert!(site.deliver().await.is_empty(), "the seat that was let go of is not let go of again");
    assert_eq!(site.session("R8/executive/3").await.taken, 1);
}

#[both_engines]
async fn after_ten_minutes_a_cancellation_stands(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    let undo = taro.cancels().await.form("/restoration");
    assert_eq!(site.session("R8/executive/3").await.taken, 1, "the seat is held");
    site.later(Span::minutes(10));

    assert!(taro.own_page().await.shows("もう一度申し込めます").find_form("/restoration").is_none());
    taro.submit(&undo).await.is(StatusCode::CONFLICT);
    site.deliver().await;
    assert_eq!(site.session("R8/executive/3").await.taken, 0, "the seat is free");
    taro.submit(&undo).await.is(StatusCode::CONFLICT);
    assert_eq!(site.session("R8/executive/3").await.taken, 0);
}

#[both_engines]
async fn cancelling_twice_tells_once(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    site.deliver().await;
    let form = taro.get(&format!("{}/cancellation", taro.application)).await.form("/cancellation");
    let other_tab = taro.get(&format!("{}/cancellation", taro.application)).await.form("/cancellation");
    taro.submit(&form).await.is(StatusCode::SEE_OTHER);
    taro.submit(&form).await.is(StatusCode::SEE_OTHER);
    taro.submit(&other_tab).await.is(StatusCode::CONFLICT).shows("取り消");
    assert_eq!(site.deliver().await.len(), 1);
}

#[both_engines]
async fn once_the_session_has_begun_nothing_is_changed(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    let cancellation = taro.get(&format!("{}/cancellation", taro.application)).await.form("/cancellation");
    let change = taro.get(&format!("{}/move", taro.application)).await.form("/move").choose_saying("session", "第4回");
    site.at("2026-12-23T17:00+09:00");

    taro.submit(&cancellation).await.is(StatusCode::CONFLICT);
    taro.submit(&change).await.is(StatusCode::CONFLICT);
    assert!(taro.own_page().await.is(StatusCode::OK).attributes("main a", "href").iter().all(|href| !href.ends_with("/move")));
    assert_eq!(site.session("R8/executive/3").await.taken, 1);
}

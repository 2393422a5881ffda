//! What somebody has in hand after applying, and what the portal promises for those who cannot come.

use both_engines::both_engines;
use http::StatusCode;

use crate::site::letter::Entry;
use crate::site::{Outcome::Applied, Site};

#[both_engines]
async fn the_receipt_can_be_printed_and_holds_all_that_is_needed(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    let form = taro.fills_in("R8/executive/3").await.fill("question", "録画は見られますか");
    let confirm = taro.submit(&form).await.form("/confirmation");
    assert_eq!(taro.confirms(&confirm).await, Applied);
    let page = taro.own_page().await;
    page.shows("R8-E3-0001").shows("2026年12月23日（水）17:00～18:00").shows("見本 太郎").shows("録画は見られますか").shows("印刷できます");
    assert_eq!(page.texts(".receipt .receipt-qr svg").len(), 1, "the link as a QR code");
    let steps = page.texts("ol.path li");
    assert!(steps.iter().any(|step| step.contains("12月24日") && step.contains("受講証明書")), "{steps:?}");
    let left_out = page.texts(".receipt .no-print:not(a)");
    assert!(left_out.is_empty(), "nothing of the receipt but what can be pressed is left out in print: {left_out:?}");

    let file = page.attributes("main a", "href").into_iter().find(|href| href.ends_with("/calendar.ics")).expect("a calendar file");
    let file = taro.get(&file).await;
    assert!(file.is(StatusCode::OK).header("content-type").starts_with("text/calendar"));
    let mailed = site.deliver().await.remove(0);
    let (entry, same) = (Entry::read(&file.body()), mailed.entry());
    assert_eq!((&entry.uid, &entry.starts, entry.sequence), (&same.uid, &same.starts, same.sequence));
}

#[both_engines]
async fn who_could_not_attend_is_not_told_of_other_dates(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    taro.own_page().await.shows("別の日程に変更できます");
    site.at("2026-12-23T18:30+09:00");
    taro.own_page().await.shows("出席できなかったとき").shows("公開の予定です").hides("別の日程に変更できます");
}

#[both_engines]
async fn who_cannot_attend_reads_when_the_recording_comes_and_may_ask_to_be_told(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    site.deliver().await;
    let page = taro.own_page().await;
    page.shows("当日、出席できなくなったとき").shows("公開の予定です");
    let form = page.form("/archive-notice");
    let asked = taro.submit_and_open(&form).await;
    asked.is(StatusCode::OK).shows("録画が公開されたら、メールでお知らせします");
    assert!(taro.own_page().await.find_form("/archive-notice").is_none(), "it is remembered");
    taro.submit(&form).await.is(StatusCode::SEE_OTHER);

    let letters = site.deliver().await;
    assert_eq!(letters.len(), 1, "confirmed once");
    let end = letters[0].link("/tell-me/end/");
    let button = taro.get(&end).await.form(&end);
    taro.submit(&button).await.is(StatusCode::OK);
    assert!(taro.own_page().await.find_form("/archive-notice").is_some(), "and can be taken back");
}

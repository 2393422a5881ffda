//! Whoever has seen enough and knows the answers has attended; what was seen is put down second by second.

use both_engines::both_engines;
use http::StatusCode;

use super::{Office, SESSION, joins, open_now, sees};
use crate::site::{Letter, Site, Visitor};

async fn is_there(site: &Site) {
    Office::on(site, SESSION).await.has_published().await;
    open_now(site, "R5").await;
    site.deliver().await;
}

/// Answers the questions of the page.
async fn answers(visitor: &mut Visitor, chosen: [&str; 2]) -> crate::site::Answer {
    let page = visitor.get(&format!("/archive/{SESSION}/check")).await;
    let form = page.is(StatusCode::OK).form("/check").choose("q0", chosen[0]).choose("q1", chosen[1]);
    visitor.submit_and_open(&form).await
}

fn named<'a>(letters: &'a [Letter], words: &str) -> &'a Letter {
    letters.iter().find(|letter| letter.subject.contains(words)).unwrap_or_else(|| panic!("no letter about {words}"))
}

#[both_engines]
async fn everybody_may_watch_and_nothing_is_put_down_of_strangers(site: Site) {
    is_there(&site).await;
    let mut stranger = site.visitor("試験 﨑男");
    let page = stranger.get(&format!("/archive/{SESSION}")).await;
    page.is(StatusCode::OK).shows("録画は、どなたでも見られます").shows("申し込んで録画で受講する").shows("1:30 初動");
    assert!(page.find_form("/seen").is_none());
    let told = stranger.send(http::Method::POST, &format!("/archive/{SESSION}/seen"), "seen=0-120".to_owned()).await;
    assert_eq!(told.is(StatusCode::OK).json()["recorded"], false);
}

#[both_engines]
async fn who_never_applied_applies_for_the_recording_and_attends_by_it(site: Site) {
    is_there(&site).await;
    let (mut taro, page) = joins(&site, "見本 太郎", SESSION).await;
    page.is(StatusCode::OK).shows("録画での受講を受け付けました").shows("あと2分見て確認問題に答えると、受講済みになります");
    let letters = site.deliver().await;
    named(&letters, "録画での受講を受け付けました");

    let told = sees(&mut taro, SESSION, "0-30 20-50").await;
    assert_eq!((told["seen"].as_str(), told["enough"].as_bool()), (Some("0-50"), Some(false)));
    assert_eq!(told["words"], "あと46秒見て確認問題に答えると、受講済みになります");
    assert_eq!(told["unseen"], "まだ見ていないところ：0:50～2:00");
    taro.get(&format!("/archive/{SESSION}/check")).await.is(StatusCode::CONFLICT).shows("録画をあと1分見てください");
    let told = sees(&mut taro, SESSION, "60-106").await;
    assert_eq!((told["enough"].as_bool(), told["complete"].as_bool()), (Some(true), Some(false)));

    let wrong = answers(&mut taro, ["1", "1"]).await;
    wrong.is(StatusCode::UNPROCESSABLE_ENTITY).shows("1問が違っています").shows("もう一度考えてみてください").shows("報告が最初です");
    let right = answers(&mut taro, ["0", "1"]).await;
    right.is(StatusCode::OK).shows("受講済み（アーカイブ視聴）").shows("2026年11月22日（日）に受講済みになりました");
    let letters = site.deliver().await;
    assert_eq!(letters.len(), 1);
    assert!(named(&letters, "受講済みになりました").text.contains("受講済み（アーカイブ視聴）"));

    // Watching again changes nothing of it.
    site.at("2026-12-01T09:00+09:00");
    sees(&mut taro, SESSION, "0-120").await;
    answers_again(&mut taro).await;
    taro.get(&format!("/archive/{SESSION}")).await.shows("2026年11月22日（日）に受講済みになりました");
    assert!(site.deliver().await.is_empty(), "nobody is told twice");
}

async fn answers_again(visitor: &mut Visitor) {
    let page = visitor.get(&format!("/archive/{SESSION}/check")).await;
    let form = page.is(StatusCode::OK).form("/check").choose("q0", "0").choose("q1", "1");
    visitor.submit(&form).await.is(StatusCode::SEE_OTHER);
}

#[both_engines]
async fn it_goes_on_with_another_device(site: Site) {
    is_there(&site).await;
    let (mut phone, _) = joins(&site, "見本 花子", SESSION).await;
    sees(&mut phone, SESSION, "0-40").await;
    let letters = site.deliver().await;
    let link = letters[0].link("/a/");
    let mut desk = site.visitor("見本 花子");
    let page = desk.open(&link).await;
    assert_eq!(page.path, format!("/archive/{SESSION}"), "the link leads to the recording");
    assert_eq!(page.attributes("#film", "data-start"), ["30"], "where the other device had come to");
    let told = sees(&mut desk, SESSION, "35-100").await;
    assert_eq!(told["seen"], "0-100");
    let told = sees(&mut phone, SESSION, "110-115").await;
    assert_eq!(told["seen"], "0-100 110-115");
}

#[both_engines]
async fn a_report_that_makes_no_sense_is_not_put_down(site: Site) {
    is_there(&site).await;
    let (mut taro, _) = joins(&site, "見本 太郎", SESSION).await;
    for nonsense in ["9-3", "a-b", "-5-9", "1,2"] {
        assert_eq!(sees(&mut taro, SESSION, nonsense).await["recorded"], false, "{nonsense}");
    }
    assert_eq!(sees(&mut taro, SESSION, "110-9999").await["seen"], "110-120", "no further than the film");
}

#[both_engines]
async fn another_film_is_watched_anew_and_what_counts_stays(site: Site) {
    is_there(&site).await;
    let (mut taro, _) = joins(&site, "見本 太郎", SESSION).await;
    let (mut hanako, _) = joins(&site, "見本 花子", SESSION).await;
    sees(&mut taro, SESSION, "0-120").await;
    sees(&mut hanako, SESSION, "0-120").await;
    answers(&mut taro, ["0", "1"]).await.shows("受講済み（アーカイブ視聴）");
    Office::on(&site, SESSION).await.sends("new.mp4", &super::film(200, 20)).await.is(StatusCode::OK);
    taro.get(&format!("/archive/{SESSION}")).await.shows("受講済み（アーカイブ視聴）");
    hanako.get(&format!("/archive/{SESSION}")).await.shows("あと3分見て");
    assert_eq!(sees(&mut hanako, SESSION, "0-10").await["seen"], "0-10");
}

#[both_engines]
async fn who_applied_before_gets_the_link_and_no_second_record(site: Site) {
    is_there(&site).await;
    joins(&site, "見本 太郎", SESSION).await;
    site.deliver().await;
    let (mut again, page) = joins(&site, "見本 太郎", SESSION).await;
    page.is(StatusCode::OK).shows("すでに申し込まれています");
    assert!(again.get(&format!("/archive/{SESSION}")).await.find_form("/seen").is_none(), "whoever typed the name sees nothing of theirs");
    assert_eq!(site.deliver().await.len(), 1);
}

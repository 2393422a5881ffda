use access::Role;
use both_engines::both_engines;
use http::StatusCode;

use super::{LINK, MINUTE, OPEN, SESSION, beat, joins, prepare, seated};
use crate::office::staff::staff;
use crate::site::Site;

const OTHER: &str = "https://other.example.jp/room/mihon";

#[both_engines]
async fn another_meeting_reaches_the_lobby_the_open_pages_and_every_seat(site: Site) {
    prepare(&site, &[]).await;
    site.limit(SESSION, 2, 5).await;
    let mut taro = seated(&site, "見本 太郎").await;
    seated(&site, "見本 花子").await;
    site.visitor("例示 髙子").applies_for(SESSION).await;
    site.deliver().await;
    site.at(OPEN);
    let page = joins(&mut taro).await;
    let before = beat(&mut taro, &page).await;
    assert_eq!(before["link"], LINK);

    let mut office = staff(&site, Role::Secretariat).await;
    let lobby = format!("/lobby/{SESSION}");
    site.get(&lobby).await.hides("参加先が変わりました");
    let path = format!("/staff/sessions/{}/meeting", site.session(SESSION).await.id);
    // Quietly it cannot be changed any more.
    let form = office.get(&path).await.form("/meeting").fill("link", OTHER);
    office.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("参加先を切り替える");
    let form = office.get(&format!("{path}/switch")).await;
    form.shows("席が確定している2名に").shows("2名に知らせて切り替える");
    let form = form.form("/meeting/switch").fill("link", OTHER);
    office.submit_and_open(&form).await.is(StatusCode::OK).shows("参加先を切り替えました。2名にメールを送ります");

    site.get(&lobby).await.shows("参加先が変わりました").hides("other.example.jp");
    site.later(MINUTE);
    let after = beat(&mut taro, &page).await;
    assert_eq!(after["link"], OTHER);
    assert!(after["version"].as_i64() > before["version"].as_i64());
    let letters = site.deliver().await;
    let mut to: Vec<_> = letters.iter().map(|letter| letter.to.clone()).collect();
    to.sort();
    assert_eq!(to, ["hanako@example.jp", "taro@example.jp"], "who waits has nowhere to go");
    for letter in &letters {
        assert!(letter.subject.contains("参加先の変更"), "{}", letter.subject);
        assert!(!letter.text.contains("other.example.jp"), "the link of the mail leads into the lobby");
        let mut phone = site.visitor("見本 花子");
        phone.open(&letter.link("/a/")).await.is(StatusCode::OK).shows("研修のロビー");
        let own = phone.open(&format!("{lobby}/join")).await;
        own.is(StatusCode::OK).shows("参加する方");
    }
}

#[both_engines]
async fn the_same_meeting_or_one_that_is_over_is_not_switched(site: Site) {
    let mut office = prepare(&site, &[]).await;
    seated(&site, "見本 太郎").await;
    site.deliver().await;
    let path = format!("/staff/sessions/{}/meeting/switch", site.session(SESSION).await.id);
    let form = office.get(&path).await.form("/meeting/switch");
    office.submit(&form.clone().fill("link", LINK)).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    for wrong in ["http://meeting.example.jp", "meeting", "https://meeting.example.jp パスコード"] {
        office.submit(&form.clone().fill("link", wrong)).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    }
    site.at("2026-12-23T18:00+09:00");
    let mut office = staff(&site, Role::Secretariat).await;
    office.get(&path).await.is(StatusCode::CONFLICT).shows("切り替えられません");
    assert!(site.deliver().await.is_empty());
}

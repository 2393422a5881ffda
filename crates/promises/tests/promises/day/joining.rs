use both_engines::both_engines;
use http::{Method, StatusCode};
use kernel::Span;

use super::{LINK, MINUTE, OPEN, SESSION, beat, evidence, joins, prepare, seated, stretches};
use crate::site::Site;

#[both_engines]
async fn the_link_never_stands_on_the_lobby(site: Site) {
    prepare(&site, &[("entry", "ミーティング番号 812 3456"), ("dial_in", "000-0000-0009"), ("keyword", "ひまわり")]).await;
    let mut taro = seated(&site, "見本 太郎").await;
    for moment in ["2026-12-22T09:00+09:00", OPEN, "2026-12-23T17:30+09:00", "2026-12-23T18:00+09:00"] {
        site.at(moment);
        for path in [format!("/lobby/{SESSION}"), format!("/en/lobby/{SESSION}"), "/lobby/check".to_owned()] {
            let page = taro.get(&path).await;
            page.is(StatusCode::OK);
            assert_eq!(page.header("cache-control"), "public, no-cache", "{path}");
            assert!(page.headers.get("set-cookie").is_none(), "{path}");
            for secret in ["meeting.example.jp", "812 3456", "000-0000-0009", "ひまわり"] {
                assert!(!page.body().contains(secret), "{path} at {moment} says {secret}");
            }
            assert_eq!(page.bytes, site.get(&path).await.bytes, "the same for whoever is known");
        }
    }
}

#[both_engines]
async fn the_lobby_says_what_can_be_done_now(site: Site) {
    prepare(&site, &[]).await;
    let path = format!("/lobby/{SESSION}");
    for (moment, words) in [
        ("2026-12-23T16:39+09:00", "開場前です"),
        (OPEN, "開場しています"),
        ("2026-12-23T17:00+09:00", "開催中です"),
        ("2026-12-23T18:00+09:00", "この回は終わりました"),
    ] {
        site.at(moment);
        site.get(&path).await.shows(words).shows("000-0000-0000");
    }
    site.get("/lobby/R8/executive/99").await.is(StatusCode::NOT_FOUND);
}

/// The script of the page asks for the head of itself, since the clock of a device may be wrong.
#[both_engines]
async fn what_the_lobby_counts_down_by_is_the_portals_time(site: Site) {
    prepare(&site, &[]).await;
    let mut visitor = site.visitor("見本 太郎");
    for (moment, said) in [("2026-12-23T16:39+09:00", "Wed, 23 Dec 2026 07:39:00 GMT"), (OPEN, "Wed, 23 Dec 2026 07:40:00 GMT")] {
        site.at(moment);
        let lobby = visitor.get(&format!("/lobby/{SESSION}")).await;
        assert_eq!(lobby.attributes(".countdown", "data-until").len(), 1);
        let script = lobby.attributes("script[src*='lobby.js']", "src").pop().expect("the script of the lobby");
        let head = visitor.send(Method::HEAD, &script, String::new()).await;
        assert_eq!((head.status, head.header("date")), (StatusCode::OK, said));
        assert_eq!(lobby.header("date"), said);
    }
}

#[both_engines]
async fn nobody_comes_in_before_the_lobby_opens(site: Site) {
    prepare(&site, &[]).await;
    let mut taro = seated(&site, "見本 太郎").await;
    let path = format!("{}/join", taro.application);
    site.at("2026-12-23T16:39+09:00");
    let page = taro.get(&path).await;
    page.is(StatusCode::OK).shows("12月23日（水）16:40に開場します");
    assert!(page.find_form("/join").is_none(), "there is no button yet");
    // A form from elsewhere, or of a clock that is wrong.
    let question = taro.get(&format!("{}/question", taro.application)).await.form("/question");
    let body = format!("token={}&key={}", question.value("token"), question.value("key"));
    taro.send(Method::POST, &path, body).await.is(StatusCode::CONFLICT);
    assert!(evidence(&site).await.is_empty());
    site.at(OPEN);
    joins(&mut taro).await.shows("見本 太郎さんの参加画面");
}

#[both_engines]
async fn opening_a_page_counts_nothing_and_the_button_does(site: Site) {
    prepare(&site, &[]).await;
    let mut taro = seated(&site, "見本 太郎").await;
    let letter = site.deliver().await.remove(0);
    site.at(OPEN);
    let mut scanner = site.visitor("見本 太郎");
    let link = letter.link("/a/");
    scanner.open(&format!("{link}?to=lobby")).await.is(StatusCode::OK).shows("研修のロビー");
    scanner.open(&format!("/lobby/{SESSION}/join")).await.is(StatusCode::OK).shows("見本 太郎さん").hides("meeting.example.jp");
    taro.get(&format!("{}/joined", taro.application)).await.is(StatusCode::SEE_OTHER);
    taro.get(&format!("{}/joined?d=0190b0b0-0000-7000-8000-000000000000", taro.application)).await.is(StatusCode::SEE_OTHER);
    assert!(evidence(&site).await.is_empty(), "nothing was pressed");

    let page = joins(&mut taro).await;
    assert_eq!(page.attributes("a[data-door-link]", "href"), [LINK]);
    assert_eq!(page.attributes("a[data-door-link]", "rel"), ["noopener noreferrer"]);
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(stretches(&site, &taro).await, [0]);
}

#[both_engines]
async fn a_beat_makes_the_presence_longer_and_a_late_one_begins_anew(site: Site) {
    prepare(&site, &[]).await;
    let mut taro = seated(&site, "見本 太郎").await;
    site.at(OPEN);
    let page = joins(&mut taro).await;
    for _ in 0..5 {
        site.later(MINUTE);
        assert_eq!(beat(&mut taro, &page).await["state"], "here");
    }
    assert_eq!(stretches(&site, &taro).await, [300]);
    site.later(Span::seconds(150));
    beat(&mut taro, &page).await;
    assert_eq!(stretches(&site, &taro).await, [450], "a beat may be late");
    site.later(Span::seconds(151));
    beat(&mut taro, &page).await;
    site.later(MINUTE);
    beat(&mut taro, &page).await;
    assert_eq!(stretches(&site, &taro).await, [450, 60], "what lies between is not known");
    // A second device of the same person is a stretch of its own.
    joins(&mut taro).await;
    assert_eq!(stretches(&site, &taro).await.len(), 3);
    site.at("2026-12-23T18:31+09:00");
    assert_eq!(beat(&mut taro, &page).await["state"], "over");
    assert_eq!(stretches(&site, &taro).await.len(), 3);
}

#[both_engines]
async fn two_at_one_browser_do_not_mix(site: Site) {
    prepare(&site, &[("keyword", "ひまわり")]).await;
    let mut taro = seated(&site, "見本 太郎").await;
    let hanako = seated(&site, "見本 花子").await;
    site.at(OPEN);
    let of_taro = joins(&mut taro).await;
    // The other's link is opened in a new tab of the same browser.
    let mut browser = taro.clone();
    browser.cookies = hanako.cookies.clone();
    browser.application = hanako.application.clone();
    let of_hanako = joins(&mut browser).await;
    of_hanako.shows("見本 花子さんの参加画面");
    site.later(MINUTE);
    beat(&mut browser, &of_taro).await;
    site.later(MINUTE);
    beat(&mut browser, &of_hanako).await;
    assert_eq!(stretches(&site, &taro).await, [60]);
    assert_eq!(stretches(&site, &hanako).await, [120]);
    // Nor do their answers.
    let page = browser.submit(&of_taro.form("/lobby/keyword").fill("keyword", "ヒマワリ")).await;
    page.is(StatusCode::OK).shows("見本 太郎さんの参加画面").shows("キーワードを確かめました");
    let known = evidence(&site).await;
    let of = |visitor: &crate::site::Visitor| {
        let id = visitor.application.rsplit('/').next().unwrap_or_default().to_owned();
        known.iter().find(|one| one.application.to_string() == id).is_some_and(|one| one.keyword_ok)
    };
    assert!(of(&taro) && !of(&hanako));
}

#[both_engines]
async fn who_waits_or_has_cancelled_does_not_come_in(site: Site) {
    prepare(&site, &[]).await;
    site.limit(SESSION, 1, 5).await;
    let mut taro = seated(&site, "見本 太郎").await;
    let mut hanako = site.visitor("見本 花子");
    hanako.applies_for(SESSION).await;
    site.at(OPEN);
    let page = hanako.get(&format!("{}/join", hanako.application)).await;
    page.is(StatusCode::OK).shows("キャンセル待ち");
    assert!(page.find_form("/join").is_none());
    let joined = joins(&mut taro).await;
    taro.cancels().await;
    assert_eq!(beat(&mut taro, &joined).await["state"], "gone");
    taro.get(&format!("{}/join", taro.application)).await.shows("取り消されています");
}

#[both_engines]
async fn whoever_is_not_known_is_asked_for_the_link_of_the_mail(site: Site) {
    prepare(&site, &[]).await;
    let mut nobody = site.visitor("見本 太郎");
    let page = nobody.get(&format!("/lobby/{SESSION}/join")).await;
    page.is(StatusCode::OK).shows("ご自分のメールのリンクを開いてください");
    let taro = seated(&site, "見本 太郎").await;
    site.deliver().await;
    nobody.submit(&page.form("/links").fill("email", "taro@example.jp")).await.is(StatusCode::OK);
    assert_eq!(site.deliver().await[0].links("/a/").len(), 1);
    // Somebody else's application looks like none.
    let mut hanako = seated(&site, "見本 花子").await;
    for rest in ["join", "joined", "question", "questionnaire", "viewing"] {
        let foreign = hanako.get(&format!("{}/{rest}", taro.application)).await;
        let missing = hanako.get(&format!("/applications/0190b0b0-0000-7000-8000-000000000000/{rest}")).await;
        assert_eq!(foreign.status, missing.status, "{rest}");
        assert_ne!(foreign.status, StatusCode::OK, "{rest}");
    }
    for proof in ["", "x", "0190b0b0-0000-7000-8000-000000000000/1/0190b0b0-0000-7000-8000-000000000000.x"] {
        let body = serde_urlencoded::to_string([("proof", proof)]).expect("a form");
        hanako.send(Method::POST, "/lobby/heartbeat", body.clone()).await.is(StatusCode::BAD_REQUEST);
        hanako.send(Method::POST, "/lobby/keyword", body).await.is(StatusCode::BAD_REQUEST);
    }
}

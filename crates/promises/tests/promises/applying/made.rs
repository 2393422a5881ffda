use both_engines::both_engines;
use http::StatusCode;

use crate::site::{Outcome::Applied, Site};

#[both_engines]
async fn one_form_and_one_confirmation_make_an_application_one_mail_and_a_calendar_entry(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    taro.own_page().await.shows("R8-E3-0001").shows("見本 太郎").shows("2026年12月23日（水）17:00～18:00");

    let letters = site.deliver().await;
    assert_eq!(letters.len(), 1, "one mail");
    let letter = &letters[0];
    assert_eq!(letter.to, "taro@example.jp");
    for words in ["R8-E3-0001", "見本 太郎", "2026年12月23日（水）17:00～18:00", "経営者向け研修"] {
        assert!(letter.text.contains(words), "the mail does not say {words}:\n{}", letter.text);
    }
    let entry = letter.entry();
    assert_eq!((entry.method.as_str(), entry.sequence, entry.status.as_str()), ("REQUEST", 0, "CONFIRMED"));
    assert_eq!(entry.starts, "DTSTART;TZID=Asia/Tokyo:20261223T170000");
    assert!(site.deliver().await.is_empty(), "nothing is sent twice");
}

#[both_engines]
async fn the_confirmation_shows_what_was_typed_and_nothing_is_stored_before_it(site: Site) {
    let mut hanako = site.visitor("見本 花子");
    let form = hanako.confirmation("R8/executive/3").await.map_err(|page| page.text()).unwrap();
    assert_eq!(site.session("R8/executive/3").await.taken, 0);
    assert!(site.deliver().await.is_empty());

    let typed = hanako.fills_in("R8/executive/3").await.fill("question", "質問です");
    let page = hanako.submit(&typed).await;
    page.shows("見本 花子").shows("ミホン ハナコ").shows("hanako@example.jp").shows("見本内科クリニック").shows("質問です");

    let back = hanako.submit(&page.form("/executive/3")).await;
    let again = back.is(StatusCode::OK).form("/executive/3");
    assert_eq!((again.value("family"), again.value("email"), again.value("question")), ("見本", "hanako@example.jp", "質問です"));

    assert_eq!(hanako.confirms(&form).await, Applied);
    assert_eq!(site.session("R8/executive/3").await.taken, 1);
}

#[both_engines]
async fn the_way_needs_no_account_and_no_cookie_until_there_is_an_application(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    let form = taro.confirmation("R8/executive/3").await.map_err(|page| page.text()).unwrap();
    assert!(taro.cookies.is_empty(), "{:?}", taro.cookies);
    let answer = taro.submit(&form).await;
    let cookie = answer.header("set-cookie");
    for part in ["__Host-app=", "; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(cookie.contains(part), "{cookie}");
    }
}

use both_engines::both_engines;
use http::StatusCode;

use super::{LINK, MINUTE, OPEN, SESSION, beat, evidence, prepare, seated};
use crate::site::{Answer, Form, Site, Visitor};

const CHECKS: [(&str, &str); 6] = [
    ("check_0", "見本の質問"),
    ("choices_0", "はい\nいいえ"),
    ("right_0", "2"),
    ("check_1", "もう1つの質問"),
    ("choices_1", "1つ\n2つ\n3つ"),
    ("right_1", "1"),
];

/// Opens the screen of somebody with a seat.
pub async fn opens_a_screen(host: &mut Visitor) -> Answer {
    let path = format!("{}/viewing", host.application);
    let form = host.get(&path).await.is(StatusCode::OK).form("/viewing").with("do", "open");
    let page = host.submit_and_open(&form).await;
    page.is(StatusCode::OK).shows("スマートフォンで読み取ってください");
    page
}

/// The code that a screen shows.
pub fn code(screen: &Answer) -> String {
    screen.texts(".screen .token").pop().expect("a code")
}

/// The form that takes a name, filled in.
pub fn named(form: Form, family: &str, given: &str, email: &str) -> Form {
    form.fill("family", family).fill("given", given).fill("family_kana", "ミホン").fill("given_kana", "ダイ").fill("email", email)
}

#[both_engines]
async fn each_before_one_screen_gets_a_record_of_their_own_and_no_seat_is_sold_twice(site: Site) {
    prepare(&site, &CHECKS).await;
    site.limit(SESSION, 1, 0).await;
    let mut host = seated(&site, "見本 太郎").await;
    site.deliver().await;
    let before = host.get(&format!("{}/viewing", host.application)).await;
    before.shows("開場から、はじめられます");
    site.at(OPEN);
    let screen = opens_a_screen(&mut host).await;
    let address = format!("/together/{}", code(&screen));

    // One with a telephone and an address, one without an address; the session has no free seat.
    let mut hanako = site.visitor("見本 花子");
    let form = hanako.get(&address.to_lowercase()).await.is(StatusCode::OK).form(&address);
    let own = hanako.submit_and_open(&named(form, "見本", "花子", "hanako@example.jp")).await;
    own.is(StatusCode::OK).shows("集合視聴に加わりました").shows("R8-E3-0002").hides("会議を開く");
    assert!(!own.body().contains(LINK), "who watches there has no need of the link");
    let form = host.get(&format!("{}/viewing", host.application)).await.form("/viewing#add-h");
    let page = host.submit_and_open(&named(form, "例示", "髙子", "")).await;
    page.is(StatusCode::OK).shows("2名が視聴しています").shows("例示 髙子").shows("R8-E3-0003");
    let session = site.session(SESSION).await;
    assert_eq!((session.taken, session.seats), (1, Some(1)), "no seat was taken");

    // The mail goes to whoever gave an address, the slip to whoever did not.
    let letters = site.deliver().await;
    assert_eq!(letters.iter().map(|letter| letter.to.as_str()).collect::<Vec<_>>(), ["hanako@example.jp"]);
    assert!(letters[0].subject.contains("集合視聴の記録"));
    let slips = host.get(&format!("{}/viewing/slips", host.application)).await;
    slips.is(StatusCode::OK).shows("例示 髙子").hides("花子");

    // The screen beats for everybody.
    site.at("2026-12-23T17:00+09:00");
    beat(&mut host, &screen).await;
    for _ in 0..3 {
        site.later(MINUTE);
        assert_eq!(beat(&mut host, &screen).await["state"], "here");
    }
    let known = evidence(&site).await;
    assert_eq!(known.len(), 2);
    for one in &known {
        assert!(one.group);
        assert_eq!(one.checks_ok, Some(false));
        assert_eq!(one.intervals.last().map(|(from, to)| to.since(*from).as_seconds()), Some(180), "{one:?}");
    }

    // Questions are answered by each, as often as it takes.
    let page = hanako.get(own.path.as_str()).await;
    let form = page.form("/lobby/checks").with("check-0", "0").with("check-1", "0");
    hanako.submit(&form).await.is(StatusCode::OK).shows("正しくない答えがあります");
    hanako.submit(&form.with("check-0", "1")).await.is(StatusCode::OK).shows("正しく答えました");
    assert_eq!(evidence(&site).await.iter().filter(|one| one.checks_ok == Some(true)).count(), 1);

    // The end: nobody new comes in.
    let form = host.get(&format!("{}/viewing", host.application)).await.form("/viewing").with("do", "end");
    host.submit_and_open(&form).await.is(StatusCode::OK);
    site.get(&address).await.is(StatusCode::CONFLICT).shows("この集合視聴は終わりました");
    assert_eq!(beat(&mut host, &screen).await["state"], "gone");

    // Whoever has only the link of the mail, or of the slip, finds the questions by it, on another day too.
    site.at("2026-12-25T09:00+09:00");
    let mut phone = site.visitor("見本 花子");
    let page = phone.open(&letters[0].link("/a/")).await;
    let link = page.is(StatusCode::OK).shows("集合視聴で登録しました").attributes("a.button.main", "href").remove(0);
    let page = phone.get(&link).await;
    page.is(StatusCode::OK).shows("確認の質問に、正しく答えました");
    page.form("/lobby/questionnaire");
}

#[both_engines]
async fn whoever_had_applied_keeps_that_record_and_it_is_not_shown_to_who_typed_the_name(site: Site) {
    prepare(&site, &[]).await;
    let mut host = seated(&site, "見本 太郎").await;
    seated(&site, "見本 花子").await;
    site.deliver().await;
    site.at(OPEN);
    let screen = opens_a_screen(&mut host).await;
    let address = format!("/together/{}", code(&screen));
    let mut phone = site.visitor("見本 花子");
    let form = phone.get(&address).await.form(&address);
    let page = phone.submit_and_open(&named(form, "見本", "花子", "hanako@example.jp")).await;
    page.is(StatusCode::OK).shows("すでにこの回に申し込まれています");
    assert!(phone.cookies.is_empty(), "no page of hers was opened");
    let known = evidence(&site).await;
    assert_eq!((known.len(), known[0].group), (1, true));
    assert_eq!(site.session(SESSION).await.taken, 2);
}

#[both_engines]
async fn a_code_is_typed_where_no_camera_reads_it(site: Site) {
    prepare(&site, &[]).await;
    let mut host = seated(&site, "見本 太郎").await;
    site.at(OPEN);
    let screen = opens_a_screen(&mut host).await;
    let code = code(&screen);
    let typed = format!("/together?code={}-{}", code[..3].to_lowercase(), &code[3..]);
    assert_eq!(site.get(&typed).await.is(StatusCode::SEE_OTHER).location(), format!("/together/{code}"));
    site.get("/together?code=nothing").await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("見つかりません");
    site.get("/together/NOTHING").await.is(StatusCode::NOT_FOUND);
}

#[both_engines]
async fn a_mistake_of_the_host_is_taken_away_again(site: Site) {
    prepare(&site, &[]).await;
    let mut host = seated(&site, "見本 太郎").await;
    site.at(OPEN);
    let screen = opens_a_screen(&mut host).await;
    let address = format!("/together/{}", code(&screen));
    let mut phone = site.visitor("見本 花子");
    let form = phone.get(&address).await.form(&address);
    phone.submit_and_open(&named(form, "見本", "花子", "")).await.is(StatusCode::OK);
    let page = host.get(&format!("{}/viewing", host.application)).await;
    let form = page.form("/viewing").with("do", "remove");
    host.submit_and_open(&form).await.shows("0名が視聴しています");
    assert!(evidence(&site).await.is_empty());
    assert_eq!(site.session(SESSION).await.taken, 1, "no seat comes free that was never taken");
}

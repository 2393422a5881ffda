//! A moment too late, a moment too early, and clocks that go wrong.

use both_engines::both_engines;
use http::StatusCode;
use kernel::Span;

use crate::site::Outcome::{Applied, Refused, Waiting};
use crate::site::{START, Site};

fn falls_back(site: &Site, span: Span) {
    site.later(Span::micros(-span.as_micros()));
}

#[both_engines]
async fn whoever_is_refused_after_filling_in_takes_everything_along_to_another_session(site: Site) {
    let mut hanako = site.visitor("見本 花子");
    let form = hanako.fills_in("R8/executive/3").await.fill("question", "長い質問です");
    site.at("2026-12-17T13:10+09:00");
    let page = hanako.submit(&form).await;
    page.is(StatusCode::CONFLICT).shows("申し込みの受付は終わりました").shows("13:00に締め切りました").shows("13:10 現在");
    page.shows("入力した内容は残っています");

    let along = page.form("/apply/R8/executive/4");
    let form = hanako.submit(&along).await.is(StatusCode::OK).form("/apply/R8/executive/4");
    for (field, typed) in [("family", "見本"), ("family_kana", "ミホン"), ("email", "hanako@example.jp"), ("question", "長い質問です")]
    {
        assert_eq!(form.value(field), typed, "{field}");
    }
    let confirm = hanako.submit(&form).await.is(StatusCode::OK).form("/confirmation");
    assert_eq!(hanako.confirms(&confirm).await, Applied);
    hanako.own_page().await.shows("R8-E4-0001");

    let again = hanako.get("/apply/R8/executive/3").await;
    again.is(StatusCode::CONFLICT).hides("入力した内容は残っています");
}

#[both_engines]
async fn a_form_opened_at_the_deadline_or_later_gets_no_grace(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    let form = taro.fills_in("R8/executive/3").await;
    for (moment, is_taken) in
        [("2026-12-17T12:59:59.999999+09:00", true), ("2026-12-17T13:00+09:00", false), ("2026-12-17T13:00:00.000001+09:00", false)]
    {
        site.at(moment);
        // The form of the fourth session, which is open for longer, says by our own signature when it was opened.
        let begun = taro.fills_in("R8/executive/4").await.value("begun").to_owned();
        site.at("2026-12-17T13:05+09:00");
        let answer = taro.submit(&form.clone().with("begun", &begun)).await;
        assert_eq!(answer.status == StatusCode::OK, is_taken, "{moment}: {}", answer.text());
    }
}

#[both_engines]
async fn the_grace_is_said_in_english_too(site: Site) {
    let mut taro = site.visitor("見本 太郎").in_english();
    site.at("2026-12-17T12:59+09:00");
    let form = taro.fills_in("R8/executive/3").await;
    site.at("2026-12-17T13:00+09:00");
    let page = taro.submit(&form).await;
    page.is(StatusCode::OK).shows("13:10");
    site.at("2026-12-17T13:10+09:00");
    let refused = taro.confirms(&page.form("/confirmation")).await;
    assert_eq!(refused, Refused("Applications are closed".into()));
}

#[both_engines]
async fn a_clock_that_falls_back_extends_no_link_and_reopens_no_window(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    let application = site.deliver().await[0].link("/a/");
    let form = taro.get("/sign-in").await.form("/sign-in").fill("email", "taro@example.jp");
    taro.submit(&form).await.is(StatusCode::OK);
    let sign_in = site.deliver().await[0].link("/sign-in/link/");
    site.later(Span::minutes(15));
    site.get(&sign_in).await.is(StatusCode::GONE);
    for back in [Span::hours(1), Span::days(1)] {
        falls_back(&site, back);
        site.get(&sign_in).await.is(StatusCode::GONE);
        site.at(START);
        site.later(Span::minutes(15));
    }

    site.at("2026-12-17T13:10+09:00");
    site.get("/apply/R8/executive/3").await.is(StatusCode::CONFLICT);
    falls_back(&site, Span::days(1));
    site.get("/apply/R8/executive/3").await.is(StatusCode::CONFLICT);
    site.at("2026-12-23T18:00+09:00");
    site.later(Span::days(90));
    site.get(&application).await.is(StatusCode::GONE);
    falls_back(&site, Span::days(1));
    site.get(&application).await.is(StatusCode::GONE);
}

#[both_engines]
async fn a_clock_that_falls_back_does_nothing_twice_and_no_time_runs_backwards(site: Site) {
    site.limit("R8/executive/3", 1, 5).await;
    let (mut taro, mut hanako) = (site.visitor("見本 太郎"), site.visitor("見本 花子"));
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    assert_eq!(hanako.applies_for("R8/executive/3").await, Waiting(1));
    let undo = taro.cancels().await.form("/restoration");
    site.later(Span::minutes(10));
    assert_eq!(site.deliver().await.len(), 4, "two applications, a cancellation, a promotion");

    falls_back(&site, Span::days(1));
    assert!(site.deliver().await.is_empty(), "no job is done again, no mail sent again");
    taro.submit(&undo).await.is(StatusCode::CONFLICT);
    assert_eq!(site.visitor("例示 髙子").applies_for("R8/executive/3").await, Waiting(1));
    site.later(Span::days(1));
    assert_eq!(site.deliver().await.len(), 1, "only what is new");

    let times = db::sql!("SELECT applied_at FROM applications ORDER BY number");
    let applied: Vec<kernel::Timestamp> = site.db().read(async move |tx| tx.all(times, &[]).await).await.expect("times");
    assert_eq!(applied.len(), 3);
    assert!(applied.is_sorted() && applied[2] >= applied[0].plus(Span::minutes(10)), "{applied:?}");
    let session = site.session("R8/executive/3").await;
    assert_eq!((session.taken, session.waiting), (1, 1));
}

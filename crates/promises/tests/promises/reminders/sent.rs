//! What goes out, when, and what it says.

use both_engines::both_engines;
use http::StatusCode;
use kernel::Span;

use super::{SESSION, addresses, days_from, deliver_at, moves, plan, starts};
use crate::site::{Letter, Site};

#[both_engines]
async fn before_a_session_a_mail_comes_a_week_a_day_and_an_hour_ahead(site: Site) {
    let (mut taro, mut hanako) = (site.visitor("見本 太郎"), site.visitor("見本 花子").in_english());
    taro.applies_for(SESSION).await;
    hanako.applies_for(SESSION).await;
    site.deliver().await;
    plan(&site).await;
    let begins = starts(&site).await;

    let week = deliver_at(&site, days_from(begins, -7, 8)).await;
    assert_eq!(addresses(&week), ["hanako@example.jp", "taro@example.jp"]);
    let to = |letters: &[Letter], name: &str| letters.iter().find(|letter| letter.to.starts_with(name)).expect("it came").clone();
    assert!(to(&week, "taro").subject.starts_with("【あと7日】"), "{}", to(&week, "taro").subject);
    assert!(to(&week, "hanako").subject.starts_with("[In 7 days]"), "{}", to(&week, "hanako").subject);
    let text = to(&week, "taro").text;
    let firsts: Vec<&str> = text.lines().take(3).map(|line| line.split('　').next().unwrap_or_default()).collect();
    assert_eq!(firsts, ["日時", "参加方法", "締切"], "{text}");
    assert!(text.contains("お知らせを選ぶ・やめる"), "{text}");

    let day = deliver_at(&site, days_from(begins, -1, 8)).await;
    assert_eq!(addresses(&day), ["hanako@example.jp", "taro@example.jp"]);
    assert!(to(&day, "taro").subject.starts_with("【明日"), "{}", to(&day, "taro").subject);
    assert!(!to(&day, "taro").text.contains("やめる"), "what is needed to take part cannot be declined");

    let hour = deliver_at(&site, begins.minus(Span::hours(1))).await;
    assert_eq!(addresses(&hour), ["hanako@example.jp", "taro@example.jp"]);
    let link = to(&hour, "taro").link("/a/");
    assert!(link.ends_with("?to=lobby"), "never the meeting itself: {link}");
    taro.open(&link).await.is(StatusCode::OK).shows("ロビー");
    for letter in week.iter().chain(&day).chain(&hour) {
        assert!(letter.to.starts_with("hanako") || letter.text.chars().count() <= 600, "{} characters", letter.text.chars().count());
    }
}

#[both_engines]
async fn the_mails_move_with_the_session(site: Site) {
    site.visitor("見本 太郎").applies_for(SESSION).await;
    site.deliver().await;
    plan(&site).await;
    let was = starts(&site).await;
    let becomes = was.plus(Span::days(14));
    moves(&site, becomes).await;
    assert!(deliver_at(&site, days_from(was, -7, 8)).await.is_empty(), "that is not its week any more");
    assert!(deliver_at(&site, days_from(was, -1, 8)).await.is_empty());
    assert_eq!(deliver_at(&site, days_from(becomes, -7, 8)).await.len(), 1);
    assert_eq!(deliver_at(&site, days_from(becomes, -1, 8)).await.len(), 1);
}

#[both_engines]
async fn a_session_that_moves_after_the_mail_is_told_of_again_only_where_the_rule_says_so(site: Site) {
    site.visitor("見本 太郎").applies_for(SESSION).await;
    site.deliver().await;
    plan(&site).await;
    let was = starts(&site).await;
    assert_eq!(deliver_at(&site, days_from(was, -7, 8)).await.len(), 1);
    assert_eq!(deliver_at(&site, days_from(was, -1, 8)).await.len(), 1);
    let becomes = was.plus(Span::days(14));
    moves(&site, becomes).await;
    assert!(deliver_at(&site, days_from(becomes, -7, 8)).await.is_empty(), "a week ahead was told of once");
    let again = deliver_at(&site, days_from(becomes, -1, 8)).await;
    assert_eq!(again.len(), 1, "the day before is another day");
}

#[both_engines]
async fn what_is_due_for_one_person_in_one_morning_is_one_mail(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    taro.applies_for(SESSION).await;
    taro.applies_for("R8/executive/4").await;
    site.deliver().await;
    let begins = starts(&site).await;
    let other = site.session("R8/executive/4").await;
    // Both a week ahead on the same morning.
    site.write(async move |tx, _| {
        let moved = school::trainings::session::Session {
            day: Some(begins.day()),
            starts_at: Some(begins.plus(Span::hours(3))),
            ends_at: Some(begins.plus(Span::hours(4))),
            ..other.clone()
        };
        assert!(school::trainings::store::change_session(tx, &moved, other.sequence).await?);
        Ok(())
    })
    .await;
    plan(&site).await;
    let told = deliver_at(&site, days_from(begins, -7, 8)).await;
    assert_eq!(told.len(), 1, "{:?}", told.iter().map(|letter| &letter.subject).collect::<Vec<_>>());
    assert!(told[0].subject.starts_with("【お知らせ2件】"), "{}", told[0].subject);
    assert_eq!(told[0].text.matches("■ ").count(), 2, "{}", told[0].text);
    taro.own_page().await.shows("2件のお知らせを、まとめて1通にしました");
}

#[both_engines]
async fn whoever_cancelled_or_waits_is_not_reminded(site: Site) {
    site.limit(SESSION, 1, 10).await;
    let (mut taro, mut hanako) = (site.visitor("見本 太郎"), site.visitor("見本 花子"));
    taro.applies_for(SESSION).await;
    hanako.applies_for(SESSION).await;
    site.deliver().await;
    plan(&site).await;
    let session = site.session(SESSION).await;
    let closes = session.closes_at.expect("a deadline");
    let begins = starts(&site).await;
    let mut all = Vec::new();
    let mut moments = vec![days_from(closes, -2, 8), days_from(begins, -7, 8), days_from(begins, -1, 8)];
    moments.sort();
    for moment in moments {
        all.extend(deliver_at(&site, moment).await);
    }
    let waited: Vec<&str> = all.iter().filter(|letter| letter.to.starts_with("hanako")).map(|letter| letter.subject.as_str()).collect();
    assert_eq!(waited.len(), 1, "{waited:?}");
    assert!(waited[0].starts_with("【締切間近】"), "{waited:?}");
    assert_eq!(all.iter().filter(|letter| letter.to.starts_with("taro")).count(), 2);

    // On the last day the seat is offered to whoever waits; the reminder is for those who have said yes.
    let hour = begins.minus(Span::hours(1));
    site.at(&hour.minus(Span::minutes(30)).rfc3339());
    taro.cancels().await;
    site.later(Span::minutes(11));
    site.deliver().await;
    site.at(&hour.rfc3339());
    assert!(addresses(&site.deliver().await).is_empty());
}

#[both_engines]
async fn after_the_session_whoever_has_not_answered_is_asked_once(site: Site) {
    site.visitor("見本 太郎").applies_for(SESSION).await;
    site.deliver().await;
    plan(&site).await;
    let ends = site.session(SESSION).await.ends_at.expect("an end");
    let after = deliver_at(&site, days_from(ends, 1, 8)).await;
    let asked: Vec<_> = after.iter().filter(|letter| letter.subject.starts_with("【アンケートのお願い】")).collect();
    assert_eq!(asked.len(), 1, "{:?}", after.iter().map(|letter| &letter.subject).collect::<Vec<_>>());
    assert!(asked[0].text.contains("録画の公開予定"), "{}", asked[0].text);
}

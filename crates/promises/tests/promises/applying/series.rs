//! All parts of a series at once: one form, one mail, an application for each.

use both_engines::both_engines;
use http::StatusCode;

use crate::site::Outcome::Applied;
use crate::site::{Answer, Form, Site, Visitor};

/// All parts but those held in autumn can be applied for.
const SERIES: &str = "/apply/R8/admin";

async fn fills_in(visitor: &mut Visitor) -> Form {
    let page = visitor.get(SERIES).await;
    visitor.person.clone().fills(page.is(StatusCode::OK).form("/admin"))
}

pub async fn applies(visitor: &mut Visitor) -> Answer {
    let form = fills_in(visitor).await;
    let confirm = visitor.submit(&form).await.is(StatusCode::OK).form("/confirmation");
    let answer = visitor.submit(&confirm).await;
    let address = answer.is(StatusCode::SEE_OTHER).location().to_owned();
    visitor.application = address.split("/series").next().unwrap_or_default().to_owned();
    visitor.open(&address).await
}

/// The numbers of the parts that can be applied for.
async fn open_parts(site: &Site) -> Vec<String> {
    let form = site.get(SERIES).await.form("/admin");
    form.fields().iter().filter(|(name, _)| name == "part").map(|(_, number)| number.clone()).collect()
}

#[both_engines]
async fn all_open_parts_of_a_series_are_applied_for_by_one_form_and_confirmed_by_one_mail(site: Site) {
    let parts = open_parts(&site).await;
    assert!(parts.len() > 1, "{parts:?}");
    site.get("/trainings/R8/admin").await.shows(&format!("受付中の{}回にまとめて申し込む", parts.len()));
    let mut taro = site.visitor("見本 太郎");
    let page = applies(&mut taro).await;
    page.is(StatusCode::OK).shows(&format!("{}回分の申し込みを受け付けました", parts.len())).shows("確定").hides("%");
    for number in &parts {
        page.shows(&format!("R8-A{number}-0001"));
        assert_eq!(site.session(&format!("R8/admin/{number}")).await.taken, 1);
    }

    let letters = site.deliver().await;
    assert_eq!(letters.len(), 1, "one mail for all");
    assert_eq!(letters[0].links("/a/").len(), parts.len() + 1, "a link for each, and one for all");
    let entry = letters[0].entry();
    assert_eq!((entry.method.as_str(), entry.text.matches("BEGIN:VEVENT").count()), ("PUBLISH", parts.len()));
    assert!(!entry.text.contains("ATTENDEE"), "who publishes invites nobody (RFC 5546, 3.2.1)");

    // Each is an application of its own.
    let one = page.attributes("td.act a", "href").remove(0);
    taro.opens_link(&one).await.is(StatusCode::OK);
    taro.cancels().await.is(StatusCode::OK).shows("取り消しました");
    let series = taro.get(&format!("{}/series", taro.application.clone())).await;
    series.is(StatusCode::OK).shows("取り消し済み").shows("確定");
}

#[both_engines]
async fn a_full_part_is_waited_for_and_one_that_was_unchecked_is_left_out(site: Site) {
    let parts = open_parts(&site).await;
    site.limit(&format!("R8/admin/{}", parts[0]), 0, 5).await;
    let mut taro = site.visitor("見本 太郎");
    taro.get(SERIES).await.shows("キャンセル待ちに申し込みます");
    let form = fills_in(&mut taro).await.without("part").with_another("part", &parts[0]).with_another("part", &parts[1]);
    let confirm = taro.submit(&form).await.is(StatusCode::OK).form("/confirmation");
    let page = taro.submit_and_open(&confirm).await;
    page.is(StatusCode::OK).shows("2回分").shows("キャンセル待ち 1番目").shows("確定");
    let letter = site.deliver().await.remove(0);
    assert!(letter.text.contains("キャンセル待ち") && letter.text.contains("確定"), "{}", letter.text);
    if let Some(third) = parts.get(2) {
        assert_eq!(site.session(&format!("R8/admin/{third}")).await.taken, 0);
    }
}

#[both_engines]
async fn parts_that_were_applied_for_before_stay_as_they_are_and_twice_is_once(site: Site) {
    let parts = open_parts(&site).await;
    assert_eq!(site.visitor("見本 太郎").applies_for(&format!("R8/admin/{}", parts[0])).await, Applied);
    let mut taro = site.visitor("見本 太郎");
    applies(&mut taro).await.is(StatusCode::OK).shows("すでに申し込まれています").shows(&format!("{}回分", parts.len() - 1));
    assert_eq!(site.session(&format!("R8/admin/{}", parts[0])).await.taken, 1);
    site.deliver().await;

    let mut other = site.visitor("見本 太郎");
    let form = fills_in(&mut other).await;
    let confirm = other.submit(&form).await.is(StatusCode::OK).form("/confirmation");
    let page = other.submit(&confirm).await;
    page.is(StatusCode::OK).shows("すべてすでに申し込まれています").hides("R8-A").hides("/a/");
    assert!(other.cookies.is_empty());
    assert_eq!(site.deliver().await.len(), 1);
}

#[both_engines]
async fn all_parts_are_given_up_at_once_each_with_a_mail_that_empties_the_calendar(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    applies(&mut taro).await.is(StatusCode::OK);
    site.deliver().await;
    let parts = open_parts(&site).await;
    let page = taro.get(&format!("{}/series/cancellation", taro.application.clone())).await;
    let form = page.is(StatusCode::OK).shows(&format!("{}通", parts.len())).form("/series/cancellation");
    taro.submit_and_open(&form).await.is(StatusCode::OK).shows("すべての回を取り消しました").hides("確定");
    let letters = site.deliver().await;
    assert_eq!(letters.len(), parts.len());
    assert!(letters.iter().all(|letter| letter.entry().method == "CANCEL"));
    taro.submit(&form).await;
    assert!(site.deliver().await.is_empty(), "twice is once");
}

#[both_engines]
async fn a_form_begun_before_the_deadline_of_a_part_is_taken_for_ten_minutes_and_no_longer(site: Site) {
    let number = open_parts(&site).await.remove(0);
    let closes = site.session(&format!("R8/admin/{number}")).await.closes_at.expect("a deadline");
    let set = |site: &Site, micros: i64| site.at(&kernel::Timestamp::from_micros(closes.as_micros() + micros).rfc3339());
    set(&site, -1);
    let mut in_time = site.visitor("見本 太郎");
    let form = fills_in(&mut in_time).await;
    let confirm = in_time.submit(&form).await.is(StatusCode::OK).form("/confirmation");
    set(&site, 10 * 60_000_000 - 1);
    in_time.submit_and_open(&confirm).await.is(StatusCode::OK).shows(&format!("R8-A{number}-0001"));

    let mut late = site.visitor("見本 花子");
    set(&site, 0);
    let page = late.get(SERIES).await;
    if page.status == StatusCode::OK {
        let offered = page.form("/admin");
        assert!(!offered.fields().iter().any(|(name, value)| name == "part" && *value == number), "begun at the deadline");
    }
    assert_eq!(site.session(&format!("R8/admin/{number}")).await.taken, 1);
}

#[both_engines]
async fn a_course_whose_sessions_are_alike_has_no_such_form_and_another_persons_series_is_hidden(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.get("/apply/R8/executive").await.is(StatusCode::SEE_OTHER).location(), "/trainings/R8/executive#dates");
    applies(&mut taro).await.is(StatusCode::OK);
    let address = format!("{}/series", taro.application);
    let mut hanako = site.visitor("見本 花子");
    assert_eq!(hanako.applies_for("R8/executive/3").await, Applied);
    assert_ne!(hanako.get(&address).await.status, StatusCode::OK);
    let own = hanako.application.clone();
    assert_eq!(hanako.get(&format!("{own}/series")).await.is(StatusCode::SEE_OTHER).location(), own, "alone");
}

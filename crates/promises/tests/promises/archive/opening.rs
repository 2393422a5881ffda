//! The archive opens when every session is over, or when the secretariat says so.

use access::Role;
use both_engines::both_engines;
use db::sql;
use http::StatusCode;
use kernel::FiscalYear;

use super::{Office, SESSION, film, open_now};
use crate::office::staff;
use crate::site::Site;

/// Every session of a programme has a day.
async fn dates_are_set(site: &Site, year: &str) {
    let year: FiscalYear = year.parse().expect("a year");
    site.write(async move |tx, _| {
        let set = sql!(
            "UPDATE sessions SET day = '2027-02-10' WHERE day IS NULL AND course IN (SELECT c.id FROM courses c JOIN programmes p ON p.id = c.programme WHERE p.year = $1)"
        );
        tx.run(set, &[year.into()]).await?;
        tx.public_changed().await
    })
    .await;
}

async fn last_day(site: &Site) -> kernel::Day {
    let mut last = None;
    for (course, numbers) in [("intro", 1..=2), ("executive", 1..=5), ("admin", 1..=7), ("beginner", 1..=6)] {
        for number in numbers {
            last = last.max(site.session(&format!("R8/{course}/{number}")).await.day);
        }
    }
    last.expect("a day")
}

async fn state(site: &Site) -> String {
    site.get("/api/v1/programmes/R8").await.json()["courses"][1]["sessions"][0]["state"].as_str().unwrap_or_default().to_owned()
}

#[both_engines]
async fn it_opens_by_itself_on_the_morning_after_the_last_session_until_the_year_is_over(site: Site) {
    site.at("2027-03-30T12:00+09:00");
    assert_eq!(state(&site).await, "ended", "one session has no day: nobody knows when all are over");
    site.at("2026-11-22T09:00+09:00");
    let site = Site::on(site.db().engine()).await;
    dates_are_set(&site, "R8").await;
    let morning = last_day(&site).await.tomorrow().expect("a day");
    for (moment, word) in [
        (format!("{morning}T08:59:59.999999+09:00"), "ended"),
        (format!("{morning}T09:00+09:00"), "archived"),
        ("2027-03-31T23:59:59.999999+09:00".to_owned(), "archived"),
        ("2027-04-01T00:00+09:00".to_owned(), "ended"),
    ] {
        site.at(&moment);
        assert_eq!(state(&site).await, word, "{moment}");
    }
}

#[both_engines]
async fn until_then_every_page_says_when(site: Site) {
    dates_are_set(&site, "R8").await;
    let day = kernel::long_date(last_day(&site).await.tomorrow().expect("a day"), kernel::Lang::Ja);
    site.get("/trainings/R8/executive").await.shows(&day);
    site.get("/archive/R8/executive/3").await.is(StatusCode::OK).shows(&format!("録画は、{day}9:00に公開する予定です"));
    let mut taro = site.visitor("見本 太郎");
    taro.applies_for("R8/executive/3").await;
    taro.own_page().await.shows(&day);
}

#[both_engines]
async fn the_secretariat_opens_it_by_hand_and_sees_first_how_many_are_told(site: Site) {
    let mut office = Office::on(&site, SESSION).await;
    office.sends("a.mp4", &film(60, 10)).await.is(StatusCode::OK);
    let path = format!("{}/captions", office.path);
    let without = office.visitor.get(&path).await.form("/captions").with("without", "手話通訳が画面にあります");
    office.visitor.submit_and_open(&without).await.shows("付けません（手話通訳が画面にあります）");
    office.publishes().await.is(StatusCode::OK).shows("公開日を待っています");
    site.get(&format!("/archive/{SESSION}")).await.hides("受講の記録");
    site.get(&format!("/archive/{SESSION}/film")).await.is(StatusCode::NOT_FOUND);

    let form = office.visitor.get("/staff/programmes/R5/archive").await.form("/archive").with("do", "now");
    let asked = office.visitor.submit(&form).await;
    asked.shows("2026年11月22日（日）9:00から2027年3月31日（水）まで公開します").shows("0名にメールでお知らせします");
    site.get(&format!("/archive/{SESSION}/film")).await.is(StatusCode::NOT_FOUND);
    office.visitor.submit_and_open(&asked.form("/archive")).await.shows("公開の期間を変えました");
    site.get(&format!("/archive/{SESSION}/film")).await.is(StatusCode::OK);
    site.get("/trainings/R5/executive").await.shows("アーカイブ公開中").shows("録画を見る");
}

#[both_engines]
async fn a_course_may_open_at_a_moment_of_its_own(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let form = office.get("/staff/programmes/R5/archive").await.form("/archive").with("executive", "2026-11-22 8:00");
    let asked = office.submit(&form).await;
    office.submit_and_open(&asked.is(StatusCode::OK).form("/archive")).await.is(StatusCode::OK);
    site.get("/trainings/R5/executive").await.shows("アーカイブ公開中");
    site.get("/trainings/R5/beginner").await.hides("アーカイブ公開中");
    let wrong = office.get("/staff/programmes/R5/archive").await.form("/archive").with("opens", "いつか").with("ends", "2026-1-1");
    office.submit(&wrong).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("の形で入れてください");
}

#[both_engines]
async fn a_last_day_without_a_time_is_open_as_a_whole(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let form = office.get("/staff/programmes/R5/archive").await.form("/archive");
    let asked = office.submit(&form.with("opens", "2026-11-22 0:00").with("ends", "2027-03-20")).await;
    asked.is(StatusCode::OK).shows("2026年11月22日（日）から2027年3月20日（土）まで公開します");
    let page = office.submit_and_open(&asked.form("/archive")).await;
    page.is(StatusCode::OK).shows("2026年11月22日（日）から2027年3月20日（土）まで");
    assert_eq!(page.attributes("#ends", "value"), ["2027-03-20"]);
    site.at("2027-03-20T23:59:59+09:00");
    site.get("/trainings/R5/executive").await.shows("アーカイブ公開中");
    site.at("2027-03-21T00:00+09:00");
    site.get("/trainings/R5/executive").await.hides("アーカイブ公開中");
}

#[both_engines]
async fn what_was_opened_closes_with_the_year(site: Site) {
    let mut office = Office::on(&site, SESSION).await;
    office.has_published().await;
    open_now(&site, "R5").await;
    site.get(&format!("/archive/{SESSION}")).await.shows("2027年3月31日（水）まで公開しています");
    site.at("2027-04-01T00:00+09:00");
    site.get(&format!("/archive/{SESSION}/film")).await.is(StatusCode::NOT_FOUND);
    site.get(&format!("/archive/{SESSION}")).await.is(StatusCode::OK).shows("2027年3月31日（水）に終わりました");
}

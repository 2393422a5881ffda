//! A session opens, closes, is held and is over by the clock alone, to the microsecond.

use both_engines::both_engines;
use db::Engine;
use http::StatusCode;

use crate::site::{Outcome, Site};

/// The portal on the last day before the applications of R8 open.
struct BeforeTheWindow(Site);

impl BeforeTheWindow {
    async fn on(engine: Engine) -> Self {
        Self(Site::since(engine, "2026-08-31T09:00+09:00").await)
    }
}

async fn state(site: &Site) -> (String, String) {
    let said = site.get("/api/v1/programmes/R8").await.json();
    let row = site.get("/trainings/R8/executive").await.texts("#dates tbody tr .state")[2].clone();
    (said["courses"][1]["sessions"][2]["state"].as_str().unwrap_or_default().to_owned(), row)
}

#[both_engines]
async fn a_session_goes_through_its_states_at_the_very_instant(BeforeTheWindow(site): BeforeTheWindow) {
    for (moment, word, shown) in [
        ("2026-09-01T09:59:59.999999+09:00", "scheduled", "受付前"),
        ("2026-09-01T10:00+09:00", "open", "受付中"),
        ("2026-12-17T12:59:59.999999+09:00", "open", "受付中"),
        ("2026-12-17T13:00+09:00", "closed", "受付終了"),
        ("2026-12-23T16:59:59.999999+09:00", "closed", "受付終了"),
        ("2026-12-23T17:00+09:00", "running", "開催中"),
        ("2026-12-23T17:59:59.999999+09:00", "running", "開催中"),
        ("2026-12-23T18:00+09:00", "ended", "終了"),
    ] {
        site.at(moment);
        assert_eq!(state(&site).await, (word.to_owned(), shown.to_owned()), "{moment}");
    }
}

/// The portal in the summer of 令和5年度, when its applications were still to come.
struct SummerOfTheFifthYear(Site);

impl SummerOfTheFifthYear {
    async fn on(engine: Engine) -> Self {
        Self(Site::since(engine, "2023-08-15T09:00+09:00").await)
    }
}

#[both_engines]
async fn a_year_that_is_over_announces_no_applications(SummerOfTheFifthYear(site): SummerOfTheFifthYear) {
    let announced = "8月下旬から9月に申し込みを開始";
    for moment in ["2023-08-15T09:00+09:00", "2024-03-31T23:59:59+09:00"] {
        site.at(moment);
        site.get("/trainings/R5").await.shows(announced);
        site.get("/trainings/R5/executive").await.is(StatusCode::OK);
    }
    site.at("2024-04-01T00:00+09:00");
    for path in ["/trainings/R5", "/trainings/R5/executive", "/trainings/R5/admin", "/trainings/R5/beginner"] {
        site.get(path).await.is(StatusCode::OK).hides(announced).hides("8月下旬");
    }
}

#[both_engines]
async fn before_the_window_and_after_the_deadline_nobody_gets_in(BeforeTheWindow(site): BeforeTheWindow) {
    let mut taro = site.visitor("見本 太郎");
    for (moment, heading) in [
        ("2026-09-01T09:59:59.999999+09:00", "まだ申し込みを受け付けていません"),
        ("2026-12-17T13:00+09:00", "申し込みの受付は終わりました"),
        ("2026-12-23T18:00+09:00", "申し込みの受付は終わりました"),
    ] {
        site.at(moment);
        assert_eq!(taro.applies_for("R8/executive/3").await, Outcome::Refused(heading.into()), "{moment}");
    }
    assert_eq!(site.session("R8/executive/3").await.taken, 0);
}

#[both_engines]
async fn a_form_opened_before_the_deadline_is_taken_for_ten_more_minutes_and_says_so(site: Site) {
    let (mut taro, mut hanako) = (site.visitor("見本 太郎"), site.visitor("見本 花子"));
    site.at("2026-12-17T12:59:59.999999+09:00");
    let form = taro.fills_in("R8/executive/3").await;
    let hers = hanako.fills_in("R8/executive/3").await;

    site.at("2026-12-17T13:09:59.999999+09:00");
    let confirm = taro.submit(&form).await;
    confirm.is(StatusCode::OK).shows("締切前に開いた画面ですので、13:10まで受け付けます");
    assert_eq!(taro.confirms(&confirm.form("/confirmation")).await, Outcome::Applied);
    let last = hanako.submit(&hers).await.form("/confirmation");

    site.at("2026-12-17T13:10+09:00");
    assert_eq!(hanako.confirms(&last).await, Outcome::Refused("申し込みの受付は終わりました".into()));
    assert_eq!(site.session("R8/executive/3").await.taken, 1);
}

#[both_engines]
async fn nobody_can_claim_to_have_begun_earlier(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    site.at("2026-12-17T12:59+09:00");
    let form = taro.fills_in("R8/executive/3").await;
    let begun = form.value("begun").to_owned();
    let (moment, signature) = begun.split_once('.').expect("a signed moment");
    let earlier = format!("{}.{signature}", moment.parse::<i64>().expect("microseconds") - 1);
    site.at("2026-12-17T13:00+09:00");
    for claimed in [earlier.as_str(), moment, ""] {
        taro.submit(&form.clone().with("begun", claimed)).await.is(StatusCode::CONFLICT);
    }
    taro.submit(&form).await.is(StatusCode::OK);
}

#[both_engines]
async fn a_cancelled_session_takes_nobody_and_says_why(site: Site) {
    let id = site.session("R8/executive/3").await.id;
    site.write(async move |tx, now| {
        let cancel = db::sql!("UPDATE sessions SET cancelled_at = $2, cancel_reason = $3 WHERE id = $1");
        tx.run(cancel, &[id.into(), now.into(), "講師の都合により".into()]).await?;
        tx.public_changed().await
    })
    .await;
    assert_eq!(state(&site).await, ("cancelled".to_owned(), "中止".to_owned()));
    site.get("/trainings/R8/executive").await.shows("講師の都合により");
    assert_eq!(site.visitor("見本 太郎").applies_for("R8/executive/3").await, Outcome::Refused("この回は中止になりました".into()));
}

//! The programme of this 年度, made after that of R5.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;
use school::trainings::session::Session;
use school::trainings::store;

use crate::office::staff::staff;
use crate::site::{Answer, Site, instant};

/// Every day of R8, by course.
const DAYS: [(&str, &[&str]); 4] = [
    ("intro", &["2026-09-16", "2026-09-30"]),
    ("executive", &["2026-10-13", "2026-11-17", "2026-12-23", "2027-01-19", "2027-02-09"]),
    ("admin", &["2026-10-22", "2026-10-29", "2026-11-05", "2026-11-19", "2026-12-03", "2026-12-10", "2026-12-24"]),
    ("beginner", &["2026-10-14", "2026-10-28", "2026-11-11", "2026年11月下旬", "2026-12-09", "2026-12-15", "2027-01-26", "2027-02-02"]),
];

/// The days of a course as a page lists them.
fn days(page: &Answer, course: &str) -> Vec<String> {
    let rows = format!("section[aria-labelledby={course}-h] tbody td.when");
    let cells = page.texts(&rows);
    let mut dates = page.attributes(&format!("{rows} time"), "datetime").into_iter();
    let day = |cell: &String| if cell.contains('～') { dates.next().expect("a day")[..10].to_owned() } else { cell.clone() };
    cells.iter().map(day).collect()
}

#[both_engines]
async fn the_list_shows_this_year_with_exactly_its_days(site: Site) {
    let page = site.get("/trainings").await;
    assert_eq!(page.texts("h2").first().map(String::as_str), Some("令和8年度"));
    for (course, wanted) in DAYS {
        assert_eq!(days(&page, course), wanted, "{course}");
    }
}

#[both_engines]
async fn the_api_gives_the_same_days_and_the_usual_windows(site: Site) {
    let said = site.get("/api/v1/programmes/R8").await.json();
    for (course, (slug, wanted)) in said["courses"].as_array().unwrap().iter().zip(DAYS) {
        assert_eq!(course["slug"], slug);
        for (session, wanted) in course["sessions"].as_array().unwrap().iter().zip(wanted) {
            let shown = session["day"].as_str().or(session["window"].as_str()).unwrap();
            assert_eq!(shown, *wanted);
            if let Some(day) = session["day"].as_str() {
                let closes = session["applications_close_at"].as_str().unwrap();
                let six_before = day.parse::<jiff::civil::Date>().unwrap().checked_sub(jiff::Span::new().days(6)).unwrap();
                assert_eq!(closes, format!("{six_before}T13:00:00+09:00"), "{slug} {day}");
            }
            if slug != "intro" {
                assert_eq!(session["applications_open_at"], "2026-09-01T10:00:00+09:00");
                assert_eq!(session["default_window"], true, "the window is the portal's own, and marked so");
            }
        }
    }
}

#[both_engines]
async fn every_page_has_its_english_mirror_with_the_same_days(site: Site) {
    for path in ["/trainings", "/trainings/R4", "/trainings/R5", "/trainings/R8", "/trainings/R8/executive", "/trainings/R5/admin"] {
        let (ja, en) = (site.get(path).await, site.get(&format!("/en{path}")).await);
        assert_eq!(en.is(StatusCode::OK).attributes("html", "lang"), ["en"]);
        assert_eq!(en.attributes("td.when time", "datetime"), ja.attributes("td.when time", "datetime"), "{path}");
        assert!(ja.attributes("a", "href").contains(&format!("/en{path}")), "{path} does not lead to its English mirror");
        assert!(en.attributes("a", "href").contains(&path.to_owned()), "/en{path} does not lead back");
        let links = en.attributes("main a", "href");
        let strays: Vec<_> = links.iter().filter(|href| href.starts_with('/') && !href.starts_with("/en/")).collect();
        assert!(strays.is_empty(), "/en{path} leads out of English: {strays:?}");
    }
}

#[both_engines]
async fn a_session_stands_where_its_date_falls_not_where_its_number_does(site: Site) {
    let moved = Session {
        day: Some("2026-12-09".parse().unwrap()),
        starts_at: Some(instant("2026-12-09T16:00+09:00")),
        ends_at: Some(instant("2026-12-09T17:00+09:00")),
        closes_at: Some(instant("2026-12-03T13:00+09:00")),
        ..site.session("R8/executive/5").await
    };
    site.write(async move |tx, _| {
        assert!(store::change_session(tx, &moved, moved.sequence).await?, "the session has a new day");
        tx.public_changed().await
    })
    .await;
    assert_eq!(days(&site.get("/trainings").await, "executive"), ["2026-10-13", "2026-11-17", "2026-12-09", "2026-12-23", "2027-01-19"]);
    let rows = staff(&site, Role::Secretariat).await.get("/staff/programmes/R8").await.texts("#executive tbody tr");
    assert!(rows[2].contains("2026年12月9日"), "the secretariat sees the same order: {rows:?}");
}

#[both_engines]
async fn what_can_be_applied_for_next_leads_to_its_row_and_so_does_the_address_of_a_session(site: Site) {
    let page = site.get("/trainings/R8/executive").await;
    assert_eq!(page.attributes("#dates .band-head p a", "href"), ["#R8-executive-3"]);
    assert_eq!(page.attributes("tr#R8-executive-3 a.button", "href"), ["/apply/R8/executive/3"]);
    let led = site.get("/trainings/R8/executive/3").await;
    assert_eq!(led.is(StatusCode::SEE_OTHER).location(), "/trainings/R8/executive#R8-executive-3");
}

#[both_engines]
async fn the_picture_of_a_course_explains_its_signs_and_has_a_form_for_a_phone(site: Site) {
    let page = site.get("/trainings/R8/executive").await;
    assert_eq!(page.attributes(".chart svg", "class"), ["broad", "slim"]);
    assert_eq!(page.texts(".chart .legend span"), ["申込期間と締切", "受付中", "終了", "録画の公開"]);
    assert_eq!(page.texts(".chart .slim .strong"), ["第1回", "第2回", "第3回", "第4回", "第5回", "録画"]);
    let beginner = site.get("/trainings/R8/beginner").await;
    assert!(beginner.texts(".chart .legend span").contains(&"調整中".to_owned()), "only what occurs is explained, and all of it");
}

#[both_engines]
async fn english_counts_days_in_sentences(site: Site) {
    site.get("/en/trainings/R8/executive").await.shows("Closes in 25 days, ").hides("days left");
    site.at("2026-12-16T09:00+09:00");
    site.get("/en/trainings/R8/executive").await.shows("Closes tomorrow, ");
}

#[both_engines]
async fn what_is_still_being_arranged_after_its_time_says_so(site: Site) {
    let row = async |site: &Site| site.get("/trainings/R8/beginner").await.texts("#dates tbody tr")[3].clone();
    site.at("2026-11-30T23:59:59+09:00");
    assert!(!row(&site).await.contains("予定の時期を過ぎました"));
    site.at("2026-12-01T00:00+09:00");
    assert!(row(&site).await.contains("予定の時期を過ぎましたが、まだ調整中です"));

    // The secretariat is told what to do, and whoever may not do it how it stands.
    let [todo, stands] = ["日程を決めて、登録してください", "事務局の日程調整を待っています"];
    staff(&site, Role::Secretariat).await.get("/staff").await.is(StatusCode::OK).shows(todo).hides(stands);
    staff(&site, Role::Ministry).await.get("/staff").await.is(StatusCode::OK).shows(stands).hides(todo);
}

#[both_engines]
async fn calendars_to_subscribe_to_hold_what_the_list_holds(site: Site) {
    let all = site.get("/calendar.ics").await;
    assert_eq!(all.header("content-type"), "text/calendar; charset=utf-8");
    // R5 and R8 have 21 sessions with a time each; R4 has none.
    assert_eq!(all.body().matches("BEGIN:VEVENT").count(), 42);
    let executives = site.get("/calendar/executive.ics").await.body();
    assert_eq!(executives.matches("BEGIN:VEVENT").count(), 10);
    assert!(executives.contains("DTSTART;TZID=Asia/Tokyo:20261223T170000"));
    site.get("/calendar/everybody.ics").await.is(StatusCode::NOT_FOUND);
}

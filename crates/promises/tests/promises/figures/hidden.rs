//! Small numbers stay with the secretariat.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;

use super::{Crowd, rows, sheet};
use crate::office::staff::staff;
use crate::site::Site;

/// Fails if a number from one to four stands anywhere beside the words of the rows.
#[track_caller]
fn no_small_number(rows: &[Vec<String>]) {
    for row in rows {
        for cell in &row[1..] {
            let is_small = cell.parse::<i64>().is_ok_and(|n| (1..5).contains(&n));
            assert!(!is_small, "{row:?}");
        }
    }
}

#[both_engines]
async fn files_hide_what_the_secretariat_sees(site: Site) {
    Crowd::of(&site, 120, 3).await;
    let mut office = staff(&site, Role::Secretariat).await;
    let page = office.get("/staff/programmes/R8/figures").await;
    let seen = rows(&page, "prefectures");
    let small: Vec<&Vec<String>> = seen.iter().filter(|row| row[1].parse::<i64>().is_ok_and(|n| (1..5).contains(&n))).collect();
    assert!(!small.is_empty(), "the crowd has small numbers: {seen:?}");
    page.shows("書き出したファイルでは、5人未満の数を＊で伏せます");

    for table in ["prefectures", "kinds", "attendance", "courses"] {
        let csv = office.get(&format!("/staff/programmes/R8/figures/{table}.csv")).await;
        assert_eq!(csv.is(StatusCode::OK).header("content-type"), "text/csv; charset=utf-8");
        let lines: Vec<Vec<String>> =
            csv.body().trim_start_matches('\u{FEFF}').lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect();
        no_small_number(&lines);
    }
    let book = office.get("/staff/programmes/R8/figures/prefectures.xlsx").await;
    let read = sheet(&book.is(StatusCode::OK).bytes, "都道府県別");
    assert!(read[0][0].contains("5人未満") && read[1] == ["都道府県", "人数"], "{read:?}");
    no_small_number(&read[2..]);
    for row in &small {
        let line = read.iter().find(|line| line[0] == row[0]).expect("every prefecture");
        assert_eq!(line[1], "＊", "{row:?}");
    }
    // The hidden numbers cannot be told from the sum: together they are at least five.
    let sum: i64 = read.last().expect("the sum")[1].parse().expect("a number");
    let told: i64 = read[2..read.len() - 1].iter().filter_map(|line| line[1].parse::<i64>().ok()).sum();
    let covered = read.iter().filter(|line| line.get(1).is_some_and(|cell| cell == "＊")).count();
    assert!(covered > 1 && sum - told >= 5, "{covered} cells hide {}", sum - told);
    office.get("/staff/programmes/R8/figures/nothing.csv").await.is(StatusCode::NOT_FOUND);
    office.get("/staff/programmes/R8/figures/kinds.pdf").await.is(StatusCode::NOT_FOUND);
}

#[both_engines]
async fn the_ministry_sees_no_small_number(site: Site) {
    let crowd = Crowd::of(&site, 120, 3).await;
    let mut ministry = staff(&site, Role::Ministry).await;
    let page = ministry.get("/staff/programmes/R8/figures").await;
    page.is(StatusCode::OK).shows("個人が分からないように伏せています");
    no_small_number(&rows(&page, "prefectures"));
    no_small_number(&rows(&page, "kinds"));
    for n in page.texts("#prefectures svg .v, #kinds svg .v, #attendance svg .v") {
        assert!(!n.parse::<i64>().is_ok_and(|n| (1..5).contains(&n)), "{n}");
    }
    let page = ministry.get(&format!("/staff/sessions/{}/figures", crowd.sessions[0])).await;
    no_small_number(&rows(&page.is(StatusCode::OK).clone(), "prefectures"));
    ministry.get("/staff/reports").await.is(StatusCode::OK);
    ministry.get("/staff/reports/new").await.is(StatusCode::NOT_FOUND);
}

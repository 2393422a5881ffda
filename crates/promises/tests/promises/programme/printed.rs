//! Everything that the data files hold stands on the pages, and the API says the same.

use both_engines::both_engines;
use db::Lane;
use db::testing::TestDatabase;
use http::StatusCode;
use school::trainings::import::{Kind, ProgrammeFile, import};
use serde_json::Value;

use crate::site::{Answer, Site, project_file};

/// A programme file, read without the program's own importer.
fn file(year: &str) -> toml::Table {
    project_file(&format!("data/programmes/{}.toml", year.to_lowercase())).parse().expect("TOML")
}

fn tables<'t>(table: &'t toml::Table, name: &str) -> impl Iterator<Item = &'t toml::Table> {
    table.get(name).and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_table)
}

fn text(table: &toml::Table, name: &str) -> String {
    match table.get(name) {
        None => String::new(),
        Some(toml::Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// A day as the pages write it, made of what is printed: 2023年9月13日（水）.
fn long_day(session: &toml::Table) -> String {
    let day = text(session, "date");
    let parts: Vec<i32> = day.split('-').map(|part| part.parse().expect("a number")).collect();
    format!("{}年{}月{}日（{}）", parts[0], parts[1], parts[2], text(session, "weekday_ja"))
}

/// 16:00, out of 2023-09-13T16:00:00+09:00.
fn clock_face(instant: &str) -> String {
    let (hour, minute) = instant[11..16].split_once(':').expect("a time");
    format!("{}:{minute}", hour.trim_start_matches('0'))
}

fn session_of<'a>(programme: &'a Value, tier: &str, number: &str) -> &'a Value {
    let courses = programme["courses"].as_array().expect("courses");
    let course = courses.iter().find(|course| course["slug"] == tier).unwrap_or_else(|| panic!("no course {tier}"));
    let sessions = course["sessions"].as_array().expect("sessions");
    sessions
        .iter()
        .find(|session| session["number"] == number.parse::<i64>().unwrap())
        .unwrap_or_else(|| panic!("no session {tier} {number}"))
}

async fn api(site: &Site, year: &str) -> Value {
    site.get(&format!("/api/v1/programmes/{year}")).await.is(StatusCode::OK).json()
}

fn or_null(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { text.into() }
}

#[both_engines]
async fn the_api_says_what_the_files_say(site: Site) {
    for year in ["R4", "R5"] {
        let (file, said) = (file(year), api(&site, year).await);
        assert_eq!(said["project_name"], text(file["programme"].as_table().unwrap(), "project_name"));
        for course in tables(&file, "course") {
            for session in tables(course, "session") {
                let said = session_of(&said, &text(course, "tier"), &text(session, "seq"));
                let is_arranged = text(session, "status") == "being_arranged";
                for (field, wanted) in [
                    ("day", or_null(&text(session, "date"))),
                    ("starts_at", or_null(&text(session, "start"))),
                    ("ends_at", or_null(&text(session, "end"))),
                    ("applications_close_at", or_null(&text(session, "application_deadline"))),
                    ("window", or_null(&text(session, "window_raw"))),
                    ("title", text(session, "title").into()),
                    ("raw", text(session, "raw").into()),
                    ("tentative", (text(session, "status") == "tentative").into()),
                    ("state", if is_arranged { "being_arranged" } else { "ended" }.into()),
                ] {
                    assert_eq!(said[field], wanted, "{} {field}", text(session, "id"));
                }
            }
        }
    }
}

#[both_engines]
async fn the_pages_show_every_day_time_cut_off_rule_and_note(site: Site) {
    for year in ["R4", "R5"] {
        let file = file(year);
        let whole = site.get(&format!("/trainings/{year}")).await;
        for course in tables(&file, "course") {
            let own = site.get(&format!("/trainings/{year}/{}", text(course, "tier"))).await;
            for page in [&whole, &own] {
                page.is(StatusCode::OK).shows(&text(course, "name"));
                tables(course, "session").for_each(|session| shows_session(page, session));
            }
            for rule in tables(&file, "rule").filter(|rule| applies(rule, course)) {
                whole.shows(&text(rule, "raw"));
                own.shows(&text(rule, "raw")).shows(&note(&text(rule, "id")));
            }
        }
    }
}

fn shows_session(page: &Answer, session: &toml::Table) {
    if session.contains_key("date") {
        page.shows(&long_day(session));
    } else {
        page.shows(&text(session, "window_raw")).shows("調整中");
    }
    if session.contains_key("start") {
        page.shows(&format!("{}～{}", clock_face(&text(session, "start")), clock_face(&text(session, "end"))));
    }
    for printed in ["title", "deadline_raw"] {
        page.shows(&text(session, printed));
    }
    // Without rules nothing but days was printed, and the days stand there already.
    if session.contains_key("start") {
        page.shows(&text(session, "raw"));
    }
}

fn applies(rule: &toml::Table, course: &toml::Table) -> bool {
    let courses = rule.get("applies_to").and_then(toml::Value::as_array);
    courses.is_none_or(|courses| courses.iter().any(|id| id.as_str() == course["id"].as_str()))
}

/// What a printed rule means for the reader, from the file of our own words.
fn note(rule: &str) -> String {
    let words: toml::Table = project_file("data/programmes/courses.toml").parse().expect("TOML");
    let note = tables(&words, "note").find(|note| note["rule"].as_str() == Some(rule)).map(|note| text(note, "ja"));
    note.unwrap_or_else(|| panic!("no note explains {rule}"))
}

#[both_engines]
async fn the_fifth_year_of_reiwa_has_22_sessions_of_which_21_have_a_day_and_one_is_being_arranged(site: Site) {
    let said = api(&site, "R5").await;
    let sessions: Vec<&Value> =
        said["courses"].as_array().unwrap().iter().flat_map(|course| course["sessions"].as_array().unwrap()).collect();
    assert_eq!(sessions.len(), 22);
    assert_eq!(sessions.iter().filter(|session| session["day"].is_string()).count(), 21);
    assert_eq!(sessions.iter().filter(|session| session["state"] == "being_arranged").count(), 1);
    let page = site.get("/trainings/R5").await;
    assert_eq!(page.texts("tbody tr").len(), 22);
    assert_eq!(page.texts("tbody tr").iter().filter(|row| row.contains("調整中")).count(), 1);
    site.get("/trainings").await.shows("令和5年度（4つの研修、全22回）").shows("令和4年度（3つの研修、全8回）");
}

#[both_engines]
async fn the_fourth_year_of_reiwa_has_8_days_and_nobody_invents_a_time(site: Site) {
    let said = api(&site, "R4").await;
    let sessions: Vec<&Value> =
        said["courses"].as_array().unwrap().iter().flat_map(|course| course["sessions"].as_array().unwrap()).collect();
    assert_eq!(sessions.len(), 8);
    assert!(sessions.iter().all(|session| session["day"].is_string() && session["starts_at"].is_null() && session["ends_at"].is_null()));
    let page = site.get("/trainings/R4").await;
    assert_eq!(page.texts("tbody tr").len(), 8);
    page.hides("0:00");
    assert!(!site.get("/calendar.ics").await.body().contains("DTSTART;TZID=Asia/Tokyo:2023012"), "a session without a time is no entry");
}

#[both_engines]
async fn the_wrong_year_in_print_is_named_by_the_importer_and_on_the_page(db: TestDatabase) {
    let file = ProgrammeFile::parse(&project_file("data/programmes/r5.toml")).unwrap();
    let anomalies = db
        .write(Lane::Staff, None, async move |tx, now| {
            let imported = import(tx, &file, "test", now).await?.expect("it is a programme");
            Ok(imported.anomalies.iter().map(|found| (found.row.clone(), kind(&found.kind))).collect::<Vec<_>>())
        })
        .await
        .unwrap();
    let misprints: Vec<_> = anomalies.iter().filter(|(_, kind)| kind != "noted").collect();
    assert_eq!(misprints, [&("r5-executive-5".to_owned(), "printed 2023, meant 2024".to_owned())]);

    let site = Site::on(db.engine()).await;
    for page in ["/trainings/R5", "/trainings/R5/executive", "/trainings/R8/executive", "/trainings"] {
        site.get(page).await.shows("※原資料の表記は2023年");
    }
    let said = api(&site, "R5").await;
    assert!(session_of(&said, "executive", "5")["anomaly"].as_str().is_some_and(|words| words.contains("2023年")));
    assert_eq!(session_of(&said, "executive", "4")["anomaly"], Value::Null);
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::PrintedYear { printed, meant } => format!("printed {printed}, meant {meant}"),
        Kind::Noted => "noted".to_owned(),
        other => format!("{other:?}"),
    }
}

#[both_engines]
async fn what_cannot_be_read_as_a_programme_is_refused_and_nothing_of_it_stays(db: TestDatabase) {
    let mut file = ProgrammeFile::parse(&project_file("data/programmes/r5.toml")).unwrap();
    file.course[3].tier = "everybody".into();
    let refusal = db
        .write(Lane::Staff, None, async move |tx, now| {
            Ok(import(tx, &file, "test", now).await?.map(|_| ()).map_err(|error| error.to_string()))
        })
        .await;
    assert!(refusal.unwrap().unwrap_err().contains("everybody"));
    let programmes = db.read(async |tx| school::trainings::store::programmes(tx).await).await.unwrap();
    assert!(programmes.is_empty());
}

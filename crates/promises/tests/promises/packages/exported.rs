//! Our own courses as packages: taken by this portal as by any other, as much as the course has, and nothing of its words becomes markup.

use access::Role;
use both_engines::both_engines;
use cmi5::{Limits, MoveOn, Node, Package, Texts};
use http::StatusCode;
use learning::content::{self, Course, photo::Photos, text::Text};
use learning::export::{Ids, package};
use serde_json::{Value, json};
use std::io::{Cursor, Read as _};

use super::{program, verbs};
use crate::learning::learner;
use crate::office::staff;
use crate::site::Site;

/// Where the courses of the tests' portal have their ids.
const BASE: &str = "https://mist.example.jp/courses";

/// A package as a learning system reads it.
fn opened(bytes: &[u8]) -> Package<Cursor<Vec<u8>>> {
    Package::open(Cursor::new(bytes.to_vec()), &Limits::default()).expect("it is read").unwrap_or_else(|not| panic!("{not}"))
}

/// A file of a zip, as text.
fn text(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes.to_vec())).expect("a zip");
    let mut text = String::new();
    archive.by_name(name).unwrap_or_else(|_| panic!("{name}")).read_to_string(&mut text).expect("text");
    text
}

/// What the page of a unit knows.
fn page_data(bytes: &[u8], name: &str) -> Value {
    let script = text(bytes, name);
    let data = script.strip_prefix("globalThis.MIST_UNIT = ").and_then(|rest| rest.trim_end().strip_suffix(';')).expect("one statement");
    assert!(!data.contains('<'), "nothing in it ends the script");
    serde_json::from_str(data).expect("JSON")
}

/// A text in the languages of its course.
fn both(course: &Course, text: &Text) -> Texts {
    Texts(course.languages.iter().map(|lang| (lang.code().to_owned(), text.get(*lang).to_owned())).collect())
}

#[both_engines]
async fn every_course_is_exported_and_taken_by_this_portal_as_it_is(site: Site) {
    let program = program(&site).await;
    let mut office = staff(&site, Role::Secretariat).await;
    for course in content::courses() {
        let kit = office.get(&format!("/courses/{}/kit", course.slug)).await;
        kit.is(StatusCode::OK).shows("ほかの学習管理システムで使う");
        let path = format!("/staff/courses/{}/package", course.slug);
        assert!(kit.attributes("a[download]", "href").contains(&path), "{path}");
        let zip = office.get(&path).await;
        assert_eq!(zip.is(StatusCode::OK).header("content-type"), "application/zip");
        assert!(zip.header("content-disposition").contains(&format!("{}-{}-cmi5.zip", course.slug, course.version)));
        assert_eq!(office.get(&path).await.bytes, zip.bytes, "the same version is the same bytes");
        program.imports(zip.bytes.clone()).await;

        let package = opened(&zip.bytes);
        let (structure, units) = (&package.course, package.course.units());
        assert_eq!((structure.id.as_str(), &structure.title), (&*format!("{BASE}/{}", course.slug), &both(course, &course.title)));
        assert_eq!(structure.description, both(course, &course.summary));
        assert_eq!(units.len(), course.units.len() + 1, "each unit, and the test");
        for (unit, own) in units.iter().zip(&course.units) {
            assert_eq!((unit.id.as_str(), &unit.title), (&*format!("{BASE}/{}/{}", course.slug, own.slug), &both(course, &own.title)));
            assert_eq!((unit.move_on, &unit.mastery_score), (MoveOn::Completed, &None));
            let page = page_data(&zip.bytes, &unit.url.as_str().replace(".html", ".js"));
            for lang in &course.languages {
                let face = &page["faces"][lang.code()];
                assert_eq!(face["slides"].as_array().map(Vec::len), Some(own.slides.len()), "{}", own.slug);
                assert_eq!(face["questions"].as_array().map(Vec::len), Some(course.asked_in(&own.slug).count()), "{}", own.slug);
            }
        }
        let test = units.last().expect("a test");
        assert_eq!((test.id.clone(), test.move_on), (format!("{BASE}/{}/tests", course.slug), MoveOn::CompletedAndPassed));
        let percent = i32::try_from(course.test.pass_percent).expect("small");
        assert!(test.mastery_score.as_ref().is_some_and(|score| (score.value() * 100.0 - f64::from(percent)).abs() < 1e-9));
        assert!(structure.children.iter().all(|node| matches!(node, Node::Unit(_))), "courses have units in one row");
        // Whatever its pages show lies in it.
        for figure in text(&zip.bytes, "01.js").match_indices("figures/").map(|(at, _)| at) {
            text(&zip.bytes, &text(&zip.bytes, "01.js")[figure..figure + "figures/000.svg".len()]);
        }
    }
}

#[both_engines]
async fn an_exported_course_is_learned_here_as_a_package(site: Site) {
    let program = program(&site).await;
    let course = content::course("executive").expect("a course");
    let bytes = package(course, Photos::default(), &Ids::new("https://mist.example.jp"), &web::Settings::shipped()).expect("a zip");
    let id = program.imports(bytes).await;
    let mut registration = json!(null);
    for position in 0..=course.units.len() {
        let mut unit = program.launches(&id, position, json!({ "registration": registration })).await;
        registration = json!(unit.registration);
        unit.begins().await;
        unit.says("completed").await.is(StatusCode::NO_CONTENT);
        if position == course.units.len() {
            let percent = unit.data["masteryScore"].as_f64().map(|score| score * 100.0);
            assert_eq!(percent.map(|percent| format!("{percent:.0}")), Some(course.test.pass_percent.to_string()));
            unit.says("passed").await.is(StatusCode::NO_CONTENT);
        }
        unit.says("terminated").await.is(StatusCode::NO_CONTENT);
    }
    let said = program.statements(registration.as_str().expect("a registration")).await;
    assert_eq!(verbs(&said).iter().filter(|verb| **verb == "satisfied").count(), 1, "the course, once");
    let satisfied = said.iter().find(|one| one["verb"]["id"].as_str().is_some_and(|id| id.ends_with("satisfied"))).expect("it is said");
    assert_eq!(satisfied["context"]["contextActivities"]["grouping"][0]["id"], format!("{BASE}/executive"));
}

#[both_engines]
async fn hostile_words_of_a_course_stay_words(site: Site) {
    const HOSTILE: &str = "</script><script>alert(1)</script> & \"]]>\" <!-- '";
    let mut course = content::course("executive").expect("a course").clone();
    HOSTILE.clone_into(&mut course.title.ja);
    HOSTILE.clone_into(&mut course.units[0].title.ja);
    let bytes = package(&course, Photos::default(), &Ids::new("https://mist.example.jp"), &web::Settings::shipped()).expect("a zip");
    let read = opened(&bytes).course;
    assert_eq!((read.title.get("ja"), read.units()[0].title.get("ja")), (HOSTILE, HOSTILE));
    assert_eq!(page_data(&bytes, "01.js")["faces"]["ja"]["title"], HOSTILE);
    let page = text(&bytes, "01.html");
    assert!(!page.contains("<script>alert") && page.contains("&lt;/script>"), "{page}");

    let mut office = staff(&site, Role::Secretariat).await;
    let list = office.get("/staff/packages").await;
    let sent = office.upload(&list.form("/staff/packages"), "file", "course.zip", &bytes).await;
    let page = office.open(sent.is(StatusCode::SEE_OTHER).location()).await;
    assert_eq!(page.is(StatusCode::OK).heading(), HOSTILE);
    assert!(!page.body().contains("<script>alert"));
}

#[both_engines]
async fn whoever_does_not_keep_courses_takes_none_along(site: Site) {
    let path = "/staff/courses/beginner/package";
    let mut nurse = learner(&site, "hanako@example.jp").await;
    nurse.get("/courses/beginner/kit").await.is(StatusCode::OK).hides("ほかの学習管理システムで使う");
    nurse.get(path).await.is(StatusCode::NOT_FOUND);
    let mut office = staff(&site, Role::Secretariat).await;
    office.get("/staff/courses/nothing/package").await.is(StatusCode::NOT_FOUND);
}

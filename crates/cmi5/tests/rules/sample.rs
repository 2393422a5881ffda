//! Course structures, packages and statements to begin with.

use cmi5::{Bounds, Course, Limits, MasteryScore, NotACourse, Package, Wrong, vocabulary as words};
use serde_json::{Value, json};
use std::io::{Cursor, Write as _};
use uuid::Uuid;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A course structure with this inside.
pub fn structure(inside: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<courseStructure xmlns=\"{}\">{inside}</courseStructure>", words::NAMESPACE)
}

/// Title and description.
pub fn head(name: &str) -> String {
    format!(
        "<title><langstring lang=\"ja\">{name}</langstring></title><description><langstring lang=\"ja\">{name}の説明</langstring></description>"
    )
}

/// The course element.
pub fn course() -> String {
    format!("<course id=\"https://example.com/course\">{}</course>", head("見本の教材"))
}

/// A unit with these attributes and this address.
pub fn unit(n: usize, attributes: &str, url: &str) -> String {
    format!("<au id=\"https://example.com/au/{n}\" {attributes}>{}<url>{url}</url></au>", head("単元"))
}

/// A course structure of one unit at a whole address.
pub fn plain(attributes: &str) -> String {
    structure(&format!("{}{}", course(), unit(0, attributes, "https://content.example.com/a.html")))
}

/// A course with two blocks, one within the other, and a unit beside them.
pub fn nested() -> Course {
    let inner = format!(
        "<block id=\"https://example.com/block/1\">{}{}{}</block>",
        head("内の章"),
        unit(1, "moveOn=\"Passed\"", "https://content.example.com/1"),
        unit(2, "moveOn=\"CompletedOrPassed\"", "https://content.example.com/2")
    );
    let outer = format!(
        "<block id=\"https://example.com/block/0\">{}{}{inner}</block>",
        head("外の章"),
        unit(0, "moveOn=\"Completed\"", "https://content.example.com/0")
    );
    let last = unit(3, "moveOn=\"CompletedAndPassed\" masteryScore=\"0.8\"", "https://content.example.com/3");
    Course::read(structure(&format!("{}{outer}{last}", course())).as_bytes()).unwrap()
}

/// A ZIP of these files.
pub fn zip<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Opens a package within the usual limits.
pub fn open(bytes: Vec<u8>) -> Result<Package<Cursor<Vec<u8>>>, NotACourse> {
    Package::open(Cursor::new(bytes), &Limits::default()).unwrap()
}

/// Why this is no course structure.
pub fn wrong(xml: &str) -> Wrong {
    match Course::read(xml.as_bytes()).and_then(|course| course.check_addresses_are_whole()) {
        Ok(()) => panic!("it was taken: {xml}"),
        Err(not) => not.wrong,
    }
}

pub const REGISTRATION: Uuid = Uuid::from_u128(0xa1);
pub const SESSION: Uuid = Uuid::from_u128(0xb2);
pub const ACTIVITY: &str = "https://mist.example.jp/packages/1/units/0";
pub const PUBLISHER: &str = "https://example.com/au/0";
pub const ACTOR_KEY: &str = "account https://mist.example.jp 7";

/// The learner of the samples.
pub fn actor() -> Value {
    json!({ "objectType": "Agent", "account": { "homePage": "https://mist.example.jp", "name": "7" } })
}

/// What the session of the samples allows.
pub fn bounds(mastery_score: Option<&MasteryScore>) -> Bounds<'_> {
    Bounds { actor: ACTOR_KEY, registration: REGISTRATION, session: SESSION, activity: ACTIVITY, publisher: PUBLISHER, mastery_score }
}

/// A statement of the unit of the samples: `initialized`, `passed` and so on as they have to be; any other verb is cmi5 allowed.
pub fn says(verb: &str) -> Value {
    let id = match verb {
        "initialized" => words::INITIALIZED,
        "completed" => words::COMPLETED,
        "passed" => words::PASSED,
        "failed" => words::FAILED,
        "terminated" => words::TERMINATED,
        other => other,
    };
    let mut category = Vec::new();
    if id != verb {
        category.push(json!({ "id": words::CATEGORY }));
    }
    let result = match verb {
        "completed" => json!({ "completion": true, "duration": "PT10S" }),
        "passed" => json!({ "success": true, "duration": "PT10S", "score": { "scaled": 0.9, "raw": 90, "min": 0, "max": 100 } }),
        "failed" => json!({ "success": false, "duration": "PT10S", "score": { "scaled": 0.5, "raw": 50, "min": 0, "max": 100 } }),
        "terminated" => json!({ "duration": "PT20S" }),
        _ => Value::Null,
    };
    if matches!(verb, "completed" | "passed" | "failed") {
        category.push(json!({ "id": words::CATEGORY_MOVE_ON }));
    }
    let mut statement = json!({
        "id": Uuid::from_u128(0xc3), "timestamp": "2026-11-26T09:30:00.000Z", "actor": actor(),
        "verb": { "id": id }, "object": { "id": ACTIVITY },
        "context": {
            "registration": REGISTRATION,
            "contextActivities": { "grouping": [{ "id": PUBLISHER }] },
            "extensions": { words::SESSION_ID: SESSION, words::MASTERY_SCORE: 0.8 },
        },
    });
    if !category.is_empty() {
        statement["context"]["contextActivities"]["category"] = category.into();
    }
    if !result.is_null() {
        statement["result"] = result;
    }
    statement
}

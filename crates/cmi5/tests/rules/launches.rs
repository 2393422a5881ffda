//! Launches (sections 8.1 and 10).

use cmi5::{Course, Launch, LaunchMode, vocabulary as words};
use serde_json::{Value, json};

use crate::sample::{ACTIVITY, REGISTRATION, SESSION, actor, course, head, structure};

fn sample() -> Course {
    let unit = format!(
        "<au id=\"https://example.com/au/0\" moveOn=\"Passed\" masteryScore=\"0.90\" launchMethod=\"OwnWindow\">{}\
         <url>教材/a b%20c.html?x=1&amp;y=2#top</url><launchParameters>Start=1</launchParameters>\
         <entitlementKey>xyz-123</entitlementKey></au>",
        head("単元")
    );
    Course::read(structure(&format!("{}{}", course(), unit.replace("a b%20c", "ab%20c"))).as_bytes()).unwrap()
}

/// The launch URL, the address without its parameters, and the launch data.
fn launched(course: &Course) -> (String, String, Value) {
    let actor = actor().to_string();
    let launch = Launch {
        unit: course.units()[0],
        mode: LaunchMode::Browse,
        session: SESSION,
        registration: REGISTRATION,
        actor: &actor,
        activity: ACTIVITY,
        endpoint: "https://mist.example.jp/xapi/1.0.3/",
        fetch: "https://mist.example.jp/packages/fetch?k=a b",
        base: "https://x.pkg.example.jp",
        return_url: Some("https://mist.example.jp/packages/1"),
    };
    (launch.launch_url(), launch.url(), launch.data())
}

/// The names and values of a query.
fn pairs(url: &str) -> Vec<(String, String)> {
    let query = url.split_once('?').unwrap().1.split('#').next().unwrap();
    let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned();
    query.split('&').map(|pair| pair.split_once('=').unwrap()).map(|(name, value)| (decoded(name), decoded(value))).collect()
}

#[test]
fn requirement_8_1_the_launch_url_has_its_five_parameters_behind_the_units_own() {
    let url = launched(&sample()).0;
    assert!(url.starts_with("https://x.pkg.example.jp/%E6%95%99%E6%9D%90/ab%20c.html?x=1&y=2&endpoint="), "{url}");
    assert!(url.ends_with("#top") && url.is_ascii());
    let pairs = pairs(&url);
    let value = |name: &str| pairs.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
    assert_eq!(value("endpoint"), Some("https://mist.example.jp/xapi/1.0.3/"));
    assert_eq!(value("fetch"), Some("https://mist.example.jp/packages/fetch?k=a b"));
    assert_eq!(serde_json::from_str::<Value>(value("actor").unwrap()).unwrap(), actor());
    assert_eq!(value("registration"), Some(REGISTRATION.to_string().as_str()));
    assert_eq!(value("activityId"), Some(ACTIVITY));
    assert_eq!(pairs.len(), 7);
    // A blank is never a plus sign, which not every decoder reads as one.
    assert!(url.contains("k%3Da%20b"), "{url}");
}

#[test]
fn requirement_9_6_3_4_the_url_of_the_statement_has_only_the_units_own_parameters() {
    assert_eq!(launched(&sample()).1, "https://x.pkg.example.jp/%E6%95%99%E6%9D%90/ab%20c.html?x=1&y=2#top");
}

#[test]
fn requirement_10_launch_data_say_all_that_a_unit_needs() {
    let data = launched(&sample()).2;
    assert_eq!(
        data,
        json!({
            "contextTemplate": {
                "registration": REGISTRATION,
                "contextActivities": { "grouping": [{ "objectType": "Activity", "id": "https://example.com/au/0" }] },
                "extensions": { words::SESSION_ID: SESSION },
            },
            "launchMode": "Browse",
            "launchMethod": "OwnWindow",
            "launchParameters": "Start=1",
            "masteryScore": 0.9,
            "moveOn": "Passed",
            "returnURL": "https://mist.example.jp/packages/1",
            "entitlementKey": { "courseStructure": "xyz-123" },
        })
    );
}

#[test]
fn requirement_10_what_the_course_does_not_say_is_not_in_the_launch_data() {
    let course = Course::read(crate::sample::plain("").as_bytes()).unwrap();
    let data = launched(&course).2;
    for key in ["launchParameters", "masteryScore", "entitlementKey"] {
        assert_eq!(data.get(key), None, "{key}");
    }
    assert_eq!(data["moveOn"], "NotApplicable");
    assert!(launched(&course).0.starts_with("https://content.example.com/a.html?endpoint="));
}

//! A structure that is written is read as the same course, whatever stands in its texts.

use cmi5::{Course, LaunchMethod, MasteryScore, MoveOn, Node, Texts, Unit, UnitUrl};
use proptest::prelude::*;

use crate::sample::{course, head, nested, structure, unit};

fn again(course: &Course) -> Course {
    Course::read(course.write().as_bytes()).unwrap_or_else(|wrong| panic!("{wrong}\n{}", course.write()))
}

#[test]
fn blocks_units_and_objectives_are_written_as_they_are() {
    assert_eq!(again(&nested()), nested());
    let rich = structure(&format!(
        "{}<objectives><objective id=\"https://example.com/o/1\">{}</objective></objectives>\
         <block id=\"https://example.com/b\">{}<objectives><objective idref=\"https://example.com/o/1\"/></objectives>\
         <au id=\"https://example.com/au/9\" moveOn=\"Passed\" masteryScore=\"0.85\" launchMethod=\"OwnWindow\" \
         activityType=\"http://adlnet.gov/expapi/activities/assessment\">{}\
         <objectives><objective idref=\"https://example.com/o/1\"/></objectives><url>https://example.com/?a=1&amp;b=2#c</url>\
         <launchParameters>{{\"a\":\"&lt;b&gt;\"}}</launchParameters><entitlementKey>k</entitlementKey></au></block>{}",
        course(),
        head("目標"),
        head("章"),
        head("単元"),
        unit(1, "", "a%20b/%E5%86%85.html?x=1"),
    ));
    let rich = Course::read(rich.as_bytes()).unwrap();
    assert_eq!(again(&rich), rich);
}

/// A course of one unit with these words everywhere.
fn saying(words: &str) -> Course {
    let texts =
        || Texts(vec![("ja".to_owned(), words.to_owned()), ("en-GB".to_owned(), words.to_owned()), (String::new(), words.to_owned())]);
    let unit = Unit {
        position: 0,
        id: "https://example.com/au?a='1'&b=2".to_owned(),
        title: texts(),
        description: texts(),
        objectives: Vec::new(),
        url: UnitUrl::of_file("unit 1.html").unwrap(),
        launch_parameters: Some(words.to_owned()),
        entitlement_key: None,
        move_on: MoveOn::CompletedAndPassed,
        mastery_score: MasteryScore::percent(80),
        launch_method: LaunchMethod::AnyWindow,
        activity_type: None,
    };
    Course {
        id: "https://example.com/course".to_owned(),
        title: texts(),
        description: texts(),
        objectives: Vec::new(),
        children: vec![Node::Unit(Box::new(unit))],
    }
}

#[test]
fn hostile_words_stay_words() {
    for words in [
        "</langstring></title><au id=\"x\"/>",
        "&amp; &#x3c; &undefined; <![CDATA[ ]]> <!-- -->",
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]>",
        "「髙橋」の\u{20bb7}野家 \u{202e}right to left",
        "'\"`",
    ] {
        assert_eq!(again(&saying(words)), saying(words), "{words}");
    }
    // What no XML file can hold is shown as lost, and does not make the whole unreadable.
    assert_eq!(again(&saying("a\u{0}b\u{8}c\u{ffff}d\u{9f}e")), saying("a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e"));
}

proptest! {
    #[test]
    fn any_words_are_read_again(words in "\\PC*") {
        let trimmed = words.trim();
        prop_assert_eq!(again(&saying(&words)), saying(trimmed));
    }
}

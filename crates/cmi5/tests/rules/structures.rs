//! Course structures (section 13).

use cmi5::{Course, LaunchMethod, MoveOn, Node, Place, Wrong};

use crate::sample::{course, head, plain, structure, unit, wrong};

fn read(xml: &str) -> Course {
    Course::read(xml.as_bytes()).unwrap()
}

/// A course with a unit of which this is the inside.
fn unit_of(inside: &str) -> String {
    structure(&format!("{}<au id=\"https://example.com/au/0\">{inside}</au>", course()))
}

#[test]
fn requirement_13_1_a_structure_is_read_with_all_that_it_says() {
    let course = read(&structure(&format!(
        "{}<objectives><objective id=\"https://example.com/o/1\">{}</objective></objectives>
         <block id=\"https://example.com/b\">{}<objectives><objective idref=\"https://example.com/o/1\"/></objectives>
         <au id=\"https://example.com/a\" moveOn=\"CompletedAndPassed\" masteryScore=\"0.85\" launchMethod=\"OwnWindow\"
             activityType=\"http://adlnet.gov/expapi/activities/media\">{}
             <objectives><objective idref=\"https://example.com/o/1\"/></objectives>
             <url><![CDATA[ index.html?a=1&b=2#top ]]></url>
             <launchParameters> Start=1 </launchParameters><entitlementKey>xyz</entitlementKey></au></block>",
        course(),
        head("目標"),
        head("章"),
        head("単元")
    )));
    assert_eq!((course.title.get("ja"), course.description.get("ja")), ("見本の教材", "見本の教材の説明"));
    let Node::Block(block) = &course.children[0] else { panic!("a block") };
    assert_eq!(block.objectives, ["https://example.com/o/1"]);
    let unit = course.units()[0];
    assert_eq!((unit.move_on, unit.launch_method), (MoveOn::CompletedAndPassed, LaunchMethod::OwnWindow));
    assert_eq!(unit.mastery_score.as_ref().unwrap().as_str(), "0.85");
    assert_eq!(unit.url.as_str(), "index.html?a=1&b=2#top");
    assert_eq!(unit.url.place(), &Place::Here("index.html".to_owned()));
    assert_eq!(unit.launch_parameters.as_deref(), Some("Start=1"));
    assert_eq!(unit.entitlement_key.as_deref(), Some("xyz"));
    assert_eq!(unit.activity_type.as_deref(), Some("http://adlnet.gov/expapi/activities/media"));
    assert_eq!(course.objectives.len(), 1);
}

#[test]
fn requirement_13_1_0_whitespace_at_both_ends_is_taken_away() {
    let course = read(&structure(
        "<course id=\"  https://example.com/c \n\"><title><langstring lang=\" en \">\n  A title \t</langstring></title>
         <description><langstring>  text </langstring></description></course>
         <au id=\" https://example.com/a \" moveOn=\" Passed \"><title><langstring>t</langstring></title>
         <description><langstring>d</langstring></description><url>
            https://example.com/x
         </url></au>",
    ));
    assert_eq!((course.id.as_str(), course.title.get("en")), ("https://example.com/c", "A title"));
    assert_eq!(course.units()[0].url.as_str(), "https://example.com/x");
    assert_eq!(course.units()[0].move_on, MoveOn::Passed);
}

#[test]
fn requirement_13_1_4_what_is_not_said_has_its_default() {
    let course = read(&plain(""));
    let unit = course.units()[0];
    assert_eq!((unit.move_on, unit.launch_method), (MoveOn::NotApplicable, LaunchMethod::AnyWindow));
    assert!(unit.mastery_score.is_none() && unit.launch_parameters.is_none() && unit.activity_type.is_none());
}

#[test]
fn requirement_3_0_ids_are_whole_iris() {
    let part = "example.com/x";
    let reference = format!("<objectives><objective idref=\"{part}\"/></objectives><url>https://example.com/</url>");
    for xml in [
        structure(&format!("<course id=\"{part}\">{}</course>{}", head("c"), unit(0, "", "https://example.com/"))),
        structure(&format!("{}<block id=\"{part}\">{}{}</block>", course(), head("b"), unit(0, "", "https://example.com/"))),
        structure(&format!("{}<au id=\"{part}\">{}<url>https://example.com/</url></au>", course(), head("a"))),
        structure(&format!(
            "{}<objectives><objective id=\"{part}\">{}</objective></objectives>{}",
            course(),
            head("o"),
            unit(0, "", "https://example.com/")
        )),
        unit_of(&format!("{}{reference}", head("a"))),
        plain(&format!("activityType=\"{part}\"")),
    ] {
        assert_eq!(wrong(&xml), Wrong::NotAnIri, "{xml}");
    }
    let japanese = structure(&format!("<course id=\"https://例え.jp/研修\">{}</course>{}", head("c"), unit(0, "", "https://example.com/")));
    assert_eq!(read(&japanese).id, "https://例え.jp/研修");
}

#[test]
fn requirement_6_1_more_than_a_thousand_units_are_taken() {
    let units: String = (0..1_500).map(|n| unit(n, "moveOn=\"Passed\"", "https://example.com/")).collect();
    let course = read(&structure(&format!("{}{units}", course())));
    assert_eq!(course.units().len(), 1_500);
    assert_eq!(course.units()[1_499].position, 1_499);
}

#[test]
fn requirement_13_1_2_the_id_of_a_block_stands_once() {
    let block = format!("<block id=\"https://example.com/b\">{}{{}}</block>", head("b"));
    let (one, other) =
        (block.replace("{}", &unit(0, "", "https://example.com/")), block.replace("{}", &unit(1, "", "https://example.com/")));
    assert_eq!(wrong(&structure(&format!("{}{one}{other}", course()))), Wrong::DuplicateBlock);
}

#[test]
fn requirement_13_1_3_the_id_of_an_objective_stands_once() {
    let objective = format!("<objective id=\"https://example.com/o\">{}</objective>", head("o"));
    let xml = structure(&format!("{}<objectives>{objective}{objective}</objectives>{}", course(), unit(0, "", "https://example.com/")));
    assert_eq!(wrong(&xml), Wrong::DuplicateObjective);
}

#[test]
fn requirement_13_1_4_the_id_of_a_unit_stands_once_wherever_it_is() {
    let twice = unit(0, "", "https://example.com/");
    let block = format!("<block id=\"https://example.com/b\">{}{twice}</block>", head("b"));
    assert_eq!(wrong(&structure(&format!("{}{twice}{twice}", course()))), Wrong::DuplicateUnit);
    assert_eq!(wrong(&structure(&format!("{}{twice}{block}", course()))), Wrong::DuplicateUnit);
}

#[test]
fn requirement_13_1_3_an_objective_that_is_referred_to_is_there() {
    let inside =
        format!("{}<objectives><objective idref=\"https://example.com/none\"/></objectives><url>https://example.com/</url>", head("a"));
    assert_eq!(wrong(&unit_of(&inside)), Wrong::UnknownObjective);
}

#[test]
fn requirement_13_2_elements_stand_in_the_order_of_the_schema() {
    let (head, url) = (head("a"), "<url>https://example.com/</url>");
    let description = "<description><langstring>d</langstring></description>";
    for (inside, expected) in [
        (format!("{url}{head}"), Wrong::Misplaced),
        (format!("{description}<title><langstring>t</langstring></title>{url}"), Wrong::Misplaced),
        (format!("{head}<launchParameters>x</launchParameters>{url}"), Wrong::Misplaced),
        (format!("{head}{url}<entitlementKey>x</entitlementKey><launchParameters>x</launchParameters>"), Wrong::Misplaced),
        (format!("{head}{url}{url}"), Wrong::Misplaced),
        (format!("{head}{url}<unknown/>"), Wrong::Misplaced),
        (format!("{head}<url>https://example.com/<b/></url>"), Wrong::Misplaced),
        (head.clone(), Wrong::Missing),
        (format!("{description}{url}"), Wrong::Missing),
        (format!("<title><langstring>t</langstring></title>{url}"), Wrong::Missing),
        (format!("<title></title>{description}{url}"), Wrong::NoText),
        (format!("<title>text</title>{description}{url}"), Wrong::NoText),
        (format!("<title><text>t</text></title>{description}{url}"), Wrong::Misplaced),
        (format!("<title><langstring lang=\"日本語\">t</langstring></title>{description}{url}"), Wrong::Language),
        (format!("<title><langstring lang=\"\">t</langstring></title>{description}{url}"), Wrong::Language),
        (format!("{head}<objectives/>{url}"), Wrong::Missing),
    ] {
        assert_eq!(wrong(&unit_of(&inside)), expected, "{inside}");
    }
}

#[test]
fn requirement_13_2_a_structure_has_a_course_and_a_unit() {
    let one = unit(0, "", "https://example.com/");
    assert_eq!(wrong(&structure(&one)), Wrong::Missing);
    assert_eq!(wrong(&structure("")), Wrong::Missing);
    assert_eq!(wrong(&structure(&course())), Wrong::NoUnit);
    assert_eq!(wrong(&structure(&format!("{}<block id=\"https://example.com/b\">{}</block>", course(), head("b")))), Wrong::NoUnit);
    assert_eq!(wrong(&structure(&format!("{one}{}", course()))), Wrong::Misplaced);
    assert_eq!(wrong(&structure(&format!("{}{}{one}", course(), course()))), Wrong::Misplaced);
    assert_eq!(wrong(&structure(&format!("<course>{}</course>{one}", head("c")))), Wrong::NoId);
}

#[test]
fn requirement_13_2_the_namespace_is_that_of_cmi5() {
    let sound = plain("");
    assert_eq!(wrong(&sound.replace("CourseStructure.xsd", "Other.xsd")), Wrong::Root);
    assert_eq!(wrong(&sound.replace(&format!(" xmlns=\"{}\"", cmi5::vocabulary::NAMESPACE), "")), Wrong::Root);
    assert_eq!(wrong(&sound.replace("courseStructure", "manifest")), Wrong::Root);
    let prefixed = sound.replace("xmlns=", "xmlns:c=").replace("</", "</c:").replace("<c", "<c:c").replace("<au", "<c:au");
    let prefixed = prefixed.replace("<title", "<c:title").replace("<langstring", "<c:langstring");
    let prefixed = prefixed.replace("<description", "<c:description").replace("<url", "<c:url");
    assert_eq!(read(&prefixed).units().len(), 1, "{prefixed}");
}

#[test]
fn requirement_13_1_5_elements_and_attributes_of_others_are_left_out() {
    let xml = plain("v:level=\"3\"").replace("xmlns=", "xmlns:v=\"https://vendor.example.com/\" xmlns=");
    let xml = xml.replace("</url>", "</url><v:more><v:x/>text</v:more>").replace("</course>", "<v:meta/></course>");
    assert_eq!(read(&xml).units().len(), 1);
    assert_eq!(wrong(&plain("level=\"3\"")), Wrong::Attribute);
    assert_eq!(wrong(&xml.replace("<v:meta/>", "<meta/>")), Wrong::Misplaced);
}

#[test]
fn requirement_13_1_4_move_on_launch_method_and_mastery_score_have_their_values() {
    for move_on in MoveOn::ALL {
        assert_eq!(read(&plain(&format!("moveOn=\"{}\"", move_on.id()))).units()[0].move_on, move_on);
    }
    for value in ["passed", "CompletedAndFailed", "", "Passed Completed"] {
        assert_eq!(wrong(&plain(&format!("moveOn=\"{value}\""))), Wrong::MoveOn, "{value}");
    }
    for value in ["ownWindow", "NewWindow", ""] {
        assert_eq!(wrong(&plain(&format!("launchMethod=\"{value}\""))), Wrong::LaunchMethod, "{value}");
    }
    for value in ["1.01", "-0.5", "0.12345", "80", "high", "", "0,8", "8e-1"] {
        assert_eq!(wrong(&plain(&format!("masteryScore=\"{value}\""))), Wrong::MasteryScore, "{value}");
    }
}

#[test]
fn requirement_13_1_4_an_address_that_is_none_is_refused() {
    for url in [
        "",
        "http://example.com index.html",
        "https://",
        "https:///a",
        "https:a",
        "http://exa&lt;mple.com/",
        "https://example.com/%zz",
        "https://example.com/a|b",
        "https://example.com:port/",
        "https://user@example.jp/",
        "javascript:alert(1)",
        "JavaScript://example.com/%0aalert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "about:blank",
        "//example.com/a",
        "../a.html",
        "a/../../b.html",
        "a\\b.html",
        "folder/",
        "/",
        "?a=1",
        "#top",
        "%2e%2e/a",
        "a%00.html",
    ] {
        assert_eq!(wrong(&structure(&format!("{}{}", course(), unit(0, "", url)))), Wrong::Url, "{url}");
    }
    for (url, path) in [
        ("index.html", "index.html"),
        ("/a/./b.html?x=1", "a/b.html"),
        ("a/../b.html#c", "b.html"),
        ("%E6%95%99%E6%9D%90/a%20b.html", "教材/a b.html"),
        ("教材/一.html", "教材/一.html"),
    ] {
        let xml = structure(&format!("{}{}", course(), unit(0, "", url)));
        assert_eq!(read(&xml).units()[0].url.path(), Some(path), "{url}");
    }
    for url in ["https://[2001:db8::1]:8443/a", "app.example://open/unit?x=1", "https://例え.jp/a"] {
        assert_eq!(read(&structure(&format!("{}{}", course(), unit(0, "", url)))).units()[0].url.place(), &Place::Elsewhere, "{url}");
    }
}

#[test]
fn requirement_8_1_the_query_of_an_address_has_no_name_of_a_launch() {
    for name in ["endpoint", "fetch", "actor", "registration", "activityId", "%61ctor"] {
        let url = format!("https://example.com/?a=1&amp;{name}=x#{name}");
        assert_eq!(wrong(&structure(&format!("{}{}", course(), unit(0, "", &url)))), Wrong::ReservedParameter, "{name}");
    }
    read(&structure(&format!("{}{}", course(), unit(0, "", "https://example.com/?Actor=1&amp;my-fetch=2#endpoint=x"))));
}

#[test]
fn requirement_14_2_without_a_zip_every_address_is_a_whole_one() {
    for url in ["index.html", "/index.html", "./a", "content/a.html?x=1"] {
        assert_eq!(wrong(&structure(&format!("{}{}", course(), unit(0, "", url)))), Wrong::RelativeUrl, "{url}");
    }
}

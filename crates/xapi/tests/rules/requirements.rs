//! `docs/xapi-requirements.csv` says of every requirement which test shows it; here it is held to that.

use std::collections::BTreeSet;
use std::path::Path;

use xapi::requirement;

/// A line of the table.
struct Line {
    requirement: String,
    versions: String,
    text: String,
    place: String,
    test: String,
}

fn crates() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn table() -> Vec<Line> {
    let text = std::fs::read_to_string(crates().parent().unwrap().join("docs/xapi-requirements.csv")).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("requirement,versions,text,where,test"));
    lines.map(|line| Line::of(&fields(line))).collect()
}

impl Line {
    fn of(fields: &[String]) -> Self {
        let [requirement, versions, text, place, test] = fields else { panic!("{fields:?}") };
        let [requirement, versions, text, place, test] = [requirement, versions, text, place, test].map(Clone::clone);
        Self { requirement, versions, text, place, test }
    }
}

/// The fields of a line, in quotation marks where they hold a comma.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            other => fields.last_mut().unwrap().push(other),
        }
    }
    fields
}

#[test]
fn every_number_of_the_suites_stands_in_the_table_once() {
    let table = table();
    let listed: BTreeSet<&str> = table.iter().map(|line| line.requirement.as_str()).collect();
    assert_eq!(listed.len(), table.len());
    // 136 was never given, and 87 was given twice.
    for n in (1..=335).filter(|n| ![87, 136].contains(n)) {
        let id = format!("XAPI-{n:05}");
        assert!(listed.contains(id.as_str()), "{id}");
    }
    for requirement in requirement::ALL {
        assert!(listed.contains(requirement.id()), "{requirement}");
    }
}

#[test]
fn every_line_says_something_of_versions_that_exist() {
    for line in table() {
        assert!(["1.0.3 2.0.0", "1.0.3", "2.0.0"].contains(&line.versions.as_str()), "{}", line.requirement);
        assert!(line.text.ends_with('.') && !line.place.is_empty(), "{}", line.requirement);
    }
}

#[test]
fn every_test_of_the_table_exists() {
    let mut named = 0;
    for line in table().into_iter().filter(|line| !line.test.is_empty()) {
        let (file, name) = line.test.split_once("::").unwrap();
        let source =
            std::fs::read_to_string(crates().join(format!("{file}.rs"))).unwrap_or_else(|_| panic!("{}: no {file}", line.requirement));
        let begins = |part: &str| {
            let head = part.trim_start();
            head.strip_prefix("async ").unwrap_or(head).starts_with(&format!("fn {name}("))
        };
        let is_test = ["#[test]", "#[both_engines]"].iter().any(|attribute| source.split(attribute).skip(1).any(begins));
        assert!(is_test, "{}: there is no test {name} in {file}", line.requirement);
        named += 1;
    }
    assert!(named > 150, "{named}");
}

#[test]
fn what_belongs_to_this_crate_has_a_test() {
    for line in table() {
        assert!(line.place == "store" || !line.test.is_empty(), "{} has no test", line.requirement);
    }
    let refused: BTreeSet<&str> = requirement::ALL.iter().map(|requirement| requirement.id()).collect();
    for line in table().iter().filter(|line| refused.contains(line.requirement.as_str())) {
        assert!(line.test.starts_with("xapi/"), "{} is named by refusals", line.requirement);
    }
}

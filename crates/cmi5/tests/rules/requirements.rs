//! `docs/cmi5-requirements.csv` says of every requirement which test shows it; here it is held to that.

use std::collections::BTreeSet;
use std::path::Path;

use cmi5::requirement;

/// A line of the table.
struct Line {
    requirement: String,
    text: String,
    place: String,
    test: String,
}

fn crates() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn table() -> Vec<Line> {
    let text = std::fs::read_to_string(crates().parent().unwrap().join("docs/cmi5-requirements.csv")).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("requirement,text,where,test"));
    lines.map(|line| Line::of(&fields(line))).collect()
}

impl Line {
    fn of(fields: &[String]) -> Self {
        let [requirement, text, place, test] = fields else { panic!("{fields:?}") };
        let [requirement, text, place, test] = [requirement, text, place, test].map(Clone::clone);
        Self { requirement, text, place, test }
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
fn every_requirement_that_a_refusal_names_stands_in_the_table_once() {
    let table = table();
    let listed: BTreeSet<&str> = table.iter().map(|line| line.requirement.as_str()).collect();
    assert_eq!(listed.len(), table.len());
    for requirement in requirement::ALL {
        assert!(listed.contains(requirement.id()), "{requirement}");
    }
    for line in &table {
        assert!(line.text.ends_with('.') && !line.place.is_empty(), "{}", line.requirement);
    }
}

#[test]
fn every_test_of_the_table_exists() {
    for line in table() {
        let (file, name) = line.test.split_once("::").unwrap();
        let source =
            std::fs::read_to_string(crates().join(format!("{file}.rs"))).unwrap_or_else(|_| panic!("{}: no {file}", line.requirement));
        let begins = |part: &str| {
            let head = part.trim_start();
            head.strip_prefix("async ").unwrap_or(head).starts_with(&format!("fn {name}("))
        };
        let is_test = ["#[test]", "#[both_engines]"].iter().any(|attribute| source.split(attribute).skip(1).any(begins));
        assert!(is_test, "{}: there is no test {name} in {file}", line.requirement);
    }
}

//! `docs/controls.csv`: each control, the test that proves it, and the break that turned the test red.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::site::project_file;

/// Every Rust source of the project.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_control_names_a_test_that_stands_in_the_sources() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    sources(&crates, &mut files);
    let texts: Vec<(String, String)> = files
        .into_iter()
        .map(|path| (path.display().to_string().replace('\\', "/"), std::fs::read_to_string(&path).expect("a source")))
        .collect();
    let table = project_file("docs/controls.csv");
    let mut lines = csv_lines(&table).into_iter();
    assert_eq!(lines.next().expect("a heading"), ["rule", "control", "test", "break", "observed"]);
    let mut rules = BTreeSet::new();
    for line in lines {
        let [rule, control, test, broken, observed] = line.as_slice() else { panic!("not five columns: {line:?}") };
        rules.insert(rule.parse::<u32>().unwrap_or_else(|_| panic!("{rule} is no rule")));
        assert!(!control.is_empty() && !broken.is_empty() && !observed.is_empty(), "{line:?}");
        let (place, name) = test.rsplit_once("::").unwrap_or_else(|| panic!("{test} names no test"));
        let ends = [format!("/{place}.rs"), format!("/{place}/mod.rs")];
        let is_there =
            texts.iter().any(|(path, text)| ends.iter().any(|end| path.ends_with(end.as_str())) && text.contains(&format!("fn {name}(")));
        assert!(is_there, "rule {rule}: no test {test}");
    }
    assert!(rules.len() >= 15, "{} rules have a control", rules.len());
}

/// The table of the file, quoted as RFC 4180 says.
fn csv_lines(text: &str) -> Vec<Vec<String>> {
    let mut lines = vec![vec![String::new()]];
    let mut is_quoted = false;
    let mut chars = text.trim_end().chars().peekable();
    while let Some(c) = chars.next() {
        let cell = lines.last_mut().and_then(|line| line.last_mut()).expect("there is always one");
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => lines.last_mut().expect("there is always one").push(String::new()),
            '\n' if !is_quoted => lines.push(vec![String::new()]),
            c => cell.push(c),
        }
    }
    lines
}

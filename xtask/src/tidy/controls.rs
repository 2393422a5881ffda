//! `docs/controls.csv` cannot drift: each control names a test that stands there, and a break that can still be made.

use super::Finding;
use crate::project::Project;

const TABLE: &str = "docs/controls.csv";
const COLUMNS: [&str; 5] = ["rule", "control", "test", "break", "observed"];

pub fn check(project: &Project) -> Vec<Finding> {
    let Some(text) = project.text(TABLE) else { return Vec::new() };
    let finding = |line: usize, what: String| Finding { rule: "controls", path: TABLE.to_owned(), line, what };
    let mut table = csv::Reader::from_reader(text.as_bytes());
    if !table.headers().is_ok_and(|headings| headings.iter().eq(COLUMNS)) {
        return vec![finding(1, format!("its columns are {}", COLUMNS.join(", ")))];
    }
    let mut findings = Vec::new();
    for row in table.records() {
        match row {
            Ok(row) => {
                let line = row.position().and_then(|at| usize::try_from(at.line()).ok()).unwrap_or_default();
                findings.extend(wrongs(project, &row).into_iter().map(|what| finding(line, what)));
            }
            Err(wrong) => findings.push(finding(0, format!("cannot be read: {wrong}"))),
        }
    }
    findings
}

/// What is wrong with a control.
fn wrongs(project: &Project, row: &csv::StringRecord) -> Vec<String> {
    let [rule, control, test, broken, observed] = [0, 1, 2, 3, 4].map(|at| row.get(at).unwrap_or_default());
    let mut wrongs = Vec::new();
    if rule.parse::<u32>().is_err() {
        wrongs.push(format!("“{rule}” is no number of a rule"));
    }
    if control.is_empty() || observed.is_empty() {
        wrongs.push("it says neither what holds nor what was seen when it did not".to_owned());
    }
    wrongs.extend(no_test(project, test));
    wrongs.extend(no_break(project, broken));
    wrongs
}

/// `web/src/guard::a_test` stands in `crates/web/src/guard.rs`, or in its folder's `mod.rs`.
fn no_test(project: &Project, test: &str) -> Option<String> {
    let is_there = test.rsplit_once("::").is_some_and(|(place, name)| {
        let beginning = format!("fn {name}(");
        let files = [format!("crates/{place}.rs"), format!("crates/{place}/mod.rs")];
        files.iter().filter_map(|file| project.text(file)).any(|text| text.contains(&beginning))
    });
    (!is_there).then(|| format!("there is no test {test}"))
}

/// A break begins with its file. What it quotes right after that is what has to be changed there, so it stands there still.
fn no_break(project: &Project, broken: &str) -> Option<String> {
    let Some((file, change)) = broken.split_once(": ") else { return Some(format!("“{broken}” does not say in which file")) };
    let Some(source) = [format!("crates/{file}").as_str(), file].into_iter().find_map(|path| project.text(path)) else {
        return Some(format!("there is no {file} to break"));
    };
    let quoted = change.strip_prefix('`')?.split('`').next()?;
    (!on_one_line(source).contains(&on_one_line(quoted))).then(|| format!("{file} does not say `{quoted}` any more"))
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::project::Project;

    const GUARD: &str = "fn guard() {\n    let limit = if is_late {\n        1\n    } else { 2 };\n}\n#[test]\nfn it_holds() {}\n";

    fn found(rows: &str) -> Vec<String> {
        let table = format!("rule,control,test,break,observed\n{rows}");
        let project = Project::of(&[("docs/controls.csv", &table), ("crates/web/src/guard.rs", GUARD), ("deny.toml", "x = 1")]);
        check(&project).into_iter().map(|finding| finding.to_string()).collect()
    }

    #[test]
    fn what_stands_there_is_no_finding() {
        let rows = "1,it holds,web/src/guard::it_holds,\"web/src/guard.rs: `if is_late { 1 } else { 2 }` becomes `1`\",red\n\
            2,it holds,web/src/guard::it_holds,deny.toml: `x = 1` removed,red\n\
            3,it holds,web/src/guard::it_holds,web/src/guard.rs: whatever comes is let through,red\n";
        assert_eq!(found(rows), [""; 0]);
    }

    #[test]
    fn tests_and_lines_that_are_gone_are_named_with_their_row() {
        let rows = "1,it holds,web/src/guard::it_held,web/src/guard.rs: `2` removed,red\n\
            2,it holds,web/src/gone::it_holds,web/src/guard.rs: `3` removed,red\n\
            x,,web/src/guard::it_holds,web/src/gone.rs: `2` removed,red\n";
        let wanted = [
            "docs/controls.csv:2: there is no test web/src/guard::it_held [controls]",
            "docs/controls.csv:3: there is no test web/src/gone::it_holds [controls]",
            "docs/controls.csv:3: web/src/guard.rs does not say `3` any more [controls]",
            "docs/controls.csv:4: “x” is no number of a rule [controls]",
            "docs/controls.csv:4: it says neither what holds nor what was seen when it did not [controls]",
            "docs/controls.csv:4: there is no web/src/gone.rs to break [controls]",
        ];
        assert_eq!(found(rows), wanted);
    }

    #[test]
    fn a_table_of_another_shape_is_found() {
        assert_eq!(found("1,it holds,web/src/guard::it_holds,deny.toml: `x = 1` removed\n").len(), 1, "a cell is missing");
        assert_eq!(check(&Project::of(&[("docs/controls.csv", "rule,control\n")])).len(), 1);
        assert!(check(&Project::of(&[("README.md", "")])).is_empty());
    }
}

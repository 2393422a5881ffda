//! Files that break a rule for a reason, in `xtask/exceptions.toml`.

use serde::Deserialize;

use super::Finding;
use crate::project::Project;

const FILE: &str = "xtask/exceptions.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exceptions {
    #[serde(default)]
    exception: Vec<Exception>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    rule: String,
    path: String,
    reason: String,
}

/// Takes out what is excused. An exception without a reason, or one that nothing needs any more, is a finding itself.
pub fn excuse(project: &Project, findings: Vec<Finding>) -> Vec<Finding> {
    let list: Exceptions = match toml::from_str(project.text(FILE).unwrap_or_default()) {
        Ok(list) => list,
        Err(wrong) => {
            let mut findings = findings;
            findings.push(of_the_list(format!("cannot be read: {wrong}")));
            return findings;
        }
    };
    let excuses = |exception: &Exception, finding: &Finding| exception.rule == finding.rule && exception.path == finding.path;
    let mut complaints = Vec::new();
    for exception in &list.exception {
        if exception.reason.trim().is_empty() {
            complaints.push(of_the_list(format!("{} needs a reason", exception.path)));
        }
        if !findings.iter().any(|finding| excuses(exception, finding)) {
            complaints.push(of_the_list(format!("{} keeps the rule {} now: take its exception out", exception.path, exception.rule)));
        }
    }
    let mut left: Vec<Finding> =
        findings.into_iter().filter(|finding| !list.exception.iter().any(|exception| excuses(exception, finding))).collect();
    left.extend(complaints);
    left
}

fn of_the_list(what: String) -> Finding {
    Finding { rule: "exceptions", path: FILE.to_owned(), line: 0, what }
}

#[cfg(test)]
mod tests {
    use super::{Finding, excuse};
    use crate::project::Project;

    fn finding(path: &str) -> Finding {
        Finding { rule: "sql", path: path.to_owned(), line: 1, what: "SQL".to_owned() }
    }

    fn excused(list: &str) -> Vec<String> {
        let project = Project::of(&[("xtask/exceptions.toml", list)]);
        excuse(&project, vec![finding("a.rs"), finding("b.rs")]).into_iter().map(|finding| finding.to_string()).collect()
    }

    #[test]
    fn only_what_is_named_is_excused() {
        assert_eq!(excused("[[exception]]\nrule = \"sql\"\npath = \"a.rs\"\nreason = \"why\"\n"), ["b.rs:1: SQL [sql]"]);
        assert_eq!(
            excused("[[exception]]\nrule = \"length\"\npath = \"a.rs\"\nreason = \"why\"\n").len(),
            3,
            "the other rule stays, and is stale"
        );
    }

    #[test]
    fn an_exception_needs_a_reason_and_a_need() {
        assert_eq!(excused("[[exception]]\nrule = \"sql\"\npath = \"a.rs\"\nreason = \"\"\n").len(), 2);
        assert_eq!(excused("[[exception]]\nrule = \"sql\"\npath = \"gone.rs\"\nreason = \"why\"\n").len(), 3);
        assert_eq!(excused("exception = 1").len(), 3);
    }
}

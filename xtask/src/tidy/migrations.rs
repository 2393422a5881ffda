//! Both engines have the same migrations, numbered once each.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use crate::project::Project;

const FOLDERS: [&str; 2] = ["migrations/sqlite/", "migrations/postgres/"];

pub fn check(project: &Project) -> Vec<Finding> {
    let names = FOLDERS.map(|folder| {
        project.under(folder, ".sql").filter_map(|(path, _)| path.strip_prefix(folder)).map(str::to_owned).collect::<BTreeSet<String>>()
    });
    let mut findings = Vec::new();
    let finding = |path: String, what: String| Finding { rule: "migrations", path, line: 0, what };
    for (mine, other) in [(0, 1), (1, 0)] {
        for name in names[mine].difference(&names[other]) {
            findings.push(finding(format!("{}{name}", FOLDERS[mine]), format!("has no sibling in {}", FOLDERS[other])));
        }
        let mut numbers: BTreeMap<&str, &str> = BTreeMap::new();
        for name in &names[mine] {
            let number = name.split('_').next().unwrap_or_default();
            if number.len() != 4 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
                findings.push(finding(format!("{}{name}", FOLDERS[mine]), "is not called NNNN_capability.sql".to_owned()));
            } else if let Some(earlier) = numbers.insert(number, name) {
                findings.push(finding(format!("{}{name}", FOLDERS[mine]), format!("has the number of {earlier}")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::project::Project;

    #[test]
    fn a_missing_sibling_and_a_double_number_are_found() {
        let project = Project::of(&[
            ("migrations/sqlite/0001_db.sql", ""),
            ("migrations/postgres/0001_db.sql", ""),
            ("migrations/sqlite/0002_a.sql", ""),
            ("migrations/sqlite/0002_b.sql", ""),
            ("migrations/postgres/0002_b.sql", ""),
            ("migrations/postgres/2_b.sql", ""),
        ]);
        let found: Vec<(String, String)> = check(&project).into_iter().map(|finding| (finding.path, finding.what)).collect();
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found.contains(&("migrations/sqlite/0002_a.sql".to_owned(), "has no sibling in migrations/postgres/".to_owned())));
        assert!(found.contains(&("migrations/sqlite/0002_b.sql".to_owned(), "has the number of 0002_a.sql".to_owned())));
    }
}

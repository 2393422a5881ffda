//! A file that is read in one sitting.

use super::Finding;
use crate::project::Project;

const LINES_MAX: usize = 400;
/// What people write by hand; data and lock files are as long as they are.
const ENDINGS: &[&str] = &[".rs", ".html", ".css", ".js", ".mjs", ".sh", ".md", ".sql"];

pub fn check(project: &Project) -> Vec<Finding> {
    project
        .files()
        .filter(|(path, _)| ENDINGS.iter().any(|ending| path.ends_with(ending)) && !path.starts_with("data/"))
        .filter_map(|(path, text)| {
            let lines = text.lines().count();
            let what = format!("has {lines} lines: fold it at a seam, {LINES_MAX} are plenty");
            (lines > LINES_MAX).then(|| Finding { rule: "length", path: path.to_owned(), line: 0, what })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::project::Project;

    #[test]
    fn only_long_files_written_by_hand_are_found() {
        let (short, long) = ("a\n".repeat(400), "a\n".repeat(401));
        let project = Project::of(&[("a.rs", &short), ("b.rs", &long), ("Cargo.lock", &long), ("data/long.md", &long)]);
        let found: Vec<String> = check(&project).into_iter().map(|finding| finding.path).collect();
        assert_eq!(found, ["b.rs"]);
    }
}

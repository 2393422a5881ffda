//! A file that is read in one sitting, and a template whose changes can be read line by line.

use super::Finding;
use crate::project::Project;

const LINES_MAX: usize = 400;
/// What people write by hand; data and lock files are as long as they are.
const ENDINGS: &[&str] = &[".rs", ".html", ".css", ".js", ".mjs", ".sh", ".md", ".sql"];
/// rustfmt keeps the lines of sources, nothing else those of templates. In characters.
const TEMPLATE_LINE_MAX: usize = 200;

pub fn check(project: &Project) -> Vec<Finding> {
    let mut findings = long_files(project);
    findings.extend(long_lines(project));
    findings
}

fn long_files(project: &Project) -> Vec<Finding> {
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

fn long_lines(project: &Project) -> Vec<Finding> {
    project
        .under("crates/", ".html")
        .flat_map(|(path, text)| {
            text.lines().enumerate().filter_map(move |(before, line)| {
                let characters = line.chars().count();
                let what = format!(
                    "has {characters} characters: break it beside a block or beside a tag whose minus takes the break away, \
                     {TEMPLATE_LINE_MAX} are plenty"
                );
                (characters > TEMPLATE_LINE_MAX).then(|| Finding { rule: "length", path: path.to_owned(), line: before + 1, what })
            })
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

    #[test]
    fn only_long_lines_of_templates_are_found_each_by_its_number() {
        let (short, long) = ("あ".repeat(200), "あ".repeat(201));
        let page = format!("{short}\n{long}\n<p>\n{long}");
        let project = Project::of(&[
            ("crates/web/templates/a.html", &page),
            ("crates/web/templates/b.html", &short),
            ("crates/web/src/mail/c.txt", &long),
            ("crates/web/src/d.rs", &long),
            ("data/demo/e.html", &long),
        ]);
        let found: Vec<(String, usize)> = check(&project).into_iter().map(|finding| (finding.path, finding.line)).collect();
        assert_eq!(found, [("crates/web/templates/a.html".to_owned(), 2), ("crates/web/templates/a.html".to_owned(), 4)]);
    }
}

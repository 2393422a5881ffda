//! Documents cannot drift: the paths and routes that they name exist.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::{Finding, line_of};
use crate::project::Project;
use crate::rust;

const DOCUMENTS: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "docs/glossary.md",
    "docs/decisions.md",
    "docs/walkthroughs.md",
    "docs/operation.md",
    "docs/operation.ja.md",
];
const FOLDERS: &[&str] = &["crates/", "data/", "docs/", "e2e/", "locales/", "migrations/", "assets/", "xtask/", "bench/", ".ci/"];
/// Where the files of a machine lie: no address of the portal begins so.
const MACHINE: &[&str] = &["/etc/", "/run/", "/usr/", "/var/"];

static QUOTED: LazyLock<Regex> = LazyLock::new(|| regex(r"`([^`\n]+)`"));
static ROUTE: LazyLock<Regex> = LazyLock::new(|| regex(r#"\.(?:get|post|put|delete|any|route|public|machine|upload)\w*\(\s*"(/[^"]*)""#));
static HOLE: LazyLock<Regex> = LazyLock::new(|| regex(r"\{[^{}/]+\}"));

pub fn check(project: &Project) -> Vec<Finding> {
    let routes = routes(project);
    let mut findings = Vec::new();
    for document in DOCUMENTS {
        let Some(text) = project.text(document) else { continue };
        for quoted in QUOTED.captures_iter(text).filter_map(|capture| capture.get(1)) {
            let mut wrong = |what: String| {
                findings.push(Finding { rule: "docs", path: (*document).to_owned(), line: line_of(text, quoted.start()), what });
            };
            let name = quoted.as_str();
            if FOLDERS.iter().any(|folder| name.starts_with(folder)) {
                for path in alternatives(name).into_iter().filter(|path| is_plain(path) && !project.has(path)) {
                    wrong(format!("there is no {path}"));
                }
            } else if let Some(path) = name.strip_prefix("GET ").or_else(|| name.strip_prefix("POST ")).or(Some(name))
                && path.starts_with('/')
                && !path.contains([' ', '…', '*'])
                && !MACHINE.iter().any(|folder| path.starts_with(folder))
                && !routes.iter().any(|route| same_route(route, path))
            {
                wrong(format!("there is no route {path}"));
            }
        }
    }
    findings
}

fn routes(project: &Project) -> BTreeSet<String> {
    let sources = project.under("crates/", ".rs").filter(|(path, _)| !rust::is_test(path));
    sources
        .flat_map(|(_, source)| {
            ROUTE.captures_iter(source).filter_map(|route| route.get(1)).map(|route| route.as_str().to_owned()).collect::<Vec<_>>()
        })
        .collect()
}

/// `{year}` in the code is `R8` or `{year}` in a document.
fn same_route(route: &str, path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = match path.strip_prefix("/en") {
        Some("") => "/",
        Some(rest) if rest.starts_with('/') => rest,
        _ => path,
    };
    let (route, path): (Vec<&str>, Vec<&str>) = (route.split('/').collect(), path.split('/').collect());
    route.len() == path.len() && route.iter().zip(&path).all(|(mine, named)| mine == named || HOLE.is_match(mine))
}

/// `migrations/{sqlite,postgres}` names two folders.
fn alternatives(path: &str) -> Vec<String> {
    let Some((before, rest)) = path.split_once('{') else { return vec![path.to_owned()] };
    let Some((inside, after)) = rest.split_once('}') else { return vec![path.to_owned()] };
    if !inside.contains(',') {
        return vec![path.to_owned()];
    }
    inside.split(',').flat_map(|choice| alternatives(&format!("{before}{choice}{after}"))).collect()
}

/// Whether a path has no part that stands for others, such as `NNNN_{capability}.sql`.
fn is_plain(path: &str) -> bool {
    !path.contains(['{', '}', '*', '…', ' ', '<']) && !path.contains("NN") && !path.contains("NAME")
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this file are tried by its tests")
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::project::Project;

    #[test]
    fn names_in_documents_exist() {
        let readme = "`crates/web` `crates/gone` `migrations/{sqlite,gone}` `migrations/sqlite/NNNN_{capability}.sql` \
            `/trainings/R8` `/trainings/{year}` `/en/trainings/R8` `/gone` `cargo run`";
        let project = Project::of(&[
            ("README.md", readme),
            ("docs/operation.ja.md", "`/etc/mist/mist.toml` `/etc` `docs/gone.md` `data/`"),
            ("data/a.toml", ""),
            ("crates/web/src/a.rs", "Routes::new().get(\"/trainings/{year}\", Action::ReadPublic, pages::year)"),
            ("migrations/sqlite/0001_db.sql", ""),
        ]);
        let found: Vec<String> = check(&project).into_iter().map(|finding| finding.what).collect();
        let gone = ["crates/gone", "migrations/gone", "route /gone", "route /etc", "docs/gone.md"];
        assert_eq!(found, gone.map(|what| format!("there is no {what}")));
    }
}

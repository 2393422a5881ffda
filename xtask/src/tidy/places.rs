//! Each kind of code in its place: SQL in stores, HTTP and templates in pages, the time from outside.

use std::sync::LazyLock;

use regex::Regex;

use super::{Finding, line_of};
use crate::project::Project;
use crate::rust;

/// Crates whose whole work is storage.
const STORAGE: &[&str] = &["crates/db/", "crates/journal/", "crates/access/"];

struct Rule {
    name: &'static str,
    pattern: &'static LazyLock<Regex>,
    applies: fn(path: &str, program: &str) -> bool,
    what: &'static str,
}

static SQL: LazyLock<Regex> = LazyLock::new(|| regex(r"\b(sql|among)!\s*[(\[{]"));
static FRAME: LazyLock<Regex> = LazyLock::new(|| regex(r"\b(axum|askama|tower|hyper)\b"));
static CLOCK: LazyLock<Regex> = LazyLock::new(|| regex(r"\b(Timestamp|Zoned|SystemTime|Utc|Local|OffsetDateTime)::now\b"));
static KIND: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"\b(Mail::of|Job::of|Job::general)\(\s*"|\.(urgently_|slowly_)?on\(\s*"[^"]*",\s*(async\s+)?(move\s+)?\|"#));
static TAKES_TX: LazyLock<Regex> = LazyLock::new(|| regex(r"\bfn\s+\w+[^{;]*&mut\s+(db::)?Tx\b"));

const RULES: &[Rule] = &[
    Rule {
        name: "sql",
        pattern: &SQL,
        applies: |path, _| !is_store(path) && !STORAGE.iter().any(|storage| path.starts_with(storage)),
        what: "SQL belongs into the capability's store",
    },
    Rule {
        name: "frame",
        pattern: &FRAME,
        applies: |path, program| !is_page(path) && (is_store(path) || TAKES_TX.is_match(program)),
        what: "who takes a transaction knows no HTTP and no template: that is the page's work",
    },
    Rule {
        name: "clock",
        pattern: &CLOCK,
        applies: |path, _| path != "crates/kernel/src/clock.rs",
        what: "the time comes as a parameter; only kernel's clock asks the machine",
    },
    Rule {
        name: "kind",
        pattern: &KIND,
        applies: |_, _| true,
        what: "a kind is named once, with journal::kinds!, for whoever queues it and for whoever does it",
    },
];

pub fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in project.under("crates/", ".rs").filter(|(path, _)| !rust::is_test(path)) {
        let program = rust::program(source);
        for rule in RULES.iter().filter(|rule| (rule.applies)(path, &program)) {
            for found in rule.pattern.find_iter(&program) {
                let line = line_of(&program, found.start());
                findings.push(Finding { rule: rule.name, path: path.to_owned(), line, what: rule.what.to_owned() });
            }
        }
    }
    findings
}

fn is_store(path: &str) -> bool {
    path.ends_with("/store.rs") || path.contains("/store/")
}

fn is_page(path: &str) -> bool {
    path.ends_with("/pages.rs") || path.contains("/pages/")
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this file are tried by its tests")
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::project::Project;

    fn found(path: &str, source: &str) -> Vec<(&'static str, usize)> {
        check(&Project::of(&[(path, source)])).into_iter().map(|finding| (finding.rule, finding.line)).collect()
    }

    #[test]
    fn sql_stands_in_stores_and_tests_alone() {
        let source = "fn a() {\n    sql!(\"SELECT 1\");\n}\n";
        assert_eq!(found("crates/school/src/trainings/apply.rs", source), [("sql", 2)]);
        assert_eq!(found("crates/school/src/trainings/apply.rs", "fn a() {\n    db::among!(tx, \"SELECT 1\");\n}\n"), [("sql", 2)]);
        assert_eq!(found("crates/school/src/trainings/store.rs", source), []);
        assert_eq!(found("crates/school/src/trainings/store/office.rs", source), []);
        assert_eq!(found("crates/journal/src/outbox/claim.rs", source), []);
        assert_eq!(found("crates/school/tests/seats.rs", source), []);
        assert_eq!(found("crates/school/src/a.rs", "// sql!(\"in words\")\n#[cfg(test)]\nmod tests { sql!(\"\") }\n"), []);
    }

    #[test]
    fn a_verb_knows_no_http() {
        let verb = "use axum::http::Uri;\npub async fn apply(tx: &mut Tx<'_>, now: Timestamp) {}\n";
        assert_eq!(found("crates/school/src/trainings/apply.rs", verb), [("frame", 1)]);
        assert_eq!(found("crates/school/src/trainings/pages.rs", verb), []);
        assert_eq!(found("crates/school/src/trainings/api.rs", "use axum::Json;\npub async fn list(portal: Portal) {}\n"), []);
        assert_eq!(found("crates/school/src/trainings/store.rs", "use askama::Template;\n"), [("frame", 1)]);
    }

    #[test]
    fn only_the_clock_asks_the_machine() {
        assert_eq!(found("crates/web/src/a.rs", "let now = Timestamp::now();"), [("clock", 1)]);
        assert_eq!(found("crates/kernel/src/clock.rs", "jiff::Timestamp::now()"), []);
    }

    #[test]
    fn who_queues_and_who_does_name_the_same_kind() {
        let path = "crates/school/src/a.rs";
        for spelled in [
            "Mail::of(\"trainings.applied\", id, lang)",
            "journal::Job::of(\n    \"trainings.let_go\", id)",
            "Job::general(\"reminders.look\")",
            "handlers.on(\"trainings.let_go\", async |db, item| {})",
            "handlers.slowly_on(\"archive.encode\", move |db, item| {})",
        ] {
            assert_eq!(found(path, spelled), [("kind", 1)], "{spelled}");
        }
        for named in ["Mail::of(APPLIED, id, lang)", "handlers.on(LET_GO, async |db, item| {})", "entry.on(\"person\", id)"] {
            assert_eq!(found(path, named), [], "{named}");
        }
    }
}

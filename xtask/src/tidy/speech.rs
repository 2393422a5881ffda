//! What the project says: no sentence for visitors in code, no unfinished thoughts, nothing of the machine it was written on,
//! and no address that may be somebody's.

use std::sync::LazyLock;

use regex::Regex;

use super::{Finding, line_of};
use crate::project::Project;
use crate::rust::{self, Piece};

/// This file names what it forbids.
const MYSELF: &str = "xtask/src/tidy/speech.rs";

static FORBIDDEN: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    [
        (r"\b(TODO|FIXME|XXX|HACK)\b", "an unfinished thought: finish it, or open an issue"),
        (r"(?i)\blorem ipsum\b", "filler text"),
        (r"\b(?:DECISIONS|FEATURES-[a-z]|PRODUCT \d|DEMO\.md|SECURITY \d)", "a document that nobody finds here: give the reason itself"),
        (r#"(?:^|[\s"'`(=])/(?:work|root|Users|home/[a-z]+)/"#, "a path of one machine"),
        (r#""resolved":\s*"https?://(?:[^r]|r[^e]|registry\.[^n])"#, "a package from elsewhere than the public registry"),
        (r"(?i)\b(?:index-url|extra-index-url|registry)\s*=\s*https?://", "a registry of one machine"),
    ]
    .into_iter()
    .map(|(pattern, what)| (regex(pattern), what))
    .collect()
});
static SENTENCE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?:です|ます|ません|ください|でした)"));
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| regex(r"[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"));
static NOBODYS: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)(?:^|\.)(?:example\.(?:jp|com|net|org)|example|invalid|test|localhost)$"));

pub fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in project.files().filter(|(path, _)| *path != MYSELF) {
        for (pattern, what) in FORBIDDEN.iter() {
            findings.extend(pattern.find_iter(text).map(|found| finding("speech", path, line_of(text, found.start()), what)));
        }
    }
    for (path, source) in project.under("crates/", ".rs").filter(|(path, _)| !rust::is_test(path)) {
        for (line, piece) in rust::pieces(rust::without_tests(source)) {
            if matches!(piece, Piece::Text(text) if SENTENCE.is_match(text)) {
                findings.push(finding("sentence", path, line, "a sentence for visitors stands in locales/, not in code"));
            }
        }
    }
    for (path, text) in ["crates/", "e2e/", "data/demo/", "locales/"].into_iter().flat_map(|folder| project.under(folder, "")) {
        if path.ends_with("package-lock.json") {
            continue;
        }
        for found in ADDRESS.captures_iter(text) {
            if let (Some(whole), Some(domain)) = (found.get(0), found.get(1))
                && !NOBODYS.is_match(domain.as_str())
            {
                findings.push(finding("address", path, line_of(text, whole.start()), "an address that may be somebody's: use example.jp"));
            }
        }
    }
    findings
}

fn finding(rule: &'static str, path: &str, line: usize, what: &str) -> Finding {
    Finding { rule, path: path.to_owned(), line, what: what.to_owned() }
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this file are tried by its tests")
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::project::Project;

    fn found(path: &str, text: &str) -> usize {
        check(&Project::of(&[(path, text)])).len()
    }

    #[test]
    fn unfinished_thoughts_and_machines_are_found() {
        assert_eq!(found("README.md", "// TODO: later"), 1);
        assert_eq!(found("README.md", "see /root/mist/a"), 1);
        assert_eq!(found("README.md", "its homework is at /workshops"), 0);
        assert_eq!(found("e2e/package-lock.json", "\"resolved\": \"https://registry.npmjs.org/a\""), 0);
        assert_eq!(found("e2e/package-lock.json", "\"resolved\": \"https://mirror.example.jp/a\""), 1);
    }

    #[test]
    fn sentences_stand_in_locales() {
        assert_eq!(found("crates/web/src/a.rs", "let a = \"定員に達しました\";"), 0, "a label is no sentence");
        assert_eq!(found("crates/web/src/a.rs", "let a = \"受け付けています\";"), 1);
        assert_eq!(found("crates/web/src/a.rs", "// 受け付けています\n#[cfg(test)]\nmod tests { \"です\" }"), 0);
        assert_eq!(found("crates/web/tests/a.rs", "let a = \"受け付けています\";"), 0);
    }

    #[test]
    fn addresses_are_nobodys() {
        assert_eq!(found("crates/web/tests/a.rs", "taro@example.jp hanako@mail.example.com x@hospital.test"), 0);
        assert_eq!(found("data/demo/people.toml", "mail = \"taro@somewhere.jp\""), 1);
    }
}

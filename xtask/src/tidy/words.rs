//! Words: the same keys with the same values in both languages, every key that is asked for, and none that nobody asks for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::{Finding, line_of};
use crate::project::Project;
use crate::rust::{self, Piece};

static MESSAGE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?m)^([a-zA-Z][a-zA-Z0-9_-]*)[ \t]*="));
static VALUE: LazyLock<Regex> = LazyLock::new(|| regex(r"\{\s*\$([a-zA-Z][a-zA-Z0-9_-]*)"));
/// `w.t("key")`, `w.with("key", &[…])`, `w.one("key", "name", …)`, `w.count("key", n)`, `w.counted("key", …)`, `w.fill("key", …)`.
static ASKED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"\.(?:t\(\s*"([a-z][a-z0-9_-]*)"\s*\)|with\(\s*"([a-z][a-z0-9_-]*)",\s*&\[|one\(\s*"([a-z][a-z0-9_-]*)",\s*"|(?:count|counted|fill)\(\s*"([a-z][a-z0-9_-]*)",)"#,
    )
});
/// A key that is put together: `"office-{}-title"`.
static PATTERN: LazyLock<Regex> = LazyLock::new(|| regex(r"^[a-z0-9_-]*\{[^{}]*\}[a-z0-9_{}.()-]*$"));
static HOLE: LazyLock<Regex> = LazyLock::new(|| regex(r"\\\{[^{}]*\\\}"));
static LITERAL: LazyLock<Regex> = LazyLock::new(|| regex(r#""([a-z][a-z0-9_-]*)""#));

/// Messages of one language: the key, where it stands, and the values it fills in.
type Messages<'a> = BTreeMap<&'a str, (&'a str, usize, BTreeSet<&'a str>)>;

pub fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    let ja = messages(project, "locales/ja/", &mut findings);
    let en = messages(project, "locales/en/", &mut findings);
    compare(&ja, &en, "ja", "en", &mut findings);
    compare(&en, &ja, "en", "ja", &mut findings);
    asked(project, &ja, &mut findings);
    unasked(project, &ja, &mut findings);
    findings
}

fn messages<'a>(project: &'a Project, folder: &'a str, findings: &mut Vec<Finding>) -> Messages<'a> {
    let mut messages = Messages::new();
    for (path, text) in project.under(folder, ".ftl") {
        let found: Vec<_> = MESSAGE.captures_iter(text).filter_map(|capture| capture.get(1)).collect();
        for (index, key) in found.iter().enumerate() {
            let end = found.get(index + 1).map_or(text.len(), regex::Match::start);
            let values = VALUE.captures_iter(&text[key.end()..end]).filter_map(|value| value.get(1)).map(|value| value.as_str()).collect();
            let line = line_of(text, key.start());
            if let Some((earlier, ..)) = messages.insert(key.as_str(), (path, line, values)) {
                findings.push(finding(path, line, format!("{} stands in {earlier}, too: one would hide the other", key.as_str())));
            }
        }
    }
    messages
}

fn compare(mine: &Messages<'_>, other: &Messages<'_>, my_name: &str, other_name: &str, findings: &mut Vec<Finding>) {
    for (key, (path, line, values)) in mine {
        match other.get(key) {
            None => findings.push(finding(path, *line, format!("{key} is missing in {other_name}"))),
            // Japanese has no plural, so English may say a number that Japanese says by name; never the other way.
            Some((_, _, others)) => {
                for value in others.difference(values).filter(|_| my_name == "ja") {
                    findings.push(finding(path, *line, format!("{key} does not fill in ${value}, which {other_name} does")));
                }
                for value in values.difference(others).filter(|_| my_name == "ja") {
                    findings.push(finding(path, *line, format!("{key} fills in ${value}, which {other_name} does not")));
                }
            }
        }
    }
}

/// Sources and templates of the program, with comments and tests taken out.
fn sources(project: &Project) -> impl Iterator<Item = (&str, String)> {
    let sources = project.under("crates/", ".rs").filter(|(path, _)| !rust::is_test(path));
    let sources = sources.map(|(path, source)| (path, rust::program(source)));
    let templates = ["html", "txt", "svg"].into_iter().flat_map(|ending| project.under("crates/", ending));
    sources.chain(templates.map(|(path, text)| (path, text.to_owned())))
}

fn asked(project: &Project, messages: &Messages<'_>, findings: &mut Vec<Finding>) {
    for (path, text) in sources(project) {
        for capture in ASKED.captures_iter(&text) {
            let Some(key) = capture.iter().skip(1).flatten().next() else { continue };
            if !messages.contains_key(key.as_str()) {
                findings.push(finding(path, line_of(&text, key.start()), format!("there are no words called {}", key.as_str())));
            }
        }
    }
}

/// A key counts as asked for where it stands in quotation marks anywhere, or where a key that is put together may become it.
fn unasked(project: &Project, messages: &Messages<'_>, findings: &mut Vec<Finding>) {
    let mut literals: BTreeSet<String> = BTreeSet::new();
    let mut patterns: BTreeSet<String> = BTreeSet::new();
    for (_, text) in sources(project) {
        literals.extend(LITERAL.captures_iter(&text).filter_map(|literal| literal.get(1)).map(|literal| literal.as_str().to_owned()));
        for (_, piece) in rust::pieces(&text) {
            let Piece::Text(literal) = piece else { continue };
            if PATTERN.is_match(literal) {
                patterns.insert(HOLE.replace_all(&regex::escape(literal), "[a-z0-9_-]+").into_owned());
            }
        }
    }
    // A pattern that is nothing but holes would excuse everything.
    patterns.retain(|pattern| pattern.replace("[a-z0-9_-]+", "").trim_matches(['\\', '-']).len() > 2);
    let patterns: Vec<Regex> = patterns.iter().filter_map(|pattern| Regex::new(&format!("^{pattern}$")).ok()).collect();
    for (key, (path, line, _)) in messages {
        if !literals.contains(*key) && !patterns.iter().any(|pattern| pattern.is_match(key)) {
            findings.push(finding(path, *line, format!("nobody asks for {key}")));
        }
    }
}

fn finding(path: &str, line: usize, what: String) -> Finding {
    Finding { rule: "words", path: path.to_owned(), line, what }
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this file are tried by its tests")
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::project::Project;

    fn found(ja: &str, en: &str, files: &[(&str, &str)]) -> Vec<String> {
        let words = [("locales/ja/a.ftl", ja), ("locales/en/a.ftl", en)];
        let all: Vec<(&str, &str)> = words.into_iter().chain(files.iter().copied()).collect();
        check(&Project::of(&all)).into_iter().map(|finding| finding.to_string()).collect()
    }

    #[test]
    fn both_languages_have_the_same_keys_and_values() {
        let page = [("crates/web/a.html", "{{ w.t(\"a\") }}{{ w.t(\"b\") }}")];
        assert_eq!(found("a = あ\nb = { $n }件\n", "a = a\nb = { $n }\n", &page), [""; 0]);
        assert_eq!(found("a = あ\nb = い\n", "b = b\n", &page), ["locales/ja/a.ftl:1: a is missing in en [words]"]);
        assert_eq!(
            found("a = あ\nb = { $n }件\n", "a = a\nb = b\n", &page),
            ["locales/ja/a.ftl:2: b fills in $n, which en does not [words]"]
        );
    }

    #[test]
    fn a_key_in_two_files_is_found() {
        let page = [("crates/web/a.html", "{{ w.t(\"a\") }}"), ("locales/ja/b.ftl", "a = い\n")];
        assert_eq!(
            found("a = あ\n", "a = a\n", &page),
            ["locales/ja/b.ftl:1: a stands in locales/ja/a.ftl, too: one would hide the other [words]"]
        );
    }

    #[test]
    fn a_key_that_is_asked_for_exists() {
        let source = "w.t(\"a\"); w.with(\"b\", &[(\"n\", n)]); w.one(\"c\", \"n\", n); w.count(\"d\", 1); mail.with(\"sequence\", 1); // w.t(\"e\")";
        let words = "a = a\nb = b\nc = c\n";
        assert_eq!(found(words, words, &[("crates/web/src/a.rs", source)]), ["crates/web/src/a.rs:1: there are no words called d [words]"]);
    }

    #[test]
    fn a_key_that_nobody_asks_for_is_found_unless_it_is_put_together() {
        let words = "state-open = a\nstate-full = b\nlost = c\n";
        let source = "format!(\"state-{}\", state.id()); format!(\"{a}-{b}\")";
        assert_eq!(found(words, words, &[("crates/web/src/a.rs", source)]), ["locales/ja/a.ftl:3: nobody asks for lost [words]"]);
    }
}

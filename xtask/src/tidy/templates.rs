//! Templates hold nothing that the content security policy would silently drop in the browser.

use std::sync::LazyLock;

use regex::Regex;

use super::{Finding, line_of};
use crate::project::Project;

static INLINE: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    [
        (r"(?i)<script\b(?:[^>]*)>\s*[^<\s]", "a script stands in assets/scripts, since the policy forbids it in the page"),
        (r"(?i)\sstyle\s*=", "a style stands in assets/css, since the policy forbids it in the page"),
        (r"(?i)<style\b", "a style stands in assets/css, since the policy forbids it in the page"),
        (r#"(?i)\son[a-z]+\s*=\s*["']"#, "an event is handled in assets/scripts, since the policy forbids it in the page"),
        (r#"(?i)\b(?:src|srcset)\s*=\s*["']https?:"#, "nothing is loaded from elsewhere"),
    ]
    .into_iter()
    .map(|(pattern, what)| (Regex::new(pattern).expect("tried by the test below"), what))
    .collect()
});

pub fn check(project: &Project) -> Vec<Finding> {
    let pages = project.under("crates/", ".html").filter(|(path, _)| !path.contains("/mail/"));
    pages
        .flat_map(|(path, text)| {
            INLINE.iter().flat_map(move |(pattern, what)| {
                pattern.find_iter(text).map(move |found| Finding {
                    rule: "policy",
                    path: path.to_owned(),
                    line: line_of(text, found.start()),
                    what: (*what).to_owned(),
                })
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::project::Project;

    #[test]
    fn what_the_policy_drops_is_found() {
        for bad in ["<script>go()</script>", "<p style=\"a\">", "<style>", "<a onclick=\"go()\">", "<img src=\"https://example.jp/a.png\">"]
        {
            assert_eq!(check(&Project::of(&[("crates/web/templates/a.html", bad)])).len(), 1, "{bad}");
            assert_eq!(check(&Project::of(&[("crates/web/src/mail/a.html", bad)])), [], "mails have no policy");
        }
        for good in
            ["<script src=\"/a.js\" defer></script>", "<a href=\"https://example.jp\">", "{{ words.one(\"a\") }}", "<p class=\"style\">"]
        {
            assert_eq!(check(&Project::of(&[("crates/web/templates/a.html", good)])), [], "{good}");
        }
    }
}

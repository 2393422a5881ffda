//! Rust source, split so far that a check does not take a comment for code or a test for the program.

/// A stretch of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Code, without literals.
    Code(&'a str),
    /// The inside of a string literal, escapes as they stand.
    Text(&'a str),
    /// A comment.
    Comment(&'a str),
}

/// The pieces of a source, each with the line it starts on.
pub fn pieces(source: &str) -> Vec<(usize, Piece<'_>)> {
    let mut pieces = Vec::new();
    let mut line = 1;
    let mut rest = source;
    while !rest.is_empty() {
        let (piece, length) = piece_at(rest);
        pieces.push((line, piece));
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    pieces
}

/// The source without its comments and without the tests at its end, line by line as before.
pub fn program(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut rest = without_tests(source);
    while !rest.is_empty() {
        let (piece, length) = piece_at(rest);
        match piece {
            Piece::Comment(comment) => text.extend(comment.chars().filter(|character| *character == '\n')),
            Piece::Code(_) | Piece::Text(_) => text.push_str(&rest[..length]),
        }
        rest = &rest[length..];
    }
    text
}

/// The source up to its module of tests.
pub fn without_tests(source: &str) -> &str {
    let opens = |at: &usize| source[*at..].lines().nth(1).is_some_and(|line| !line.ends_with(';'));
    // A module of tests in a file of its own is one line, and the program goes on after it.
    source.match_indices("#[cfg(test)]\nmod ").map(|(at, _)| at).find(opens).map_or(source, |at| &source[..at])
}

/// Whether a file is a test: a file of its own under `tests/`, or a module that only tests use.
pub fn is_test(path: &str) -> bool {
    path.split('/').any(|part| matches!(part, "tests" | "tests.rs" | "testing" | "testing.rs")) || path.starts_with("crates/promises/")
}

/// The piece at the start of `rest` and its length in bytes.
fn piece_at(rest: &str) -> (Piece<'_>, usize) {
    if rest.starts_with("//") {
        let end = rest.find('\n').unwrap_or(rest.len());
        return (Piece::Comment(&rest[..end]), end);
    }
    if let Some(inner) = rest.strip_prefix("/*") {
        let end = inner.find("*/").map_or(rest.len(), |at| at + 4);
        return (Piece::Comment(&rest[..end]), end);
    }
    if let Some((inner, length)) = literal_at(rest) {
        return (Piece::Text(inner), length);
    }
    let end = code_end(rest);
    (Piece::Code(&rest[..end]), end)
}

/// The inside and the whole length of a string literal at the start of `rest`.
fn literal_at(rest: &str) -> Option<(&str, usize)> {
    let prefix = ["", "r", "b", "br", "c", "cr"].into_iter().find(|prefix| {
        rest.strip_prefix(prefix).is_some_and(|after| after.starts_with('"') || (prefix.ends_with('r') && after.starts_with('#')))
    })?;
    let after = &rest[prefix.len()..];
    if prefix.ends_with('r') {
        let hashes = after.len() - after.trim_start_matches('#').len();
        let inner = after[hashes..].strip_prefix('"')?;
        let close = format!("\"{}", "#".repeat(hashes));
        let end = inner.find(&close)?;
        return Some((&inner[..end], prefix.len() + hashes + 1 + end + close.len()));
    }
    let inner = &after[1..];
    let mut escaped = false;
    let end = inner.find(|character| {
        let closes = character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        closes
    })?;
    Some((&inner[..end], prefix.len() + 1 + end + 1))
}

/// Where code ends: before a comment or a literal. A character literal such as '"' belongs to the code.
fn code_end(rest: &str) -> usize {
    let mut characters = rest.char_indices().peekable();
    let mut previous = ' ';
    while let Some((at, character)) = characters.next() {
        let here = &rest[at..];
        if at > 0 && (here.starts_with("//") || here.starts_with("/*")) {
            return at;
        }
        // The `r` of a name such as `for` begins no literal.
        let in_word = previous.is_alphanumeric() || previous == '_';
        if at > 0 && (character == '"' || (!in_word && literal_at(here).is_some())) {
            return at;
        }
        if character == '\'' {
            let skipped =
                ["'\"'", "'\\\"'", "'\\''", "'\\\\'"].iter().find(|literal| here.starts_with(**literal)).map_or(0, |literal| literal.len());
            while characters.peek().is_some_and(|(next, _)| *next < at + skipped) {
                characters.next();
            }
        }
        previous = character;
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces, program};

    #[test]
    fn comments_and_literals_are_told_from_code() {
        let source =
            "let a = \"// no comment \\\" still\"; // a \"comment\"\nlet b = r#\"raw \" text\"#;\nlet c = '\"'; /* block */ for_x\"t\"";
        let texts: Vec<(usize, &str)> = pieces(source)
            .into_iter()
            .filter_map(|(line, piece)| if let Piece::Text(text) = piece { Some((line, text)) } else { None })
            .collect();
        assert_eq!(texts, [(1, "// no comment \\\" still"), (2, "raw \" text"), (3, "t")]);
        let comments = pieces(source).into_iter().filter(|(_, piece)| matches!(piece, Piece::Comment(_))).count();
        assert_eq!(comments, 2);
    }

    #[test]
    fn the_program_keeps_its_lines_and_loses_its_tests() {
        let source = "//! Docs\nuse a; // why\n\n#[cfg(test)]\nmod tests { use axum; }\n";
        assert_eq!(program(source), "\nuse a; \n\n");
    }
}

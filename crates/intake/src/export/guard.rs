use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Puts an apostrophe before what a spreadsheet would take for a formula; apostrophes before one count, so that
/// [`unguarded`] gives back what was typed.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if begins_formula(cell.trim_start_matches('\'')) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// What was typed before [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(typed) if begins_formula(typed.trim_start_matches('\'')) => typed,
        _ => cell,
    }
}

/// Spreadsheets in Japanese also take full-width signs, and some drop control characters before they look.
fn begins_formula(cell: &str) -> bool {
    let Some(first) = cell.chars().next() else { return false };
    matches!(first, '\t' | '\r' | '\n' | '\0' | '\u{FEFF}' | '−') || first.nfkc().next().is_some_and(|sign| "=+-@".contains(sign))
}

#[cfg(test)]
mod tests {
    use super::{guarded, unguarded};

    #[test]
    fn every_beginning_of_a_formula_gets_an_apostrophe() {
        for sign in ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "﹦", "−"] {
            let cell = format!("{sign}1+1");
            assert_eq!(guarded(&cell), format!("'{cell}"), "{sign:?}");
        }
        assert_eq!(guarded("見本 太郎"), "見本 太郎");
        assert_eq!(guarded("1-2"), "1-2");
        assert_eq!(guarded(""), "");
    }

    #[test]
    fn apostrophes_that_people_type_survive() {
        for typed in ["'=1", "''=1", "'見本", "'", "=1", "'-"] {
            assert_eq!(unguarded(&guarded(typed)), typed);
        }
    }
}

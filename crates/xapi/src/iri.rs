//! Internationalized resource identifiers (xAPI-Data 4.3; RFC 3987).

/// Why a text is no IRI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnIri {
    /// Nothing like `https:` stands before it.
    #[error("an IRI begins with a scheme, as in https:")]
    NoScheme,
    /// A character that has to be written as `%` and two digits.
    #[error("an IRI does not have the character {0:?}")]
    Character(char),
    /// A `%` without two hexadecimal digits.
    #[error("in an IRI a percent sign is followed by two hexadecimal digits")]
    Percent,
}

/// Whether it has a scheme and only characters that RFC 3987 lets stand in an IRI. Brackets and a second `#` are let through, as
/// 2.2.s4.b6 lets a store check as well as it can; they are common in the addresses of real courses.
///
/// IRIs are compared character by character (RFC 3987 section 5.3.1), so that there is nothing to normalize.
pub fn check(text: &str) -> Result<(), NotAnIri> {
    let (scheme, rest) = text.split_once(':').ok_or(NotAnIri::NoScheme)?;
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    if !is_scheme || rest.is_empty() {
        return Err(NotAnIri::NoScheme);
    }
    let bytes = rest.as_bytes();
    for (at, character) in rest.char_indices() {
        match character {
            '%' => {
                let digits = bytes.get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
                if !digits {
                    return Err(NotAnIri::Percent);
                }
            }
            _ if is_allowed(character) => {}
            _ => return Err(NotAnIri::Character(character)),
        }
    }
    Ok(())
}

/// `iunreserved`, `gen-delims`, `sub-delims` and `iprivate` of RFC 3987.
fn is_allowed(character: char) -> bool {
    match character {
        '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
        '!'..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fdcf}' | '\u{fdf0}'..='\u{ffef}' => true,
        // The last two of every plane are no characters; plane 14 begins after its tags.
        _ => u32::from(character) >= 0x10000 && u32::from(character) & 0xffff < 0xfffe && !('\u{e0000}'..'\u{e1000}').contains(&character),
    }
}

#[cfg(test)]
mod tests {
    use super::{NotAnIri, check};

    #[test]
    fn an_iri_has_a_scheme_and_the_characters_of_rfc_3987() {
        for iri in [
            "http://example.com/a",
            "https://例え.jp/研修/𠮷?q=あ#断片",
            "urn:uuid:fd41c918-b88b-4b20-a0a5-a4c32391aaa0",
            "tag:example.com,2026:a",
            "mailto:a@example.com",
            "http://[2001:db8::1]/a%20b?x[]=1",
            "a+b-c.d1:x",
        ] {
            assert_eq!(check(iri), Ok(()), "{iri}");
        }
    }

    #[test]
    fn what_has_no_scheme_is_no_iri() {
        for text in ["", "should fail", "example.com/a", "/a/b", "ab=c://should.fail.com", "1a:b", ":a", "http:", "あ:b", "//example.com"]
        {
            assert_eq!(check(text), Err(NotAnIri::NoScheme), "{text}");
        }
    }

    #[test]
    fn what_would_have_to_be_escaped_is_refused() {
        for (text, character) in [
            ("http://example.com/a b", ' '),
            ("http://example.com/{id}", '{'),
            ("http://example.com/\"", '"'),
            ("http://example.com/a\u{0}", '\u{0}'),
            ("http://example.com/a\nb", '\n'),
            ("http://example.com/\u{85}", '\u{85}'),
            ("http://example.com/\u{fffe}", '\u{fffe}'),
            ("http://example.com/\u{1ffff}", '\u{1ffff}'),
        ] {
            assert_eq!(check(text), Err(NotAnIri::Character(character)), "{text:?}");
        }
        for text in ["http://example.com/%", "http://example.com/%2", "http://example.com/%zz", "http://example.com/%あ"] {
            assert_eq!(check(text), Err(NotAnIri::Percent), "{text}");
        }
    }
}

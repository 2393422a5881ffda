//! Taking a body apart.

use super::{Limits, NotMultipart};

const BOUNDARY_MAX: usize = 70;
const HEADERS_MAX: usize = 32;

/// A part of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// Its headers with their values.
    pub headers: Vec<(String, String)>,
    /// Its content.
    pub content: &'a [u8],
}

impl Part<'_> {
    /// The value of a header, whatever the capitals of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(there, _)| there.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// The boundary that the header `Content-Type` names, for `multipart/mixed` alone.
pub fn boundary(content_type: &str) -> Result<String, NotMultipart> {
    let (essence, mut rest) = content_type.split_once(';').unwrap_or((content_type, ""));
    let essence = essence.trim().to_ascii_lowercase();
    if essence != "multipart/mixed" {
        return Err(if essence.starts_with("multipart/") { NotMultipart::NotMixed } else { NotMultipart::ContentType });
    }
    while !rest.trim().is_empty() {
        let (name, value, after) = parameter(rest).ok_or(NotMultipart::NoBoundary)?;
        if name.eq_ignore_ascii_case("boundary") {
            let sound = (1..=BOUNDARY_MAX).contains(&value.len()) && value.bytes().all(is_boundary) && !value.ends_with(' ');
            return if sound { Ok(value) } else { Err(NotMultipart::NoBoundary) };
        }
        rest = after;
    }
    Err(NotMultipart::NoBoundary)
}

/// The characters that RFC 2046 lets stand in a boundary.
const fn is_boundary(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'\'' | b'(' | b')' | b'+' | b'_' | b',' | b'-' | b'.' | b'/' | b':' | b'=' | b'?' | b' ')
}

/// The first parameter, quoted or not, and what follows behind its semicolon.
fn parameter(text: &str) -> Option<(&str, String, &str)> {
    let (name, rest) = text.split_once('=')?;
    if let Some(quoted) = rest.strip_prefix('"') {
        let mut value = String::new();
        let mut characters = quoted.char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    let after = quoted[at + 1..].trim_start();
                    return Some((name.trim(), value, after.strip_prefix(';').unwrap_or(after)));
                }
                '\\' => value.push(characters.next()?.1),
                other => value.push(other),
            }
        }
        return None;
    }
    let (value, after) = rest.split_once(';').unwrap_or((rest, ""));
    Some((name.trim(), value.trim().to_owned(), after))
}

/// Takes a body apart at its boundary. Lines may end with a line feed alone, as those of some clients do.
pub fn read<'a>(body: &'a [u8], boundary: &str, limits: &Limits) -> Result<Vec<Part<'a>>, NotMultipart> {
    let mut parts = Vec::new();
    let mut begin = None;
    let mut at = 0;
    while let Some(line) = next_delimiter(body, at, boundary.as_bytes()) {
        if let Some(begin) = begin {
            if parts.len() == limits.parts_max {
                return Err(NotMultipart::TooManyParts(limits.parts_max));
            }
            parts.push(part(&body[begin..line.start.max(begin)], parts.len(), limits)?);
        }
        if line.is_last {
            return if begin.is_some() { Ok(parts) } else { Err(NotMultipart::CutOff) };
        }
        begin = Some(line.end);
        at = line.end;
    }
    Err(if begin.is_some() { NotMultipart::CutOff } else { NotMultipart::BoundaryMissing })
}

/// A line that divides two parts.
struct Delimiter {
    /// Where the content before it ends, its line end not included.
    start: usize,
    /// Where the next part begins.
    end: usize,
    is_last: bool,
}

/// The next line from `from` on, which is the beginning of one, that is a delimiter and nothing else.
fn next_delimiter(body: &[u8], from: usize, boundary: &[u8]) -> Option<Delimiter> {
    let mut line = from;
    loop {
        if let Some((length, is_last)) = delimiter(&body[line..], boundary) {
            let start = match &body[..line] {
                [.., b'\r', b'\n'] => line - 2,
                [.., b'\n'] => line - 1,
                _ => line,
            };
            return Some(Delimiter { start, end: line + length, is_last });
        }
        line += body[line..].iter().position(|byte| *byte == b'\n')? + 1;
    }
}

/// How long the line is, if it is a delimiter, and whether it is the last.
fn delimiter(line: &[u8], boundary: &[u8]) -> Option<(usize, bool)> {
    let after = line.strip_prefix(b"--")?.strip_prefix(boundary)?;
    let (mut rest, is_last) = after.strip_prefix(b"--").map_or((after, false), |rest| (rest, true));
    while let [b' ' | b'\t', behind @ ..] = rest {
        rest = behind;
    }
    let rest = match rest {
        [b'\r', b'\n', behind @ ..] | [b'\n', behind @ ..] => behind,
        [] if is_last => rest,
        _ => return None,
    };
    Some((line.len() - rest.len(), is_last))
}

fn part<'a>(bytes: &'a [u8], n: usize, limits: &Limits) -> Result<Part<'a>, NotMultipart> {
    let wrong = || NotMultipart::Headers(n);
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut rest = bytes;
    loop {
        // The last line may have lost its end to the delimiter: then the content is empty.
        let end = rest.iter().position(|byte| *byte == b'\n');
        let (line, after) = end.map_or((rest, &rest[rest.len()..]), |end| (&rest[..end], &rest[end + 1..]));
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if bytes.len() - after.len() > limits.headers_max || headers.len() > HEADERS_MAX {
            return Err(wrong());
        }
        if line.is_empty() {
            return Ok(Part { headers, content: after });
        }
        if end.is_none() {
            return Err(wrong());
        }
        let line = std::str::from_utf8(line).map_err(|_| wrong())?;
        if line.starts_with([' ', '\t']) {
            // A header that goes on in the next line (RFC 5322 section 2.2.3).
            let (_, value) = headers.last_mut().ok_or_else(wrong)?;
            value.push(' ');
            value.push_str(line.trim());
        } else {
            let (name, value) = line.split_once(':').ok_or_else(wrong)?;
            headers.push((name.trim_end().to_owned(), value.trim().to_owned()));
        }
        rest = after;
    }
}

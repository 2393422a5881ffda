use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization as _;

use super::{NotACourse, Wrong};

/// The names of a launch (section 8.1).
const RESERVED: [&str; 5] = ["endpoint", "fetch", "actor", "registration", "activityId"];

/// Schemes that run something, or show what nobody sent.
const NEVER: [&str; 7] = ["javascript", "vbscript", "data", "blob", "file", "about", "view-source"];

/// What an address escapes; the `%` of what is escaped already stays.
const TO_ESCAPE: &AsciiSet = &CONTROLS.add(b' ');

/// Where a unit begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitUrl {
    text: String,
    place: Place,
}

/// Where something lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// At a whole address.
    Elsewhere,
    /// In the package, under this name.
    Here(String),
}

impl UnitUrl {
    /// Reads the address of the unit with this id.
    pub(super) fn parse(text: &str, unit: &str) -> Result<Self, NotACourse> {
        let wrong = |wrong| NotACourse::of(wrong, unit, text);
        if text.is_empty() || !is_sound(text) {
            return Err(wrong(Wrong::Url));
        }
        let (address, _) = text.split_once('#').unwrap_or((text, ""));
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        for name in query.split('&').filter_map(|pair| pair.split('=').next()) {
            let name = percent_decode_str(name).decode_utf8_lossy();
            if RESERVED.contains(&&*name) {
                return Err(NotACourse::of(Wrong::ReservedParameter, unit, name));
            }
        }
        let place = match scheme(path) {
            Some((scheme, rest)) => {
                let host = rest.strip_prefix("//").map(|rest| rest.split('/').next().unwrap_or_default());
                if NEVER.iter().any(|never| scheme.eq_ignore_ascii_case(never)) || host.is_none_or(|host| !is_host(host)) {
                    return Err(wrong(Wrong::Url));
                }
                Place::Elsewhere
            }
            None if path.starts_with("//") => return Err(wrong(Wrong::Url)),
            None => Place::Here(within(path).ok_or_else(|| wrong(Wrong::Url))?),
        };
        Ok(Self { text: text.to_owned(), place })
    }

    /// The address of a file of the package, by its name.
    pub fn of_file(name: &str) -> Result<Self, NotACourse> {
        Self::parse(&escape_path(name), name)
    }

    /// As the course structure has it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where it leads.
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// The file in the package, if it is one.
    pub fn path(&self) -> Option<&str> {
        match &self.place {
            Place::Here(path) => Some(path),
            Place::Elsewhere => None,
        }
    }

    /// The whole address, with the files of the package at `base`, which ends without a slash.
    pub fn at(&self, base: &str) -> String {
        match &self.place {
            Place::Elsewhere => utf8_percent_encode(&self.text, TO_ESCAPE).to_string(),
            Place::Here(path) => {
                let end = self.text.find(['?', '#']).map_or("", |at| &self.text[at..]);
                format!("{base}/{}{}", escape_path(path), utf8_percent_encode(end, TO_ESCAPE))
            }
        }
    }
}

/// The name of a file as it stands in an address.
fn escape_path(path: &str) -> String {
    const NAME: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`').add(b'{').add(b'}');
    utf8_percent_encode(path, NAME).to_string()
}

/// No blank, no control character, none of what RFC 1738 calls unsafe, and two digits behind each `%`.
fn is_sound(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.char_indices().all(|(at, character)| match character {
        '%' => bytes.get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit)),
        '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
        _ => !character.is_whitespace() && !character.is_control(),
    })
}

/// What stands before the first colon, where that is a scheme.
fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    is_scheme.then_some((scheme, rest))
}

/// A host, perhaps with a port; nobody's name and password.
fn is_host(authority: &str) -> bool {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !authority.ends_with(']') => (host, port),
        _ => (authority, "0"),
    };
    !host.is_empty() && !host.contains('@') && !port.is_empty() && port.parse::<u16>().is_ok()
}

/// The name of the file that a relative address leads to; nothing where it leads out of the package.
fn within(path: &str) -> Option<String> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let mut parts: Vec<&str> = Vec::new();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part if part.chars().any(|c| c.is_control() || c == '\\') => return None,
            part => parts.push(part),
        }
    }
    (!parts.is_empty() && !decoded.ends_with('/')).then(|| file_name(&parts.join("/")))
}

/// One way of writing a name, whatever machine it comes from.
pub(crate) fn file_name(name: &str) -> String {
    name.nfc().collect()
}

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use unicode_normalization::UnicodeNormalization;

use crate::text::is_unwanted;

/// A mail address, NFKC and lower case, as it is compared and stored.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// Why a typed address is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAddress {
    /// Nothing typed.
    #[error("empty")]
    Empty,
    /// No `@`, or more than one.
    #[error("no @ or several")]
    At,
    /// Nothing before the `@`, or a character there that mail does not carry.
    #[error("the part before @ is wrong")]
    Local,
    /// The domain has no dot: `.jp` or `.com` is missing.
    #[error("the end of the domain is missing")]
    Ending,
    /// A character in the domain that no domain has, or an empty label.
    #[error("the domain is wrong")]
    Domain,
    /// More than 254 characters.
    #[error("too long")]
    TooLong,
}

impl EmailAddress {
    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands after the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit('@').next().unwrap_or("")
    }

    /// What stands before the `@`.
    pub fn local(&self) -> &str {
        self.0.split('@').next().unwrap_or("")
    }
}

impl FromStr for EmailAddress {
    type Err = NotAnAddress;

    /// Full-width letters, blanks around and inside, and capitals are accepted and normalized.
    fn from_str(typed: &str) -> Result<Self, NotAnAddress> {
        let text: String = typed.nfkc().filter(|c| !c.is_whitespace() && !is_unwanted(*c)).flat_map(char::to_lowercase).collect();
        let text = text.trim_start_matches("mailto:").replace(['。', '｡'], ".");
        if text.is_empty() {
            return Err(NotAnAddress::Empty);
        }
        if text.len() > 254 {
            return Err(NotAnAddress::TooLong);
        }
        let (local, domain) = match text.split('@').collect::<Vec<_>>().as_slice() {
            [local, domain] => ((*local).to_owned(), (*domain).to_owned()),
            _ => return Err(NotAnAddress::At),
        };
        // Addresses of Japanese mobile carriers may have dots beside each other and before the @ (RFC 5321 does not allow them, mail carries them).
        let mailable = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
        if local.is_empty() || local.len() > 64 || !local.chars().all(mailable) {
            return Err(NotAnAddress::Local);
        }
        let labels: Vec<&str> = domain.split('.').collect();
        let sound = |label: &&str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        if labels.len() == 1 && labels.iter().all(sound) {
            return Err(NotAnAddress::Ending);
        }
        if !labels.iter().all(sound) || labels.last().is_none_or(|top| top.len() < 2 || top.chars().all(|c| c.is_ascii_digit())) {
            return Err(NotAnAddress::Domain);
        }
        Ok(Self(text))
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = NotAnAddress;

    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        text.parse()
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, NotAnAddress> {
        text.parse::<EmailAddress>().map(|a| a.0)
    }

    #[test]
    fn full_width_and_capitals_are_normalized() {
        assert_eq!(read("　Ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ "), Ok("hanako@example.jp".to_owned()));
        assert_eq!(read("\u{202A}hanako\u{200B}@example.jp\u{202C}"), Ok("hanako@example.jp".to_owned()), "marks that come with copying");
        assert_eq!(read("a..b.@docomo.ne.jp"), Ok("a..b.@docomo.ne.jp".to_owned()));
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(read(""), Err(NotAnAddress::Empty));
        assert_eq!(read("hanako"), Err(NotAnAddress::At));
        assert_eq!(read("a@b@example.jp"), Err(NotAnAddress::At));
        assert_eq!(read("takako@example"), Err(NotAnAddress::Ending));
        assert_eq!(read("花子@example.jp"), Err(NotAnAddress::Local));
        assert_eq!(read("a@exa_mple.jp"), Err(NotAnAddress::Domain));
        assert_eq!(read("a@example..jp"), Err(NotAnAddress::Domain));
        assert_eq!(read("a@192.168.0.1"), Err(NotAnAddress::Domain));
        assert_eq!(read("a\r\nBcc: b@example.jp"), Err(NotAnAddress::Local), "no second header can be smuggled in");
    }
}

//! Which version of the specification is spoken (xAPI-Communication 3.3, xAPI-Data 2.4.10; IEEE 9274.1.1 section 4.1.5).

use std::fmt;

use crate::refusal::{Problem, Refusal};
use crate::requirement;

/// The name of the header that says it.
pub const HEADER: &str = "X-Experience-API-Version";

/// A set of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// ADL's 1.0.3, which takes requests of every 1.0.x.
    V1_0_3,
    /// IEEE 9274.1.1, which is 2.0.0.
    V2_0_0,
}

impl Version {
    /// What the header of an answer says.
    pub const fn header(self) -> &'static str {
        match self {
            Self::V1_0_3 => "1.0.3",
            Self::V2_0_0 => "2.0.0",
        }
    }

    /// What a statement without a version gets when it is stored (1.0.3: xAPI-Data 2.4.10.s3.b3).
    pub const fn of_statements(self) -> &'static str {
        match self {
            Self::V1_0_3 => "1.0.0",
            Self::V2_0_0 => "2.0.0",
        }
    }

    /// The rules that the value of the header asks for, to the character: `1.0`, `1.0.x`, `2.0`, `2.0.x`.
    pub fn of_header(value: &str) -> Result<Self, Refusal> {
        if is_patch_of(value, "1.0") {
            Ok(Self::V1_0_3)
        } else if is_patch_of(value, "2.0") {
            Ok(Self::V2_0_0)
        } else {
            let problem = Problem::NotOneOf { sent: value.to_owned(), allowed: "1.0.x and 2.0.x" };
            Err(Refusal { requirement: requirement::VERSION_HEADER, path: String::new(), problem })
        }
    }

    /// Whether a statement may say that it is of this version. A 2.0 store takes the statements of 1.0.x too, since they are
    /// forwarded and kept for longer than versions last.
    pub fn takes_statement_of(self, version: &str) -> bool {
        is_patch_of(version, "1.0") || (self == Self::V2_0_0 && is_patch_of(version, "2.0"))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.header())
    }
}

/// `1.0` itself or `1.0.` with a number as semantic versioning writes it.
fn is_patch_of(text: &str, minor: &str) -> bool {
    let Some(rest) = text.strip_prefix(minor) else { return false };
    let Some(patch) = rest.strip_prefix('.') else { return rest.is_empty() };
    let digits = (1..=9).contains(&patch.len()) && patch.bytes().all(|byte| byte.is_ascii_digit());
    digits && (patch == "0" || !patch.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use super::Version::{self, V1_0_3, V2_0_0};

    #[test]
    fn the_header_is_matched_to_the_character() {
        for (value, version) in [
            ("1.0", V1_0_3),
            ("1.0.0", V1_0_3),
            ("1.0.3", V1_0_3),
            ("1.0.9", V1_0_3),
            ("2.0", V2_0_0),
            ("2.0.0", V2_0_0),
            ("2.0.17", V2_0_0),
        ] {
            assert_eq!(Version::of_header(value), Ok(version), "{value}");
        }
        for value in [
            "",
            "1",
            "0.9.5",
            "1.1.0",
            "1.0.",
            "1.0.x",
            "1.0.03",
            " 1.0.3",
            "1.0.3 ",
            "v1.0.3",
            "1.0.3.1",
            "1.00.3",
            "2.1.0",
            "2",
            "3.0.0",
            "1.0.3,2.0.0",
            "1.0.３",
        ] {
            assert!(Version::of_header(value).is_err(), "{value}");
        }
    }

    #[test]
    fn a_store_of_the_second_version_takes_statements_of_the_first() {
        for version in ["1.0", "1.0.0", "1.0.9"] {
            assert!(V1_0_3.takes_statement_of(version) && V2_0_0.takes_statement_of(version), "{version}");
        }
        assert!(V2_0_0.takes_statement_of("2.0.0") && !V1_0_3.takes_statement_of("2.0.0"));
        for version in ["0.9.9", "1.1.0", "should fail", ""] {
            assert!(!V1_0_3.takes_statement_of(version) && !V2_0_0.takes_statement_of(version), "{version}");
        }
    }
}

//! What hangs on a statement (xAPI-Data 2.4.11).

use crate::check::{At, Checked};
use crate::refusal::Problem;
use crate::{Json, language_map, requirement};

/// The usage of an attachment that signs its statement.
pub const SIGNATURE: &str = "http://adlnet.gov/expapi/attachments/signature";
/// The type that such an attachment has.
pub const SIGNATURE_TYPE: &str = "application/octet-stream";

const KEYS: &[&str] = &["usageType", "display", "description", "contentType", "length", "sha2", "fileUrl"];
/// How many hexadecimal digits SHA-224, SHA-256, SHA-384 and SHA-512 have.
const HASHES: &[usize] = &[56, 64, 96, 128];

/// What a statement says about one attachment.
#[derive(Clone, Copy, Debug)]
pub struct Attachment<'a>(pub(crate) &'a Json);

impl<'a> Attachment<'a> {
    fn text(self, key: &str) -> &'a str {
        self.0.get(key).and_then(Json::as_str).expect("an attachment was checked to have its keys")
    }

    /// What it is for.
    pub fn usage_type(self) -> &'a str {
        self.text("usageType")
    }

    /// Its media type.
    pub fn content_type(self) -> &'a str {
        self.text("contentType")
    }

    /// Its hash in small hexadecimal digits: SHA-224, SHA-256, SHA-384 or SHA-512, told by the length.
    pub fn sha2(self) -> String {
        self.text("sha2").to_ascii_lowercase()
    }

    /// How many bytes it has.
    pub fn length(self) -> u64 {
        match self.0.get("length") {
            Some(Json::Number(number)) => number.to_u64().expect("a length was checked to be one"),
            _ => unreachable!("an attachment was checked to have a length"),
        }
    }

    /// Where it can be had, if it need not come with the statement.
    pub fn file_url(self) -> Option<&'a str> {
        self.0.get("fileUrl")?.as_str()
    }

    /// Whether it signs the statement.
    pub fn is_signature(self) -> bool {
        self.usage_type() == SIGNATURE
    }
}

pub(crate) fn check_all(at: At<'_>) -> Checked {
    at.each(requirement::ATTACHMENTS, check).map(|_| ())
}

fn check(at: At<'_>) -> Checked {
    at.with_keys(requirement::ATTACHMENTS, KEYS)?;
    at.need("usageType", requirement::USAGE_TYPE)?.iri(requirement::USAGE_TYPE)?;
    language_map::check(at.need("display", requirement::ATTACHMENT_DISPLAY)?, requirement::ATTACHMENT_DISPLAY)?;
    at.may("description", |text| language_map::check(text, requirement::LANGUAGE_MAP))?;
    let content_type = at.need("contentType", requirement::CONTENT_TYPE)?;
    if !is_media_type(content_type.string(requirement::CONTENT_TYPE)?) {
        return Err(content_type.refuse(requirement::CONTENT_TYPE, Problem::NotAMediaType));
    }
    let length = at.need("length", requirement::LENGTH)?;
    if length.number(requirement::LENGTH)?.to_u64().is_none() {
        return Err(length.refuse(requirement::LENGTH, Problem::OutOfRange("a whole number of bytes")));
    }
    let sha2 = at.need("sha2", requirement::SHA2)?;
    if !is_sha2(sha2.string(requirement::SHA2)?) {
        return Err(sha2.refuse(requirement::SHA2, Problem::NotAHash("56, 64, 96 or 128")));
    }
    at.may("fileUrl", |irl| irl.iri(requirement::FILE_URL))
}

pub(crate) fn is_sha2(text: &str) -> bool {
    HASHES.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// `type/subtype`, with parameters or without (RFC 2046, RFC 9110 section 8.3.1).
fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default().trim();
    let is_token =
        |token: &str| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
    let printable = text.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    printable && essence.split_once('/').is_some_and(|(kind, sub)| is_token(kind) && is_token(sub))
}

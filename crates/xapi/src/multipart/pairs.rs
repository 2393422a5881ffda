//! Every part belongs to an attachment, and every attachment has its part or an address.

use std::collections::HashSet;

use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

use super::read::{Part, boundary, read};
use super::{HASH_HEADER, NotMultipart};
use crate::attachment::{self, Attachment, SIGNATURE_TYPE, is_sha2};
use crate::refusal::{Problem, Refusal};
use crate::requirement::{self, Requirement};
use crate::{Batch, Statement, StatementObject, Version, document, pointer, signature};

/// How much is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many statements a request may have.
    pub statements_max: usize,
    /// How many parts a body may have, the first one included.
    pub parts_max: usize,
    /// How many bytes the headers of one part may have.
    pub headers_max: usize,
    /// Whether contents are held against their hashes.
    pub hashes: Hashes,
}

/// Whether the content of a part has to have the hash that it says.
///
/// Content that is kept under a hash which is not its own can take another's place. A store that takes it all the same
/// ([`Hashes::AsDeclared`], for clients that send bytes as text) has to keep it beside its statement, never by hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hashes {
    /// It has to.
    Verified,
    /// It is taken as it is said; [`Content::is_genuine`] tells.
    AsDeclared,
}

impl Default for Limits {
    fn default() -> Self {
        Self { statements_max: 1000, parts_max: 201, headers_max: 8192, hashes: Hashes::Verified }
    }
}

/// What came in a request.
#[derive(Clone, Debug)]
pub struct Incoming<'a> {
    /// The statements.
    pub batch: Batch,
    /// What hangs on them, each content once.
    pub contents: Vec<Content<'a>>,
}

/// The content of an attachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content<'a> {
    /// The hash by which statements name it, in small hexadecimal digits.
    pub sha2: String,
    /// The media type that its part says.
    pub content_type: String,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Whether it has the hash that it says.
    pub is_genuine: bool,
}

/// Reads the body of a POST or PUT of statements, JSON or parts, as its `Content-Type` says. Signatures are checked.
pub fn receive<'a>(content_type: &str, body: &'a [u8], version: Version, limits: &Limits) -> Result<Incoming<'a>, Refusal> {
    let (json, parts) = if document::is_json(content_type) {
        (body, Vec::new())
    } else {
        let boundary = boundary(content_type).map_err(refusal)?;
        let mut parts = read(body, &boundary, limits).map_err(refusal)?.into_iter();
        let first = parts.next().ok_or_else(|| refusal(NotMultipart::BoundaryMissing))?;
        if !first.header("Content-Type").is_some_and(document::is_json) {
            return Err(refusal(NotMultipart::FirstPart));
        }
        (first.content, parts.collect())
    };
    let batch = Statement::parse_batch(json, version, limits.statements_max)?;
    let declared: HashSet<String> = batch.statements.iter().flat_map(Statement::all_attachments).map(Attachment::sha2).collect();
    let mut contents: Vec<Content<'a>> = Vec::new();
    for (n, part) in parts.iter().enumerate() {
        let content = content(part, n + 1, limits).map_err(refusal)?;
        if !declared.contains(&content.sha2) {
            return Err(refusal(NotMultipart::Excess(n + 1)));
        }
        if contents.iter().all(|other| other.sha2 != content.sha2) {
            contents.push(content);
        }
    }
    for (n, statement) in batch.statements.iter().enumerate() {
        let above = if batch.is_list { pointer::item(n) } else { String::new() };
        check_attachments(statement, &above, &contents)?;
    }
    Ok(Incoming { batch, contents })
}

/// The content of the n-th part.
fn content<'a>(part: &Part<'a>, n: usize, limits: &Limits) -> Result<Content<'a>, NotMultipart> {
    let sha2 = part.header(HASH_HEADER).filter(|hash| is_sha2(hash)).ok_or(NotMultipart::NoHash(n))?.to_ascii_lowercase();
    if !part.header("Content-Transfer-Encoding").is_some_and(|encoding| encoding.eq_ignore_ascii_case("binary")) {
        return Err(NotMultipart::NotBinary(n));
    }
    let is_genuine = hash_of_length(part.content, sha2.len()) == sha2;
    if !is_genuine && limits.hashes == Hashes::Verified {
        return Err(NotMultipart::OtherHash(n));
    }
    let content_type = part.header("Content-Type").unwrap_or(SIGNATURE_TYPE).to_owned();
    Ok(Content { sha2, content_type, bytes: part.content, is_genuine })
}

/// The SHA-2 with so many hexadecimal digits.
fn hash_of_length(bytes: &[u8], digits: usize) -> String {
    match digits {
        56 => hex::encode(Sha224::digest(bytes)),
        96 => hex::encode(Sha384::digest(bytes)),
        128 => hex::encode(Sha512::digest(bytes)),
        _ => hex::encode(Sha256::digest(bytes)),
    }
}

fn check_attachments(statement: &Statement, above: &str, contents: &[Content<'_>]) -> Result<(), Refusal> {
    let own = statement.attachments().enumerate().map(|(n, attachment)| (format!("{above}/attachments/{n}"), attachment, true));
    let sub = match statement.object() {
        StatementObject::SubStatement(sub) => Some(sub),
        _ => None,
    };
    let within = sub.into_iter().flat_map(|sub| sub.attachments().enumerate());
    let within = within.map(|(n, attachment)| (format!("{above}/object/attachments/{n}"), attachment, false));
    for (path, attachment, signs) in own.chain(within) {
        check_attachment(statement, attachment, signs, contents).map_err(|refused| Refusal { path, ..refused })?;
    }
    Ok(())
}

fn check_attachment(statement: &Statement, attachment: Attachment<'_>, signs: bool, contents: &[Content<'_>]) -> Result<(), Refusal> {
    let sha2 = attachment.sha2();
    let content = contents.iter().find(|content| content.sha2 == sha2);
    if attachment.usage_type() == attachment::SIGNATURE && signs {
        if attachment.content_type() != SIGNATURE_TYPE {
            return Err(refusal(NotMultipart::SignatureType));
        }
        let content = content.ok_or_else(|| Refusal { requirement: requirement::SIGNATURE, ..refusal(NotMultipart::Missing) })?;
        let checked = signature::check(statement, content.bytes);
        return checked.map(|_| ()).map_err(|wrong| Refusal {
            requirement: wrong.requirement(),
            path: String::new(),
            problem: Problem::NotSigned(wrong),
        });
    }
    if content.is_none() && attachment.file_url().is_none() {
        return Err(refusal(NotMultipart::Missing));
    }
    Ok(())
}

fn refusal(wrong: NotMultipart) -> Refusal {
    let requirement: Requirement = match wrong {
        NotMultipart::ContentType => requirement::BODY_TYPE,
        NotMultipart::NotMixed => requirement::MULTIPART,
        NotMultipart::NoBoundary => requirement::BOUNDARY_NAMED,
        NotMultipart::BoundaryMissing | NotMultipart::CutOff | NotMultipart::Headers(_) => requirement::BOUNDARY,
        NotMultipart::TooManyParts(_) => requirement::LIMIT,
        NotMultipart::FirstPart => requirement::FIRST_PART_JSON,
        NotMultipart::NoHash(_) | NotMultipart::OtherHash(_) => requirement::PART_HASH,
        NotMultipart::NotBinary(_) => requirement::PART_BINARY,
        NotMultipart::Excess(_) => requirement::EXCESS_PART,
        NotMultipart::Missing => requirement::MISSING_PART,
        NotMultipart::SignatureType => requirement::SIGNATURE,
    };
    Refusal { requirement, path: String::new(), problem: Problem::NotMultipart(wrong) }
}

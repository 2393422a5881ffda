//! Statements with what hangs on them: `multipart/mixed` (xAPI-Communication 1.5.2; RFC 2046 section 5.1).

mod pairs;
mod read;
mod write;

pub use pairs::{Content, Hashes, Incoming, Limits, receive};
pub use read::{Part, boundary, read};
pub use write::{Outgoing, write};

/// The header of a part that says the hash of its content.
pub const HASH_HEADER: &str = "X-Experience-API-Hash";

/// What can be wrong with a body of several parts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotMultipart {
    /// Neither JSON nor parts.
    #[error("the content type is neither application/json nor multipart/mixed")]
    ContentType,
    /// Parts, and of another kind.
    #[error("the content type is not multipart/mixed")]
    NotMixed,
    /// No boundary, or one that RFC 2046 does not allow.
    #[error("the content type names no boundary of 1 to 70 characters")]
    NoBoundary,
    /// The boundary stands nowhere in the body.
    #[error("the boundary does not stand in the body")]
    BoundaryMissing,
    /// The last boundary, with two hyphens behind it, is missing.
    #[error("the body ends before its last boundary")]
    CutOff,
    /// Headers without an end, without a colon, or too many of them.
    #[error("the headers of part {0} cannot be read")]
    Headers(usize),
    /// More parts than allowed.
    #[error("there are more than {0} parts")]
    TooManyParts(usize),
    /// The first part is not JSON.
    #[error("the first part is not application/json")]
    FirstPart,
    /// A part without the hash of its content, or with something else in its place.
    #[error("part {0} does not say the SHA-2 of its content")]
    NoHash(usize),
    /// The content has another hash.
    #[error("the content of part {0} has another hash than it says")]
    OtherHash(usize),
    /// The encoding is not `binary`.
    #[error("the transfer encoding of part {0} is not binary")]
    NotBinary(usize),
    /// No statement has such an attachment.
    #[error("part {0} belongs to no attachment of a statement")]
    Excess(usize),
    /// An attachment has neither a part nor an address.
    #[error("the attachment has neither a part of its own nor a fileUrl")]
    Missing,
    /// A signature is sent as something else than bytes.
    #[error("a signature has the content type application/octet-stream")]
    SignatureType,
}

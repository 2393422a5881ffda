//! Why something is not accepted: which requirement, where, and in a sentence.

use crate::duration::NotADuration;
use crate::iri::NotAnIri;
use crate::json::{Fault, NotJson};
use crate::multipart::NotMultipart;
use crate::requirement::{self, Requirement};
use crate::signature::NotSigned;
use crate::timestamp::NotATimestamp;

/// A request that is answered with 400.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{requirement} at {}: {problem}", if path.is_empty() { "the top" } else { path })]
pub struct Refusal {
    /// What was asked for.
    pub requirement: Requirement,
    /// A JSON Pointer (RFC 6901) into what was sent; empty for the whole of it. Before it, for a parameter: `?` and its name.
    pub path: String,
    /// What is wrong there.
    pub problem: Problem,
}

/// What can be wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The bytes are no JSON.
    #[error("{0}")]
    NotJson(Fault),
    /// `null` outside extensions.
    #[error("the value is null")]
    Null,
    /// Another type was asked for.
    #[error("the value has to be {0}")]
    WrongType(&'static str),
    /// A key that the specification does not have.
    #[error("the key {0:?} is not one of the specification")]
    UnknownKey(String),
    /// A key in other letters than the specification's.
    #[error("the key {sent:?} has to be written {wanted:?}")]
    KeyCase {
        /// As it was sent.
        sent: String,
        /// As the specification has it.
        wanted: &'static str,
    },
    /// A key has to be there.
    #[error("the key {0:?} is missing")]
    Missing(&'static str),
    /// A key may not be here.
    #[error("the key {0:?} has no place here")]
    Misplaced(&'static str),
    /// A value that is none of the list.
    #[error("{sent:?} is none of {allowed}")]
    NotOneOf {
        /// As it was sent.
        sent: String,
        /// What would be taken.
        allowed: &'static str,
    },
    /// Nothing is in it.
    #[error("there has to be something in it")]
    Empty,
    /// Not a UUID in its usual form.
    #[error("this is not a UUID of 36 characters")]
    NotAUuid,
    /// Not an IRI.
    #[error("{0}")]
    NotAnIri(#[from] NotAnIri),
    /// Not a timestamp.
    #[error("{0}")]
    NotATimestamp(#[from] NotATimestamp),
    /// Not a duration.
    #[error("{0}")]
    NotADuration(#[from] NotADuration),
    /// Not a tag of RFC 5646.
    #[error("{0:?} is not a language tag of RFC 5646")]
    NotALanguage(String),
    /// Not `mailto:` and an address.
    #[error("this is not mailto: and a mail address")]
    NotAMailbox,
    /// Not so many hexadecimal digits.
    #[error("this is not a hash in {0} hexadecimal digits")]
    NotAHash(&'static str),
    /// Not a media type.
    #[error("this is not a media type")]
    NotAMediaType,
    /// A number out of its range.
    #[error("the number has to be {0}")]
    OutOfRange(&'static str),
    /// None, or more than one identifier.
    #[error("there has to be exactly one of mbox, mbox_sha1sum, openid and account, and there are {0}")]
    Identifiers(usize),
    /// The id of a component stands twice in its list.
    #[error("the id {0:?} stands twice in the list")]
    DuplicateId(String),
    /// A field stands twice.
    #[error("the field {0:?} stands twice")]
    Repeated(&'static str),
    /// Who is asked for has no identifier.
    #[error("an anonymous group cannot be asked for")]
    Anonymous,
    /// A list of components of another kind of interaction.
    #[error("this list does not belong to interactions of the type {0:?}")]
    OfAnotherInteraction(String),
    /// A group within a group, a substatement within a substatement.
    #[error("{0} may not stand within another one")]
    Nested(&'static str),
    /// A voiding statement without reference.
    #[error("a statement that voids another has a StatementRef as its object")]
    VoidsNothing,
    /// A body that cannot be taken apart, or parts that do not fit.
    #[error("{0}")]
    NotMultipart(#[from] NotMultipart),
    /// A signature that is none.
    #[error("{0}")]
    NotSigned(#[from] NotSigned),
    /// More statements than a request may have.
    #[error("there are more than {0} of them")]
    TooMany(usize),
}

impl From<NotJson> for Refusal {
    fn from(wrong: NotJson) -> Self {
        let requirement = match wrong.fault {
            Fault::Syntax | Fault::CutOff | Fault::Trailing => requirement::WELL_FORMED,
            Fault::Encoding => requirement::ENCODING,
            Fault::DuplicateKey(_) => requirement::ONCE,
            Fault::TooDeep | Fault::LongNumber => requirement::LIMIT,
        };
        Self { requirement, path: wrong.path, problem: Problem::NotJson(wrong.fault) }
    }
}

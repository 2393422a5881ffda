//! Signed statements (xAPI-Data 2.6): a JWS in compact form (RFC 7515) as an attachment.
//!
//! As the specification has it, this finds mistakes and proves nobody: the chain of certificates is not followed, and a
//! signature without a certificate is only held against the statement. RSA comes from `ring`, which the program's TLS uses
//! already; it takes keys from 2048 bits on.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, RsaParameters, UnparsedPublicKey,
};

use crate::der;
use crate::requirement::{self, Requirement};
use crate::{Json, Statement};

/// Why bytes are no signature of the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSigned {
    /// Not three parts of base64url with dots between them, or no JSON object in the first.
    #[error("the attachment is no JWS in compact form")]
    Shape,
    /// Another algorithm, or a header that asks for more than we understand.
    #[error("the signature is not RS256, RS384 or RS512")]
    Algorithm,
    /// What is signed is no statement, or another one.
    #[error("what is signed is not the statement that was sent")]
    OtherStatement,
    /// The certificate cannot be read or has no RSA key.
    #[error("the certificate in the signature cannot be read, or its key is not RSA")]
    Certificate,
    /// The signature is not of this key.
    #[error("the signature does not hold against its certificate, or its key is shorter than 2048 bits")]
    DoesNotHold,
}

impl NotSigned {
    /// Which requirement it breaks.
    pub const fn requirement(self) -> Requirement {
        match self {
            Self::Shape => requirement::SIGNATURE,
            Self::OtherStatement => requirement::SIGNED_STATEMENT,
            Self::Algorithm | Self::Certificate | Self::DoesNotHold => requirement::SIGNATURE_ALGORITHM,
        }
    }
}

/// How far a signature was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It holds against the certificate that came with it.
    ByCertificate,
    /// It came without one: it is of the right form and of this statement.
    FormAlone,
}

/// Holds the bytes of a signature against the statement that they hang on.
pub fn check(statement: &Statement, jws: &[u8]) -> Result<Checked, NotSigned> {
    let text = std::str::from_utf8(jws).map_err(|_| NotSigned::Shape)?.trim_ascii();
    let (signed, signature) = text.rsplit_once('.').ok_or(NotSigned::Shape)?;
    let (header, payload) = signed.split_once('.').ok_or(NotSigned::Shape)?;
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| NotSigned::Shape);
    let (header, payload, signature) = (decode(header)?, decode(payload)?, decode(signature)?);
    let header = Json::parse(&header).map_err(|_| NotSigned::Shape)?;
    if header.as_object().is_none() || signature.is_empty() {
        return Err(NotSigned::Shape);
    }
    let algorithm = algorithm(&header)?;
    let original = Json::parse(&payload).ok().and_then(|json| Statement::of(json, statement.version()).ok());
    if !original.is_some_and(|original| original.same_as(statement)) {
        return Err(NotSigned::OtherStatement);
    }
    let Some(chain) = header.get("x5c") else { return Ok(Checked::FormAlone) };
    let certificate = chain.as_array().and_then(<[Json]>::first).and_then(Json::as_str).ok_or(NotSigned::Certificate)?;
    let certificate = STANDARD.decode(certificate).map_err(|_| NotSigned::Certificate)?;
    let key = der::rsa_key(&certificate).ok_or(NotSigned::Certificate)?;
    let holds = UnparsedPublicKey::new(algorithm, key).verify(signed.as_bytes(), &signature);
    holds.map(|()| Checked::ByCertificate).map_err(|_| NotSigned::DoesNotHold)
}

fn algorithm(header: &Json) -> Result<&'static RsaParameters, NotSigned> {
    // What is critical would have to be understood, and nothing is (RFC 7515 section 4.1.11).
    if header.get("crit").is_some() {
        return Err(NotSigned::Algorithm);
    }
    match header.get("alg").and_then(Json::as_str) {
        Some("RS256") => Ok(&RSA_PKCS1_2048_8192_SHA256),
        Some("RS384") => Ok(&RSA_PKCS1_2048_8192_SHA384),
        Some("RS512") => Ok(&RSA_PKCS1_2048_8192_SHA512),
        _ => Err(NotSigned::Algorithm),
    }
}

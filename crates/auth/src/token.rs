//! Tokens that open something: 256 random bits from the operating system, or derived from a key outside the database.
//!
//! A random token is stored only as its SHA-256 [`Digest`]; a derived one is not stored at all.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use rand::TryRngCore as _;
use rand::rngs::OsRng;
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;
use subtle::ConstantTimeEq as _;

/// 256 bits that open something. Whoever holds the text may come in.
#[derive(Clone)]
pub struct Token([u8; 32]);

/// The form in which a random token is stored: its SHA-256.
#[derive(Clone, Copy, Debug)]
pub struct Digest([u8; 32]);

/// A secret kept outside the database, from which tokens and signatures are made.
#[derive(Clone)]
pub struct Key([u8; 32]);

/// The text is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a token")]
pub struct NotAToken;

/// The bytes are no key or digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 32 bytes, got {0}")]
pub struct WrongLength(pub usize);

impl Token {
    /// A fresh token from the operating system's generator.
    pub fn random() -> Self {
        Self(random_bytes())
    }

    /// The text to put into a cookie or a link: 43 characters of base64url.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The bytes, for whoever keeps their digest alone.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What to store instead of the token.
    pub fn digest(&self) -> Digest {
        Digest(Sha256::digest(self.0).into())
    }
}

impl FromStr for Token {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        let mut bytes = [0; 32];
        match URL_SAFE_NO_PAD.decode_slice(text, &mut bytes) {
            Ok(32) => Ok(Self(bytes)),
            _ => Err(NotAToken),
        }
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for Token {}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}

impl Digest {
    /// The bytes to store.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether this is the digest of `token`.
    pub fn is_of(&self, token: &Token) -> bool {
        *self == token.digest()
    }
}

impl PartialEq for Digest {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for Digest {}

impl TryFrom<&[u8]> for Digest {
    type Error = WrongLength;

    fn try_from(bytes: &[u8]) -> Result<Self, WrongLength> {
        bytes.try_into().map(Self).map_err(|_| WrongLength(bytes.len()))
    }
}

impl Key {
    /// A fresh key from the operating system's generator.
    pub fn random() -> Self {
        Self(random_bytes())
    }

    /// The bytes, for whoever writes the key file.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A key for one purpose only, so that no value made for one purpose ever serves another.
    #[must_use]
    pub fn for_purpose(&self, purpose: &str) -> Self {
        Self(self.mac("key", &[purpose.as_bytes()]))
    }

    /// The token that stands for `parts` under this key: the same parts give the same token, nobody without the key can make it.
    pub fn derive(&self, purpose: &str, parts: &[&[u8]]) -> Token {
        Token(self.mac(purpose, parts))
    }

    /// HMAC-SHA-256 over purpose and parts. Each is preceded by its length, so that no two lists of parts read alike.
    pub(crate) fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

impl TryFrom<&[u8]> for Key {
    type Error = WrongLength;

    fn try_from(bytes: &[u8]) -> Result<Self, WrongLength> {
        bytes.try_into().map(Self).map_err(|_| WrongLength(bytes.len()))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(***)")
    }
}

/// A process that cannot get randomness must not go on: every token it made could be guessed.
pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    OsRng.try_fill_bytes(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> Key {
        Key::try_from([byte; 32].as_slice()).unwrap()
    }

    #[test]
    fn a_token_survives_its_text_and_is_known_by_its_digest() {
        let token = Token::random();
        let text = token.text();
        assert_eq!(text.len(), 43);
        assert_eq!(text.parse::<Token>().as_ref(), Ok(&token));
        let stored = Digest::try_from(token.digest().as_bytes().as_slice()).unwrap();
        assert!(stored.is_of(&token));
        assert!(!stored.is_of(&Token::random()));
    }

    #[test]
    fn nonsense_is_no_token() {
        let text = Token::random().text();
        let padded = format!("{text}=");
        let longer = format!("{text}AA");
        for nonsense in ["", "abc", &text[1..], &padded, &longer, "あいう", &"+".repeat(43)] {
            assert_eq!(nonsense.parse::<Token>(), Err(NotAToken), "{nonsense}");
        }
    }

    #[test]
    fn the_same_parts_give_the_same_token_and_nothing_else_does() {
        let token = key(1).derive("application", &[b"ab", b"c"]);
        assert_eq!(token, key(1).derive("application", &[b"ab", b"c"]));
        assert_ne!(token, key(2).derive("application", &[b"ab", b"c"]), "another key");
        assert_ne!(token, key(1).derive("receipt", &[b"ab", b"c"]), "another purpose");
        assert_ne!(token, key(1).derive("application", &[b"a", b"bc"]), "a border moved");
        assert_ne!(token, key(1).derive("application", &[b"abc"]), "a border gone");
        assert_ne!(token, key(1).for_purpose("x").derive("application", &[b"ab", b"c"]), "a key of one purpose");
    }

    #[test]
    fn secrets_hide_from_debug() {
        let token = Token::random();
        assert_eq!(format!("{token:?}{:?}", key(65)), "Token(***)Key(***)");
    }
}

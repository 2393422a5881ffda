//! The words by which a reporter comes back.

mod bits;
mod list;

use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::{Zeroize as _, Zeroizing};

use crate::key::random;
pub(crate) use bits::Bits;
pub(crate) use list::{WORD_BITS, choose, split, word};

/// How many words a code has.
const WORDS: usize = 6;
/// How many of its bits are random; the rest are a check.
const RANDOM_BITS: u32 = 62;
const CHECK_BITS: u32 = 4;

/// Six words of the Japanese list of BIP 39: 62 random bits, and four that notice a wrong word.
#[derive(Clone, PartialEq, Eq)]
pub struct Code([u16; WORDS]);

/// Why a text is no code. The list of words is public, so whoever reads this learns nothing about a code.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    /// Not as many words as there should be.
    #[error("expected {wanted} words, got {got}")]
    Count {
        /// How many were typed.
        got: usize,
        /// How many there should be.
        wanted: usize,
    },
    /// A word that is not in the list.
    #[error("word {position} is not in the list")]
    Unknown {
        /// Which word it is, beginning with 1.
        position: usize,
        /// The word as it was typed.
        typed: String,
        /// The word of the list that is most like it, if one is.
        nearest: Option<&'static str>,
    },
    /// Words of the list which do not belong together: one of them is another, or they stand in another order.
    #[error("the words do not belong together")]
    Check,
}

impl Code {
    /// A fresh code from the operating system's generator.
    pub fn generate() -> Self {
        Self::of(u64::from_be_bytes(*random()) >> (u64::BITS - RANDOM_BITS))
    }

    /// The words, in hiragana.
    pub fn words(&self) -> [&'static str; WORDS] {
        self.0.map(word)
    }

    /// Reads what somebody typed or copied: with any spaces, commas and numbers between the words or none, in hiragana, katakana or
    /// romaji, with large or small kana.
    pub fn parse(text: &str) -> Result<Self, CodeFault> {
        let typed = list::split(text);
        let fits = |words: &[u16]| Self::from_words(words).is_some();
        let words = match list::choose(&typed, WORDS, fits) {
            Ok(words) => words,
            // Perhaps the spaces are missing, or stand inside the words.
            Err(fault) => list::run_together(&typed, WORDS, fits).ok_or(fault)?,
        };
        Self::from_words(&words).ok_or(CodeFault::Check)
    }

    /// What Argon2id takes: the words with one space between them.
    pub(crate) fn phrase(&self) -> Zeroizing<String> {
        Zeroizing::new(self.words().join(" "))
    }

    pub(crate) fn of(secret: u64) -> Self {
        let mut bits = Bits::default();
        bits.push(secret, RANDOM_BITS);
        bits.push(check(secret), CHECK_BITS);
        let mut words = [0; WORDS];
        for (place, index) in words.iter_mut().zip(bits.pieces(WORD_BITS)) {
            *place = index;
        }
        Self(words)
    }

    fn from_words(words: &[u16]) -> Option<Self> {
        let words: [u16; WORDS] = words.try_into().ok()?;
        let mut bits = Bits::default();
        for index in words {
            bits.push(u64::from(index), WORD_BITS);
        }
        let code = Self::of(bits.take(0, RANDOM_BITS));
        (code.0 == words).then_some(code)
    }
}

fn check(secret: u64) -> u64 {
    let digest = Sha256::new().chain_update(b"mist/code/1").chain_update(secret.to_be_bytes()).finalize();
    u64::from(digest[0] >> (u8::BITS - CHECK_BITS))
}

impl Drop for Code {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(***)")
    }
}

/// A word that was mistyped is nearly a secret.
impl fmt::Debug for CodeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CodeFault({self})")
    }
}

#[cfg(test)]
mod tests;

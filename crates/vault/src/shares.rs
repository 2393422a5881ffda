//! A key in three shares, of which two open it and one tells nothing (Shamir 1979): each is printed as words for a body of its own.

use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::Zeroizing;

use crate::code::{Bits, CodeFault, WORD_BITS, choose, split as words_of, word};
use crate::key::random;
use crate::{PublicKey, SecretKey};

/// How many words a share has.
pub const WORDS: usize = 28;

const LABEL: &[u8] = b"mist/share/1";
const POINT_BITS: u32 = 2;
const TAG_BITS: u32 = 18;
const CHECK_BITS: u32 = 32;

/// One of the three shares of a key.
#[derive(Clone)]
pub struct Share {
    /// Which of the three it is: 1, 2 or 3.
    point: u8,
    value: Zeroizing<[u8; 32]>,
    /// Of which key it is, as far as that shows in a few bits.
    tag: u32,
}

/// Why two shares open nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotJoined {
    /// Both are the same one of the three.
    #[error("the same share twice")]
    Same,
    /// They belong to different keys.
    #[error("shares of different keys")]
    OtherKey,
}

/// Splits a key; any two of the shares give it back.
pub fn split(key: &SecretKey) -> [Share; 3] {
    split_by(key, &random())
}

/// The key of which these are two shares.
pub fn join(one: &Share, other: &Share) -> Result<SecretKey, NotJoined> {
    if one.tag != other.tag {
        return Err(NotJoined::OtherKey);
    }
    if one.point == other.point {
        return Err(NotJoined::Same);
    }
    // The straight line through both points, where it crosses nought.
    let (from_one, from_other) = (divide(other.point, one.point ^ other.point), divide(one.point, one.point ^ other.point));
    let mut bytes = Zeroizing::new([0; 32]);
    for (byte, (one, other)) in bytes.iter_mut().zip(one.value.iter().zip(other.value.iter())) {
        *byte = multiply(*one, from_one) ^ multiply(*other, from_other);
    }
    let key = SecretKey::from_bytes(bytes.as_slice()).expect("32 bytes are a key");
    if tag_of(&key.public()) == one.tag { Ok(key) } else { Err(NotJoined::OtherKey) }
}

/// The slope is as random as a key, so one point of the line tells nothing about where it crosses nought.
pub(crate) fn split_by(key: &SecretKey, slope: &[u8; 32]) -> [Share; 3] {
    let tag = tag_of(&key.public());
    [1, 2, 3].map(|point| {
        let mut value = Zeroizing::new(*key.expose());
        for (byte, slope) in value.iter_mut().zip(slope) {
            *byte ^= multiply(*slope, point);
        }
        Share { point, value, tag }
    })
}

impl Share {
    /// Which of the three it is: 1, 2 or 3.
    pub const fn number(&self) -> u8 {
        self.point
    }

    /// The words to print, in hiragana.
    pub fn words(&self) -> Vec<&'static str> {
        let mut bits = Bits::default();
        bits.push(u64::from(self.point), POINT_BITS);
        for byte in self.value.iter() {
            bits.push(u64::from(*byte), u8::BITS);
        }
        bits.push(u64::from(self.tag), TAG_BITS);
        bits.push(u64::from(self.check()), CHECK_BITS);
        bits.pieces(WORD_BITS).map(word).collect()
    }

    /// Reads the words again, as forgivingly as a [`Code`](crate::Code) is read.
    pub fn parse(text: &str) -> Result<Self, CodeFault> {
        let words = choose(&words_of(text), WORDS, |words| Self::from_words(words).is_some())?;
        Self::from_words(&words).ok_or(CodeFault::Check)
    }

    fn from_words(words: &[u16]) -> Option<Self> {
        let mut bits = Bits::default();
        for index in words {
            bits.push(u64::from(*index), WORD_BITS);
        }
        let mut from = 0;
        let mut next = |count: u32| {
            let number = bits.take(from, count);
            from += count as usize;
            number
        };
        let point = u8::try_from(next(POINT_BITS)).ok().filter(|point| *point > 0)?;
        let mut value = Zeroizing::new([0; 32]);
        for byte in value.iter_mut() {
            *byte = u8::try_from(next(u8::BITS)).ok()?;
        }
        let share = Self { point, value, tag: u32::try_from(next(TAG_BITS)).ok()? };
        (u64::from(share.check()) == next(CHECK_BITS)).then_some(share)
    }

    fn check(&self) -> u32 {
        let hashed = Sha256::new().chain_update(LABEL).chain_update([self.point]).chain_update(*self.value);
        first_bits(&hashed.chain_update(self.tag.to_be_bytes()).finalize(), CHECK_BITS)
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Share({}, ***)", self.point)
    }
}

fn tag_of(key: &PublicKey) -> u32 {
    first_bits(&Sha256::new().chain_update(LABEL).chain_update(key.as_bytes()).finalize(), TAG_BITS)
}

fn first_bits(digest: &[u8], count: u32) -> u32 {
    let first = digest.iter().take(4).fold(0, |number: u32, byte| (number << 8) | u32::from(*byte));
    first >> (u32::BITS - count)
}

/// Multiplies in the field of 256 elements that AES uses, in the same time for all.
fn multiply(one: u8, other: u8) -> u8 {
    let (mut product, mut one) = (0, one);
    for place in 0..u8::BITS {
        product ^= one & ((other >> place) & 1).wrapping_neg();
        one = (one << 1) ^ (0x1b & (one >> 7).wrapping_neg());
    }
    product
}

/// Each element but nought is its own inverse when it is raised to 254.
fn divide(one: u8, by: u8) -> u8 {
    (0..254).fold(one, |product, _| multiply(product, by))
}

#[cfg(test)]
mod tests;

//! Key pairs of X25519.

use rand::TryRngCore as _;
use rand::rngs::OsRng;
use std::fmt;
use x25519_dalek::StaticSecret;
use zeroize::Zeroizing;

/// What is sealed to it opens with its [`SecretKey`] alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PublicKey([u8; 32]);

/// Opens what was sealed to its [`PublicKey`]. Overwritten when dropped.
#[derive(Clone)]
pub struct SecretKey(Zeroizing<[u8; 32]>);

/// The bytes are no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected} bytes, got {got}")]
pub struct WrongLength {
    /// How many there should be.
    pub expected: usize,
    /// How many there are.
    pub got: usize,
}

impl PublicKey {
    /// A key as it is stored.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes to store.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether anything may be sealed to it. A key that was not made here may be one of the few points whose agreements everybody
    /// knows: whoever takes a key from outside asks this first.
    pub fn is_sound(&self) -> bool {
        let any = StaticSecret::from([1; 32]);
        any.diffie_hellman(&(*self).into()).was_contributory()
    }
}

impl TryFrom<&[u8]> for PublicKey {
    type Error = WrongLength;

    fn try_from(bytes: &[u8]) -> Result<Self, WrongLength> {
        exactly(bytes).map(Self)
    }
}

impl From<PublicKey> for x25519_dalek::PublicKey {
    fn from(key: PublicKey) -> Self {
        key.0.into()
    }
}

impl SecretKey {
    /// A fresh key from the operating system's generator.
    pub fn generate() -> Self {
        Self(random())
    }

    /// A key that was exposed before.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WrongLength> {
        exactly(bytes).map(|bytes| Self(Zeroizing::new(bytes)))
    }

    /// The other half of the pair.
    pub fn public(&self) -> PublicKey {
        PublicKey(x25519_dalek::PublicKey::from(&self.secret()).to_bytes())
    }

    /// The bytes themselves, for whoever wraps them.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// What the two pairs share; `None` if the other key is none to agree with.
    pub(crate) fn agree(&self, with: &PublicKey) -> Option<Zeroizing<[u8; 32]>> {
        let shared = self.secret().diffie_hellman(&(*with).into());
        shared.was_contributory().then(|| Zeroizing::new(shared.to_bytes()))
    }

    fn secret(&self) -> StaticSecret {
        StaticSecret::from(*self.0)
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(***)")
    }
}

pub(crate) fn exactly<const N: usize>(bytes: &[u8]) -> Result<[u8; N], WrongLength> {
    bytes.try_into().map_err(|_| WrongLength { expected: N, got: bytes.len() })
}

/// A process that cannot get randomness must not go on: whatever it sealed could be opened by guessing.
pub(crate) fn random<const N: usize>() -> Zeroizing<[u8; N]> {
    let mut bytes = Zeroizing::new([0; N]);
    OsRng.try_fill_bytes(bytes.as_mut_slice()).expect("the operating system gives random bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_its_bytes_and_shows_nothing() {
        let key = SecretKey::generate();
        let again = SecretKey::from_bytes(key.expose()).unwrap();
        assert_eq!(key.public(), again.public());
        assert_ne!(key.public(), SecretKey::generate().public());
        assert_eq!(format!("{key:?}"), "SecretKey(***)");
        assert_eq!(SecretKey::from_bytes(&[7; 31]).unwrap_err(), WrongLength { expected: 32, got: 31 });
    }

    #[test]
    fn points_that_everybody_agrees_with_are_known() {
        assert!(SecretKey::generate().public().is_sound());
        let mut one = [0; 32];
        one[0] = 1;
        for point in [[0; 32], one] {
            assert!(!PublicKey::from_bytes(point).is_sound());
            assert!(SecretKey::generate().agree(&PublicKey::from_bytes(point)).is_none());
        }
    }
}

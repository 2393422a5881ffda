//! The one suite of everything sealed: X25519, HKDF-SHA256, XChaCha20-Poly1305.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::key::random;
use crate::{PublicKey, SecretKey};

/// The first byte of whatever is sealed.
pub(crate) const VERSION: u8 = 1;
/// How many bytes an ephemeral public key takes.
pub(crate) const PUBLIC: usize = 32;
/// How many bytes a nonce takes.
pub(crate) const NONCE: usize = 24;
/// The nonce of a key that serves once, since it follows from an agreement that is made for one thing.
pub(crate) const ONCE: [u8; NONCE] = [0; NONCE];
/// How many bytes longer a ciphertext is than its plaintext.
pub(crate) const TAG: usize = 16;

/// Another key, another place, or changed bytes: which of them is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sealed bytes do not open")]
pub struct Refused;

/// A key of the cipher.
pub(crate) type CipherKey = Zeroizing<[u8; 32]>;

/// What follows from an agreement with a public key by a pair that is made for it and forgotten: its public half goes along.
pub(crate) struct Agreement {
    pub(crate) ephemeral: PublicKey,
    secret: Zeroizing<[u8; 32]>,
    salt: [u8; 64],
}

impl Agreement {
    /// The writer's side.
    pub(crate) fn with(to: &PublicKey) -> Self {
        Self::by(&SecretKey::generate(), to)
    }

    /// The writer's side with a pair that is given, for vectors.
    pub(crate) fn by(pair: &SecretKey, to: &PublicKey) -> Self {
        let ephemeral = pair.public();
        let secret = pair.agree(to).expect("keys from outside are asked whether they are sound before anything is sealed to them");
        Self { ephemeral, secret, salt: salt(&ephemeral, to) }
    }

    /// The reader's side.
    pub(crate) fn of(with: &SecretKey, ephemeral: PublicKey) -> Result<Self, Refused> {
        let secret = with.agree(&ephemeral).ok_or(Refused)?;
        Ok(Self { ephemeral, secret, salt: salt(&ephemeral, &with.public()) })
    }

    /// Bytes for one purpose.
    pub(crate) fn derive<const N: usize>(&self, purpose: &[&[u8]]) -> Zeroizing<[u8; N]> {
        derive(&*self.secret, &self.salt, purpose)
    }
}

fn salt(ephemeral: &PublicKey, to: &PublicKey) -> [u8; 64] {
    let mut salt = [0; 64];
    salt[..32].copy_from_slice(ephemeral.as_bytes());
    salt[32..].copy_from_slice(to.as_bytes());
    salt
}

/// HKDF-SHA256.
pub(crate) fn derive<const N: usize>(secret: &[u8], salt: &[u8], purpose: &[&[u8]]) -> Zeroizing<[u8; N]> {
    let mut out = Zeroizing::new([0; N]);
    Hkdf::<Sha256>::new(Some(salt), secret)
        .expand_multi_info(purpose, out.as_mut_slice())
        .expect("all purposes together ask for far less than 255 blocks");
    out
}

pub(crate) fn encrypt(key: &CipherKey, nonce: &[u8; NONCE], about: &[u8], plain: &[u8]) -> Vec<u8> {
    cipher(key).encrypt(&XNonce::from(*nonce), Payload { msg: plain, aad: about }).expect("texts and frames are far below the limit")
}

pub(crate) fn decrypt(key: &CipherKey, nonce: &[u8; NONCE], about: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refused> {
    let plain = cipher(key).decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: about });
    plain.map(Zeroizing::new).map_err(|_| Refused)
}

/// Encrypts under a fresh nonce, which goes in front: for keys that serve more than once.
pub(crate) fn encrypt_freely(key: &CipherKey, about: &[u8], plain: &[u8]) -> Vec<u8> {
    encrypt_under(key, &random(), about, plain)
}

/// The same with a nonce that is given, for vectors.
pub(crate) fn encrypt_under(key: &CipherKey, nonce: &[u8; NONCE], about: &[u8], plain: &[u8]) -> Vec<u8> {
    [nonce.as_slice(), &encrypt(key, nonce, about, plain)].concat()
}

/// Opens what [`encrypt_freely`] made.
pub(crate) fn decrypt_freely(key: &CipherKey, about: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refused> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(Refused)?;
    decrypt(key, nonce, about, sealed)
}

/// What follows the version.
pub(crate) fn versioned(bytes: &[u8]) -> Result<&[u8], Refused> {
    match bytes.split_first() {
        Some((&VERSION, rest)) => Ok(rest),
        _ => Err(Refused),
    }
}

fn cipher(key: &CipherKey) -> XChaCha20Poly1305 {
    let key: &[u8; 32] = key;
    XChaCha20Poly1305::new(key.into())
}

//! Small secrets that must be read again, such as the secret of one-time codes, sealed with XChaCha20-Poly1305.
//!
//! The sealed bytes say nothing to whoever holds only the database, and open only at the place they were sealed for.

use crate::token::{Key, random_bytes};
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};

const NONCE_BYTES: usize = 24;

/// Another key, another place, or changed bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sealed bytes do not open")]
pub struct NotOpened;

/// Seals `secret` for one `place`: table, column and id of the row it is stored in.
pub fn seal(key: &Key, place: &[&[u8]], secret: &[u8]) -> Vec<u8> {
    let nonce: [u8; NONCE_BYTES] = random_bytes();
    let sealed = cipher(key, place)
        .encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: &[] })
        .expect("a small secret is far below the cipher's limit");
    [nonce.as_slice(), &sealed].concat()
}

/// Opens what [`seal`] sealed with the same key for the same place.
pub fn open(key: &Key, place: &[&[u8]], sealed: &[u8]) -> Result<Vec<u8>, NotOpened> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(NotOpened)?;
    cipher(key, place).decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: &[] }).map_err(|_| NotOpened)
}

/// A key for each place binds the bytes to it more firmly than additional data would.
fn cipher(key: &Key, place: &[&[u8]]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&key.mac("sealed", place).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: [&[u8]; 2] = [b"totp.secret", b"id 1"];

    fn key(byte: u8) -> Key {
        Key::try_from([byte; 32].as_slice()).unwrap()
    }

    #[test]
    fn opens_where_it_was_sealed_for_and_nowhere_else() {
        let sealed = seal(&key(1), &PLACE, b"secret");
        assert_eq!(open(&key(1), &PLACE, &sealed).as_deref(), Ok(b"secret".as_slice()));
        assert_eq!(open(&key(2), &PLACE, &sealed), Err(NotOpened), "another key");
        assert_eq!(open(&key(1), &[b"totp.secret", b"id 2"], &sealed), Err(NotOpened), "another row");
    }

    #[test]
    fn any_changed_or_missing_byte_is_noticed() {
        let sealed = seal(&key(1), &PLACE, b"secret");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(open(&key(1), &PLACE, &changed), Err(NotOpened), "byte {at}");
            assert_eq!(open(&key(1), &PLACE, &sealed[..at]), Err(NotOpened), "cut at {at}");
        }
    }

    #[test]
    fn two_seals_of_one_secret_differ() {
        assert_ne!(seal(&key(1), &PLACE, b"secret"), seal(&key(1), &PLACE, b"secret"));
    }
}

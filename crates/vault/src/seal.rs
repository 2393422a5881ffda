//! Texts and names: sealed one by one, each for its place.

use zeroize::Zeroizing;

use crate::padding::{pad, unpad};
use crate::suite::{Agreement, ONCE, PUBLIC, Refused, VERSION, decrypt, encrypt, versioned};
use crate::{Place, PublicKey, SecretKey};

const LABEL: &[u8] = b"mist/sealed/1";

/// Seals a text for its place. Whoever writes needs no secret, and can't read it again.
pub fn seal(to: &PublicKey, place: &Place, plain: &[u8]) -> Vec<u8> {
    seal_by(&Agreement::with(to), place, plain)
}

/// Opens what [`seal`] sealed to the key's other half, for the same place.
pub fn open(with: &SecretKey, place: &Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refused> {
    let (ephemeral, ciphertext) = versioned(sealed)?.split_first_chunk::<PUBLIC>().ok_or(Refused)?;
    let key = Agreement::of(with, PublicKey::from_bytes(*ephemeral))?.derive(&[LABEL]);
    unpad(&decrypt(&key, &ONCE, &place.about(), ciphertext)?).ok_or(Refused)
}

pub(crate) fn seal_by(agreement: &Agreement, place: &Place, plain: &[u8]) -> Vec<u8> {
    let ciphertext = encrypt(&agreement.derive(&[LABEL]), &ONCE, &place.about(), &pad(plain));
    [&[VERSION], agreement.ephemeral.as_bytes().as_slice(), &ciphertext].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn place() -> Place {
        Place { case: Uuid::from_u128(1), table: "case_entries", row: Uuid::from_u128(2), column: "sealed" }
    }

    #[test]
    fn opens_at_its_place_with_its_key_and_nowhere_else() {
        let (key, place) = (SecretKey::generate(), place());
        let sealed = seal(&key.public(), &place, "電子カルテが開けません".as_bytes());
        assert_eq!(open(&key, &place, &sealed).unwrap().as_slice(), "電子カルテが開けません".as_bytes());
        assert_eq!(open(&SecretKey::generate(), &place, &sealed), Err(Refused), "another key");
        let elsewhere = [
            Place { case: Uuid::from_u128(3), ..place },
            Place { row: Uuid::from_u128(3), ..place },
            Place { table: "messages", ..place },
            Place { column: "subject", ..place },
            Place { table: "case_entriess", column: "ealed", ..place },
        ];
        for other in elsewhere {
            assert_eq!(open(&key, &other, &sealed), Err(Refused), "{other:?}");
        }
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_refused() {
        let (key, place) = (SecretKey::generate(), place());
        let sealed = seal(&key.public(), &place, b"text");
        for at in 0..sealed.len() {
            for bit in 0..8 {
                let mut changed = sealed.clone();
                changed[at] ^= 1 << bit;
                // X25519 ignores the highest bit of a public key; the salt does not.
                assert_eq!(open(&key, &place, &changed), Err(Refused), "byte {at}, bit {bit}");
            }
            assert_eq!(open(&key, &place, &sealed[..at]), Err(Refused), "cut at {at}");
        }
        assert_eq!(open(&key, &place, &[sealed.as_slice(), &[0]].concat()), Err(Refused), "one more byte");
    }

    #[test]
    fn a_text_sealed_twice_differs_in_all_but_its_version() {
        let (key, place) = (SecretKey::generate(), place());
        let (one, two) = (seal(&key.public(), &place, b"text"), seal(&key.public(), &place, b"text"));
        assert_eq!(one.len(), two.len());
        let same = one.iter().zip(&two).filter(|(one, two)| one == two).count();
        assert!(same < 8, "{same} bytes are the same");
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in proptest::collection::vec(any::<u8>(), 0..3_000)) {
            let key = SecretKey::generate();
            let sealed = seal(&key.public(), &place(), &text);
            prop_assert_eq!(open(&key, &place(), &sealed).unwrap().to_vec(), text);
        }

        #[test]
        fn whatever_is_no_sealed_text_is_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert_eq!(open(&SecretKey::generate(), &place(), &bytes), Err(Refused));
        }
    }
}

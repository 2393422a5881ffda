//! 結果ファイル: texts sealed in frames that hang together.
//!
//! ```text
//! file   = "MISTkit1" ‖ kit (16) ‖ salt (32) ‖ frame…
//! frame  = length (4, big-endian) ‖ XChaCha20-Poly1305(own key, nonce, about, text)
//! own key = HKDF-SHA256(key of the kit, salt, "mist/kit/result/1" ‖ kit)
//! nonce  = number of the frame (23, big-endian) ‖ 1 for the last frame, 0 for the others
//! about  = the 56 bytes before the first frame ‖ the tag (16) of the frame before; zeros before the first
//! ```
//!
//! A salt is drawn for each file, so that no key seals twice under one nonce. The browser's side is `assets/js/kit-file.js`; both agree on
//! `vectors/result.json`.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305};
use hkdf::Hkdf;
use kernel::Uuid;
use sha2::Sha256;

const MAGIC: &[u8; 8] = b"MISTkit1";
const LABEL: &[u8] = b"mist/kit/result/1";
const HEAD: usize = 8 + 16 + SALT;
/// How long the salt of a file is.
pub const SALT: usize = 32;
const TAG: usize = 16;
const LENGTH: usize = 4;

/// The most bytes of a file.
pub const MOST_BYTES: usize = 2 << 20;
/// The most bytes of a frame as it is sealed.
const MOST_OF_A_FRAME: usize = 64 << 10;

/// Why a file does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    /// It is none of these files.
    #[error("no such file")]
    NotAFile,
    /// It is one of another kit.
    #[error("of another kit")]
    Foreign,
    /// A byte of it was changed, or something is missing or too much.
    #[error("not as it was written")]
    Edited,
}

/// The texts of a file, in their order, if it is whole and of this kit.
pub fn open(key: &[u8; 32], kit: Uuid, file: &[u8]) -> Result<Vec<String>, NotOpened> {
    let (head, mut rest) = file.split_at_checked(HEAD).filter(|(head, _)| head.starts_with(MAGIC)).ok_or(NotOpened::NotAFile)?;
    if file.len() > MOST_BYTES {
        return Err(NotOpened::Edited);
    }
    if head[8..24] != *kit.as_bytes() {
        return Err(NotOpened::Foreign);
    }
    let cipher = cipher(key, kit, &head[24..]).ok_or(NotOpened::Edited)?;
    let (mut texts, mut before) = (Vec::new(), [0; TAG]);
    for index in 0_u64.. {
        let (length, behind) = rest.split_first_chunk::<LENGTH>().ok_or(NotOpened::Edited)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| NotOpened::Edited)?;
        if !(TAG..=MOST_OF_A_FRAME).contains(&length) {
            return Err(NotOpened::Edited);
        }
        let (sealed, after) = behind.split_at_checked(length).ok_or(NotOpened::Edited)?;
        let about = [head, &before].concat();
        let payload = Payload { msg: sealed, aad: &about };
        let plain = cipher.decrypt(&nonce(index, after.is_empty()).into(), payload).map_err(|_| NotOpened::Edited)?;
        texts.push(String::from_utf8(plain).map_err(|_| NotOpened::Edited)?);
        before.copy_from_slice(&sealed[length - TAG..]);
        if after.is_empty() {
            break;
        }
        rest = after;
    }
    Ok(texts)
}

/// A file of these texts, as the page of a kit writes it.
pub fn seal(key: &[u8; 32], kit: Uuid, salt: &[u8; SALT], texts: &[String]) -> Option<Vec<u8>> {
    let head = [MAGIC.as_slice(), kit.as_bytes(), salt].concat();
    let cipher = cipher(key, kit, salt)?;
    let (mut file, mut before) = (head.clone(), vec![0; TAG]);
    for (index, text) in (0_u64..).zip(texts) {
        let is_last = usize::try_from(index + 1).is_ok_and(|count| count == texts.len());
        let about = [head.as_slice(), &before].concat();
        let sealed = cipher.encrypt(&nonce(index, is_last).into(), Payload { msg: text.as_bytes(), aad: &about }).ok()?;
        file.extend(u32::try_from(sealed.len()).ok()?.to_be_bytes());
        before = sealed[sealed.len() - TAG..].to_vec();
        file.extend(sealed);
    }
    Some(file)
}

fn cipher(key: &[u8; 32], kit: Uuid, salt: &[u8]) -> Option<XChaCha20Poly1305> {
    let mut own = [0; 32];
    Hkdf::<Sha256>::new(Some(salt), key).expand(&[LABEL, kit.as_bytes()].concat(), &mut own).ok()?;
    Some(XChaCha20Poly1305::new(&own.into()))
}

fn nonce(index: u64, is_last: bool) -> [u8; 24] {
    let mut nonce = [0; 24];
    nonce[15..23].copy_from_slice(&index.to_be_bytes());
    nonce[23] = u8::from(is_last);
    nonce
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::Deserialize;

    const KEY: [u8; 32] = [7; 32];
    const KIT: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);

    fn texts() -> Vec<String> {
        ["{}", "見本 花子", "例示 髙子", "終わり"].map(String::from).to_vec()
    }

    fn file() -> Vec<u8> {
        seal(&KEY, KIT, &[3; SALT], &texts()).expect("it can be sealed")
    }

    /// Where each frame begins, and the end.
    fn edges(file: &[u8]) -> Vec<usize> {
        let mut edges = vec![HEAD];
        while let Some(at) = edges.last().copied().filter(|at| *at < file.len()) {
            let length = u32::from_be_bytes(file[at..at + 4].try_into().expect("four bytes"));
            edges.push(at + 4 + usize::try_from(length).expect("short"));
        }
        edges
    }

    #[test]
    fn what_was_sealed_opens_under_its_key_and_for_its_kit_alone() {
        assert_eq!(open(&KEY, KIT, &file()), Ok(texts()));
        assert_eq!(open(&[8; 32], KIT, &file()), Err(NotOpened::Edited));
        assert_eq!(open(&KEY, Uuid::from_u128(2), &file()), Err(NotOpened::Foreign));
        assert_eq!(open(&KEY, KIT, b"name,department\n"), Err(NotOpened::NotAFile));
    }

    #[test]
    fn every_changed_bit_is_refused() {
        let whole = file();
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut changed = whole.clone();
                changed[at] ^= 1 << bit;
                assert!(open(&KEY, KIT, &changed).is_err(), "bit {bit} of byte {at}");
            }
        }
    }

    #[test]
    fn every_cut_is_refused() {
        let whole = file();
        for length in 0..whole.len() {
            assert!(open(&KEY, KIT, &whole[..length]).is_err(), "{length} bytes");
        }
        for extra in [&[0][..], &whole] {
            assert!(open(&KEY, KIT, &[&whole, extra].concat()).is_err());
        }
    }

    #[test]
    fn frames_that_are_moved_left_out_doubled_or_taken_from_another_file_are_refused() {
        let whole = file();
        let edges = edges(&whole);
        let frame = |n: usize| &whole[edges[n]..edges[n + 1]];
        let joined = |order: &[usize]| [&whole[..HEAD]].into_iter().chain(order.iter().map(|n| frame(*n))).collect::<Vec<_>>().concat();
        assert_eq!(joined(&[0, 1, 2, 3]), whole);
        for order in [&[1, 0, 2, 3][..], &[0, 2, 1, 3], &[0, 1, 3], &[0, 1, 2], &[0, 1, 1, 2, 3], &[0, 1, 2, 3, 3], &[3]] {
            assert_eq!(open(&KEY, KIT, &joined(order)), Err(NotOpened::Edited), "{order:?}");
        }
        let other = seal(&KEY, KIT, &[4; SALT], &texts()).expect("it can be sealed");
        let swapped = [&whole[..edges[1]], &other[edges[1]..edges[2]], &whole[edges[2]..]].concat();
        assert_eq!(open(&KEY, KIT, &swapped), Err(NotOpened::Edited));
    }

    proptest! {
        #[test]
        fn whatever_is_sealed_comes_back(texts in prop::collection::vec(".{0,80}", 1..12), salt: [u8; 32], key: [u8; 32]) {
            let file = seal(&key, KIT, &salt, &texts).expect("it can be sealed");
            prop_assert_eq!(open(&key, KIT, &file), Ok(texts));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), whole: bool) {
            let head = if whole { file()[..HEAD].to_vec() } else { MAGIC.to_vec() };
            prop_assert!(open(&KEY, KIT, &[head, bytes].concat()).is_err());
        }
    }

    #[derive(Deserialize)]
    struct Vector {
        key: String,
        kit: Uuid,
        salt: String,
        texts: Vec<String>,
        file: String,
    }

    /// The file was written by the browser's side: e2e/kit.test.mjs writes it again.
    #[test]
    fn both_sides_write_the_same_bytes() {
        let vector: Vector = serde_json::from_str(include_str!("vectors/result.json")).expect("a vector");
        let bytes = |text: &str| hex::decode(text).expect("hexadecimal");
        let (key, salt) = (bytes(&vector.key).try_into().expect("a key"), bytes(&vector.salt).try_into().expect("a salt"));
        assert_eq!(open(&key, vector.kit, &bytes(&vector.file)), Ok(vector.texts.clone()));
        assert_eq!(seal(&key, vector.kit, &salt, &vector.texts), Some(bytes(&vector.file)));
    }
}

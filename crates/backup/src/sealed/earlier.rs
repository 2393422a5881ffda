//! Backups as earlier versions of the program wrote them, for tests.

use sha2::{Digest as _, Sha256};
use std::path::Path;
use vault::frames::Sealer;

use super::{END_MAGIC, Front, Reader};
use crate::Secret;

/// This backup as version 1 would have written it: its frames sealed behind the front of that time, and nobody who vouches for them.
pub(crate) fn of_version_1(path: &Path, secret: &Secret) -> Vec<u8> {
    let mut reader = Reader::open(path).unwrap();
    reader.unlock(secret).unwrap();
    let (front, frames) = (Front { version: 1, ..*reader.front() }, reader.frames());
    let (sealer, header) = Sealer::new(front.recipient.key(), front.id, front.hash());
    let mut bytes = [front.bytes().as_slice(), header.as_slice()].concat();
    for index in 0..frames {
        let plain = reader.frame(index).unwrap().expect("it is whole");
        bytes.extend_from_slice(&sealer.frame(index, index + 1 == frames, plain));
    }
    bytes.extend_from_slice(END_MAGIC);
    bytes.extend_from_slice(&frames.to_be_bytes());
    let whole = Sha256::digest(&bytes);
    bytes.extend_from_slice(&whole);
    bytes
}

//! The file: what stands in front, frames of the vault, and an end that tells a cut.

mod reader;
mod writer;

pub(crate) use reader::{Reader, Sound};
pub(crate) use writer::Writer;

use kernel::Timestamp;
use kernel::Uuid;
use sha2::{Digest, Sha256};
use std::io;
use vault::PublicKey;
use vault::frames::{HEADER_BYTES, SEALED_FRAME_BYTES};

use crate::Recipient;

const MAGIC: &[u8; 8] = b"MISTback";
/// What is written. Version 1 is still read; nobody vouches for a backup of that version.
const VERSION: u8 = 2;
/// What stands in front: magic, version, recipient, moment, id, a check.
const FRONT: usize = 8 + 1 + 32 + 8 + 16 + 8;
const END_MAGIC: &[u8; 8] = b"MISTends";
/// What stands at the end: magic, how many frames, who vouches for everything before, the SHA-256 of everything before.
const END: usize = 8 + 8 + 32 + 32;
/// The same in version 1, for which nobody vouches.
const END_OF_1: usize = 8 + 8 + 32;
/// Where the first frame begins.
const FRAMES_AT: u64 = (FRONT + HEADER_BYTES) as u64;
const FRAME: u64 = SEALED_FRAME_BYTES as u64;

/// What a backup says of itself to whoever has no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Front {
    /// To whom it is sealed.
    pub(crate) recipient: Recipient,
    /// When it was made.
    pub(crate) made_at: Timestamp,
    /// Which it is.
    pub(crate) id: Uuid,
    /// In which form it is written.
    version: u8,
}

/// Why a file is no backup that can be read.
#[derive(Debug, thiserror::Error)]
pub enum NotABackup {
    /// It begins otherwise.
    #[error("no backup")]
    Other,
    /// It was written by a later version of the program.
    #[error("a later format {0}")]
    Later(u8),
    /// Its first bytes are damaged, by which everything after them is found.
    #[error("the beginning is damaged")]
    Beginning,
    /// It is sealed to another key.
    #[error("sealed to {sealed_to}, not to {given}")]
    WrongKey {
        /// The short name of the key that would open it.
        sealed_to: String,
        /// That of the one that was given.
        given: String,
    },
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Front {
    /// Of a backup that is about to be made.
    pub(crate) const fn new(recipient: Recipient, made_at: Timestamp, id: Uuid) -> Self {
        Self { recipient, made_at, id, version: VERSION }
    }

    /// How long the end of such a backup is.
    const fn end(&self) -> usize {
        if self.version == 1 { END_OF_1 } else { END }
    }

    fn bytes(&self) -> [u8; FRONT] {
        let mut bytes = [0; FRONT];
        bytes[..8].copy_from_slice(MAGIC);
        bytes[8] = self.version;
        bytes[9..41].copy_from_slice(self.recipient.key().as_bytes());
        bytes[41..49].copy_from_slice(&self.made_at.as_micros().to_be_bytes());
        bytes[49..65].copy_from_slice(self.id.as_bytes());
        let check = Sha256::digest(&bytes[..65]);
        bytes[65..].copy_from_slice(&check[..8]);
        bytes
    }

    fn read(bytes: &[u8; FRONT]) -> Result<Self, NotABackup> {
        if bytes[..8] != *MAGIC {
            return Err(NotABackup::Other);
        }
        let fits = |version: u8| {
            let mut ours = *bytes;
            ours[8] = version;
            ours[65..] == Sha256::digest(&ours[..65])[..8]
        };
        let (known, version) = (1..=VERSION, bytes[8]);
        if !(known.contains(&version) && fits(version)) {
            // A later version may be longer; one that fits this length all the same is a version with a damage in it.
            let is_later = !known.contains(&version) && !known.clone().any(fits);
            return Err(if is_later { NotABackup::Later(version) } else { NotABackup::Beginning });
        }
        let key = PublicKey::try_from(&bytes[9..41]).map_err(|_| NotABackup::Beginning)?;
        let micros = i64::from_be_bytes(bytes[41..49].try_into().map_err(|_| NotABackup::Beginning)?);
        let id = Uuid::from_slice(&bytes[49..65]).map_err(|_| NotABackup::Beginning)?;
        Ok(Self { recipient: Recipient::new(key), made_at: Timestamp::from_micros(micros), id, version })
    }

    /// The frames belong to this very front: they carry its hash.
    fn hash(&self) -> Uuid {
        let mut id = [0; 16];
        id.copy_from_slice(&Sha256::digest(self.bytes())[..16]);
        Uuid::from_bytes(id)
    }
}

#[cfg(test)]
pub(crate) mod earlier;
#[cfg(test)]
mod tests;

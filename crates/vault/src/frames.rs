//! Files: sealed in frames of one size, each for its case, its file and its number, so that a file can arrive in pieces and none of
//! them can be left out, moved, or put into another file.
//!
//! A sealed file is its header and then its frames. All frames are equally long; behind the contents come frames of nothing, until
//! their count is a step of Padmé. What the file was called and how long it is, is a sealed text of its own.

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::key::exactly;
use crate::padding::padded_length;
use crate::suite::{Agreement, CipherKey, NONCE, Refused, TAG, decrypt_freely, encrypt_freely};
use crate::{PublicKey, SecretKey};

/// The most bytes of a file that one frame carries; each but the last of a file's contents carries exactly as many.
pub const FRAME_BYTES: usize = 64 * 1024;
/// How long a sealed frame is, whatever it carries.
pub const SEALED_FRAME_BYTES: usize = NONCE + LENGTH + FRAME_BYTES + TAG;
/// How long the header is.
pub const HEADER_BYTES: usize = 72;

const MAGIC: &[u8; 8] = b"MISTfile";
const LABEL: &[u8] = b"mist/file/1";
const LENGTH: usize = 4;

/// Seals the frames of one file, in any order.
pub struct Sealer {
    key: FileKey,
}

/// Opens the frames of one file, in any order.
pub struct Opener {
    key: FileKey,
}

struct FileKey {
    key: CipherKey,
    case: Uuid,
    file: Uuid,
}

/// How many frames a file of so many bytes takes, those of nothing included.
pub fn count(bytes: u64) -> u64 {
    padded_length(bytes.div_ceil(FRAME_BYTES as u64).max(1))
}

impl Sealer {
    /// Begins a file. The header stands in front of its frames and is stored at once.
    pub fn new(to: &PublicKey, case: Uuid, file: Uuid) -> (Self, [u8; HEADER_BYTES]) {
        Self::by(&Agreement::with(to), case, file)
    }

    /// Goes on with a file that was begun before: by then only the case's secret key leads to the key of the file.
    pub fn again(with: &SecretKey, case: Uuid, file: Uuid, header: &[u8]) -> Result<Self, Refused> {
        Ok(Self { key: FileKey::read(with, case, file, header)? })
    }

    pub(crate) fn by(agreement: &Agreement, case: Uuid, file: Uuid) -> (Self, [u8; HEADER_BYTES]) {
        let mut header = [0; HEADER_BYTES];
        header[..8].copy_from_slice(MAGIC);
        header[8..24].copy_from_slice(case.as_bytes());
        header[24..40].copy_from_slice(file.as_bytes());
        header[40..].copy_from_slice(agreement.ephemeral.as_bytes());
        (Self { key: FileKey { key: agreement.derive(&[LABEL]), case, file } }, header)
    }

    /// Seals one frame of at most [`FRAME_BYTES`]; the numbers begin with 0. The same frame may be sealed again.
    pub fn frame(&self, index: u64, is_last: bool, plain: &[u8]) -> Vec<u8> {
        encrypt_freely(&self.key.key, &self.key.about(index, is_last), &filled(plain))
    }

    /// The same with a nonce that is given, for vectors.
    #[cfg(test)]
    pub(crate) fn frame_under(&self, nonce: &[u8; NONCE], index: u64, is_last: bool, plain: &[u8]) -> Vec<u8> {
        crate::suite::encrypt_under(&self.key.key, nonce, &self.key.about(index, is_last), &filled(plain))
    }
}

impl Opener {
    /// Begins to read the file of which the header is.
    pub fn new(with: &SecretKey, case: Uuid, file: Uuid, header: &[u8]) -> Result<Self, Refused> {
        Ok(Self { key: FileKey::read(with, case, file, header)? })
    }

    /// Opens the frame of this number. Whoever reads a whole file asks for every number from 0, and for the last one as the last.
    pub fn frame(&self, index: u64, is_last: bool, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refused> {
        let frame = decrypt_freely(&self.key.key, &self.key.about(index, is_last), sealed)?;
        let (length, rest) = frame.split_first_chunk::<LENGTH>().ok_or(Refused)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Refused)?;
        let (plain, zeros) = rest.split_at_checked(length).ok_or(Refused)?;
        if rest.len() != FRAME_BYTES || zeros.iter().any(|zero| *zero != 0) {
            return Err(Refused);
        }
        Ok(Zeroizing::new(plain.to_vec()))
    }
}

impl FileKey {
    fn read(with: &SecretKey, case: Uuid, file: Uuid, header: &[u8]) -> Result<Self, Refused> {
        let header: [u8; HEADER_BYTES] = exactly(header).map_err(|_| Refused)?;
        let is_of_this = header[..8] == *MAGIC && header[8..24] == *case.as_bytes() && header[24..40] == *file.as_bytes();
        if !is_of_this {
            return Err(Refused);
        }
        let ephemeral = PublicKey::try_from(&header[40..]).map_err(|_| Refused)?;
        let key = Agreement::of(with, ephemeral)?.derive(&[LABEL]);
        Ok(Self { key, case, file })
    }

    fn about(&self, index: u64, is_last: bool) -> Vec<u8> {
        let ids = [self.case.as_bytes().as_slice(), self.file.as_bytes()].concat();
        [LABEL, &ids, &index.to_be_bytes(), &[u8::from(is_last)]].concat()
    }
}

/// The contents of a frame with their length in front and zeros behind.
fn filled(plain: &[u8]) -> Zeroizing<Vec<u8>> {
    assert!(plain.len() <= FRAME_BYTES, "a frame carries at most {FRAME_BYTES} bytes");
    let length = u32::try_from(plain.len()).expect("a frame is short");
    let mut frame = Zeroizing::new(Vec::with_capacity(LENGTH + FRAME_BYTES));
    frame.extend_from_slice(&length.to_be_bytes());
    frame.extend_from_slice(plain);
    frame.resize(LENGTH + FRAME_BYTES, 0);
    frame
}

#[cfg(test)]
mod tests;

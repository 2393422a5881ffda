use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use vault::Zeroizing;
use vault::frames::{FRAME_BYTES, Sealer};

use super::{END_MAGIC, Front};
use crate::Master;
use crate::manifest::Part;
use crate::master::NOBODY;

/// Seals what is written to it, frame by frame, and keeps the list of parts.
pub(crate) struct Writer {
    file: BufWriter<File>,
    whole: Sha256,
    sealer: Sealer,
    frame: Zeroizing<Vec<u8>>,
    frames: u64,
    bytes: u64,
    part: Option<(String, u64, Sha256)>,
    parts: Vec<Part>,
}

impl Writer {
    /// Begins a backup in an empty file.
    pub(crate) fn new(file: File, front: &Front) -> io::Result<Self> {
        let (sealer, header) = Sealer::new(front.recipient.key(), front.id, front.hash());
        let frame = Zeroizing::new(Vec::with_capacity(FRAME_BYTES));
        let file = BufWriter::with_capacity(FRAME_BYTES, file);
        let mut writer = Self { file, whole: Sha256::new(), sealer, frame, frames: 0, bytes: 0, part: None, parts: Vec::new() };
        writer.put(&front.bytes())?;
        writer.put(&header)?;
        Ok(writer)
    }

    /// Begins a part; what is written from here on belongs to it.
    pub(crate) fn begin(&mut self, name: &str) {
        self.end();
        self.part = Some((name.to_owned(), self.bytes, Sha256::new()));
    }

    fn end(&mut self) {
        if let Some((name, at, hash)) = self.part.take() {
            self.parts.push(Part { name, at, bytes: self.bytes - at, sha256: hex::encode(hash.finalize()) });
        }
    }

    /// The parts so far.
    pub(crate) fn parts(&mut self) -> Vec<Part> {
        self.end();
        self.parts.clone()
    }

    /// Puts the manifest behind the parts, lets the master key vouch for all of it, and ends the file. It is on the disk when this
    /// returns; says its SHA-256 and its length.
    pub(crate) fn finish(mut self, manifest: &[u8], master: Option<&Master>) -> io::Result<([u8; 32], u64)> {
        self.end();
        let hash = Sha256::digest(manifest);
        self.write_all(manifest)?;
        self.write_all(&(manifest.len() as u64).to_be_bytes())?;
        self.write_all(&hash)?;
        self.seal(true)?;
        let mut end = END_MAGIC.to_vec();
        end.extend_from_slice(&self.frames.to_be_bytes());
        self.whole.update(&end);
        let before: [u8; 32] = self.whole.clone().finalize().into();
        let voucher = master.map_or(NOBODY, |master| master.vouch(&before));
        end.extend_from_slice(&voucher);
        let whole = self.whole.clone().chain_update(voucher).finalize();
        self.file.write_all(&end)?;
        self.file.write_all(&whole)?;
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok((whole.into(), file.metadata()?.len()))
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.whole.update(bytes);
        self.file.write_all(bytes)
    }

    fn seal(&mut self, is_last: bool) -> io::Result<()> {
        let sealed = self.sealer.frame(self.frames, is_last, &self.frame);
        self.put(&sealed)?;
        self.frames += 1;
        self.frame.clear();
        Ok(())
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.frame.len() == FRAME_BYTES {
            self.seal(false)?;
        }
        let taken = bytes.len().min(FRAME_BYTES - self.frame.len());
        let bytes = &bytes[..taken];
        self.frame.extend_from_slice(bytes);
        if let Some((.., hash)) = &mut self.part {
            hash.update(bytes);
        }
        self.bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

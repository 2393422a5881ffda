use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek as _, SeekFrom};
use std::path::Path;
use vault::Zeroizing;
use vault::frames::{FRAME_BYTES, HEADER_BYTES, Opener, SEALED_FRAME_BYTES};

use super::{END_MAGIC, FRAME, FRAMES_AT, FRONT, Front, NotABackup};
use crate::master::Voucher;
use crate::{Manifest, Part, Secret};

/// A backup that is read, frame by frame, from wherever one likes.
pub(crate) struct Reader {
    file: File,
    front: Front,
    header: [u8; HEADER_BYTES],
    frames: u64,
    opener: Option<Opener>,
    /// The frame that was opened last.
    held: Option<(u64, Zeroizing<Vec<u8>>)>,
}

/// What its length and its end say of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sound {
    /// It is as long as it says, and its bytes are those that were written.
    Whole,
    /// Its end is not there: it was cut, or never finished.
    Cut,
    /// Something stands in it that was not written.
    Changed,
}

impl Reader {
    pub(crate) fn open(path: &Path) -> Result<Self, NotABackup> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let (mut front, mut header) = ([0; FRONT], [0; HEADER_BYTES]);
        let short = |error: io::Error| match error.kind() {
            io::ErrorKind::UnexpectedEof => NotABackup::Other,
            _ => error.into(),
        };
        file.read_exact(&mut front).map_err(short)?;
        let front = Front::read(&front)?;
        file.read_exact(&mut header).map_err(|_| NotABackup::Beginning)?;
        let frames = length.saturating_sub(FRAMES_AT + front.end() as u64).div_ceil(FRAME).max(1);
        Ok(Self { file, front, header, frames, opener: None, held: None })
    }

    pub(crate) const fn front(&self) -> &Front {
        &self.front
    }

    pub(crate) const fn frames(&self) -> u64 {
        self.frames
    }

    /// Reads everything once and compares it with what the end says, and gives what vouches for it. This needs no key.
    pub(crate) fn sound(&mut self) -> io::Result<(Sound, Option<Voucher>)> {
        let length = self.file.metadata()?.len();
        let mut end = vec![0; self.front.end()];
        let Some(ends_at) = length.checked_sub(end.len() as u64).filter(|at| *at >= FRAMES_AT) else { return Ok((Sound::Cut, None)) };
        self.file.seek(SeekFrom::Start(ends_at))?;
        self.file.read_exact(&mut end)?;
        let frames = (ends_at - FRAMES_AT) / FRAME;
        let is_the_end = end[..8] == *END_MAGIC && end[8..16] == frames.to_be_bytes() && FRAMES_AT + frames * FRAME == ends_at;
        if !is_the_end {
            return Ok((Sound::Cut, None));
        }
        self.file.seek(SeekFrom::Start(0))?;
        let mut hash = Sha256::new();
        let mut rest = BufReader::with_capacity(FRAME_BYTES, &self.file).take(ends_at + 16);
        let mut piece = vec![0; FRAME_BYTES];
        loop {
            match rest.read(&mut piece)? {
                0 => break,
                read => hash.update(&piece[..read]),
            }
        }
        let (tag, whole) = end[16..].split_at(end.len() - 48);
        let voucher = <[u8; 32]>::try_from(tag).ok().map(|tag| Voucher { before: hash.clone().finalize().into(), tag });
        hash.update(tag);
        Ok((if hash.finalize()[..] == *whole { Sound::Whole } else { Sound::Changed }, voucher))
    }

    /// Takes the key.
    pub(crate) fn unlock(&mut self, secret: &Secret) -> Result<(), NotABackup> {
        if secret.recipient() != self.front.recipient {
            let (sealed_to, given) = (self.front.recipient.short(), secret.recipient().short());
            return Err(NotABackup::WrongKey { sealed_to, given });
        }
        let opener = Opener::new(secret.key(), self.front.id, self.front.hash(), &self.header);
        self.opener = Some(opener.map_err(|_| NotABackup::Beginning)?);
        Ok(())
    }

    /// The contents of a frame; nothing if it does not open.
    pub(crate) fn frame(&mut self, index: u64) -> io::Result<Option<&[u8]>> {
        if self.held.as_ref().is_none_or(|(held, _)| *held != index) {
            self.held = None;
            let Some(opener) = &self.opener else { return Err(io::Error::other("no key was given")) };
            self.file.seek(SeekFrom::Start(FRAMES_AT + index * FRAME))?;
            let mut sealed = vec![0; SEALED_FRAME_BYTES];
            match self.file.read_exact(&mut sealed) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
                Err(error) => return Err(error),
            }
            let is_last = index + 1 == self.frames;
            let Ok(plain) = opener.frame(index, is_last, &sealed) else { return Ok(None) };
            // Only the last may carry less: else places could not be counted.
            if !is_last && plain.len() != FRAME_BYTES {
                return Ok(None);
            }
            self.held = Some((index, plain));
        }
        Ok(self.held.as_ref().map(|(_, plain)| plain.as_slice()))
    }

    /// How many bytes lie in all frames.
    fn length(&mut self) -> io::Result<Option<u64>> {
        let last = self.frames - 1;
        Ok(self.frame(last)?.map(<[u8]>::len).map(|bytes| last * FRAME_BYTES as u64 + bytes as u64))
    }

    /// Bytes from anywhere; fewer where a frame does not open.
    pub(crate) fn read_at(&mut self, at: u64, bytes: u64) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        let mut found = Zeroizing::new(Vec::new());
        let (mut at, until) = (at, at.saturating_add(bytes));
        while at < until {
            let inside = usize::try_from(at % FRAME_BYTES as u64).unwrap_or_default();
            let Some(frame) = self.frame(at / FRAME_BYTES as u64)? else { return Ok(None) };
            let Some(rest) = frame.get(inside..).filter(|rest| !rest.is_empty()) else { return Ok(None) };
            let taken = rest.len().min(usize::try_from(until - at).unwrap_or(usize::MAX));
            found.extend_from_slice(&rest[..taken]);
            at += taken as u64;
        }
        Ok(Some(found))
    }

    /// The list of parts, and where it begins; nothing if it does not open or is another than was written.
    pub(crate) fn manifest(&mut self) -> io::Result<Option<(Manifest, u64)>> {
        let Some(tail) = self.length()?.and_then(|length| length.checked_sub(40)) else { return Ok(None) };
        let Some(said) = self.read_at(tail, 40)? else { return Ok(None) };
        let Some((length, hash)) = said.split_first_chunk::<8>() else { return Ok(None) };
        let length = u64::from_be_bytes(*length);
        let Some(at) = tail.checked_sub(length) else { return Ok(None) };
        let Some(text) = self.read_at(at, length)? else { return Ok(None) };
        if Sha256::digest(&*text)[..] != *hash {
            return Ok(None);
        }
        Ok(serde_json::from_slice(&text).ok().map(|manifest| (manifest, at)))
    }

    /// A part from its beginning.
    pub(crate) fn part<'r>(&'r mut self, part: &Part) -> PartReader<'r> {
        PartReader { reader: self, at: part.at, until: part.at + part.bytes }
    }
}

/// The bytes of one part.
pub(crate) struct PartReader<'r> {
    reader: &'r mut Reader,
    at: u64,
    until: u64,
}

impl Read for PartReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = (self.until - self.at).min(into.len() as u64).min(FRAME_BYTES as u64 - self.at % FRAME_BYTES as u64);
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "a frame does not open");
        let found = self.reader.read_at(self.at, bytes)?.ok_or_else(damaged)?;
        into[..found.len()].copy_from_slice(&found);
        self.at += found.len() as u64;
        Ok(found.len())
    }
}

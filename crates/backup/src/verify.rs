use kernel::Timestamp;
use sha2::{Digest, Sha256};
use std::io;
use std::path::Path;
use vault::frames::FRAME_BYTES;

use crate::master::Voucher;
use crate::sealed::{Reader, Sound};
use crate::{Manifest, Master, NotABackup, Origin, Secret};

/// So many damages are named; whoever has more needs another backup and no longer list.
const NAMED: usize = 20;

/// What was found in a backup.
#[derive(Clone, Debug)]
pub struct Found {
    /// Which it is.
    pub id: kernel::Uuid,
    /// When it was made.
    pub made_at: Timestamp,
    /// The short name of the key that opens it.
    pub sealed_to: String,
    /// How many frames it has.
    pub frames: u64,
    /// What it holds, where a key was given and the list opens.
    pub manifest: Option<Manifest>,
    /// What is damaged; empty if nothing is.
    pub damages: Vec<Damage>,
    voucher: Option<Voucher>,
}

impl Found {
    /// Where it comes from, as far as this master key tells. It says nothing of a backup that is damaged.
    pub fn origin(&self, master: Option<&Master>) -> Origin {
        self.voucher.map_or(Origin::Unproven, |voucher| voucher.origin(master))
    }
}

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The end is missing: it was cut, or never finished.
    Cut,
    /// The bytes are not those that were written. Where, only the key tells.
    Changed,
    /// The list of what is in it does not open, or makes no sense.
    Manifest,
    /// This frame does not open.
    Frame(u64),
    /// This part is not what was written.
    Part(String),
}

/// Reads a backup through as far as it goes without a key: whether it is whole, to its last byte.
pub fn look(path: &Path) -> Result<Found, NotABackup> {
    Ok(looked(&mut Reader::open(path)?)?)
}

fn looked(reader: &mut Reader) -> io::Result<Found> {
    let (sound, voucher) = reader.sound()?;
    let damages = match sound {
        Sound::Whole => Vec::new(),
        Sound::Cut => vec![Damage::Cut],
        Sound::Changed => vec![Damage::Changed],
    };
    Ok(found(reader, None, (damages, voucher)))
}

/// Reads a backup through with its key: every frame, every part and its hash, and that nothing lies between the parts.
pub fn verify(path: &Path, secret: &Secret) -> Result<Found, NotABackup> {
    verified(&mut Reader::open(path)?, secret)
}

/// The same by whoever goes on with this very file: one that takes its place meanwhile is not read.
pub(crate) fn verified(reader: &mut Reader, secret: &Secret) -> Result<Found, NotABackup> {
    let Found { mut damages, voucher, .. } = looked(reader)?;
    reader.unlock(secret)?;
    let manifest = reader.manifest()?;
    match &manifest {
        None => {
            damages.push(Damage::Manifest);
            damages.extend(broken_frames(reader)?.into_iter().map(Damage::Frame));
        }
        Some((manifest, ends_at)) => damages.extend(broken_parts(reader, manifest, *ends_at)?.into_iter().map(Damage::Part)),
    }
    let manifest = manifest.map(|(manifest, _)| manifest).filter(|manifest| {
        let is_its_own = manifest.id == reader.front().id && manifest.made_at == reader.front().made_at;
        is_its_own && manifest.shape().is_some()
    });
    if manifest.is_none() && !damages.contains(&Damage::Manifest) {
        damages.push(Damage::Manifest);
    }
    // With the places named, that something is changed says nothing more.
    if damages.len() > 1 {
        damages.retain(|damage| *damage != Damage::Changed);
    }
    damages.truncate(NAMED);
    Ok(found(reader, manifest, (damages, voucher)))
}

fn found(reader: &Reader, manifest: Option<Manifest>, (damages, voucher): (Vec<Damage>, Option<Voucher>)) -> Found {
    let (front, frames) = (reader.front(), reader.frames());
    Found { id: front.id, made_at: front.made_at, sealed_to: front.recipient.short(), frames, manifest, damages, voucher }
}

fn broken_frames(reader: &mut Reader) -> io::Result<Vec<u64>> {
    let mut broken = Vec::new();
    for index in 0..reader.frames() {
        if reader.frame(index)?.is_none() && broken.len() < NAMED {
            broken.push(index);
        }
    }
    Ok(broken)
}

/// The parts whose bytes are not those of the list, and gaps between them.
fn broken_parts(reader: &mut Reader, manifest: &Manifest, ends_at: u64) -> io::Result<Vec<String>> {
    let (mut broken, mut at) = (Vec::new(), 0);
    for part in &manifest.parts {
        let is_in_place = part.at == at && part.at.checked_add(part.bytes).is_some_and(|end| end <= ends_at);
        if !is_in_place || hash(reader, part.at, part.bytes)?.as_ref() != Some(&part.sha256) {
            broken.push(part.name.clone());
        }
        at = part.at.saturating_add(part.bytes);
    }
    if at != ends_at {
        broken.push(String::new());
    }
    Ok(broken)
}

fn hash(reader: &mut Reader, at: u64, bytes: u64) -> io::Result<Option<String>> {
    let mut hash = Sha256::new();
    let (mut at, until) = (at, at.saturating_add(bytes));
    while at < until {
        let most = FRAME_BYTES as u64 - at % FRAME_BYTES as u64;
        let Some(piece) = reader.read_at(at, most.min(until - at))? else { return Ok(None) };
        hash.update(&*piece);
        at += piece.len() as u64;
    }
    Ok(Some(hex::encode(hash.finalize())))
}

//! The packed file around the slides: every rule for archives is held to before anything in it is looked at.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, copy, sink};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::{Limits, NotRead};

/// Small files may be squeezed as they like.
const SMALL: u64 = 1 << 20;
/// The bits of a mode that say what kind of thing an entry is, and the two kinds that are taken.
const KIND: u32 = 0o170_000;
const FILE: u32 = 0o100_000;
const FOLDER: u32 = 0o040_000;

/// A packed file that keeps every rule.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    files: BTreeMap<String, usize>,
}

impl<'b> Package<'b> {
    /// Opens it, and reads all of it once without keeping it: the sizes that it declares are only claims.
    pub fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, NotRead> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|wrong| refused(&wrong))?;
        // One byte that belongs to two entries makes a small file endless.
        let overlaps = archive.has_overlapping_entries().map_err(|wrong| refused(&wrong))?;
        if archive.len() > limits.entries || overlaps {
            return Err(NotRead::Swells);
        }
        archive.validate_header_consistency().map_err(|wrong| refused(&wrong))?;
        let mut files = BTreeMap::new();
        let (mut packed, mut unpacked) = (0u64, 0u64);
        for at in 0..archive.len() {
            let entry = archive.by_index_raw(at).map_err(|wrong| refused(&wrong))?;
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            let kind = entry.unix_mode().unwrap_or_default() & KIND;
            let is_kept = harmless(&name) && entry.enclosed_name().is_some();
            let (is_link, is_encrypted) = (entry.is_symlink() || !matches!(kind, 0 | FILE | FOLDER), entry.encrypted());
            drop(entry);
            if !is_kept {
                return Err(NotRead::Path { name });
            }
            if is_link {
                return Err(NotRead::Link { name });
            }
            if is_encrypted {
                return Err(NotRead::Protected);
            }
            if !name.ends_with('/') && files.insert(name.to_lowercase(), at).is_some() {
                return Err(NotRead::SameName { name });
            }
            let entry = archive.by_index(at).map_err(|wrong| refused(&wrong))?;
            packed = packed.saturating_add(entry.compressed_size());
            let most = limits.unpacked.min(packed.saturating_mul(limits.ratio).max(SMALL)).saturating_sub(unpacked);
            let read = copy(&mut entry.take(most.saturating_add(1)), &mut sink()).map_err(|_| NotRead::Damaged)?;
            if read > most {
                return Err(NotRead::Swells);
            }
            unpacked += read;
        }
        Ok(Self { archive, files })
    }

    /// The names of its files, in small letters.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// A file of it, if there is one; no more than so many bytes.
    pub fn file(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, NotRead> {
        let Some(at) = self.files.get(&name.to_lowercase()) else { return Ok(None) };
        let entry = self.archive.by_index(*at).map_err(|wrong| refused(&wrong))?;
        let mut bytes = Vec::new();
        entry.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| NotRead::Damaged)?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > most { Err(NotRead::Swells) } else { Ok(Some(bytes)) }
    }
}

/// Whether a name is one of a file within the package, and nothing else on any system.
fn harmless(name: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part != "." && part != "..";
    !name.contains(['\\', ':', '\0']) && !name.chars().any(char::is_control) && name.trim_end_matches('/').split('/').all(is_part)
}

fn refused(wrong: &ZipError) -> NotRead {
    match wrong {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => NotRead::Protected,
        _ => NotRead::Damaged,
    }
}

//! Packages (cmi5 section 14): a ZIP with a `cmi5.xml` at its root, or that file alone.

mod names;

use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::structure::{Course, NotACourse, Wrong};
use crate::vocabulary::MANIFEST;

/// How much of a package is read.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most files.
    pub files_max: usize,
    /// The most bytes that they come to, counted while they are read.
    pub bytes_max: u64,
    /// How many times larger the whole may become.
    pub ratio_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { files_max: 5_000, bytes_max: 2 << 30, ratio_max: 100 }
    }
}

/// Small files may be squeezed as they like.
const SMALL: u64 = 1 << 20;
/// The most bytes of a course structure.
const MANIFEST_MAX: u64 = 16 << 20;
/// The bits of a mode that say what kind of thing a file is, and the two kinds that are taken.
const KIND: u32 = 0o170_000;
const FILE: u32 = 0o100_000;
const FOLDER: u32 = 0o040_000;

/// A package that keeps every rule.
pub struct Package<R> {
    /// What it says.
    pub course: Course,
    /// The `cmi5.xml` as it is.
    pub manifest: Vec<u8>,
    archive: Option<ZipArchive<R>>,
    /// Where each file lies in the archive, by its name.
    files: BTreeMap<String, usize>,
}

/// A file of a package.
#[derive(Clone, Copy, Debug)]
pub struct Unpacked<'a> {
    /// Its name: parts with `/` between them, none of which leads anywhere else.
    pub path: &'a str,
}

impl<R> std::fmt::Debug for Package<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Package").field("course", &self.course.id).field("files", &self.files.len()).finish_non_exhaustive()
    }
}

impl<R: Read + Seek> Package<R> {
    /// Opens a package, and reads all of it once: nothing in it is larger than it says, none of its names leads elsewhere.
    pub fn open(mut source: R, limits: &Limits) -> io::Result<Result<Self, NotACourse>> {
        let mut head = Vec::new();
        (&mut source).take(1024).read_to_end(&mut head)?;
        source.seek(SeekFrom::Start(0))?;
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return sorted(Self::open_zip(source, limits));
        }
        if !looks_like_xml(&head) {
            return Ok(Err(NotACourse::of(Wrong::NeitherZipNorXml, "", "")));
        }
        let mut manifest = Vec::new();
        source.take(MANIFEST_MAX + 1).read_to_end(&mut manifest)?;
        let course = Course::read(&manifest).and_then(|course| course.check_addresses_are_whole().map(|()| course));
        Ok(course.map(|course| Self { course, manifest, archive: None, files: BTreeMap::new() }))
    }

    fn open_zip(source: R, limits: &Limits) -> Result<Self, Fault> {
        let mut archive = ZipArchive::new(source)?;
        if archive.len() > limits.files_max {
            return Err(NotACourse::of(Wrong::TooManyFiles, "", archive.len().to_string()).into());
        }
        // One byte that belongs to two files makes a small archive endless.
        if archive.has_overlapping_entries()? {
            return Err(NotACourse::of(Wrong::Bomb, "", "").into());
        }
        archive.validate_header_consistency()?;
        let files = names_of(&mut archive)?;
        count(&mut archive, limits)?;
        let at = *files.get(MANIFEST).ok_or_else(|| NotACourse::of(Wrong::NoManifest, "", ""))?;
        let mut manifest = Vec::new();
        archive.by_index(at)?.take(MANIFEST_MAX + 1).read_to_end(&mut manifest)?;
        let course = Course::read(&manifest)?;
        for unit in course.units() {
            if let Some(path) = unit.url.path().filter(|path| !files.contains_key(*path)) {
                return Err(NotACourse::of(Wrong::MissingFile, &unit.id, path).into());
            }
        }
        Ok(Self { course, manifest, archive: Some(archive), files })
    }

    /// How many files it holds beside the course structure.
    pub fn files(&self) -> usize {
        self.files.len()
    }

    /// Gives every file to `take`, in the order of their names.
    pub fn unpack<E: From<io::Error>>(&mut self, mut take: impl FnMut(Unpacked<'_>, &mut dyn Read) -> Result<(), E>) -> Result<(), E> {
        let Some(archive) = &mut self.archive else { return Ok(()) };
        for (path, at) in &self.files {
            let mut entry = archive.by_index(*at).map_err(io::Error::other)?;
            take(Unpacked { path }, &mut entry)?;
        }
        Ok(())
    }
}

/// The names of all files, each harmless and each another one, whatever a disk thinks of capitals.
fn names_of<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<BTreeMap<String, usize>, Fault> {
    let (mut files, mut folded) = (BTreeMap::new(), BTreeMap::new());
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at)?;
        let raw = entry.name_raw().to_vec();
        let name = names::read(&raw).ok_or_else(|| NotACourse::of(Wrong::FileName, String::from_utf8_lossy(&raw), ""))?;
        let kind = entry.unix_mode().unwrap_or_default() & KIND;
        if entry.is_symlink() || !matches!(kind, 0 | FILE | FOLDER) {
            return Err(NotACourse::of(Wrong::Link, name.path, "").into());
        }
        if entry.encrypted() {
            return Err(NotACourse::of(Wrong::Encrypted, name.path, "").into());
        }
        if name.is_folder {
            continue;
        }
        if let Some(other) = folded.insert(name.path.to_lowercase(), name.path.clone()) {
            return Err(NotACourse::of(Wrong::SameName, name.path, other).into());
        }
        files.insert(name.path, at);
    }
    // A file that is also the folder of another one is two things.
    for path in folded.keys() {
        let around = path.match_indices('/').map(|(at, _)| &path[..at]).find(|around| folded.contains_key(*around));
        if let Some(around) = around {
            return Err(NotACourse::of(Wrong::SameName, path.as_str(), around).into());
        }
    }
    Ok(files)
}

/// Reads everything once. The sizes that an archive declares are only claims.
fn count<R: Read + Seek>(archive: &mut ZipArchive<R>, limits: &Limits) -> Result<(), Fault> {
    let (mut packed, mut unpacked) = (0u64, 0u64);
    for at in 0..archive.len() {
        let entry = archive.by_index(at)?;
        packed = packed.saturating_add(entry.compressed_size());
        let all = limits.bytes_max.min(packed.saturating_mul(limits.ratio_max).max(SMALL));
        let most = all.saturating_sub(unpacked);
        let read = io::copy(&mut entry.take(most + 1), &mut io::sink())?;
        if read > most {
            return Err(NotACourse::of(Wrong::Bomb, "", "").into());
        }
        unpacked += read;
    }
    Ok(())
}

/// Whether it begins as XML does, in one of the encodings whose letters have one byte or two.
fn looks_like_xml(head: &[u8]) -> bool {
    let text = match head {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return head.windows(2).any(|two| matches!(two, [b'<', 0] | [0, b'<'])),
        [0xef, 0xbb, 0xbf, rest @ ..] => rest,
        other => other,
    };
    text.trim_ascii_start().first() == Some(&b'<')
}

/// What goes wrong with a package: its own fault, or the disk's.
enum Fault {
    Package(NotACourse),
    Disk(io::Error),
}

impl From<NotACourse> for Fault {
    fn from(wrong: NotACourse) -> Self {
        Self::Package(wrong)
    }
}

impl From<ZipError> for Fault {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::Io(error) => error.into(),
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => NotACourse::of(Wrong::Encrypted, "", "").into(),
            other => NotACourse::of(Wrong::NotAZip, "", other.to_string()).into(),
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        // A broken stream of deflate, a checksum that does not agree, an end that comes too early: the package, not the disk.
        match error.kind() {
            io::ErrorKind::InvalidData
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::UnexpectedEof
            | io::ErrorKind::Unsupported
            | io::ErrorKind::Other => NotACourse::of(Wrong::NotAZip, "", error.to_string()).into(),
            _ => Self::Disk(error),
        }
    }
}

fn sorted<T>(outcome: Result<T, Fault>) -> io::Result<Result<T, NotACourse>> {
    match outcome {
        Ok(package) => Ok(Ok(package)),
        Err(Fault::Package(wrong)) => Ok(Err(wrong)),
        Err(Fault::Disk(error)) => Err(error),
    }
}

//! Bringing a package in: looked at as a whole, its files kept, then a row for each.

use cmi5::{Course, Limits, NotACourse};
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use objects::{Draft, Hash, NotKept, Objects};
use serde_json::json;
use std::fs::File;
use std::io::{self, BufReader, BufWriter};
use std::path::{Path, PathBuf};

use crate::package::PackageId;
use crate::store;

/// The most bytes of a package on its way in.
pub const BYTES_MAX: usize = 512 << 20;

/// A package whose files are kept.
#[derive(Clone, Debug)]
pub struct Unpacked {
    /// What it says.
    pub course: Course,
    /// Its `cmi5.xml` as it came.
    pub manifest: Vec<u8>,
    /// Its files.
    pub files: Vec<Kept>,
}

/// A file of a package that is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its name within the package.
    pub path: String,
    /// By which it is found.
    pub hash: Hash,
    /// How large it is.
    pub bytes: u64,
}

/// A package that lies unpacked in a folder of its own.
struct Lying {
    course: Course,
    manifest: Vec<u8>,
    files: Vec<(String, PathBuf)>,
}

/// Looks at a file in quarantine, and keeps what is in it if it is a package.
pub async fn unpack(objects: &Objects, draft: Draft) -> Result<Result<Unpacked, NotACourse>, NotKept> {
    let room = objects.room().await?;
    let (path, folder) = (draft.path().to_owned(), room.path().to_owned());
    let looked = tokio::task::spawn_blocking(move || lay_out(&path, &folder)).await.map_err(io::Error::other)??;
    let lying = match looked {
        Ok(lying) => lying,
        Err(not) => return Ok(Err(not)),
    };
    let mut files = Vec::with_capacity(lying.files.len());
    for (path, place) in lying.files {
        let kept = objects.keep_file(&place).await?;
        files.push(Kept { path, hash: kept.hash, bytes: kept.bytes });
    }
    Ok(Ok(Unpacked { course: lying.course, manifest: lying.manifest, files }))
}

/// Lays the files of a package out under numbers: their names never become paths.
fn lay_out(package: &Path, folder: &Path) -> io::Result<Result<Lying, NotACourse>> {
    let mut package = match cmi5::Package::open(BufReader::new(File::open(package)?), &Limits::default())? {
        Ok(package) => package,
        Err(not) => return Ok(Err(not)),
    };
    let mut files = Vec::new();
    package.unpack(|file, content| {
        let place = folder.join(files.len().to_string());
        io::copy(content, &mut BufWriter::new(File::create(&place)?))?;
        files.push((file.path.to_owned(), place));
        Ok::<_, io::Error>(())
    })?;
    Ok(Ok(Lying { course: package.course, manifest: package.manifest, files }))
}

/// The course of a `cmi5.xml` alone.
pub fn course(manifest: &[u8]) -> Result<Course, NotACourse> {
    let course = Course::read(manifest)?;
    course.check_addresses_are_whole()?;
    Ok(course)
}

/// Puts down a package whose files are kept.
pub async fn import(tx: &mut Tx<'_>, unpacked: &Unpacked, by: &str, now: Timestamp) -> DbResult<PackageId> {
    let id = PackageId::new(now);
    store::add_package(tx, id, unpacked, by, now).await?;
    store::add_files(tx, id, unpacked).await?;
    let facts = json!({ "course": unpacked.course.id, "units": unpacked.course.units().len(), "files": unpacked.files.len() });
    journal::record(tx, &Entry::by(by).did("packages.imported").on("package", id).with(facts), now).await?;
    Ok(id)
}

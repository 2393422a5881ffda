use db::copy::{self, Giver, NotCopied};
use db::{Arg, DbError, DbResult, Engine, Settings, Tx};
use kernel::Timestamp;
use objects::{Bytes, NotKept, Objects};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use vault::frames::FRAME_BYTES;

use crate::manifest::{OBJECT, TABLE};
use crate::sealed::Reader;
use crate::verify::{Damage, verified};
use crate::{Manifest, Master, NotABackup, Origin, Part, Secret, rows};

/// A database that is being filled, until it is whole.
const UNFINISHED: &str = ".mist-restoring-";

/// Where a backup is put back.
pub struct Place<'p> {
    /// The database, which must be empty.
    pub database: &'p Settings,
    /// The files, of which there must be none that the backup does not have.
    pub objects: &'p Objects,
}

/// Which backups are put back.
#[derive(Clone, Copy, Debug)]
pub enum Trust<'m> {
    /// Those alone for which this master key vouches: anybody can seal a backup, with an operator of their own in it.
    Ours(&'m Master),
    /// Any that the key of backups opens. A person says that they know where it comes from.
    Elsewhere,
}

/// A backup that was put back.
#[derive(Clone, Debug)]
pub struct Restored {
    /// What was in it.
    pub manifest: Manifest,
}

/// Why nothing was put back. The place is as it was.
#[derive(Debug, thiserror::Error)]
pub enum NotRestored {
    /// It is no backup that can be read.
    #[error(transparent)]
    Unreadable(#[from] NotABackup),
    /// It is damaged.
    #[error("the backup is damaged")]
    Damaged(Vec<Damage>),
    /// The master key does not vouch for it.
    #[error("the master key does not vouch for the backup")]
    Untrusted(Origin),
    /// There is a database already.
    #[error("the database is not empty")]
    Database,
    /// There are files already that are not of this backup.
    #[error("there are files")]
    Files,
    /// It was made by a later version of the program.
    #[error("made by a later version ({0})")]
    Newer(String),
    /// Its tables were made by another program.
    #[error("the migration {0} is another")]
    Foreign(String),
    /// Files could not be put back.
    #[error(transparent)]
    Objects(#[from] NotKept),
    /// Rows could not be put back.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The disk.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<NotCopied> for NotRestored {
    fn from(error: NotCopied) -> Self {
        match error {
            NotCopied::NotEmpty => Self::Database,
            NotCopied::Newer(name) => Self::Newer(name),
            NotCopied::Foreign(name) => Self::Foreign(name),
            NotCopied::Io(error) => Self::Io(error),
            NotCopied::Db(error) => Self::Db(error),
        }
    }
}

/// Puts a backup back into an empty place: all of it, or nothing. It is read through first, so one that is damaged or not trusted
/// changes nothing.
///
/// `finish` runs in the transaction that fills the database, with its tables up to date: what lay still for a while is no longer
/// true of everything.
pub async fn restore<F>(path: &Path, secret: &Secret, place: Place<'_>, trust: Trust<'_>, finish: F) -> Result<Restored, NotRestored>
where
    F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<()> + Send + 'static,
{
    // What was read through is what is put back, whatever somebody lays in its place meanwhile.
    let mut reader = Reader::open(path)?;
    let found = verified(&mut reader, secret)?;
    let origin = match trust {
        Trust::Ours(master) => Some(found.origin(Some(master))),
        Trust::Elsewhere => None,
    };
    let Some(manifest) = found.manifest.filter(|_| found.damages.is_empty()) else {
        return Err(NotRestored::Damaged(found.damages));
    };
    if let Some(origin) = origin.filter(|origin| *origin != Origin::Ours) {
        return Err(NotRestored::Untrusted(origin));
    }
    let Some(shape) = manifest.shape() else { return Err(NotRestored::Damaged(vec![Damage::Manifest])) };
    let engine = place.database.engine()?;
    shape.check(engine)?;
    if !copy::is_empty(place.database).await? {
        return Err(NotRestored::Database);
    }
    let lying = files_before(place.objects, &manifest).await?;
    let laid = lay_objects(place.objects, &mut reader, &manifest, &lying).await;
    let filled = match laid {
        Ok(()) => fill(place.database, engine, Rows::of(reader, &manifest), &shape, finish).await,
        Err(error) => Err(error),
    };
    if let Err(error) = filled {
        for name in names(&manifest).filter(|name| !lying.contains_key(*name)) {
            place.objects.take_away(name).await?;
        }
        return Err(error);
    }
    Ok(Restored { manifest })
}

async fn fill<F>(database: &Settings, engine: Engine, rows: Rows, shape: &copy::Shape, finish: F) -> Result<(), NotRestored>
where
    F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<()> + Send + 'static,
{
    if engine == Engine::Postgres {
        return Ok(copy::copy_in(database, shape, rows, finish).await?);
    }
    let path = PathBuf::from(database.url.trim_start_matches("sqlite:"));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    // Its name comes when it is whole. What a try that was killed has left goes first.
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    let room = tempfile::Builder::new().prefix(UNFINISHED).tempdir_in(folder)?;
    let draft = room.path().join("mist.sqlite");
    let mut settings = database.clone();
    settings.url = format!("sqlite:{}", draft.display());
    copy::copy_in(&settings, shape, rows, finish).await?;
    File::open(&draft)?.sync_all()?;
    // An empty file with its companions may stand there from somebody who only looked.
    for companion in ["-wal", "-shm"] {
        match fs::remove_file(format!("{}{companion}", path.display())) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    fs::rename(&draft, &path)?;
    File::open(folder)?.sync_all()?;
    Ok(())
}

/// The names of all files of a backup.
fn names(manifest: &Manifest) -> impl Iterator<Item = &str> {
    manifest.parts.iter().filter_map(|part| part.name.strip_prefix(OBJECT))
}

/// Files that are there already: of an earlier try that was killed, or the place is somebody else's.
async fn files_before(objects: &Objects, manifest: &Manifest) -> Result<HashMap<String, u64>, NotRestored> {
    let lying: HashMap<_, _> = objects.everything().await?.into_iter().map(|lying| (lying.name, lying.bytes)).collect();
    let ours: HashMap<&str, u64> = manifest.parts.iter().filter_map(|part| Some((part.name.strip_prefix(OBJECT)?, part.bytes))).collect();
    if lying.iter().all(|(name, bytes)| ours.get(name.as_str()) == Some(bytes)) { Ok(lying) } else { Err(NotRestored::Files) }
}

async fn lay_objects(objects: &Objects, reader: &mut Reader, manifest: &Manifest, lying: &HashMap<String, u64>) -> Result<(), NotRestored> {
    for part in &manifest.parts {
        let Some(name) = part.name.strip_prefix(OBJECT).filter(|name| !lying.contains_key(*name)) else { continue };
        let mut bytes = reader.part(part);
        let mut next = || {
            let mut piece = vec![0; FRAME_BYTES];
            let read = bytes.read(&mut piece)?;
            piece.truncate(read);
            Ok((read > 0).then(|| Bytes::from(piece)))
        };
        objects.lay(name, &mut next).await?;
    }
    Ok(())
}

/// Rows on their way out of a backup.
struct Rows {
    reader: BufReader<OnePart>,
    parts: HashMap<String, Part>,
}

/// The bytes of the table that is asked for.
struct OnePart {
    reader: Reader,
    part: Option<Part>,
}

impl Rows {
    fn of(reader: Reader, manifest: &Manifest) -> Self {
        let table = |part: &Part| Some((part.name.strip_prefix(TABLE)?.to_owned(), part.clone()));
        let parts = manifest.parts.iter().filter_map(table).collect();
        Self { reader: BufReader::with_capacity(FRAME_BYTES, OnePart { reader, part: None }), parts }
    }
}

impl Read for OnePart {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let Some(part) = &mut self.part else { return Ok(0) };
        let read = self.reader.part(part).read(into)?;
        part.at += read as u64;
        part.bytes -= read as u64;
        Ok(read)
    }
}

impl Giver for Rows {
    fn table(&mut self, name: &str) -> io::Result<()> {
        // The one before was read to its end, so nothing of it waits in the buffer.
        let missing = || io::Error::new(io::ErrorKind::InvalidData, format!("{name}: not in the backup"));
        self.reader.get_mut().part = Some(self.parts.get(name).ok_or_else(missing)?.clone());
        Ok(())
    }

    fn row(&mut self) -> io::Result<Option<Vec<Arg>>> {
        rows::read(&mut self.reader)
    }
}

#[cfg(test)]
mod tests;

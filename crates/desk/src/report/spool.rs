//! Reports on the disk of this machine, while the database is gone or full. They are sealed as in the database.
//!
//! What cannot become a case, or cannot be read, is set aside under a name that ends in `.refused`, until it is tried again: nothing
//! that was received is thrown away before it is a case. A reserve lies beside the reports: where the disk is full, it gives way to
//! them piece by piece. Everything here may wait for the disk: the desk has it done where no request waits with it.

use kernel::Uuid;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;
use vault::PublicKey;

use super::receive::Report;
use crate::cases::Circle;

/// Room for more than a thousand reports, each in a file of its own of two or three blocks, and for what else is written on a disk
/// whenever a piece gives way.
const RESERVE: u64 = 24 * 1024 * 1024;

/// How much of the reserve gives way at a time: room for one report, and for little that anybody else could write there before it.
const PIECE: u64 = 16 * 1024;

/// How the name of a report ends that waits for the database.
const WAITING: &str = "report";

/// How the name of a report ends that was set aside.
const REFUSED: &str = "refused";

/// Where reports lie while there is no database.
pub struct Spool {
    folder: PathBuf,
    /// How large the reserve is when it is full.
    room: u64,
    /// One at a time reads and writes, so that two answers to one report do not overtake each other.
    alone: Mutex<()>,
}

/// The public keys of the circle, as they are kept for a start without a database.
#[derive(Serialize, Deserialize)]
struct Kept {
    epoch: Option<(Uuid, [u8; 32])>,
    glass: Option<(Uuid, [u8; 32])>,
}

impl Spool {
    /// The spool in this folder, which is made with its reserve.
    pub fn open(folder: &Path) -> io::Result<Self> {
        Self::with_room(folder, RESERVE)
    }

    /// The spool in this folder without a reserve, as in tests.
    pub fn open_light(folder: &Path) -> io::Result<Self> {
        Self::with_room(folder, 0)
    }

    fn with_room(folder: &Path, room: u64) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let spool = Self { folder: folder.to_owned(), room, alone: Mutex::default() };
        if let Err(error) = spool.fill_reserve() {
            tracing::error!(%error, "there is no room for the reserve of reports");
        }
        Ok(spool)
    }

    /// Keeps what `with` makes of the report under this visit, if there is one: the only way to change a report. Nobody else reads or
    /// writes it meanwhile. What cannot be read now is an error, and stays as it is.
    pub fn change(&self, visit: Uuid, with: impl FnOnce(Option<Report>) -> Report) -> io::Result<()> {
        let _alone = self.alone()?;
        let report = with(self.read(visit)?);
        let bytes = serde_json::to_vec(&report).map_err(io::Error::other)?;
        self.write(&self.path(visit), &bytes)
    }

    /// The report that was kept under this visit. One that cannot be read now is an error, and not none.
    pub fn find(&self, visit: Uuid) -> io::Result<Option<Report>> {
        let _alone = self.alone()?;
        self.read(visit)
    }

    /// Every report that waits, oldest first.
    pub fn waiting(&self) -> io::Result<Vec<Uuid>> {
        let mut found = Vec::new();
        for path in ending_in(&self.folder, WAITING)? {
            let Some(visit) = path.file_stem().and_then(|stem| stem.to_str()?.parse().ok()) else { continue };
            // One whose age is not told keeps nobody else waiting.
            let changed_at = fs::metadata(&path).and_then(|about| about.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
            found.push((changed_at, visit));
        }
        found.sort();
        Ok(found.into_iter().map(|(_, visit)| visit).collect())
    }

    /// Forgets a report that was brought in, unless an answer came to it meanwhile: then it is brought in again.
    pub fn forget(&self, visit: Uuid, brought: &Report) -> io::Result<()> {
        let _alone = self.alone()?;
        match self.read(visit)? {
            Some(kept) if kept.is_same(brought) => fs::remove_file(self.path(visit)),
            _ => Ok(()),
        }
    }

    /// Sets a report aside that the database refuses, unless an answer came to it meanwhile: then it is tried with that.
    pub fn set_aside(&self, visit: Uuid, refused: &Report) -> io::Result<()> {
        let _alone = self.alone()?;
        match self.read(visit)? {
            Some(kept) if kept.is_same(refused) => self.put_aside(visit),
            _ => Ok(()),
        }
    }

    /// Lets what was set aside wait again, unless another report waits under the same visit.
    pub fn take_up(&self) -> io::Result<()> {
        let _alone = self.alone()?;
        for path in ending_in(&self.folder, REFUSED)? {
            let visit = path.file_stem().and_then(|stem| stem.to_str()?.get(..uuid::fmt::Hyphenated::LENGTH)?.parse().ok());
            let Some(waiting) = visit.map(|visit| self.path(visit)) else { continue };
            if !waiting.try_exists()? {
                fs::rename(path, waiting)?;
            }
        }
        Ok(())
    }

    /// How many reports were set aside.
    pub fn refused(&self) -> io::Result<u32> {
        Self::refused_in(&self.folder)
    }

    /// The same of a folder that nobody has opened; none where there is no folder yet.
    pub fn refused_in(folder: &Path) -> io::Result<u32> {
        match ending_in(folder, REFUSED) {
            Ok(refused) => Ok(u32::try_from(refused.len()).unwrap_or(u32::MAX)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// Fills the reserve up again, once there is room.
    pub fn fill_reserve(&self) -> io::Result<()> {
        let path = self.reserve();
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        let mut here = file.metadata()?.len();
        // Bytes that were written take their room; a hole would not.
        let piece = vec![0x5a; usize::try_from(PIECE).unwrap_or(0)];
        while here < self.room {
            file.write_all(&piece)?;
            here += PIECE;
        }
        file.sync_all()
    }

    /// The circle as it was last known.
    pub fn circle(&self) -> Circle {
        let kept = match fs::read(self.folder.join("circle.json")) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Circle::default(),
            read => read.and_then(|bytes| serde_json::from_slice::<Kept>(&bytes).map_err(io::Error::other)),
        };
        let public = |(holder, key): (Uuid, [u8; 32])| (holder, PublicKey::from_bytes(key));
        match kept {
            Ok(kept) => Circle { epoch: kept.epoch.map(public), glass: kept.glass.map(public) },
            Err(error) => {
                tracing::error!(%error, "the keys of the duty group cannot be read; until the database says them, no case is open to it");
                Circle::default()
            }
        }
    }

    /// Keeps the circle for a start without a database.
    pub fn keep_circle(&self, circle: &Circle) -> io::Result<()> {
        let bytes = |(holder, key): (Uuid, PublicKey)| (holder, *key.as_bytes());
        let kept = Kept { epoch: circle.epoch.map(bytes), glass: circle.glass.map(bytes) };
        let kept = serde_json::to_vec(&kept).map_err(io::Error::other)?;
        let _alone = self.alone()?;
        self.write(&self.folder.join("circle.json"), &kept)
    }

    /// Nobody else is at the reports, in this process or, where one serves and one works, in another.
    fn alone(&self) -> io::Result<(MutexGuard<'_, ()>, File)> {
        let alone = self.alone.lock().unwrap_or_else(PoisonError::into_inner);
        // The folder itself, since a full disk may have no room for one file more. Closing it lets the next one in.
        let folder = File::open(&self.folder)?;
        if let Err(error) = folder.lock() {
            tracing::warn!(%error, "the spool of reports cannot be locked against other processes; one process alone may use it");
        }
        Ok((alone, folder))
    }

    /// What lies under a visit. A damaged report is set aside, so that it is neither taken for none nor written over.
    fn read(&self, visit: Uuid) -> io::Result<Option<Report>> {
        let bytes = match fs::read(self.path(visit)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        match serde_json::from_slice(&bytes) {
            Ok(report) => Ok(Some(report)),
            Err(error) => {
                // Where it is damaged, and not what stands there.
                tracing::error!(%visit, column = error.column(), bytes = bytes.len(), "a report in the spool is damaged and was set aside");
                self.put_aside(visit)?;
                Ok(None)
            }
        }
    }

    fn put_aside(&self, visit: Uuid) -> io::Result<()> {
        let mut aside = self.folder.join(format!("{visit}.{REFUSED}"));
        let mut earlier = 0;
        // A visit that has one aside already keeps both.
        while aside.try_exists()? {
            earlier += 1;
            aside = self.folder.join(format!("{visit}-{earlier}.{REFUSED}"));
        }
        fs::rename(self.path(visit), aside)?;
        File::open(&self.folder)?.sync_all()
    }

    fn path(&self, visit: Uuid) -> PathBuf {
        self.folder.join(format!("{visit}.{WAITING}"))
    }

    fn reserve(&self) -> PathBuf {
        self.folder.join("reserve")
    }

    /// The whole file or none of it, on the disk before this returns.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        loop {
            match self.try_to_write(path, bytes) {
                Err(error) if is_full(&error) && self.shrink_reserve()? => {}
                outcome => return outcome,
            }
        }
    }

    fn try_to_write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let draft = path.with_extension("draft");
        let written = File::create(&draft).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        if let Err(error) = written {
            // What is half written takes room that the next try needs.
            let _ = fs::remove_file(&draft);
            return Err(error);
        }
        fs::rename(&draft, path)?;
        File::open(&self.folder)?.sync_all()
    }

    /// Lets a piece of the reserve go. False if nothing is left of it.
    fn shrink_reserve(&self) -> io::Result<bool> {
        let file = OpenOptions::new().write(true).open(self.reserve())?;
        let here = file.metadata()?.len();
        if here == 0 {
            return Ok(false);
        }
        file.set_len(here.saturating_sub(PIECE))?;
        file.sync_all()?;
        Ok(true)
    }
}

/// The files of a folder whose names end so.
fn ending_in(folder: &Path, ending: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    Ok(found)
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

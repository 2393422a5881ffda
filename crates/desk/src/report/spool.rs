//! Reports on the disk of this machine, while the database is gone or full. They are sealed as in the database.
//!
//! A reserve lies beside them: where the disk is full, it gives way to them piece by piece.

use kernel::Uuid;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use vault::PublicKey;

use super::receive::Report;
use crate::cases::Circle;

/// Room for more than a thousand reports, each in a file of its own of two or three blocks.
const RESERVE: u64 = 16 * 1024 * 1024;

/// How much of the reserve gives way at a time.
const PIECE: u64 = 64 * 1024;

/// Where reports lie while there is no database.
pub struct Spool {
    folder: PathBuf,
    /// How large the reserve is when it is full.
    room: u64,
    /// One at a time writes, so that two answers to one report do not overtake each other.
    writing: Mutex<()>,
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
        let spool = Self { folder: folder.to_owned(), room, writing: Mutex::default() };
        if let Err(error) = spool.fill_reserve() {
            tracing::error!(%error, "there is no room for the reserve of reports");
        }
        Ok(spool)
    }

    /// Keeps a report under the visit by which it came, in place of what was kept under it before.
    pub fn keep(&self, visit: Uuid, report: &Report) -> io::Result<()> {
        let bytes = serde_json::to_vec(report).map_err(io::Error::other)?;
        let _alone = self.alone();
        self.write(&self.path(visit), &bytes)
    }

    /// The report that was kept under this visit.
    pub fn find(&self, visit: Uuid) -> Option<Report> {
        serde_json::from_slice(&fs::read(self.path(visit)).ok()?).ok()
    }

    /// Every report that waits, oldest first.
    pub fn waiting(&self) -> io::Result<Vec<Uuid>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let visit = name.to_str().and_then(|name| name.strip_suffix(".report")).and_then(|visit| visit.parse().ok());
            if let Some(visit) = visit {
                found.push((entry.metadata()?.modified()?, visit));
            }
        }
        found.sort();
        Ok(found.into_iter().map(|(_, visit)| visit).collect())
    }

    /// Forgets a report that was brought in, unless an answer came to it meanwhile: then it is brought in again.
    pub fn forget(&self, visit: Uuid, brought: &Report) -> io::Result<()> {
        let _alone = self.alone();
        let is_same = self.find(visit).is_none_or(|now| now.answers.len() == brought.answers.len());
        if is_same { fs::remove_file(self.path(visit)) } else { Ok(()) }
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
        let kept = fs::read(self.folder.join("circle.json")).ok().and_then(|bytes| serde_json::from_slice::<Kept>(&bytes).ok());
        let public = |(holder, key): (Uuid, [u8; 32])| (holder, PublicKey::from_bytes(key));
        kept.map_or_else(Circle::default, |kept| Circle { epoch: kept.epoch.map(public), glass: kept.glass.map(public) })
    }

    /// Keeps the circle for a start without a database.
    pub fn keep_circle(&self, circle: &Circle) -> io::Result<()> {
        let bytes = |(holder, key): (Uuid, PublicKey)| (holder, *key.as_bytes());
        let kept = Kept { epoch: circle.epoch.map(bytes), glass: circle.glass.map(bytes) };
        let kept = serde_json::to_vec(&kept).map_err(io::Error::other)?;
        let _alone = self.alone();
        self.write(&self.folder.join("circle.json"), &kept)
    }

    fn alone(&self) -> std::sync::MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn path(&self, visit: Uuid) -> PathBuf {
        self.folder.join(format!("{visit}.report"))
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

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

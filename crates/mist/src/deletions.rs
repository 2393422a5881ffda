//! The record of deletions (削除の記録): a file beside the master key, outside the database and every backup. A backup brings back
//! what was deleted after it was made; by this record a restore deletes it again. It holds moments and ids, and nothing else of what was
//! deleted.

use kernel::{Timestamp, Uuid};
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// How the file is called.
const NAME: &str = "deletions.log";

/// What can be deleted for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Thing {
    /// A case of the desk.
    Case,
    /// A course package.
    Package,
}

/// That something was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Deletion {
    /// What.
    pub(crate) thing: Thing,
    /// Which.
    pub(crate) id: Uuid,
    /// When.
    pub(crate) at: Timestamp,
}

/// The file of the record.
#[derive(Clone, Debug)]
pub(crate) struct Deletions(PathBuf);

/// What stands in the record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Noted {
    /// Every deletion, the oldest first.
    pub(crate) deletions: Vec<Deletion>,
    /// The numbers of lines that say nothing that is understood.
    pub(crate) unread: Vec<usize>,
}

/// The line is no line of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a line of the record of deletions")]
pub(crate) struct NotALine;

impl Thing {
    const ALL: [Self; 2] = [Self::Case, Self::Package];

    const fn word(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Package => "package",
        }
    }
}

impl Deletions {
    /// The record beside this master key.
    pub(crate) fn beside(master: &Path) -> Self {
        Self(master.with_file_name(NAME))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Begins the record if there is none: from then on one that is not there was lost.
    pub(crate) fn begin(&self) -> io::Result<()> {
        self.open().map(drop)
    }

    /// Notes a deletion, once. It is on the disk when this returns.
    pub(crate) fn note(&self, deletion: &Deletion) -> io::Result<()> {
        let text = self.text()?.unwrap_or_default();
        if text.lines().filter_map(|line| line.parse::<Deletion>().ok()).any(|noted| noted.is_of(deletion)) {
            return Ok(());
        }
        // What a crash has left of a line is ended, so that it takes no other with it.
        let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        let mut file = self.open()?;
        file.write_all(format!("{gap}{deletion}\n").as_bytes())?;
        file.sync_all()?;
        // It may be the first line of a new file.
        match self.0.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            Some(folder) => File::open(folder)?.sync_all(),
            None => Ok(()),
        }
    }

    /// What stands in it; nothing if there is no such file.
    pub(crate) fn read(&self) -> io::Result<Option<Noted>> {
        let Some(text) = self.text()? else { return Ok(None) };
        let mut noted = Noted::default();
        for (nth, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match line.parse::<Deletion>() {
                Ok(deletion) => noted.deletions.push(deletion),
                Err(NotALine) => noted.unread.push(nth + 1),
            }
        }
        Ok(Some(noted))
    }

    fn open(&self) -> io::Result<File> {
        OpenOptions::new().append(true).create(true).mode(0o600).open(&self.0)
    }

    fn text(&self) -> io::Result<Option<String>> {
        match fs::read(&self.0) {
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(io::Error::other(format!("{}: {error}", self.0.display()))),
        }
    }
}

impl Deletion {
    fn is_of(&self, other: &Self) -> bool {
        (self.thing, self.id) == (other.thing, other.id)
    }
}

impl fmt::Display for Deletion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.at, self.thing.word(), self.id)
    }
}

impl FromStr for Deletion {
    type Err = NotALine;

    fn from_str(line: &str) -> Result<Self, NotALine> {
        let mut words = line.split_whitespace();
        let (Some(at), Some(thing), Some(id), None) = (words.next(), words.next(), words.next(), words.next()) else {
            return Err(NotALine);
        };
        let thing = Thing::ALL.into_iter().find(|known| known.word() == thing).ok_or(NotALine)?;
        Ok(Self { thing, id: id.parse().map_err(|_| NotALine)?, at: at.parse().map_err(|_| NotALine)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn deleted(thing: Thing, id: u128) -> Deletion {
        Deletion { thing, id: Uuid::from_u128(id), at: "2026-11-22T09:00+09:00".parse().unwrap() }
    }

    #[test]
    fn what_is_noted_is_read_once_and_by_one_user_alone() {
        let folder = tempfile::tempdir().unwrap();
        let record = Deletions::beside(&folder.path().join("master.key"));
        assert_eq!(record.read().unwrap(), None);
        record.begin().unwrap();
        assert_eq!(record.read().unwrap(), Some(Noted::default()));
        let (case, package) = (deleted(Thing::Case, 1), deleted(Thing::Package, 1));
        for deletion in [case, package, case] {
            record.note(&deletion).unwrap();
        }
        assert_eq!(record.read().unwrap(), Some(Noted { deletions: vec![case, package], unread: Vec::new() }));
        assert_eq!(fs::metadata(record.path()).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(
            fs::read_to_string(folder.path().join("deletions.log")).unwrap().lines().next(),
            Some("2026-11-22T09:00:00+09:00 case 00000000-0000-0000-0000-000000000001")
        );
    }

    #[test]
    fn half_a_line_takes_no_other_with_it_and_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let record = Deletions::beside(&folder.path().join("master.key"));
        record.note(&deleted(Thing::Case, 1)).unwrap();
        let whole = fs::read(record.path()).unwrap();
        fs::write(record.path(), [whole.as_slice(), &whole[..40]].concat()).unwrap();
        record.note(&deleted(Thing::Case, 2)).unwrap();
        let noted = record.read().unwrap().unwrap();
        assert_eq!(noted, Noted { deletions: vec![deleted(Thing::Case, 1), deleted(Thing::Case, 2)], unread: vec![2] });
    }
}

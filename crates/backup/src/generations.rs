use kernel::{Span, Timestamp};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::sealed::Reader;

const ENDING: &str = ".backup";
/// What is being written, until it is whole.
pub(crate) const UNFINISHED: &str = ".mist-unfinished-";
/// Nobody writes longer than this at one backup.
const LEFT_BEHIND: Span = Span::days(1);

/// How many backups are kept, and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// So many of the newest.
    pub count: usize,
    /// But none that is older, so that backups forget what was erased.
    pub days: u32,
}

/// What an installation's backups are called, each with its moment (in Japan): `mist-portal.example.jp-20261122-090000.backup`.
pub(crate) fn name(installation: &str, now: Timestamp) -> String {
    let digits: String = now.rfc3339().chars().filter(char::is_ascii_digit).take(14).collect();
    format!("{}{}-{}{ENDING}", beginning(installation), &digits[..8], &digits[8..])
}

fn beginning(installation: &str) -> String {
    let host = installation.split("://").last().unwrap_or_default();
    let host: String = host.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '_' }).collect();
    format!("mist-{host}-")
}

/// Removes the backups of this installation that the rule no longer keeps, and what a run that was killed has left. The newest
/// always stays.
pub(crate) fn forget(folder: &Path, installation: &str, kept: Kept, now: Timestamp) -> io::Result<Vec<PathBuf>> {
    let beginning = beginning(installation);
    let (mut backups, mut gone) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if name.starts_with(UNFINISHED) && is_left_behind(&entry, now)? {
            gone.push(entry.path());
        }
        // A longer name may be another installation's.
        let moment = name.strip_prefix(&beginning).and_then(|rest| rest.strip_suffix(ENDING));
        if moment.is_some_and(|moment| moment.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'))
            && let Ok(backup) = Reader::open(&entry.path())
        {
            backups.push((backup.front().made_at, entry.path()));
        }
    }
    backups.sort_unstable_by(|one, other| other.cmp(one));
    let oldest = now.minus(Span::days(kept.days.into()));
    let over = backups.into_iter().enumerate().skip(1).filter(|(nth, (made_at, _))| *nth >= kept.count || *made_at < oldest);
    gone.extend(over.map(|(_, (_, path))| path));
    for path in &gone {
        fs::remove_file(path)?;
    }
    Ok(gone)
}

fn is_left_behind(entry: &fs::DirEntry, now: Timestamp) -> io::Result<bool> {
    let since = entry.metadata()?.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let written = Timestamp::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX));
    Ok(written < now.minus(LEFT_BEHIND))
}

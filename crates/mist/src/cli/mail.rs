use db::{Db, Lane};
use journal::delivery::Bounce;
use kernel::Clock;
use school::reminders::bounce::{self, Noted};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use web::Words;

use super::arguments::Mails;
use crate::config::Config;
use crate::failure::Failure;
use crate::program::{migrated, runtime};

/// The largest notification that is read: a mail of ours came back in it.
const LARGEST: u64 = 1 << 20;

/// Notes mails that came back: from files, from the files of a folder or maildir, or from the standard input.
pub(super) fn run(config: &Config, what: &Mails, words: Words) -> Result<(), Failure> {
    let Mails::Bounce { files } = what;
    let mut letters = Vec::new();
    if files.is_empty() {
        letters.push(read(std::io::stdin())?);
    }
    for path in files {
        for file in below(path)? {
            letters.push(read(std::fs::File::open(file)?)?);
        }
    }
    runtime()?.block_on(async {
        let db = migrated(config, Clock::system()).await?;
        let mut bounced = 0;
        for letter in &letters {
            bounced += i64::from(note(&db, letter).await?);
        }
        println!("{}", words.with("cli-mail-bounced", &[("n", &letters.len().to_string()), ("bounced", &bounced.to_string())]));
        db.close().await;
        Ok(())
    })
}

async fn note(db: &Db, letter: &[u8]) -> Result<bool, Failure> {
    let Some(found) = Bounce::read(letter) else { return Ok(false) };
    let write = async move |tx: &mut db::Tx<'_>, now| bounce::note(tx, &found, journal::audit::SYSTEM, now).await;
    Ok(matches!(db.write(Lane::Staff, None, write).await?, Noted::Bounced { .. }))
}

fn read(from: impl std::io::Read) -> Result<Vec<u8>, Failure> {
    let mut letter = Vec::new();
    from.take(LARGEST).read_to_end(&mut letter)?;
    Ok(letter)
}

/// The file itself, or what lies in a folder: in a maildir, in `new` and `cur`.
fn below(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for folder in [path.to_owned(), path.join("new"), path.join("cur")] {
        if !folder.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(folder)? {
            let file = entry?.path();
            if file.is_file() {
                files.push(file);
            }
        }
    }
    files.sort();
    Ok(files)
}

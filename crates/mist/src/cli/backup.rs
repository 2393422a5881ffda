use ::backup::{Kept, Made, Master, NotMade, Recipient, Secret, Wanted};
use kernel::Clock;
use objects::Objects;
use std::path::Path;
use web::Words;

use super::arguments::Backup;
use crate::config::Config;
use crate::failure::Failure;
use crate::keys::KeyFile;
use crate::program::{opened, runtime};

/// Makes a backup, or the pair of keys that backups need.
pub(super) fn run(config: &Config, arguments: &Backup, words: Words) -> Result<(), Failure> {
    if let Some(path) = &arguments.new_key {
        return new_key(path, words);
    }
    let recipient = recipient(config, words)?;
    if let Some(file) = missing(config)? {
        return Err(Failure::said(words.one("cli-backup-no-database", "file", &file)));
    }
    let folder = arguments.folder.clone().unwrap_or_else(|| config.backups());
    let master = KeyFile::at(config.master_file()).read()?.map(|master| Master::new(&master));
    let is_vouched_for = master.is_some();
    runtime()?.block_on(async {
        let db = opened(config, Clock::system()).await?;
        let objects = Objects::open(&config.objects()?, config.data.join("incoming")).map_err(Failure::said)?;
        let wanted = Wanted {
            db: &db,
            objects: &objects,
            recipient,
            installation: &config.server.base_url,
            master,
            folder: &folder,
            kept: Kept { count: config.backup.keep.max(1), days: config.backup.keep_days },
        };
        let outcome = ::backup::make(wanted, Clock::system().now()).await;
        db.close().await;
        let made = outcome.map_err(|not| why_not(&not, &folder, words))?;
        println!("{}", said(&made, words));
        if !is_vouched_for {
            println!("{}", words.one("cli-backup-no-master", "file", &config.master_file().display()));
        }
        Ok(())
    })
}

/// To whom backups of this installation are sealed.
fn recipient(config: &Config, words: Words) -> Result<Recipient, Failure> {
    let text = config.backup.public_key.as_str();
    if text.is_empty() {
        return Err(Failure::Key("cli-backup-no-key"));
    }
    text.parse().map_err(|_| Failure::said(words.one("cli-backup-bad-key", "key", text)))
}

/// The file of the database, if it should be there and is not: a backup of nothing would look like one.
fn missing(config: &Config) -> Result<Option<String>, Failure> {
    let url = config.database_url()?;
    let path = url.reveal().strip_prefix("sqlite:").filter(|path| !Path::new(path).is_file());
    Ok(path.map(str::to_owned))
}

/// The public half alone goes to the standard output, so that it can be led into the settings.
fn new_key(path: &Path, words: Words) -> Result<(), Failure> {
    let secret = Secret::generate();
    let file = path.display().to_string();
    let refused =
        |error: std::io::Error| Failure::said(words.with("cli-backup-key-not-written", &[("file", &file), ("why", &error.to_string())]));
    secret.write(path).map_err(refused)?;
    eprintln!("{}", words.one("cli-backup-new-key", "file", &file));
    println!("{}", secret.recipient());
    Ok(())
}

fn said(made: &Made, words: Words) -> String {
    let (tables, files) = made.counts;
    let facts = [
        ("file", made.path.display().to_string()),
        ("size", kernel::size(made.bytes)),
        ("tables", tables.to_string()),
        ("files", files.to_string()),
        ("sha256", made.sha256.clone()),
    ];
    let mut said = words.with("cli-backup-made", &facts.each_ref().map(|(name, value)| (*name, value.as_str())));
    if !made.removed.is_empty() {
        said = format!("{said}\n{}", words.count("cli-backup-removed", made.removed.len()));
    }
    said
}

fn why_not(not: &NotMade, folder: &Path, words: Words) -> Failure {
    Failure::said(match not {
        NotMade::Taken => words.t("cli-backup-taken"),
        NotMade::NotRecorded { path, error } => {
            words.with("cli-backup-not-recorded", &[("file", &path.display().to_string()), ("why", &error.to_string())])
        }
        other => words.with("cli-backup-not-made", &[("folder", &folder.display().to_string()), ("why", &other.to_string())]),
    })
}

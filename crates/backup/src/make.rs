use db::copy::{NotCopied, Receiver, Table};
use db::{Db, Value, WriteError};
use futures_util::TryStreamExt as _;
use kernel::{Timestamp, Uuid};
use objects::{NotKept, Objects};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use crate::generations::{self, Kept, UNFINISHED};
use crate::manifest::{OBJECT, TABLE};
use crate::sealed::{Front, Writer};
use crate::{Manifest, Master, Recipient, made, rows};

/// Which backup is wanted.
pub struct Wanted<'w> {
    /// The rows.
    pub db: &'w Db,
    /// The files.
    pub objects: &'w Objects,
    /// To whom it is sealed.
    pub recipient: Recipient,
    /// The address of the installation.
    pub installation: &'w str,
    /// The master key, which vouches for it and is known again by it. Without one nobody can tell who made the backup.
    pub master: Option<Master>,
    /// Where backups lie.
    pub folder: &'w Path,
    /// How many stay there.
    pub kept: Kept,
}

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Which it is.
    pub id: Uuid,
    /// Where it lies.
    pub path: PathBuf,
    /// How large it is.
    pub bytes: u64,
    /// The SHA-256 of the file.
    pub sha256: String,
    /// How many tables and files are in it.
    pub counts: (usize, usize),
    /// Earlier ones that were removed by the rule.
    pub removed: Vec<PathBuf>,
}

/// Why there is no backup, or none that is known.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// Rows could not be copied.
    #[error(transparent)]
    Rows(#[from] NotCopied),
    /// A file could not be copied.
    #[error(transparent)]
    Objects(#[from] NotKept),
    /// The backup could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// One of the same second is there.
    #[error("there is one of this second")]
    Taken,
    /// It is there and whole, but the audit trail does not have it.
    #[error("{path} is whole, but not in the audit trail: {error}")]
    NotRecorded {
        /// Where it lies.
        path: PathBuf,
        /// Why not.
        error: WriteError,
    },
}

/// Makes a backup while the portal goes on. Under its name stands a whole one or nothing.
pub async fn make(wanted: Wanted<'_>, now: Timestamp) -> Result<Made, NotMade> {
    let front = Front::new(wanted.recipient, now, kernel::Uuid::now_v7());
    fs::create_dir_all(wanted.folder)?;
    let path = wanted.folder.join(generations::name(wanted.installation, now));
    if path.exists() {
        return Err(NotMade::Taken);
    }
    let file = tempfile::Builder::new().prefix(UNFINISHED).permissions(fs::Permissions::from_mode(0o600)).tempfile_in(wanted.folder)?;
    let writer = Writer::new(file.reopen()?, &front)?;
    let (shape, Rows(mut writer)) = wanted.db.copy_out(Rows(writer)).await?;
    let master = wanted.master.as_ref();
    let hash = master.map(|master| master.hash().to_owned());
    let mut manifest = Manifest::new(front.id, now, wanted.installation, hash, &shape);
    manifest.gone = copy_objects(wanted.objects, &mut writer).await?;
    manifest.parts = writer.parts();
    let (sha256, bytes) = writer.finish(&serde_json::to_vec(&manifest).map_err(io::Error::from)?, master)?;
    file.persist_noclobber(&path).map_err(|refused| match refused.error.kind() {
        io::ErrorKind::AlreadyExists => NotMade::Taken,
        _ => refused.error.into(),
    })?;
    File::open(wanted.folder)?.sync_all()?;
    let removed = generations::forget(wanted.folder, wanted.installation, wanted.kept, now)?;
    let made = Made { id: front.id, path, bytes, sha256: hex::encode(sha256), counts: manifest.counts(), removed };
    match made::record(wanted.db, &made).await {
        Ok(()) => Ok(made),
        Err(error) => Err(NotMade::NotRecorded { path: made.path, error }),
    }
}

/// Files never change once they are there, so what is copied after the rows fits them. What is gone by then was erased, and says
/// how many.
async fn copy_objects(objects: &Objects, writer: &mut Writer) -> Result<u64, NotMade> {
    let mut gone = 0;
    for lying in objects.everything().await? {
        let mut content = match objects.lying(&lying.name).await {
            Err(NotKept::Missing) => {
                gone += 1;
                continue;
            }
            outcome => outcome?,
        };
        writer.begin(&format!("{OBJECT}{}", lying.name));
        while let Some(piece) = content.stream.try_next().await? {
            writer.write_all(&piece)?;
        }
    }
    Ok(gone)
}

/// Rows on their way into a backup.
struct Rows(Writer);

impl Receiver for Rows {
    fn table(&mut self, table: &Table) -> io::Result<()> {
        self.0.begin(&format!("{TABLE}{}", table.name));
        Ok(())
    }

    fn row(&mut self, values: &[Value<'_>]) -> io::Result<()> {
        rows::write(&mut self.0, values)
    }
}

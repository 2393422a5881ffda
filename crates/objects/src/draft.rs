use sha2::{Digest, Sha256};
use std::io;
use std::path::Path;
use tempfile::TempPath;
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;

use crate::shelf::LOOK;
use crate::{Hash, NotKept, Reserve};

/// A file in quarantine: under a random name, on its way in. It is gone when it is dropped.
pub struct Draft {
    file: File,
    path: TempPath,
    digest: Sha256,
    bytes: u64,
    limit: u64,
    reserve: Option<Reserve>,
}

impl Draft {
    /// An empty one in this folder, that takes at most `limit` bytes, and none that have to stay free.
    pub(crate) async fn new_in(folder: &Path, limit: u64, reserve: Option<Reserve>) -> io::Result<Self> {
        tokio::fs::create_dir_all(folder).await?;
        let folder = folder.to_owned();
        let made = tokio::task::spawn_blocking(move || tempfile::Builder::new().prefix("incoming-").tempfile_in(folder));
        let (file, path) = made.await.map_err(io::Error::other)??.into_parts();
        Ok(Self { file: File::from_std(file), path, digest: Sha256::new(), bytes: 0, limit, reserve })
    }

    /// Adds what has come.
    pub async fn write(&mut self, piece: &[u8]) -> Result<(), NotKept> {
        let before = self.bytes;
        self.bytes += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if self.bytes > self.limit {
            return Err(NotKept::TooLarge);
        }
        if let Some(reserve) = &self.reserve
            && before / LOOK != self.bytes / LOOK
        {
            reserve.check().await?;
        }
        self.digest.update(piece);
        Ok(self.file.write_all(piece).await?)
    }

    /// Everything has come: what is written is seen by whoever opens [`Draft::path`].
    pub async fn close(&mut self) -> Result<(), NotKept> {
        self.file.flush().await?;
        Ok(())
    }

    /// How many bytes have come.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Where it lies, for whoever looks at it before it is kept.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The hash of what has come.
    pub fn hash(&self) -> Hash {
        Hash::new(self.digest.clone().finalize().into())
    }
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

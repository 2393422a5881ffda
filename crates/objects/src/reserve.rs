//! Room on a disk that no file takes.

use nix::sys::statvfs::statvfs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::NotKept;

/// So much stays free on the disks of these folders: who writes there too, as a database does, is not stopped by somebody's files.
#[derive(Clone, Debug)]
pub struct Reserve {
    folders: Arc<[PathBuf]>,
    bytes: u64,
}

impl Reserve {
    /// So many bytes on each of these disks.
    pub fn new(folders: impl IntoIterator<Item = PathBuf>, bytes: u64) -> Self {
        Self { folders: folders.into_iter().collect(), bytes }
    }

    /// Refuses once less is free than has to be.
    pub(crate) async fn check(&self) -> Result<(), NotKept> {
        let folders = Arc::clone(&self.folders);
        // A disk of the network may let one wait.
        let free = tokio::task::spawn_blocking(move || free(&folders)).await.map_err(io::Error::other)??;
        if free < self.bytes { Err(NotKept::Full) } else { Ok(()) }
    }
}

/// How many bytes the program may still write, on that of the disks that has least.
fn free(folders: &[PathBuf]) -> io::Result<u64> {
    let mut least = u64::MAX;
    for folder in folders {
        let disk = statvfs(folder.as_path())?;
        least = least.min(disk.blocks_available().saturating_mul(disk.fragment_size()));
    }
    Ok(least)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Bytes, Objects, Place};

    #[tokio::test]
    async fn what_has_to_stay_free_is_taken_by_no_file_and_what_is_here_can_be_read_and_removed() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("objects");
        let at = |bytes| {
            let objects = Objects::open(&Place::Disk(folder.clone()), place.path().join("incoming")).unwrap();
            objects.with_reserve(Reserve::new([place.path().to_owned()], bytes))
        };
        let free = at(0);
        let kept = free.keep_bytes(Bytes::from_static(b"a file")).await.unwrap();
        free.put_piece("upload-0", Bytes::from_static(b"a piece")).await.unwrap();
        let mut draft = free.draft(10).await.unwrap();
        draft.write(b"a draft").await.unwrap();

        let full = at(u64::MAX);
        assert!(matches!(full.check_room().await, Err(NotKept::Full)));
        assert!(matches!(full.keep_bytes(Bytes::from_static(b"another")).await, Err(NotKept::Full)));
        assert!(matches!(full.put_piece("upload-1", Bytes::from_static(b"another")).await, Err(NotKept::Full)));
        assert!(matches!(full.draft(10).await, Err(NotKept::Full)));
        assert!(matches!(full.keep(draft).await, Err(NotKept::Full)), "what stood in quarantine is not kept either");
        assert!(matches!(full.room().await, Err(NotKept::Full)));
        assert_eq!(full.get(kept.hash, None).await.unwrap().whole, 6);
        full.remove(kept.hash).await.unwrap();
        full.remove_piece("upload-0").await.unwrap();
        assert!(full.everything().await.unwrap().is_empty(), "nothing was begun that is left lying");
    }

    #[tokio::test]
    async fn a_draft_ends_where_the_reserve_begins() {
        let place = tempfile::tempdir().unwrap();
        let reserve = Reserve::new([place.path().to_owned()], u64::MAX);
        let mut draft = crate::Draft::new_in(place.path(), u64::MAX, Some(reserve)).await.unwrap();
        let piece = vec![7; 1024 * 1024];
        let mut written = 0;
        let refused = loop {
            match draft.write(&piece).await {
                Ok(()) => written += 1,
                Err(refused) => break refused,
            }
            assert!(written < 64, "it would have gone on for ever");
        };
        assert!(matches!(refused, NotKept::Full), "{refused}");
    }
}

use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::path::Path as Key;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt as _, WriteMultipart};
use sha2::{Digest, Sha256};
use std::fmt;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;
use tokio::io::AsyncReadExt as _;

use crate::{Draft, Place, Reserve};

pub use bytes::Bytes;

/// The bytes of a file as they come.
pub type Stream = BoxStream<'static, io::Result<Bytes>>;

/// How much is read or sent at a time.
const PIECE: usize = 256 * 1024;

/// Parts that are under way at once: so much memory a file takes at most.
const AT_ONCE: usize = 2;

/// After how many bytes it is looked again whether the disk has room for more.
pub(crate) const LOOK: u64 = 16 * 1024 * 1024;

/// The SHA-256 of a file, by which it is found.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash([u8; 32]);

/// A file as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// By which it is found.
    pub hash: Hash,
    /// How large it is.
    pub bytes: u64,
}

/// Why a file is not kept, or not there.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// More bytes than are taken.
    #[error("too large")]
    TooLarge,
    /// There is no such file.
    #[error("missing")]
    Missing,
    /// The disk has no more room than has to stay free.
    #[error("the disk is nearly full")]
    Full,
    /// The disk.
    #[error("disk: {0}")]
    Disk(#[from] io::Error),
    /// The storage.
    #[error("storage: {0}")]
    Storage(object_store::Error),
}

impl From<object_store::Error> for NotKept {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            error => Self::Storage(error),
        }
    }
}

/// A file, or a range of it.
pub struct Content {
    /// The bytes asked for.
    pub stream: Stream,
    /// Which bytes they are.
    pub range: Range<u64>,
    /// How large the whole file is.
    pub whole: u64,
}

/// All files of an installation.
#[derive(Clone)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    scratch: PathBuf,
    /// Where the files lie, if on this machine.
    folder: Option<PathBuf>,
    /// What has to stay free on the disks of this machine.
    reserve: Option<Reserve>,
}

/// A file as a path, for programs that read nothing else. A copy is gone when this is dropped.
pub struct OnDisk {
    path: PathBuf,
    copy: Option<Draft>,
}

impl OnDisk {
    /// Where it lies.
    pub fn path(&self) -> &Path {
        self.copy.as_ref().map_or(&self.path, Draft::path)
    }
}

impl Hash {
    /// The hash with these bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Its bytes.
    pub const fn bytes(self) -> [u8; 32] {
        self.0
    }

    fn key(self) -> Key {
        let hex = self.to_string();
        Key::from_iter(["sha256", &hex[..2], &hex])
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Objects {
    /// The files at this place; what comes in stands in `scratch` until it is kept.
    pub fn open(place: &Place, scratch: PathBuf) -> Result<Self, NotKept> {
        let folder = if let Place::Disk(folder) = place { Some(folder.clone()) } else { None };
        Ok(Self { store: place.open()?, scratch, folder, reserve: None })
    }

    /// Files that are gone with the program.
    pub fn in_memory() -> Self {
        Self { store: Arc::new(object_store::memory::InMemory::new()), scratch: std::env::temp_dir(), folder: None, reserve: None }
    }

    /// The files, which leave so much free on the disks of this machine.
    #[must_use]
    pub fn with_reserve(mut self, reserve: Reserve) -> Self {
        self.reserve = Some(reserve);
        self
    }

    /// Refuses where a file would take what has to stay free. Storage elsewhere takes nothing of it.
    pub async fn check_room(&self) -> Result<(), NotKept> {
        if self.folder.is_some() { self.check_disk().await } else { Ok(()) }
    }

    /// The same for what stands on a disk of this machine, wherever it is kept in the end.
    async fn check_disk(&self) -> Result<(), NotKept> {
        match &self.reserve {
            Some(reserve) => reserve.check().await,
            None => Ok(()),
        }
    }

    /// An empty file in quarantine.
    pub async fn draft(&self, limit: u64) -> Result<Draft, NotKept> {
        self.check_disk().await?;
        Ok(Draft::new_in(&self.scratch, limit, self.reserve.clone()).await?)
    }

    /// Keeps what stood in quarantine.
    pub async fn keep(&self, mut draft: Draft) -> Result<Kept, NotKept> {
        draft.close().await?;
        let kept = Kept { hash: draft.hash(), bytes: draft.bytes() };
        if self.size(kept.hash).await.is_ok_and(|bytes| bytes == kept.bytes) {
            return Ok(kept);
        }
        self.check_room().await?;
        let mut file = tokio::fs::File::open(draft.path()).await?;
        let mut writer = WriteMultipart::new(self.store.put_multipart(&kept.hash.key()).await?);
        let mut since = 0;
        loop {
            let mut piece = bytes::BytesMut::with_capacity(PIECE);
            if file.read_buf(&mut piece).await? == 0 {
                break;
            }
            since += piece.len() as u64;
            if since >= LOOK {
                since = 0;
                if let Err(full) = self.check_room().await {
                    writer.abort().await?;
                    return Err(full);
                }
            }
            writer.wait_for_capacity(AT_ONCE).await?;
            writer.put(piece.freeze());
        }
        writer.finish().await?;
        Ok(kept)
    }

    /// Keeps a file that the program itself has made.
    pub async fn keep_file(&self, path: &Path) -> Result<Kept, NotKept> {
        let (mut file, mut draft) = (tokio::fs::File::open(path).await?, self.draft(u64::MAX).await?);
        let mut piece = vec![0; PIECE];
        loop {
            match file.read(&mut piece).await? {
                0 => return self.keep(draft).await,
                read => draft.write(&piece[..read]).await?,
            }
        }
    }

    /// A file as a path: where it lies, or a copy of it from elsewhere.
    pub async fn on_disk(&self, hash: Hash) -> Result<OnDisk, NotKept> {
        if let Some(folder) = &self.folder {
            return Ok(OnDisk { path: folder.join(hash.key().as_ref()), copy: None });
        }
        let content = self.get(hash, None).await?;
        let (mut stream, mut copy) = (content.stream, self.draft(content.whole).await?);
        while let Some(piece) = stream.try_next().await? {
            copy.write(&piece).await?;
        }
        copy.close().await?;
        Ok(OnDisk { path: PathBuf::new(), copy: Some(copy) })
    }

    /// An empty folder to work in, gone when it is dropped.
    pub async fn room(&self) -> Result<TempDir, NotKept> {
        self.check_disk().await?;
        tokio::fs::create_dir_all(&self.scratch).await?;
        let scratch = self.scratch.clone();
        let made = tokio::task::spawn_blocking(move || tempfile::Builder::new().prefix("work-").tempdir_in(scratch));
        Ok(made.await.map_err(io::Error::other)??)
    }

    /// Keeps a small file whose bytes are here.
    pub async fn keep_bytes(&self, bytes: Bytes) -> Result<Kept, NotKept> {
        self.check_room().await?;
        let kept = Kept { hash: Hash::of(&bytes), bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX) };
        self.store.put(&kept.hash.key(), bytes.into()).await?;
        Ok(kept)
    }

    /// How large a file is.
    pub async fn size(&self, hash: Hash) -> Result<u64, NotKept> {
        Ok(self.store.head(&hash.key()).await?.size)
    }

    /// A file, or these bytes of it; what reaches beyond its end is left out.
    pub async fn get(&self, hash: Hash, range: Option<Range<u64>>) -> Result<Content, NotKept> {
        self.content(&hash.key(), range).await
    }

    /// Removes a file. One that is not there is gone already.
    pub async fn remove(&self, hash: Hash) -> Result<(), NotKept> {
        self.delete(&hash.key()).await
    }

    /// Keeps a piece under a name of its own, such as a part of an upload that may go on at another process.
    pub async fn put_piece(&self, name: &str, bytes: Bytes) -> Result<(), NotKept> {
        self.check_room().await?;
        self.store.put(&piece(name), bytes.into()).await?;
        Ok(())
    }

    /// A piece.
    pub async fn get_piece(&self, name: &str) -> Result<Content, NotKept> {
        self.content(&piece(name), None).await
    }

    /// Removes a piece. One that is not there is gone already.
    pub async fn remove_piece(&self, name: &str) -> Result<(), NotKept> {
        self.delete(&piece(name)).await
    }

    pub(crate) fn store(&self) -> &Arc<dyn ObjectStore> {
        &self.store
    }

    pub(crate) async fn content(&self, key: &Key, range: Option<Range<u64>>) -> Result<Content, NotKept> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        let found = self.store.get_opts(key, options).await?;
        let (range, whole) = (found.range.clone(), found.meta.size);
        Ok(Content { stream: found.into_stream().map_err(io::Error::other).boxed(), range, whole })
    }

    pub(crate) async fn delete(&self, key: &Key) -> Result<(), NotKept> {
        match self.store.delete(key).await.map_err(NotKept::from) {
            Err(NotKept::Missing) => Ok(()),
            outcome => outcome,
        }
    }
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Objects").finish_non_exhaustive()
    }
}

fn piece(name: &str) -> Key {
    Key::from(format!("pieces/{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn there_and_back(objects: &Objects) {
        let mut draft = objects.draft(11).await.unwrap();
        draft.write(b"hello ").await.unwrap();
        draft.write(b"world").await.unwrap();
        assert!(matches!(draft.write(b"!").await, Err(NotKept::TooLarge)));
        let mut draft = objects.draft(11).await.unwrap();
        draft.write(b"hello world").await.unwrap();
        let kept = objects.keep(draft).await.unwrap();
        assert_eq!(kept, Kept { hash: Hash::of(b"hello world"), bytes: 11 });
        let part = objects.get(kept.hash, Some(6..99)).await.unwrap();
        assert_eq!((part.range, part.whole), (6..11, 11));
        assert_eq!(part.stream.all_of_it().await.unwrap(), "world");
        objects.remove(kept.hash).await.unwrap();
        objects.remove(kept.hash).await.unwrap();
        assert!(matches!(objects.get(kept.hash, None).await, Err(NotKept::Missing)));
    }

    trait Concat {
        async fn all_of_it(self) -> io::Result<Bytes>;
    }

    impl Concat for Stream {
        async fn all_of_it(self) -> io::Result<Bytes> {
            let pieces: Vec<Bytes> = self.try_collect().await?;
            Ok(pieces.concat().into())
        }
    }

    #[tokio::test]
    async fn what_is_kept_is_found_by_its_hash() {
        there_and_back(&Objects::in_memory()).await;
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Disk(folder.path().join("objects"));
        there_and_back(&Objects::open(&place, folder.path().join("incoming")).unwrap()).await;
        assert_eq!(std::fs::read_dir(folder.path().join("incoming")).unwrap().count(), 0, "nothing stays in quarantine");
    }
}

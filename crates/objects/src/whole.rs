//! All files and pieces as they lie, for whoever copies an installation.

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use object_store::path::Path as Key;
use object_store::{ObjectStore as _, ObjectStoreExt as _, WriteMultipart};
use std::io;

use crate::{Content, NotKept, Objects};

/// A file, or a piece of one, as it lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lying {
    /// Under which name.
    pub name: String,
    /// How many bytes.
    pub bytes: u64,
}

impl Objects {
    /// Everything that lies here, in the order of its names.
    pub async fn everything(&self) -> Result<Vec<Lying>, NotKept> {
        let found = self.store().list(None).map_ok(|meta| Lying { name: meta.location.to_string(), bytes: meta.size });
        let mut found: Vec<_> = found.try_collect().await?;
        found.sort_unstable();
        Ok(found)
    }

    /// What lies under a name.
    pub async fn lying(&self, name: &str) -> Result<Content, NotKept> {
        self.content(&key(name)?, None).await
    }

    /// Lays down what `next` gives, under the name that it had elsewhere: whole, or not at all.
    pub async fn lay(&self, name: &str, next: &mut (dyn FnMut() -> io::Result<Option<Bytes>> + Send)) -> Result<(), NotKept> {
        let mut writer = WriteMultipart::new(self.store().put_multipart(&key(name)?).await?);
        loop {
            match next() {
                Ok(Some(piece)) => {
                    writer.wait_for_capacity(1).await?;
                    writer.put(piece);
                }
                Ok(None) => break,
                Err(error) => {
                    writer.abort().await?;
                    return Err(error.into());
                }
            }
        }
        writer.finish().await?;
        Ok(())
    }

    /// Takes away what lies under a name. What is not there is gone already.
    pub async fn take_away(&self, name: &str) -> Result<(), NotKept> {
        self.delete(&key(name)?).await
    }
}

/// A name from outside leads nowhere else.
fn key(name: &str) -> Result<Key, NotKept> {
    Key::parse(name).map_err(|error| NotKept::Disk(io::Error::new(io::ErrorKind::InvalidData, error)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Place;

    #[tokio::test]
    async fn what_lies_here_lies_there_under_the_same_name() {
        let folder = tempfile::tempdir().unwrap();
        let there = Objects::open(&Place::Disk(folder.path().join("objects")), folder.path().join("incoming")).unwrap();
        let here = Objects::in_memory();
        let kept = here.keep_bytes(Bytes::from_static(b"film")).await.unwrap();
        here.put_piece("part/1", Bytes::new()).await.unwrap();
        for lying in here.everything().await.unwrap() {
            let bytes: Vec<Bytes> = here.lying(&lying.name).await.unwrap().stream.try_collect().await.unwrap();
            let mut pieces = bytes.into_iter();
            there.lay(&lying.name, &mut || Ok(pieces.next())).await.unwrap();
        }
        assert_eq!(there.everything().await.unwrap(), here.everything().await.unwrap());
        assert_eq!(there.size(kept.hash).await.unwrap(), 4);
        there.lay("../outside", &mut || Ok(None)).await.unwrap_err();
        there.lay("half", &mut || Err(io::Error::other("on purpose"))).await.unwrap_err();
        assert_eq!(there.everything().await.unwrap().len(), 2, "nothing by half");
        there.take_away("pieces/part/1").await.unwrap();
        assert_eq!(there.everything().await.unwrap().len(), 1);
    }
}

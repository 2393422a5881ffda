use object_store::ObjectStore;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use std::path::PathBuf;
use std::sync::Arc;

use crate::NotKept;

/// Where the files of an installation lie.
#[derive(Clone, Debug)]
pub enum Place {
    /// In memory, until the program ends: for tests.
    Memory,
    /// In a folder of this machine.
    Disk(PathBuf),
    /// In a bucket that speaks S3, shared by many processes.
    S3(S3),
}

/// A bucket that speaks S3.
#[derive(Clone)]
pub struct S3 {
    /// Such as `https://s3.example.jp`.
    pub endpoint: String,
    /// The region, as the storage calls it.
    pub region: String,
    /// The bucket.
    pub bucket: String,
    /// The name of the key.
    pub access_key: String,
    /// The key itself.
    pub secret_key: String,
}

impl std::fmt::Debug for S3 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("S3").field("endpoint", &self.endpoint).field("bucket", &self.bucket).finish_non_exhaustive()
    }
}

impl Place {
    pub(crate) fn open(&self) -> Result<Arc<dyn ObjectStore>, NotKept> {
        Ok(match self {
            Self::Memory => Arc::new(InMemory::new()),
            Self::Disk(folder) => {
                std::fs::create_dir_all(folder)?;
                Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))
            }
            Self::S3(s3) => {
                // Whoever comes first chooses for the whole program, and all of ours choose the same.
                let _ = rustls::crypto::ring::default_provider().install_default();
                let builder = AmazonS3Builder::new()
                    .with_endpoint(&s3.endpoint)
                    .with_region(&s3.region)
                    .with_bucket_name(&s3.bucket)
                    .with_access_key_id(&s3.access_key)
                    .with_secret_access_key(&s3.secret_key);
                Arc::new(builder.build()?)
            }
        })
    }
}

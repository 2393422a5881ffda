use intake::Table;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What is kept of a file until it is brought in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What tells the file from every other.
    pub digest: [u8; 32],
    /// What was read of it.
    pub table: Table,
}

impl Kept {
    /// Of a file, and of what was read of it.
    pub fn of(bytes: &[u8], table: Table) -> Self {
        Self { digest: Sha256::digest(bytes).into(), table }
    }

    /// As it lies in the database.
    pub fn written(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(self)
    }

    /// What was written; nothing if that is a file itself, as one lay there for a day before tables were kept.
    pub fn found(written: &[u8]) -> Option<Self> {
        serde_json::from_slice(written).ok()
    }
}

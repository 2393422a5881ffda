use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256};
use std::fmt;
use vault::Zeroizing;

/// What the key is derived for: nothing else of the installation is made with it.
const PURPOSE: &[u8] = b"mist/backup/origin/2";

/// An installation's master key, as far as backups need it: by it an installation knows what it made itself. It opens no backup.
#[derive(Clone)]
pub struct Master {
    key: Zeroizing<[u8; 32]>,
    hash: String,
}

/// Where a backup comes from, as far as it can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Whoever made it had this master key.
    Ours,
    /// Whoever made it did not have this master key, though something stands where its proof would.
    Other,
    /// It carries no proof: it is of an earlier version, or was made where no master key was.
    Unproven,
    /// It carries something to compare, and there is no master key to compare it with.
    Unknown,
}

/// Where nobody vouched for a backup.
pub(crate) const NOBODY: [u8; 32] = [0; 32];

/// What a backup carries by which its installation knows it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Voucher {
    /// The SHA-256 of everything that is vouched for.
    pub(crate) before: [u8; 32],
    /// By whoever made it, or [`NOBODY`].
    pub(crate) tag: [u8; 32],
}

impl Master {
    /// Of these bytes.
    pub fn new(master: &[u8; 32]) -> Self {
        let hash = Sha256::new().chain_update("mist/backup/master/1").chain_update(master).finalize();
        let key: [u8; 32] = mac(master, PURPOSE).finalize().into_bytes().into();
        Self { key: Zeroizing::new(key), hash: hex::encode(hash) }
    }

    /// What a backup says of a master key, so that another is recognized as another. It opens nothing.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Vouches for what has this SHA-256.
    pub(crate) fn vouch(&self, before: &[u8; 32]) -> [u8; 32] {
        mac(&self.key, before).finalize().into_bytes().into()
    }
}

impl fmt::Debug for Master {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Master(***)")
    }
}

impl Voucher {
    /// Where it comes from.
    pub(crate) fn origin(&self, master: Option<&Master>) -> Origin {
        if self.tag == NOBODY {
            return Origin::Unproven;
        }
        let Some(master) = master else { return Origin::Unknown };
        // Compared in constant time.
        let is_ours = mac(&master.key, &self.before).verify_slice(&self.tag).is_ok();
        if is_ours { Origin::Ours } else { Origin::Other }
    }
}

fn mac(key: &[u8; 32], of: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(of);
    mac
}

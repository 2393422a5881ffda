use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::str::FromStr;
use vault::{PublicKey, SecretKey, Zeroizing};

const PUBLIC: &str = "mist-backup-public:";
const SECRET: &str = "mist-backup-secret:";
/// So many bytes behind a key tell a slip of the pen.
const CHECK: usize = 4;

/// To whom backups are sealed: what the server knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipient(PublicKey);

/// What opens them: kept away from the server.
pub struct Secret(SecretKey);

/// The text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAKey {
    /// It begins as the other half does.
    #[error("the other half of the pair")]
    OtherHalf,
    /// It is something else.
    #[error("not a key of backups")]
    Other,
    /// It is one with a slip.
    #[error("a key with a slip in it")]
    Slip,
}

impl Recipient {
    pub(crate) const fn new(key: PublicKey) -> Self {
        Self(key)
    }

    pub(crate) const fn key(&self) -> &PublicKey {
        &self.0
    }

    /// By which people tell one pair from another.
    pub fn short(&self) -> String {
        hex::encode(&Sha256::digest(self.0.as_bytes())[..4])
    }
}

impl Secret {
    /// A fresh pair.
    pub fn generate() -> Self {
        Self(SecretKey::generate())
    }

    /// The other half.
    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.public())
    }

    pub(crate) const fn key(&self) -> &SecretKey {
        &self.0
    }

    /// Writes it into a new file that its owner alone reads.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o400).open(path)?;
        let text = Zeroizing::new(format!("{}\n", *written(SECRET, self.0.expose())));
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }

    /// The key in this file.
    pub fn read(path: &Path) -> io::Result<Result<Self, NotAKey>> {
        Ok(Zeroizing::new(std::fs::read_to_string(path)?).trim().parse())
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&written(PUBLIC, self.0.as_bytes()))
    }
}

impl FromStr for Recipient {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let bytes = read(text.trim(), PUBLIC, SECRET)?;
        let key = PublicKey::try_from(bytes.as_slice()).map_err(|_| NotAKey::Slip)?;
        if key.is_sound() { Ok(Self(key)) } else { Err(NotAKey::Other) }
    }
}

impl FromStr for Secret {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let bytes = read(text, SECRET, PUBLIC)?;
        SecretKey::from_bytes(&bytes).map(Self).map_err(|_| NotAKey::Slip)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

fn check(label: &str, key: &[u8]) -> [u8; CHECK] {
    let hash = Sha256::new().chain_update(label).chain_update(key).finalize();
    let mut check = [0; CHECK];
    check.copy_from_slice(&hash[..CHECK]);
    check
}

fn written(label: &str, key: &[u8; 32]) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(32 + CHECK));
    bytes.extend_from_slice(key);
    bytes.extend_from_slice(&check(label, key));
    Zeroizing::new(format!("{label}{}", B64.encode(&*bytes)))
}

fn read(text: &str, label: &str, other: &str) -> Result<Zeroizing<Vec<u8>>, NotAKey> {
    let Some(encoded) = text.strip_prefix(label) else {
        return Err(if text.starts_with(other) { NotAKey::OtherHalf } else { NotAKey::Other });
    };
    let mut bytes = Zeroizing::new(B64.decode(encoded).map_err(|_| NotAKey::Slip)?);
    if bytes.len() != 32 + CHECK || bytes[32..] != check(label, &bytes[..32]) {
        return Err(NotAKey::Slip);
    }
    bytes.truncate(32);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn both_halves_survive_their_texts_and_no_slip_passes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("backup.key");
        let secret = Secret::generate();
        secret.write(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o400);
        assert!(secret.write(&path).is_err(), "a key is never written over");
        let again = Secret::read(&path).unwrap().unwrap();
        let text = secret.recipient().to_string();
        assert_eq!(again.recipient(), text.parse().unwrap());
        assert_eq!(std::fs::read_to_string(&path).unwrap().trim().parse::<Recipient>(), Err(NotAKey::OtherHalf));
        assert_eq!(text.parse::<Secret>().err(), Some(NotAKey::OtherHalf));
        assert_eq!("age1…".parse::<Recipient>(), Err(NotAKey::Other));
        for at in PUBLIC.len()..text.len() {
            let other = if text.as_bytes()[at] == b'A' { "B" } else { "A" };
            let slip = format!("{}{other}{}", &text[..at], &text[at + 1..]);
            assert!(slip.parse::<Recipient>().is_err(), "{slip}");
        }
        assert!(!format!("{secret:?}").contains("mist-backup"));
    }
}

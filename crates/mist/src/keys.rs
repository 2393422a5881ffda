//! The file of the master key: 32 random bytes beside the data, never inside the database.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use web::Keys;

/// The file of the master key.
#[derive(Clone, Debug)]
pub struct KeyFile(PathBuf);

impl KeyFile {
    /// The file at this path, whether it is there or not.
    pub const fn at(path: PathBuf) -> Self {
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The key; nothing if there is none yet.
    pub fn read(&self) -> io::Result<Option<[u8; 32]>> {
        match fs::read(&self.0) {
            Ok(bytes) => bytes.try_into().map(Some).map_err(|_| self.wrong("not 32 bytes long")),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.wrong(&error.to_string())),
        }
    }

    /// The key, made now if there is none, readable by this user alone.
    pub fn open_or_make(&self) -> io::Result<Keys> {
        if let Some(key) = self.read()? {
            return Ok(Keys::new(key));
        }
        if let Some(folder) = self.0.parent() {
            fs::create_dir_all(folder)?;
        }
        let key = Keys::random();
        // The whole key appears under its name at once, or not at all; of two processes that start together one is first.
        let draft = self.0.with_extension(format!("{}.new", std::process::id()));
        let mut file =
            OpenOptions::new().write(true).create_new(true).mode(0o400).open(&draft).map_err(|error| self.wrong(&error.to_string()))?;
        file.write_all(&key)?;
        file.sync_all()?;
        let linked = fs::hard_link(&draft, &self.0);
        fs::remove_file(&draft)?;
        match linked {
            Ok(()) => Ok(Keys::new(key)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                self.read()?.map(Keys::new).ok_or_else(|| self.wrong("it came and went"))
            }
            Err(error) => Err(self.wrong(&error.to_string())),
        }
    }

    /// Whether anybody but its owner may read it.
    pub fn is_open_to_others(&self) -> bool {
        fs::metadata(&self.0).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
    }

    fn wrong(&self, why: &str) -> io::Error {
        io::Error::other(format!("{}: {why}", self.0.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_for_one_user() {
        let folder = tempfile::tempdir().unwrap();
        let file = KeyFile::at(folder.path().join("new/master.key"));
        let made = file.open_or_make().unwrap();
        let found = file.open_or_make().unwrap();
        assert_eq!(made.token("test", &[]), found.token("test", &[]));
        assert_eq!(fs::metadata(file.path()).unwrap().permissions().mode() & 0o777, 0o400);
        assert!(!file.is_open_to_others());
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        fs::write(&path, b"short").unwrap();
        assert!(KeyFile::at(path).open_or_make().is_err());
    }
}

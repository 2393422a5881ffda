use super::Finding;
use crate::keys::KeyFile;

/// The master key has to be this program's alone, and no example's.
pub(super) fn examine(file: &KeyFile) -> Finding {
    match file.read() {
        Ok(Some(_)) if file.is_open_to_others() => Finding::refused("key-open", file.path().display()),
        Ok(Some(key)) if key.iter().all(|byte| *byte == key[0]) => Finding::refused("key-weak", file.path().display()),
        Ok(Some(_)) => Finding::fine("key"),
        Ok(None) => Finding::notice("key-none", file.path().display()),
        Err(error) => Finding::refused("key-unreadable", error),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = KeyFile::at(folder.path().join("master.key"));
        assert_eq!(examine(&file).verdict(), Verdict::Notice, "it will be made at the first start");
        file.open_or_make().unwrap();
        assert_eq!(examine(&file), Finding::fine("key"));
        std::fs::set_permissions(file.path(), std::fs::Permissions::from_mode(0o440)).unwrap();
        assert_eq!(examine(&file).verdict(), Verdict::Refused);
    }

    #[test]
    fn a_key_of_one_byte_repeated_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        std::fs::write(&path, [7; 32]).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
        assert_eq!(examine(&KeyFile::at(path)).verdict(), Verdict::Refused);
    }
}

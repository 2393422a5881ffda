//! Names of files in a ZIP, from whatever machine it comes.

use encoding_rs::SHIFT_JIS;

use crate::structure::file_name;

/// The most bytes of a name, and of a part of it: what disks take.
const NAME_MAX: usize = 1_024;
const PART_MAX: usize = 255;

/// The name of a file or folder.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub path: String,
    pub is_folder: bool,
}

/// Reads a name: UTF-8, else CP932 as Japanese Windows packs it. Nothing for one that leads out of the package, or is none.
///
/// Whether an archive says that its names are UTF-8 is not asked: many that are do not say so.
pub(super) fn read(raw: &[u8]) -> Option<Name> {
    let text = match std::str::from_utf8(raw) {
        Ok(text) => text.into(),
        Err(_) => SHIFT_JIS.decode_without_bom_handling_and_without_replacement(raw)?,
    };
    // Some programs on Windows write folders so. A backslash within CP932's own characters is gone here.
    let text = file_name(&text.replace('\\', "/"));
    let is_folder = text.ends_with('/');
    let path = text.strip_suffix('/').unwrap_or(&text);
    let is_fine = |part: &str| {
        !part.is_empty()
            && part.len() <= PART_MAX
            && !part.chars().all(|c| c == '.')
            && !part.chars().any(|c| c.is_control() || c == ':')
            && part.trim() == part
    };
    (path.len() <= NAME_MAX && path.split('/').all(is_fine)).then(|| Name { path: path.to_owned(), is_folder })
}

#[cfg(test)]
mod tests {
    use super::read;

    fn path(raw: &[u8]) -> Option<String> {
        read(raw).map(|name| name.path)
    }

    #[test]
    fn names_are_read_in_utf_8_and_in_cp932() {
        assert_eq!(path("教材/第１章.html".as_bytes()).as_deref(), Some("教材/第１章.html"));
        // 教材/表示.html, whose second byte of 表 is a backslash.
        assert_eq!(path(b"\x8b\xb3\x8d\xde/\x95\x5c\x8e\xa6.html").as_deref(), Some("教材/表示.html"));
        // が in two characters, as a Mac writes it.
        assert_eq!(path("か\u{3099}.html".as_bytes()).as_deref(), Some("が.html"));
        assert_eq!(path(b"a\\b\\c.js").as_deref(), Some("a/b/c.js"));
        assert!(read(b"folder/").is_some_and(|name| name.is_folder && name.path == "folder"));
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_none() {
        for raw in [
            &b""[..],
            b"/",
            b"/etc/passwd",
            b"../a",
            b"a/../../b",
            b"a/./b",
            b"a//b",
            b"..\\..\\a",
            b"C:\\a",
            b"C:a",
            b"\\\\server\\share",
            b"a\0b",
            b"a\nb",
            b".../a",
            b"a /b",
            b"\xff\xff",
            b"\x8b",
        ] {
            assert_eq!(path(raw), None, "{raw:?}");
        }
        assert_eq!(path("a".repeat(256).as_bytes()), None);
        assert_eq!(path("a/".repeat(600).as_bytes()), None);
    }
}

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use zip::ZipArchive;

/// A kind of file that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// PDF
    Pdf,
    /// `PowerPoint`
    Pptx,
    /// Excel
    Xlsx,
    /// ZIP
    Zip,
    /// PNG
    Png,
    /// JPEG
    Jpeg,
    /// Plain text
    Text,
    /// MP4
    Mp4,
    /// `WebM`
    Webm,
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFine {
    /// Nothing in it.
    #[error("empty")]
    Empty,
    /// What is in it is not what its name says.
    #[error("not what its name says")]
    Other,
    /// A packed file with macros.
    #[error("macros")]
    Macros,
    /// A packed file that leads out of its folder, names a thing twice, or is larger inside than can be.
    #[error("a dangerous package")]
    Package,
    /// A packed file that cannot be read.
    #[error("damaged")]
    Damaged,
}

/// The most entries of a packed file (rule 35).
const ENTRIES: usize = 5_000;
/// The most bytes that it may come to.
const UNPACKED: u64 = 2 << 30;
/// How many times larger it may become.
const RATIO: u64 = 100;
/// Small files may be squeezed as they like.
const SMALL: u64 = 1 << 20;

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 9] = [Self::Pdf, Self::Pptx, Self::Xlsx, Self::Zip, Self::Png, Self::Jpeg, Self::Text, Self::Mp4, Self::Webm];

    /// The kind that the end of a name says.
    pub fn of_name(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        let ending = if ending == "jpeg" { "jpg" } else { ending.as_str() };
        Self::ALL.into_iter().find(|kind| kind.ending() == ending)
    }

    /// The end of its names, by which the database knows it too.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Pptx => "pptx",
            Self::Xlsx => "xlsx",
            Self::Zip => "zip",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Text => "txt",
            Self::Mp4 => "mp4",
            Self::Webm => "webm",
        }
    }

    /// What people call it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Pptx => "PowerPoint",
            Self::Xlsx => "Excel",
            Self::Zip => "ZIP",
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Text => "TXT",
            Self::Mp4 => "MP4",
            Self::Webm => "WebM",
        }
    }

    /// The type that browsers know.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Zip => "application/zip",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Text => "text/plain; charset=utf-8",
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
        }
    }

    /// Whether it is a film.
    pub const fn is_film(self) -> bool {
        matches!(self, Self::Mp4 | Self::Webm)
    }

    /// Looks whether the file is what its name says, and does no harm to whoever opens it. Reads the disk: not for a busy thread.
    pub fn check(self, path: &Path) -> io::Result<Result<(), NotFine>> {
        let mut head = Vec::new();
        File::open(path)?.take(1024).read_to_end(&mut head)?;
        if head.is_empty() {
            return Ok(Err(NotFine::Empty));
        }
        let is_right = match self {
            Self::Pdf => head.windows(5).any(|window| window == b"%PDF-"),
            Self::Png => head.starts_with(b"\x89PNG\r\n\x1a\n"),
            Self::Jpeg => head.starts_with(&[0xFF, 0xD8, 0xFF]),
            Self::Mp4 => head.get(4..8) == Some(b"ftyp"),
            Self::Webm => head.starts_with(&[0x1A, 0x45, 0xDF, 0xA3]),
            Self::Text => return is_text(path),
            Self::Pptx | Self::Xlsx | Self::Zip => {
                if !head.starts_with(b"PK\x03\x04") {
                    return Ok(Err(NotFine::Other));
                }
                return Ok(self.check_package(File::open(path)?));
            }
        };
        Ok(if is_right { Ok(()) } else { Err(NotFine::Other) })
    }

    fn check_package(self, file: File) -> Result<(), NotFine> {
        let mut archive = ZipArchive::new(file).map_err(|_| NotFine::Damaged)?;
        if archive.len() > ENTRIES {
            return Err(NotFine::Package);
        }
        let (mut names, mut unpacked, mut packed) = (BTreeSet::new(), 0u64, 0u64);
        let mut heart = false;
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|_| NotFine::Damaged)?;
            let name = entry.name().map_err(|_| NotFine::Damaged)?.to_lowercase();
            let is_link = entry.unix_mode().is_some_and(|mode| mode & 0o170_000 == 0o120_000);
            if is_link || entry.enclosed_name().is_none() || name.contains('\\') || !names.insert(name.clone()) {
                return Err(NotFine::Package);
            }
            if self != Self::Zip && name.ends_with("vbaproject.bin") {
                return Err(NotFine::Macros);
            }
            heart |= match self {
                Self::Pptx => name == "ppt/presentation.xml",
                Self::Xlsx => name == "xl/workbook.xml",
                _ => true,
            };
            drop(entry);
            // The sizes that an archive declares are only claims.
            let entry = archive.by_index(index).map_err(|_| NotFine::Damaged)?;
            packed = packed.saturating_add(entry.compressed_size());
            let most = (UNPACKED - unpacked).min(packed.saturating_mul(RATIO).max(SMALL).saturating_sub(unpacked));
            let read = io::copy(&mut entry.take(most + 1), &mut io::sink()).map_err(|_| NotFine::Damaged)?;
            if read > most {
                return Err(NotFine::Package);
            }
            unpacked += read;
        }
        if heart || self == Self::Zip { Ok(()) } else { Err(NotFine::Other) }
    }
}

/// Whether nothing in the file is foreign to a text. Programs and pictures always have such bytes.
fn is_text(path: &Path) -> io::Result<Result<(), NotFine>> {
    let mut file = File::open(path)?;
    let mut piece = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok(Ok(()));
        }
        if piece[..read].iter().any(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)) {
            return Ok(Err(NotFine::Other));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn checked(kind: Kind, bytes: &[u8]) -> Result<(), NotFine> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        kind.check(file.path()).unwrap()
    }

    fn package(names: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(io::Cursor::new(Vec::new()));
        for (name, bytes) in names {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_name_says_the_kind() {
        assert_eq!(Kind::of_name("資料.PDF"), Some(Kind::Pdf));
        assert_eq!(Kind::of_name("写真.jpeg"), Some(Kind::Jpeg));
        for name in ["", "pdf", "a.exe", "a.pdf.html", "a.svg", "a.docm"] {
            assert_eq!(Kind::of_name(name), None, "{name}");
        }
    }

    #[test]
    fn a_file_is_what_its_name_says_or_is_not_taken() {
        assert_eq!(checked(Kind::Pdf, b"%PDF-1.7 and more"), Ok(()));
        assert_eq!(checked(Kind::Pdf, b"MZ\x90\x00"), Err(NotFine::Other));
        assert_eq!(checked(Kind::Png, b"<html>"), Err(NotFine::Other));
        assert_eq!(checked(Kind::Text, "日本語の文".as_bytes()), Ok(()));
        assert_eq!(checked(Kind::Text, b"\x7fELF\x02\x01\x01\x00"), Err(NotFine::Other));
        assert_eq!(checked(Kind::Zip, b""), Err(NotFine::Empty));
        assert_eq!(checked(Kind::Mp4, b"\0\0\0\x18ftypmp42"), Ok(()));
    }

    #[test]
    fn a_package_stays_in_its_folder_and_carries_no_macros() {
        assert_eq!(checked(Kind::Zip, &package(&[("a/b.txt", b"x")])), Ok(()));
        assert_eq!(checked(Kind::Zip, &package(&[("../b.txt", b"x")])), Err(NotFine::Package));
        assert_eq!(checked(Kind::Zip, &package(&[("a.txt", b"x"), ("A.TXT", b"y")])), Err(NotFine::Package));
        assert_eq!(checked(Kind::Zip, &package(&[("a", &vec![0; 4 << 20])])), Err(NotFine::Package), "a bomb");
        assert_eq!(checked(Kind::Zip, b"PK\x03\x04 and nothing"), Err(NotFine::Damaged));
        assert_eq!(checked(Kind::Pptx, &package(&[("ppt/presentation.xml", b"<p/>")])), Ok(()));
        assert_eq!(checked(Kind::Pptx, &package(&[("xl/workbook.xml", b"<p/>")])), Err(NotFine::Other));
        let macros: [(&str, &[u8]); 2] = [("xl/workbook.xml", b"<p/>"), ("xl/vbaProject.bin", b"x")];
        assert_eq!(checked(Kind::Xlsx, &package(&macros)), Err(NotFine::Macros));
    }
}

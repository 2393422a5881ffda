//! Packages (section 14).

use cmi5::{Limits, Package, Wrong};
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::sample::{course, open, plain, structure, unit, zip};

fn two_pages() -> String {
    structure(&format!("{}{}{}", course(), unit(0, "", "index.html?a=1"), unit(1, "", "教材/二.html")))
}

#[test]
fn requirement_14_1_a_zip_is_unpacked_with_all_its_files() {
    let manifest = two_pages();
    let bytes = zip([("cmi5.xml", manifest.as_bytes()), ("index.html", b"one"), ("教材/二.html", b"two"), ("more/x.css", b"")]);
    let mut package = open(bytes).unwrap();
    assert_eq!((package.course.units().len(), package.files()), (2, 4));
    assert_eq!(package.manifest, manifest.as_bytes());
    let mut files = Vec::new();
    package
        .unpack(|file, content| {
            let mut text = String::new();
            content.read_to_string(&mut text)?;
            files.push((file.path.to_owned(), text.len()));
            Ok::<_, std::io::Error>(())
        })
        .unwrap();
    let expected = [("cmi5.xml", manifest.len()), ("index.html", 3), ("more/x.css", 0), ("教材/二.html", 3)];
    assert_eq!(files, expected.map(|(path, bytes)| (path.to_owned(), bytes)));
}

#[test]
fn requirement_14_0_a_zip64_and_plain_xml_are_taken() {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [("cmi5.xml", two_pages().as_str()), ("index.html", "one"), ("教材/二.html", "two")] {
        archive.start_file(name, SimpleFileOptions::default().large_file(true)).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    assert_eq!(open(archive.finish().unwrap().into_inner()).unwrap().files(), 3);
    let mut package = open(plain("").into_bytes()).unwrap();
    assert_eq!(package.files(), 0);
    package.unpack(|_, _| Err(std::io::Error::other("there is no file"))).unwrap();
}

#[test]
fn requirement_14_0_what_is_neither_a_zip_nor_xml_is_refused() {
    for bytes in [&b""[..], b"# A course", b"{\"course\": 1}", b"%PDF-1.7", b"PK", b"\x1f\x8b\x08", b"Rar!\x1a\x07"] {
        assert_eq!(open(bytes.to_vec()).unwrap_err().wrong, Wrong::NeitherZipNorXml, "{bytes:?}");
    }
}

#[test]
fn requirement_14_1_a_zip_that_is_none_is_refused() {
    let whole = zip([("cmi5.xml", plain("").as_bytes())]);
    assert_eq!(open(b"PK\x03\x04 and nothing else".to_vec()).unwrap_err().wrong, Wrong::NotAZip);
    assert_eq!(open(whole[..whole.len() / 2].to_vec()).unwrap_err().wrong, Wrong::NotAZip);
    let mut broken = whole.clone();
    let middle = broken.len() / 3;
    broken[middle..middle + 8].copy_from_slice(&[0; 8]);
    assert_eq!(open(broken).unwrap_err().wrong, Wrong::NotAZip);
}

#[test]
fn requirement_14_1_the_course_structure_lies_at_the_root() {
    for name in ["course/cmi5.xml", "CMI5.XML", "cmi5.xml.txt"] {
        assert_eq!(open(zip([(name, plain("").as_bytes())])).unwrap_err().wrong, Wrong::NoManifest, "{name}");
    }
    assert_eq!(open(zip([])).unwrap_err().wrong, Wrong::NoManifest);
}

#[test]
fn requirement_14_1_a_file_that_is_not_in_the_zip_is_named() {
    let manifest = two_pages();
    let not = open(zip([("cmi5.xml", manifest.as_bytes()), ("index.html", b"one")])).unwrap_err();
    assert_eq!((not.wrong, not.value.as_str(), not.place.as_str()), (Wrong::MissingFile, "教材/二.html", "https://example.com/au/1"));
    // Elsewhere needs no file.
    open(zip([("cmi5.xml", plain("").as_bytes())])).unwrap();
}

#[test]
fn names_of_japanese_windows_are_the_same_names() {
    // 教材/二.html in CP932, in an archive that does not say what its names are written in.
    let manifest = two_pages();
    let utf8 = zip([("cmi5.xml", manifest.as_bytes()), ("index.html", b"one"), ("XXXX/XX.htmlXX", b"two")]);
    let cp932 = replaced(utf8, b"XXXX/XX.htmlXX", b"\x8b\xb3\x8d\xde/./\x93\xf1.html");
    assert_eq!(open(cp932).unwrap_err().wrong, Wrong::FileName, "a part that says nothing is none");
    let utf8 = zip([("cmi5.xml", manifest.as_bytes()), ("index.html", b"one"), ("XXXX/XX.html", b"two")]);
    let package = open(replaced(utf8, b"XXXX/XX.html", b"\x8b\xb3\x8d\xde/\x93\xf1.html")).unwrap();
    assert_eq!(package.files(), 3);
}

#[test]
fn a_package_keeps_within_its_limits() {
    let many: Vec<String> = (0..20).map(|n| format!("{n}.txt")).collect();
    let manifest = plain("");
    let files = || std::iter::once(("cmi5.xml", manifest.as_bytes())).chain(many.iter().map(|name| (name.as_str(), &[7u8; 1000][..])));
    let within = |limits: Limits| Package::open(Cursor::new(zip(files())), &limits).unwrap().map(|_| ()).map_err(|not| not.wrong);
    assert_eq!(within(Limits::default()), Ok(()));
    assert_eq!(within(Limits { files_max: 20, ..Limits::default() }), Err(Wrong::TooManyFiles));
    assert_eq!(within(Limits { bytes_max: 10_000, ..Limits::default() }), Err(Wrong::Bomb));
}

/// The archive with another name of the same length in both of its headers.
pub fn replaced(mut archive: Vec<u8>, name: &[u8], by: &[u8]) -> Vec<u8> {
    assert_eq!(name.len(), by.len());
    let places: Vec<usize> = archive.windows(name.len()).enumerate().filter(|(_, window)| *window == name).map(|(at, _)| at).collect();
    assert_eq!(places.len(), 2);
    for at in places {
        archive[at..at + by.len()].copy_from_slice(by);
    }
    archive
}

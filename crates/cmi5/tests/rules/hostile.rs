//! What nobody sends in good faith: each is refused by a word of its own, none costs more than reading it.

use cmi5::{Course, Limits, Package, Wrong};
use std::io::{Cursor, Write as _};
use std::time::{Duration, Instant};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::packages::replaced;
use crate::sample::{course, open, plain, structure, unit, zip};

/// Texts that are no course structure, with what is wrong about each.
fn structures() -> Vec<(String, Wrong)> {
    let sound = plain("");
    let root = sound.find("<courseStructure").unwrap();
    let with_doctype = |doctype: &str| format!("{}{doctype}{}", &sound[..root], &sound[root..]);
    let deep = |n: usize| sound.replace("<url>", &format!("{}{}<url>", "<x>".repeat(n), "</x>".repeat(n)));
    let blocks = |n: usize| {
        let open =
            (0..n).map(|n| format!("<block id=\"https://example.com/b/{n}\">{}", crate::sample::head("b"))).collect::<Vec<_>>().concat();
        structure(&format!("{}{open}{}{}", course(), unit(0, "", "https://example.com/"), "</block>".repeat(n)))
    };
    let laughs = (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect::<Vec<_>>().concat();
    let mut all = vec![
        (with_doctype("<!DOCTYPE courseStructure>"), Wrong::DocumentType),
        (with_doctype("<!DOCTYPE a SYSTEM \"http://127.0.0.1/evil.dtd\">"), Wrong::DocumentType),
        (with_doctype("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"), Wrong::DocumentType),
        (with_doctype("<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1/\"> %p;]>"), Wrong::DocumentType),
        (with_doctype(&format!("<!DOCTYPE a [<!ENTITY l0 \"lol\">{laughs}]>")), Wrong::DocumentType),
        (with_doctype("<!doctype html>"), Wrong::DocumentType),
        (sound.replace("見本の教材<", "&xxe;<"), Wrong::Entity),
        (sound.replace("見本の教材<", "&nbsp;<"), Wrong::Entity),
        (sound.replace("https://example.com/course", "&xxe;"), Wrong::Entity),
        (sound.replace("https://example.com/course", "https://example.com/&eacute;"), Wrong::Entity),
        (deep(70), Wrong::TooDeep),
        (deep(5_000), Wrong::TooDeep),
        (blocks(70), Wrong::TooDeep),
        (blocks(3_000), Wrong::TooDeep),
        (sound.replace("見本の教材<", "見本\u{0}の教材<"), Wrong::NotXml),
        (sound.replace("見本の教材<", "見本\u{8}の教材<"), Wrong::NotXml),
        (sound.replace("見本の教材<", "&#0;<"), Wrong::NotXml),
        (sound.replace("見本の教材<", "&#xD800;<"), Wrong::NotXml),
        (sound.replace("見本の教材<", "&#x110000;<"), Wrong::NotXml),
        (sound.replace("</courseStructure>", ""), Wrong::NotXml),
        (sound.replace("</courseStructure>", "</course>"), Wrong::NotXml),
        (sound.replace("</url>", ""), Wrong::NotXml),
        (format!("{sound}{sound}"), Wrong::NotXml),
        (format!("{sound}text"), Wrong::NotXml),
        (format!("{sound}<more/>"), Wrong::NotXml),
        (format!("{sound}<![CDATA[more]]>"), Wrong::NotXml),
        ("<".to_owned(), Wrong::NotXml),
        ("<>".to_owned(), Wrong::NotXml),
        ("<?xml version=\"1.0\"?>".to_owned(), Wrong::NotXml),
        ("<!-- only a comment -->".to_owned(), Wrong::NotXml),
        ("<!-- never closed".to_owned(), Wrong::NotXml),
        ("<![CDATA[".to_owned(), Wrong::NotXml),
        ("<courseStructure".to_owned(), Wrong::NotXml),
        ("<courseStructure xmlns=\"".to_owned(), Wrong::NotXml),
        ("<a></b>".to_owned(), Wrong::NotXml),
        ("</a>".to_owned(), Wrong::NotXml),
        ("<p:a/>".to_owned(), Wrong::NotXml),
        (sound.replace("<url>", "<v:x/><url>"), Wrong::NotXml),
        (sound.replace("<au id=", "<au id=\"https://example.com/z\" id="), Wrong::NotXml),
        (sound.replace("<au id=", "<au id= id="), Wrong::NotXml),
        ("<html xmlns=\"http://www.w3.org/1999/xhtml\"/>".to_owned(), Wrong::Root),
        ("<manifest xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\"/>".to_owned(), Wrong::Root),
        ("<svg onload=\"alert(1)\" xmlns=\"http://www.w3.org/2000/svg\"/>".to_owned(), Wrong::Root),
        (sound.replace("utf-8", "klingon"), Wrong::NotText),
        (sound.replace("utf-8", ""), Wrong::NotText),
        (sound.replace("utf-8", "us-ascii-but-not"), Wrong::NotText),
        (sound.replace("utf-8", "euc-jp"), Wrong::NotText),
        (sound.replace("encoding=\"utf-8\"", "encoding"), Wrong::NotText),
        (sound.replace("encoding=\"utf-8\"", "encoding=\""), Wrong::NotText),
        (sound.replace("<au id=\"https://example.com/au/0\"", "<au onclick=\"x\" id=\"https://example.com/au/0\""), Wrong::Attribute),
        (sound.replace("<url>", "<url href=\"x\"><!---->"), Wrong::Attribute),
        (sound.replace("<url>", "<script>alert(1)</script><url>"), Wrong::Misplaced),
        (sound.replace("https://example.com/course", "javascript"), Wrong::NotAnIri),
        (sound.replace("https://example.com/course", "https://example.com/&lt;script&gt;"), Wrong::NotAnIri),
        (sound.replace("https://example.com/course", "https://example.com/a b"), Wrong::NotAnIri),
        (sound.replace("https://example.com/course", ""), Wrong::NotAnIri),
    ];
    for url in [
        "javascript:alert(1)",
        "javascript://x/%0aalert(1)",
        "vbscript://x/",
        "data://text/html",
        "blob:https://example.com/x",
        "file://localhost/etc/passwd",
        "view-source:https://example.com/",
        "//evil.example.com/",
        "\u{202e}https//:moc",
        "https://user:word@example.jp/",
        "https://example.jp\\@evil.example.jp/",
        "https://example.com:99999/",
        "https://exa mple.com/",
        "../../../../etc/passwd",
        "%2e%2e/%2e%2e/etc/passwd",
        "a/%2e%2e/%2e%2e/b",
        "a%5c..%5cb",
        "a%00b.html",
        "a%0d%0aSet-Cookie:x",
        "%ff%fe",
        "https://example.com/%",
        "&quot;&gt;&lt;script&gt;",
        "\u{a0}",
        "\u{3000}",
    ] {
        let xml = structure(&format!("{}{}", course(), unit(0, "", url)));
        // What turns the direction of writing is a letter like others in an address; without a ZIP it is a relative one.
        all.push((xml, if url.starts_with('\u{202e}') { Wrong::RelativeUrl } else { Wrong::Url }));
    }
    all
}

/// A ZIP of one course structure and one file with this name, which the writer itself would not write.
fn with_name(name: &[u8]) -> Vec<u8> {
    let placeholder = "X".repeat(name.len());
    let manifest = plain("");
    replaced(zip([("cmi5.xml", manifest.as_bytes()), (&placeholder, b"content")]), placeholder.as_bytes(), name)
}

/// Archives that are no packages, with what is wrong about each.
fn archives() -> Vec<(Vec<u8>, Wrong)> {
    let manifest = plain("");
    let sound = zip([("cmi5.xml", manifest.as_bytes()), ("a.txt", b"content of a file")]);
    let mut all = Vec::new();
    for name in [
        &b"../evil"[..],
        b"a/../../evil",
        b"/etc/passwd",
        b"//server/share",
        b"\\\\server\\share",
        b"..\\..\\evil",
        b"C:\\Windows\\evil",
        b"C:evil",
        b"a:stream",
        b"./a",
        b"a/./b",
        b"a//b",
        b"....",
        b"a\0b",
        b"a\nb",
        b"a\x7fb",
        b" a",
        b"a ",
        b"a/ b",
        b"\xfe\xfe",
        b"\x81",
        b"CON:",
    ] {
        all.push((with_name(name), Wrong::FileName));
    }
    for name in [&b"CMI5.xml"[..], b"Cmi5.Xml"] {
        all.push((with_name(name), Wrong::SameName));
    }
    all.push((zip([("cmi5.xml", manifest.as_bytes()), ("a", b"file"), ("a/b", b"in it")]), Wrong::SameName));
    let folded = [("cmi5.xml", manifest.as_bytes()), ("か\u{3099}.html", b"1".as_slice()), ("が.html", b"2")];
    all.push((zip(folded), Wrong::SameName));
    all.push((with_mode(0o120_777, b"/etc/passwd"), Wrong::Link));
    for kind in [0o020_666, 0o060_666, 0o010_666, 0o140_666] {
        all.push((with_mode(kind, b""), Wrong::Link));
    }
    for at in [4, 30, sound.len() / 2, sound.len() - 23, sound.len() - 1] {
        all.push((sound[..at].to_vec(), Wrong::NotAZip));
    }
    let mut encrypted = sound.clone();
    let central = encrypted.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    encrypted[6] |= 1;
    encrypted[central + 8] |= 1;
    all.push((encrypted, Wrong::Encrypted));
    let mut other_method = sound.clone();
    (other_method[8], other_method[central + 10]) = (99, 99);
    all.push((other_method, Wrong::NotAZip));
    let mut other_checksum = sound;
    other_checksum[14..18].copy_from_slice(&[1, 2, 3, 4]);
    other_checksum[central + 16..central + 20].copy_from_slice(&[1, 2, 3, 4]);
    all.push((other_checksum, Wrong::NotAZip));
    all.push((zip([("cmi5.xml", b"".as_slice())]), Wrong::NotXml));
    all.push((zip([("cmi5.xml", b"PK\x03\x04".as_slice())]), Wrong::NotXml));
    all.push((zip([("cmi5.xml", b"\xff\xff\xff".as_slice())]), Wrong::NotText));
    all
}

/// A file of another kind than a file.
fn with_mode(mode: u32, content: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("cmi5.xml", SimpleFileOptions::default()).unwrap();
    archive.write_all(plain("").as_bytes()).unwrap();
    archive.start_file("thing", SimpleFileOptions::default().unix_permissions(0o644)).unwrap();
    archive.write_all(content).unwrap();
    let mut bytes = archive.finish().unwrap().into_inner();
    // The writer lets nobody choose the kind, so it is put into the last header of the directory.
    let at = bytes.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    bytes[at + 5] = 3;
    bytes[at + 38..at + 42].copy_from_slice(&(mode << 16).to_le_bytes());
    bytes
}

#[test]
fn every_hostile_package_is_refused_by_a_word_of_its_own() {
    let begun = Instant::now();
    let (structures, archives) = (structures(), archives());
    assert!(structures.len() + archives.len() >= 100, "{}", structures.len() + archives.len());
    for (xml, wrong) in structures {
        let shown: String = xml.chars().take(300).collect();
        let refused = Course::read(xml.as_bytes()).and_then(|course| course.check_addresses_are_whole()).expect_err(&shown);
        assert_eq!(refused.wrong, wrong, "{shown}");
        // It is told by a requirement, and nobody is shown all of what was sent.
        assert!(!refused.requirement().id().is_empty() && refused.to_string().len() < 2_000);
    }
    for (n, (bytes, wrong)) in archives.into_iter().enumerate() {
        let refused = open(bytes).expect_err(&format!("archive {n}"));
        assert_eq!(refused.wrong, wrong, "archive {n}: {refused}");
    }
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_bomb_is_left_as_soon_as_it_is_larger_than_it_may_be() {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("cmi5.xml", SimpleFileOptions::default()).unwrap();
    archive.write_all(plain("").as_bytes()).unwrap();
    archive.start_file("zeros", SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
    for _ in 0..64 {
        archive.write_all(&vec![0; 1 << 20]).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    assert!(bytes.len() < 200_000);
    assert_eq!(open(bytes.clone()).unwrap_err().wrong, Wrong::Bomb);
    // The size that the directory says is only a claim.
    let mut lying = bytes;
    let at = lying.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    lying[at + 24..at + 28].copy_from_slice(&100u32.to_le_bytes());
    assert!(matches!(open(lying).unwrap_err().wrong, Wrong::Bomb | Wrong::NotAZip));
}

#[test]
fn a_structure_that_never_ends_is_not_read_to_the_end() {
    let endless = format!("{}{}", plain(""), " ".repeat(17 << 20));
    assert_eq!(open(endless.into_bytes()).unwrap_err().wrong, Wrong::TooLarge);
    let large = zip([("cmi5.xml", vec![b' '; 17 << 20].as_slice())]);
    let limits = Limits { ratio_max: 1_000_000, ..Limits::default() };
    assert_eq!(Package::open(Cursor::new(large), &limits).unwrap().unwrap_err().wrong, Wrong::TooLarge);
}

#[test]
fn structures_in_other_encodings_are_read() {
    let shift_jis = encoding_rs::SHIFT_JIS.encode(&plain("").replace("utf-8", "Shift_JIS")).0.into_owned();
    assert_eq!(open(shift_jis).unwrap().course.title.get("ja"), "見本の教材");
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(plain("").encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(open(utf16).unwrap().course.title.get("ja"), "見本の教材");
    let with_bom = format!("\u{feff}{}", plain(""));
    assert_eq!(open(with_bom.into_bytes()).unwrap().course.units().len(), 1);
}

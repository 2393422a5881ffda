//! Files that were not made by an honest hand: each is refused in words, or brings nothing but questions.

use kernel::Lang;
use std::io::{Cursor, Write};
use web::Words;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::tests::read;
use super::{Known, workbook};
use crate::content::file::QuestionFile;
use crate::content::text::Text;

fn archive(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const TYPES: &[u8] = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;

/// A workbook with this sheet, and further entries.
fn book(sheet: &[u8], more: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let workbook = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    let relations = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let mut entries = vec![
        ("[Content_Types].xml", TYPES.to_vec()),
        ("xl/workbook.xml", workbook.to_vec()),
        ("xl/_rels/workbook.xml.rels", relations.to_vec()),
        ("xl/worksheets/sheet1.xml", sheet.to_vec()),
    ];
    entries.extend(more.iter().map(|(name, bytes)| (*name, bytes.clone())));
    archive(&entries)
}

fn files() -> Vec<(String, Vec<u8>)> {
    let mut question = QuestionFile::new("fill-1", "habits", "fill");
    "first".clone_into(&mut question.slide);
    (question.text, question.why) = (Text::plain("＿＿"), Text::plain("理由"));
    question.answers.ja = vec!["答え".to_owned()];
    let honest = workbook(&[question]).unwrap();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    // Cut off, and with a byte turned over, all through the file.
    for n in 1..=40 {
        let cut = honest.len() * n / 41;
        files.push((format!("cut-{n}.xlsx"), honest[..cut].to_vec()));
        let mut turned = honest.clone();
        turned[cut] ^= 0x55;
        files.push((format!("turned-{n}.xlsx"), turned));
    }
    // Archives that swell.
    for n in 1..=4 {
        files.push((format!("swells-{n}.xlsx"), book(&vec![b' '; n << 22], &[])));
        files.push((format!("swells-beside-{n}.xlsx"), book(b"<worksheet/>", &[("xl/media/a.bin", vec![0; n << 23])])));
    }
    let crowd: Vec<(String, Vec<u8>)> = (0..300).map(|n| (format!("xl/x{n}.xml"), Vec::new())).collect();
    files.push((
        "crowd.xlsx".into(),
        book(b"<worksheet/>", &crowd.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect::<Vec<_>>()),
    ));
    // Names that lead elsewhere, macros, other kinds of archives.
    for name in ["../../etc/passwd", "/etc/passwd", "..\\..\\boot.ini", "xl/../../a", "C:\\a", "xl/vbaProject.bin", "xl/embeddings/a.exe"] {
        files.push((format!("path-{}.xlsx", name.len()), book(b"<worksheet/>", &[(name, b"#!/bin/sh".to_vec())])));
        files.push((format!("only-{}.zip", name.len()), archive(&[(name, b"#!/bin/sh".to_vec())])));
    }
    files.push(("slides.pptx".into(), archive(&[("[Content_Types].xml", TYPES.to_vec()), ("ppt/presentation.xml", b"<p/>".to_vec())])));
    files.push(("letter.docx".into(), archive(&[("[Content_Types].xml", TYPES.to_vec()), ("word/document.xml", b"<w/>".to_vec())])));
    // Sheets that name what they should not.
    let laughs = b"<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&b;&c;</t></is></c></row></sheetData></worksheet>";
    files.push(("entities.xlsx".into(), book(laughs, &[])));
    for address in ["XFE1", "A4294967296", "ZZZZZZZZZ9", "A0", "", "A1048577", "1A"] {
        let sheet = format!("<worksheet><sheetData><row r=\"1\"><c r=\"{address}\"><v>1</v></c></row></sheetData></worksheet>");
        files.push((format!("address-{address}.xlsx"), book(sheet.as_bytes(), &[])));
    }
    files.push(("deep.xlsx".into(), book("<a>".repeat(200_000).as_bytes(), &[])));
    // Other kinds of files under a name that does not fit.
    for (name, magic) in [
        ("a.pdf", &b"%PDF-1.7\n/JavaScript"[..]),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.gif", b"GIF89a"),
        ("a.rtf", b"{\\rtf1"),
        ("a.rar", b"Rar!\x1a"),
        ("a.gz", b"\x1f\x8b\x08"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c"),
        ("a.exe", b"MZ\x90\0\x03\0\0"),
        ("a.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        ("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><script>alert(1)</script></svg>"),
        ("a.html", b"<script>alert(1)</script>"),
        ("a.bin", &[0xff; 64]),
    ] {
        for end in ["", ".xlsx", ".csv", ".gift"] {
            files.push((format!("{name}{end}"), magic.to_vec()));
        }
    }
    // Texts that are too much.
    files.push(("quote.csv".into(), b"\"".repeat(9_999)));
    files.push(("wide.csv".into(), b",x".repeat(5_000)));
    files.push(("long.csv".into(), b"x".repeat(50_000)));
    files.push(("rows.csv".into(), b"x\n".repeat(70_000)));
    files.push(("large.csv".into(), vec![b'x'; 13 << 20]));
    files.push(("braces.gift".into(), b"{".repeat(20_000)));
    files.push(("marks.gift".into(), format!("a{{{}}}", "=~#%".repeat(20_000)).into_bytes()));
    files.push(("slashes.gift".into(), b"\\".repeat(99_999)));
    files.push(("nul.gift".into(), b"a{=b}\0".to_vec()));
    files
}

#[test]
fn more_than_a_hundred_hostile_files_are_refused_in_words_or_bring_nothing_but_questions() {
    let known =
        Known { units: vec![("habits".into(), "習慣".into())], slides: vec![("first".into(), "habits".into())], scenes: Vec::new() };
    let (w, files) = (Words::of(Lang::Ja), files());
    assert!(files.len() >= 100, "{}", files.len());
    let mut refused = 0;
    for (name, bytes) in &files {
        match read(bytes, name, &known) {
            Ok(questions) => assert!(name.starts_with("turned-") && questions.len() == 1, "{name} brings {questions:?}"),
            Err(not) => {
                let said = not.words(w);
                refused += 1;
                assert!(!said.is_empty(), "{name}");
                for line in said {
                    assert!(line.chars().any(|c| matches!(c, 'ぁ'..='ん')) && !line.contains("learning-"), "{name}: {line}");
                    assert!(!line.contains("etc/passwd"), "{name}: {line}");
                }
            }
        }
    }
    assert!(refused >= 100, "{refused} of {} are refused", files.len());
}

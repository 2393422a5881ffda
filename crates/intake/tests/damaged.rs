//! Files that somebody has damaged, on purpose or not: read within the limits, or refused in words.

use intake::export::{Encoding, csv, xlsx};
use intake::{Limits, NotRead, Table};
use proptest::prelude::*;
use proptest::sample::Index;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const LIMITS: Limits = Limits {
    bytes: 1 << 16,
    rows: 6,
    columns: 3,
    cell_characters: 24,
    text_bytes: 300,
    cells: 12,
    strings: 20,
    archive_entries: 40,
    unpacked_bytes: 1 << 20,
    unpacked_ratio: 250,
};
const ROWS: [[&str; 2]; 3] = [["例示 髙子", "見本病院"], ["試験 \"﨑男\"", "一行目\n二行目"], ["𠮷見 見本", "0010000001"]];

/// What is done to bytes.
#[derive(Clone, Debug)]
enum Damage {
    Changed(Index, u8),
    Put(Index, Vec<u8>),
    Cut(Index, usize),
    Doubled(Index, usize),
}

fn damage() -> impl Strategy<Value = Vec<Damage>> {
    let pieces: &[&[u8]] = &[
        b"\"",
        b"\r",
        b"\n",
        b",",
        b"\t",
        b"\0",
        b"\xEF\xBB\xBF",
        b"\xFF\xFE",
        b"<c r=\"XFD1048576\"><v>1</v></c>",
        b"]]>",
        b"&#0;",
        b"r=\"A99999999999\"",
        b"1e308",
    ];
    let piece = prop::sample::select(pieces.to_vec()).prop_map(<[u8]>::to_vec);
    let one = prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Changed(at, byte)),
        (any::<Index>(), prop_oneof![piece, prop::collection::vec(any::<u8>(), 0..30)]).prop_map(|(at, bytes)| Damage::Put(at, bytes)),
        (any::<Index>(), 0..40usize).prop_map(|(at, length)| Damage::Cut(at, length)),
        (any::<Index>(), 0..200usize).prop_map(|(at, length)| Damage::Doubled(at, length)),
    ];
    prop::collection::vec(one, 1..6)
}

fn damaged(mut bytes: Vec<u8>, damage: &[Damage]) -> Vec<u8> {
    for one in damage {
        let at = |index: &Index| index.index(bytes.len() + 1);
        match one {
            Damage::Changed(index, byte) => {
                let at = at(index);
                bytes.splice(at..(at + 1).min(bytes.len()), [*byte]);
            }
            Damage::Put(index, put) => {
                let at = at(index);
                bytes.splice(at..at, put.iter().copied());
            }
            Damage::Cut(index, length) => {
                let at = at(index);
                bytes.drain(at..(at + length).min(bytes.len()));
            }
            Damage::Doubled(index, length) => {
                let at = at(index);
                let again = bytes[at..(at + length).min(bytes.len())].to_vec();
                bytes.splice(at..at, again);
            }
        }
    }
    bytes
}

/// The rows keep within the limits; a refusal has words in both languages.
fn is_read_or_refused(bytes: &[u8], name: &str) -> Result<(), TestCaseError> {
    match Table::read(bytes, name, LIMITS) {
        Ok(table) => {
            prop_assert!((1..=LIMITS.rows).contains(&table.rows().len()));
            prop_assert!(table.rows().windows(2).all(|two| two[0].number() < two[1].number()), "rows are numbered in their order");
            let cells = || table.rows().iter().flat_map(intake::Row::cells);
            prop_assert!(table.rows().iter().all(|row| row.cells().len() <= LIMITS.columns));
            prop_assert!(cells().all(|cell| cell.chars().count() <= LIMITS.cell_characters && !cell.contains(['\0', '\r'])), "{:?}", table);
            prop_assert!(cells().map(String::len).sum::<usize>() <= LIMITS.text_bytes);
        }
        Err(refusal) => is_said(&refusal)?,
    }
    Ok(())
}

fn is_said(refusal: &NotRead) -> Result<(), TestCaseError> {
    for text in [include_str!("../../../locales/ja/intake.ftl"), include_str!("../../../locales/en/intake.ftl")] {
        prop_assert!(text.lines().any(|line| line.starts_with(&format!("{} =", refusal.key()))), "{:?} has no words", refusal);
    }
    Ok(())
}

/// The workbook with one of its parts damaged inside, packed properly again.
fn repacked(workbook: &[u8], part: &str, damage: &[Damage]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).expect("our own workbook");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let (name, mut bytes) = (entry.name().expect("a readable name").into_owned(), Vec::new());
        entry.read_to_end(&mut bytes).expect("it unpacks");
        if name == part {
            bytes = damaged(bytes, damage);
        }
        writer.start_file(name, SimpleFileOptions::default()).expect("an entry");
        writer.write_all(&bytes).expect("it packs");
    }
    writer.finish().expect("an archive").into_inner()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_text_is_read_or_refused(damage in damage(), encoding in 0..4usize) {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let (bytes, name) = match encoding {
            0 => (csv(&["氏名", "所属"], ROWS, Encoding::Utf8Bom).0, "a.csv"),
            1 => (csv(&["氏名", "所属"], ROWS, Encoding::ShiftJis).0, "a.csv"),
            2 => (utf16("\u{FEFF}氏名\t所属\r\n例示 髙子\t見本病院\r\n"), "a.tsv"),
            _ => (utf16("name\tplace\r\na\tb\r\n"), "a.txt"),
        };
        is_read_or_refused(&damaged(bytes, &damage), name)?;
    }

    #[test]
    fn a_workbook_with_damaged_parts_is_read_or_refused(
        damage in damage(),
        part in prop::sample::select(vec!["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]),
    ) {
        let workbook = xlsx("申込者", None, &["氏名", "所属"], ROWS).expect("writes");
        is_read_or_refused(&repacked(&workbook, part, &damage), "a.xlsx")?;
    }

    #[test]
    fn a_damaged_archive_is_read_or_refused(damage in damage()) {
        let workbook = xlsx("申込者", None, &["氏名", "所属"], ROWS).expect("writes");
        is_read_or_refused(&damaged(workbook, &damage), "a.xlsx")?;
    }
}
